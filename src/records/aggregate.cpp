// Groups of records and their figures: read as a stream, of which the wanted page is kept.

#include "records/aggregate.h"

#include "base/wide_decimal.h"

namespace linchpin::records {

using storage::Connection;
using storage::Statement;

namespace {

struct GroupKey {
  Value value;  // a text as it is written, the index of a bucket
  Value order;  // what it sorts by
};

struct GroupRow {
  std::vector<GroupKey> keys;
  std::vector<Figure> figures;
};

// Both are whole numbers or both are texts.
int compare_values(const Value& left, const Value& right) {
  if (const auto* number = std::get_if<std::int64_t>(&left)) {
    const std::int64_t other = integer_of(right);
    return *number < other ? -1 : (*number > other ? 1 : 0);
  }
  return text_of(left).compare(text_of(right));
}

// Empty ones stand where they were asked for, whatever the direction.
int in_order(int compared, bool left_empty, bool right_empty, const GroupSort& sort) {
  if (left_empty || right_empty) {
    if (left_empty == right_empty) return 0;
    return left_empty == sort.nulls_last ? 1 : -1;
  }
  return sort.descending ? -compared : compared;
}

int compare_keys(const GroupKey& left, const GroupKey& right, const GroupSort& sort) {
  int compared = compare_values(left.order, right.order);
  if (compared == 0) compared = compare_values(left.value, right.value);
  return in_order(compared, is_empty(left.value), is_empty(right.value), sort);
}

bool stands_before(const AggregatePlan& plan, const GroupRow& left, const GroupRow& right) {
  for (const GroupSort& sort : plan.sort) {
    int compared = 0;
    if (sort.by_measure) {
      const Figure& one = left.figures[sort.index];
      const Figure& other = right.figures[sort.index];
      compared = in_order(compare_figures(one, other), one.empty, other.empty, sort);
    } else {
      compared = compare_keys(left.keys[sort.index], right.keys[sort.index], sort);
    }
    if (compared != 0) return compared < 0;
  }
  for (std::size_t i = 0; i < left.keys.size(); ++i) {
    const int compared = compare_keys(left.keys[i], right.keys[i], GroupSort{});
    if (compared != 0) return compared < 0;
  }
  return false;
}

// Keeps the first rows of a stream; the last of them is on top of the heap.
class FirstRows {
 public:
  FirstRows(const AggregatePlan& plan, std::size_t wanted) : plan_(plan), wanted_(wanted) {}

  void add(GroupRow row) {
    ++seen_;
    const auto before = [this](const GroupRow& left, const GroupRow& right) {
      return stands_before(plan_, left, right);
    };
    if (rows_.size() == wanted_) {
      if (!before(row, rows_.front())) return;
      std::pop_heap(rows_.begin(), rows_.end(), before);
      rows_.back() = std::move(row);
    } else {
      rows_.push_back(std::move(row));
    }
    std::push_heap(rows_.begin(), rows_.end(), before);
  }
  std::vector<GroupRow> take() {
    std::sort_heap(rows_.begin(), rows_.end(), [this](const GroupRow& left, const GroupRow& right) {
      return stands_before(plan_, left, right);
    });
    return std::move(rows_);
  }
  std::int64_t seen() const { return seen_; }

 private:
  const AggregatePlan& plan_;
  std::size_t wanted_;
  std::int64_t seen_ = 0;
  std::vector<GroupRow> rows_;
};

Result<GroupRow> take_group(const AggregatePlan& plan, const Statement& row) {
  GroupRow group;
  const auto keys = static_cast<int>(plan.groups.size());
  int column = keys;
  for (int i = 0; i < keys; ++i) {
    const GroupBy& by = plan.groups[static_cast<std::size_t>(i)];
    GroupKey key{row.value(i), {}};
    if (is_grouped_folded(by)) key.value = row.value(column++);
    const bool named = by.path.field->is_text() && !is_empty(key.value);
    key.order = named ? Value(key_form(*by.path.field, text_of(key.value))) : key.value;
    group.keys.push_back(std::move(key));
  }
  for (const Measure& measure : plan.measures) {
    LP_TRY(const Figure figure, take_figure(measure, row, column));
    group.figures.push_back(figure);
  }
  return group;
}

class AggregateWriter {
 public:
  AggregateWriter(const AggregatePlan& plan, const TimeZone& zone, JsonWriter& out)
      : plan_(plan), zone_(zone), out_(out) {
    const json::object* where = plan.where.if_object();
    if (where == nullptr) return;
    // The conditions of an "and" and those of the group stand side by side, no level deeper.
    if (where->at("op") == "and") {
      for (const json::value& arg : where->at("args").as_array()) {
        asked_.push_back(json::serialize(arg));
      }
    } else {
      asked_.push_back(json::serialize(*where));
    }
  }

  void write_group(const GroupRow& row) {
    out_.begin_object().key("key").begin_array();
    for (std::size_t i = 0; i < row.keys.size(); ++i) write_key(plan_.groups[i], row.keys[i]);
    out_.end_array().key("values");
    write_figures(row.figures);
    out_.key("where");
    write_where(row);
    out_.end_object();
  }

  void write_figures(const std::vector<Figure>& figures) {
    out_.begin_object();
    for (std::size_t i = 0; i < figures.size(); ++i) {
      out_.key(plan_.measures[i].as);
      write_figure(plan_.measures[i], figures[i]);
    }
    out_.end_object();
  }

 private:
  void write_key(const GroupBy& by, const GroupKey& key) {
    if (by.bucket && !is_empty(key.value)) {
      out_.string(bucket_text(*by.bucket, integer_of(key.value)));
    } else {
      write_value(out_, *by.path.field, key.value);
    }
  }

  void write_figure(const Measure& measure, const Figure& figure) {
    if (figure.empty) {
      out_.null();
      return;
    }
    switch (measure.function) {
      case MeasureFunction::count:
      case MeasureFunction::count_distinct:
        out_.integer(static_cast<std::int64_t>(figure.sum));
        return;
      case MeasureFunction::min:
      case MeasureFunction::max:
        write_value(out_, *measure.path.field, Value(static_cast<std::int64_t>(figure.sum)));
        return;
      case MeasureFunction::sum:
      case MeasureFunction::avg:
      case MeasureFunction::median:
        break;
    }
    const Field& field = *measure.path.field;
    const int scale = measure.scale();
    if (measure.function == MeasureFunction::sum) {
      const std::string text = format_wide_decimal(figure.sum, scale);
      if (field.is_scaled()) {
        out_.string(text);
      } else {
        out_.raw(text);
      }
      return;
    }
    const Units shift = field.is_scaled() ? 1 : power_of_ten(scale);
    out_.string(format_wide_decimal(divide_half_even(figure.sum * shift, figure.divisor), scale));
  }

  // A filter that finds the records of the group.
  void write_where(const GroupRow& row) {
    std::vector<std::string> conditions = asked_;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      add_conditions(plan_.groups[i], row.keys[i].value, conditions);
    }
    if (conditions.empty()) {
      out_.null();
    } else if (conditions.size() == 1) {
      out_.raw(conditions.front());
    } else {
      out_.begin_object().key("op").string("and").key("args").begin_array();
      for (const std::string& condition : conditions) out_.raw(condition);
      out_.end_array().end_object();
    }
  }

  void add_conditions(const GroupBy& by, const Value& key, std::vector<std::string>& conditions) {
    if (is_empty(key)) {
      conditions.push_back(condition("empty", by.path, nullptr));
    } else if (!by.bucket) {
      conditions.push_back(condition("eq", by.path, &key));
    } else {
      const DayRange days = days_of(*by.bucket, integer_of(key));
      const Value from = moment(by, days.from);
      const Value to = moment(by, days.to);
      conditions.push_back(condition("gte", by.path, &from));
      conditions.push_back(condition("lt", by.path, &to));
    }
  }

  Value moment(const GroupBy& by, Day day) const {
    if (by.path.field->type == FieldType::date) return std::int64_t{day};
    return zone_.start_of_day(day);
  }

  static std::string condition(std::string_view op, const FieldPath& path, const Value* value) {
    JsonWriter out;
    out.begin_object().key("op").string(op).key("field").string(path.text);
    if (value) {
      out.key("value");
      write_value(out, *path.field, *value);
    }
    return out.end_object().take();
  }

  const AggregatePlan& plan_;
  const TimeZone& zone_;
  JsonWriter& out_;
  std::vector<std::string> asked_;  // the conditions of the request, as JSON
};

Result<FirstRows> read_groups(Connection& connection, const Viewer& viewer, const Schema& schema,
                              const AggregatePlan& plan, const TimeZone& zone,
                              std::int64_t wanted) {
  FromClause from(viewer, schema, *plan.rows.object, connection.dialect());
  LP_TRY(const auto rows, connection.prepare(aggregate_sql(from, plan, zone, Grouping::by_groups)));
  FirstRows first(plan, static_cast<std::size_t>(wanted));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return first;
    LP_TRY(GroupRow group, take_group(plan, *rows));
    first.add(std::move(group));
  }
}

Result<std::vector<Figure>> read_totals(Connection& connection, const Viewer& viewer,
                                        const Schema& schema, const AggregatePlan& plan,
                                        const TimeZone& zone) {
  std::vector<Figure> figures;
  if (plan.measures.empty()) return figures;
  FromClause from(viewer, schema, *plan.rows.object, connection.dialect());
  LP_TRY(const auto row, connection.prepare(aggregate_sql(from, plan, zone, Grouping::everything)));
  LP_TRY(const bool found, row->step());
  if (!found) return Error::internal("aggregate: no row of totals");
  int column = 0;
  for (const Measure& measure : plan.measures) {
    LP_TRY(const Figure figure, take_figure(measure, *row, column));
    figures.push_back(figure);
  }
  return figures;
}

// Where a page of groups begins: a cursor holds its offset.
Result<std::int64_t> first_group(const Key& key, const AggregatePlan& plan,
                                 const PageRequest& page) {
  LP_CHECK(check_page(page, max_group_offset));
  if (page.after.empty()) return page.offset;
  LP_TRY(const CursorPosition position, read_cursor(key, plan.rows.text, page.after));
  if (position.keys.size() != 1) return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
  return integer_of(position.keys.front());
}

}  // namespace

Status Records::aggregate(const access::AccessScope& scope, std::string_view object_name,
                          const AggregateRequest& request, JsonWriter& out) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const WorkspaceFrame workspace = frame();
  const FilterFrame filter_frame{*held, scope, workspace.time_zone, today()};
  LP_TRY(AggregatePlan plan, plan_aggregate(filter_frame, *object, request));
  LP_TRY(const std::int64_t begin, first_group(cursor_key_, plan, request.page));
  const std::int64_t end = begin + request.page.limit;
  return parts_.database.snapshot([&](Connection& connection) -> Status {
    LP_CHECK(prepare_search(connection, scope, plan.rows));
    LP_TRY(const Viewer seen_by, weighed(connection, *held, viewer(scope), *object));
    LP_TRY(FirstRows first,
           read_groups(connection, seen_by, *held, plan, workspace.time_zone, end));
    const bool more = first.seen() > end;
    const bool reachable = end <= max_group_offset;
    AggregateWriter writer(plan, workspace.time_zone, out);
    const std::vector<GroupRow> rows = first.take();
    out.begin_object().key("groups").begin_array();
    for (auto i = static_cast<std::size_t>(begin); i < rows.size(); ++i)
      writer.write_group(rows[i]);
    out.end_array().key("totals");
    if (request.totals) {
      LP_TRY(const auto totals, read_totals(connection, seen_by, *held, plan, workspace.time_zone));
      writer.write_figures(totals);
    } else {
      out.null();
    }
    out.key("page").begin_object().key("next");
    if (more && reachable) {
      out.string(make_cursor(cursor_key_, plan.rows.text, {{Value(end)}, RecordId()}));
    } else {
      out.null();
    }
    out.key("has_more").boolean(more && reachable).end_object();
    out.key("truncated").boolean(first.seen() > max_group_offset + request.page.limit);
    out.end_object();
    return {};
  });
}

}  // namespace linchpin::records
