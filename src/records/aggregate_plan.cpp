#include <array>

#include "records/aggregate.h"

namespace linchpin::records {

namespace {

struct MeasureName {
  std::string_view name;
  MeasureFunction function;
};

constexpr std::array measure_names{
    MeasureName{"count", MeasureFunction::count},
    MeasureName{"count_distinct", MeasureFunction::count_distinct},
    MeasureName{"sum", MeasureFunction::sum},
    MeasureName{"avg", MeasureFunction::avg},
    MeasureName{"min", MeasureFunction::min},
    MeasureName{"max", MeasureFunction::max},
    MeasureName{"median", MeasureFunction::median},
};

constexpr int scale_of_whole_averages = 2;

bool is_number(const Field& field) {
  return field.is_scaled() || field.type == FieldType::integer || field.type == FieldType::rating;
}

bool is_moment(const Field& field) {
  return field.type == FieldType::date || field.type == FieldType::datetime;
}

bool measure_fits(MeasureFunction function, const Field& field) {
  switch (function) {
    case MeasureFunction::count:
      return true;
    case MeasureFunction::count_distinct:
      return field.type != FieldType::json;
    case MeasureFunction::sum:
    case MeasureFunction::avg:
    case MeasureFunction::median:
      return is_number(field);
    case MeasureFunction::min:
    case MeasureFunction::max:
      return is_number(field) || is_moment(field);
  }
  return false;
}

bool is_groupable(const Field& field) {
  return !field.many && field.type != FieldType::multi_select && field.type != FieldType::json;
}

class AggregateReader {
 public:
  AggregateReader(const FilterFrame& frame, const Object& object, AggregatePlan& plan)
      : frame_(frame), object_(object), plan_(plan) {}

  Status read(const AggregateRequest& request) {
    LP_CHECK(each(request.group, "/group", max_group_by, "wrong_group",
                  [&](const json::object& item, const std::string& pointer) {
                    return read_group_by(item, pointer);
                  }));
    LP_CHECK(each(request.measures, "/measures", max_measures, "wrong_measure",
                  [&](const json::object& item, const std::string& pointer) {
                    return read_measure(item, pointer);
                  }));
    if (plan_.groups.empty() && plan_.measures.empty()) return refuse("/measures", "", "required");
    return each(request.sort, "/sort", max_sort, "wrong_sort",
                [&](const json::object& item, const std::string& pointer) {
                  return read_group_sort(item, pointer);
                });
  }

 private:
  template <class Visit>
  static Status each(const json::value& list, const std::string& pointer, std::size_t max,
                     const char* wrong, Visit visit) {
    if (list.is_null()) return {};
    if (!list.is_array()) return refuse(pointer, "", wrong);
    const json::array& items = list.as_array();
    if (items.size() > max) {
      return refuse(pointer, "", "too_many_values", {{"max", std::to_string(max)}});
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string here = pointer + "/" + std::to_string(i);
      if (!items[i].is_object()) return refuse(here, "", wrong);
      LP_CHECK(visit(items[i].as_object(), here));
    }
    return {};
  }

  // The texts of the named members, in order; absent ones are empty, others are refused.
  template <std::size_t N>
  static Result<std::array<std::string, N>> texts(const json::object& item,
                                                  const std::string& pointer, const char* wrong,
                                                  const std::array<std::string_view, N>& names) {
    std::array<std::string, N> found;
    for (const auto& member : item) {
      const auto name = std::find(names.begin(), names.end(), std::string_view(member.key()));
      if (name == names.end() || !member.value().is_string()) {
        return refuse(pointer + "/" + std::string(member.key()), "", wrong);
      }
      found[static_cast<std::size_t>(name - names.begin())] = member.value().as_string();
    }
    return found;
  }

  // What only its own record's page shows must not be told apart by its groups either.
  Result<FieldPath> read_measured_path(const std::string& text, const std::string& pointer) {
    LP_TRY(FieldPath path, read_path(frame_, object_, text, pointer));
    if (path.field->sensitivity == Sensitivity::personal) {
      return refuse(pointer, text, "personal_field");
    }
    if (!path.field->stored) return refuse(pointer, text, "computed_at_read");
    return path;
  }

  Status read_group_by(const json::object& item, const std::string& pointer) {
    LP_TRY(const auto given, texts<2>(item, pointer, "wrong_group", {"field", "bucket"}));
    const auto& [field_text, bucket_text] = given;
    GroupBy group;
    LP_TRY(group.path, read_measured_path(field_text, pointer + "/field"));
    const Field& field = *group.path.field;
    if (!is_groupable(field)) return refuse(pointer + "/field", field_text, "not_groupable");
    if (!bucket_text.empty()) {
      group.bucket = bucket_named(bucket_text);
      if (!group.bucket) {
        return refuse(pointer + "/bucket", field_text, "unknown_bucket", {{"name", bucket_text}});
      }
      if (!is_moment(field)) {
        return refuse(pointer + "/bucket", field_text, "bucket_does_not_fit",
                      {{"bucket", bucket_text}, {"type", std::string(type_name(field.type))}});
      }
    }
    plan_.groups.push_back(std::move(group));
    return {};
  }

  Status read_measure(const json::object& item, const std::string& pointer) {
    LP_TRY(const auto given, texts<3>(item, pointer, "wrong_measure", {"as", "fn", "field"}));
    const auto& [as, function_text, field_text] = given;
    const auto named = std::find_if(
        measure_names.begin(), measure_names.end(),
        [&wanted = function_text](const MeasureName& entry) { return entry.name == wanted; });
    if (named == measure_names.end()) {
      return refuse(pointer + "/fn", "", "unknown_measure", {{"fn", function_text}});
    }
    if (as.empty()) return refuse(pointer + "/as", "", "required");
    for (const Measure& earlier : plan_.measures) {
      if (earlier.as == as) return refuse(pointer + "/as", "", "duplicate_value");
    }
    Measure measure{as, named->function, {}};
    if (field_text.empty()) {
      if (measure.function != MeasureFunction::count) {
        return refuse(pointer + "/field", "", "required");
      }
    } else {
      LP_TRY(measure.path, read_measured_path(field_text, pointer + "/field"));
      const Field& field = *measure.path.field;
      if (!measure_fits(measure.function, field)) {
        return refuse(pointer + "/fn", field_text, "measure_does_not_fit",
                      {{"fn", function_text}, {"type", std::string(type_name(field.type))}});
      }
    }
    plan_.measures.push_back(std::move(measure));
    return {};
  }

  Status read_group_sort(const json::object& item, const std::string& pointer) {
    LP_TRY(const auto given, texts<3>(item, pointer, "wrong_sort", {"by", "dir", "nulls"}));
    const auto& [by, dir, nulls] = given;
    if (!dir.empty() && dir != "asc" && dir != "desc") {
      return refuse(pointer + "/dir", "", "wrong_sort");
    }
    if (!nulls.empty() && nulls != "first" && nulls != "last") {
      return refuse(pointer + "/nulls", "", "wrong_sort");
    }
    GroupSort sort{false, 0, dir == "desc", nulls != "first"};
    const auto measure =
        std::find_if(plan_.measures.begin(), plan_.measures.end(),
                     [&wanted = by](const Measure& entry) { return entry.as == wanted; });
    const auto group =
        std::find_if(plan_.groups.begin(), plan_.groups.end(),
                     [&wanted = by](const GroupBy& entry) { return entry.path.text == wanted; });
    if (measure != plan_.measures.end()) {
      sort.by_measure = true;
      sort.index = static_cast<std::size_t>(measure - plan_.measures.begin());
    } else if (group != plan_.groups.end()) {
      sort.index = static_cast<std::size_t>(group - plan_.groups.begin());
    } else {
      return refuse(pointer + "/by", "", "unknown_sort", {{"by", by}});
    }
    plan_.sort.push_back(sort);
    return {};
  }

  const FilterFrame& frame_;
  const Object& object_;
  AggregatePlan& plan_;
};

}  // namespace

int Measure::scale() const {
  if (path.field == nullptr || path.field->is_scaled()) return path.field ? path.field->scale : 0;
  const bool average = function == MeasureFunction::avg || function == MeasureFunction::median;
  return average ? scale_of_whole_averages : 0;
}

Result<AggregatePlan> plan_aggregate(const FilterFrame& frame, const Object& object,
                                     const AggregateRequest& request) {
  AggregatePlan plan;
  plan.rows.object = &object;
  LP_TRY(plan.rows.where, read_filter(frame, object, request.where, "/where"));
  plan.rows.search = request.search;
  plan.where = request.where;
  LP_CHECK(AggregateReader(frame, object, plan).read(request));
  plan.rows.text = "aggregate\n" + object.api_name + "\n" + json::serialize(request.where) + "\n" +
                   request.search + "\n" + json::serialize(request.group) + "\n" +
                   json::serialize(request.measures) + "\n" + json::serialize(request.sort);
  return plan;
}

}  // namespace linchpin::records
