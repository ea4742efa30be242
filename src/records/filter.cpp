#include "records/filter.h"

#include "base/text.h"
#include "records/filter_operators.h"
#include "records/filter_variables.h"
#include "records/personal.h"
#include "records/rights.h"

namespace linchpin::records {

Error refuse(std::string pointer, std::string field, std::string code, ErrorParams params) {
  const bool unknown = code == "unknown_field";
  Error error = Error::invalid(
      FieldProblem{std::move(pointer), std::move(field), std::move(code), std::move(params)});
  if (unknown) error.code = ErrorCode::unknown_field;
  return error;
}

bool compares_folded(const Field& field) {
  return field.is_text() && !field.unique;
}

const Field* hierarchy_link(const Object& object) {
  const Field* found = nullptr;
  for (const Field& field : object.fields) {
    if (!field.is_link() || field.many || field.system || field.target != object.api_name) continue;
    if (field.api_name == "parent") return &field;
    if (found) return nullptr;  // which of them leads upwards is not known
    found = &field;
  }
  return found;
}

std::string member_text(const Field& field, const Value& member) {
  std::string text = "\"";
  if (field.is_link() || field.type == FieldType::attachment) {
    text += format_id(RecordId{integer_of(member)});
  } else {
    text += text_of(member);
  }
  return text + "\"";
}

namespace {

// Linked records are asked for by the name of their object, in the plural too.
std::string plural_of(std::string_view noun) {
  std::string text(noun);
  const auto ends = [&](std::string_view end) { return noun.ends_with(end); };
  const bool vowel_before_y =
      noun.size() < 2 || std::string_view("aeiou").find(noun[noun.size() - 2]) != noun.npos;
  if (ends("y") && !vowel_before_y) return text.replace(text.size() - 1, 1, "ies");
  if (ends("is")) return text.replace(text.size() - 2, 2, "es");
  const bool hisses = ends("s") || ends("x") || ends("ch") || ends("sh");
  return text + (hisses ? "es" : "s");
}

class Reader {
 public:
  explicit Reader(const FilterFrame& frame) : frame_(frame) {}

  Result<Filter> read(const Object& object, const json::value& json, const std::string& pointer,
                      int depth) {
    if (depth > max_filter_depth) {
      return refuse(pointer, "", "filter_too_deep", {{"max", std::to_string(max_filter_depth)}});
    }
    if (!json.is_object()) return refuse(pointer, "", "wrong_filter");
    const json::object& node = json.as_object();
    const json::value* name = node.if_contains("op");
    if (!name || !name->is_string()) return refuse(pointer + "/op", "", "wrong_filter");
    const std::string_view text(name->as_string());
    const std::optional<FilterOp> op = operator_named(text);
    if (!op) {
      return refuse(pointer + "/op", "", "unknown_operator", {{"op", std::string(text)}});
    }
    Filter filter;
    filter.op = *op;
    if (filter.op <= FilterOp::negation) {
      LP_CHECK(read_group(object, node, pointer, depth, filter));
    } else if (filter.op >= FilterOp::some) {
      LP_CHECK(read_related(object, node, pointer, depth, filter));
    } else {
      LP_CHECK(read_leaf(object, node, pointer, text, filter));
    }
    return filter;
  }

 private:
  Status count_leaf(const std::string& pointer) {
    if (++leaves_ <= max_filter_leaves) return {};
    return refuse(pointer, "", "filter_too_large", {{"max", std::to_string(max_filter_leaves)}});
  }

  Status read_group(const Object& object, const json::object& node, const std::string& pointer,
                    int depth, Filter& filter) {
    const json::value* args = node.if_contains("args");
    if (!args || !args->is_array()) return refuse(pointer + "/args", "", "wrong_filter");
    const json::array& items = args->as_array();
    if (filter.op == FilterOp::negation && items.size() != 1) {
      return refuse(pointer + "/args", "", "wrong_filter");
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string here = pointer + "/args/" + std::to_string(i);
      LP_TRY(Filter arg, read(object, items[i], here, depth + 1));
      filter.args.push_back(std::move(arg));
    }
    return {};
  }

  Status read_related(const Object& object, const json::object& node, const std::string& pointer,
                      int depth, Filter& filter) {
    LP_CHECK(count_leaf(pointer));
    const json::value* rel = node.if_contains("rel");
    if (!rel || !rel->is_string()) return refuse(pointer + "/rel", "", "wrong_filter");
    const std::string name(rel->as_string());
    for (const Referrer& referrer : frame_.schema.referrers(object.api_name)) {
      const std::string& other = referrer.object->api_name;
      const bool named = name == other || name == plural_of(other) ||
                         name == other + "." + referrer.field->api_name;
      const bool readable =
          frame_.scope.reach(other) != access::Reach::none && !referrer.field->many;
      if (!named || !readable) continue;
      filter.related = referrer.object;
      filter.back_link = referrer.field;
      break;
    }
    if (!filter.related) return refuse(pointer + "/rel", name, "unknown_field");
    const json::value* where = node.if_contains("where");
    if (!where || where->is_null()) return {};
    ++relations_;
    auto inner = read(*filter.related, *where, pointer + "/where", depth + 1);
    --relations_;
    if (!inner) return std::move(inner).error();
    filter.args.push_back(std::move(*inner));
    return {};
  }

  Status read_leaf(const Object& object, const json::object& node, const std::string& pointer,
                   std::string_view op_text, Filter& filter) {
    LP_CHECK(count_leaf(pointer));
    const json::value* field = node.if_contains("field");
    if (!field || !field->is_string()) return refuse(pointer + "/field", "", "wrong_filter");
    LP_TRY(filter.path,
           read_path(frame_, object, std::string_view(field->as_string()), pointer + "/field"));
    if (!filter.path.field->stored) {
      return refuse(pointer + "/field", filter.path.text, "computed_at_read");
    }
    const bool personal = filter.path.field->sensitivity == Sensitivity::personal;
    if (personal && (!fits(filter.op, *filter.path.field) || hides_equality(filter))) {
      return refuse(pointer + "/field", filter.path.text, "personal_field");
    }
    if (!fits(filter.op, *filter.path.field)) {
      return refuse(pointer + "/op", filter.path.text, "operator_does_not_fit",
                    {{"op", std::string(op_text)},
                     {"type", std::string(type_name(filter.path.field->type))},
                     {"fitting", fitting_operators(*filter.path.field)}});
    }
    if (filter.op == FilterOp::empty || filter.op == FilterOp::not_empty) return {};
    const json::value* value = node.if_contains("value");
    if (!value) return refuse(pointer + "/value", filter.path.text, "wrong_filter");
    LP_CHECK(read_operand(*value, pointer + "/value", filter));
    if (!personal) return {};
    // A relative date is a range.
    if (!fits(filter.op, *filter.path.field)) {
      return refuse(pointer + "/field", filter.path.text, "personal_field");
    }
    for (Value& wanted : filter.values) {
      if (is_empty(wanted)) continue;
      JsonWriter plain;
      write_value(plain, *filter.path.field, wanted);
      wanted = personal_hash(*frame_.personal, object.api_name, *filter.path.field, plain.text());
    }
    return {};
  }

  // What stands on the record's own page, for a purpose, may be asked for: nothing that other
  // records hold, of which no reading would tell.
  bool hides_equality(const Filter& filter) const {
    const bool asks_for_value = filter.op != FilterOp::empty && filter.op != FilterOp::not_empty;
    return asks_for_value &&
           (!frame_.personal || !filter.path.links.empty() || relations_ > 0);
  }

  bool incomplete() const { return frame_.me != nullptr && frame_.me->incomplete; }

  Status read_operand(const json::value& value, const std::string& pointer, Filter& filter) {
    const json::object* special = value.if_object();
    if (special && special->contains("rel")) return read_relative(*special, pointer, filter);
    switch (filter.op) {
      case FilterOp::in:
      case FilterOp::not_in:
      case FilterOp::has_any:
      case FilterOp::has_all:
      case FilterOp::has_none:
        return read_list(value, pointer, filter, max_filter_values);
      case FilterOp::between:
        LP_CHECK(read_list(value, pointer, filter, 2));
        if (incomplete()) return {};
        if (filter.values.size() == 2) return {};
        return refuse(pointer, filter.path.text, "wrong_filter");
      default:
        LP_CHECK(read_one(value, pointer, filter));
        return incomplete() ? Status() : settle_null(pointer, filter);
    }
  }

  // "= null" asks whether the field is empty; no other comparison with null has an answer.
  static Status settle_null(const std::string& pointer, Filter& filter) {
    if (!is_empty(filter.values.front())) return {};
    if (filter.op == FilterOp::eq || filter.op == FilterOp::ne) {
      filter.op = filter.op == FilterOp::eq ? FilterOp::empty : FilterOp::not_empty;
      filter.values.clear();
      return {};
    }
    return refuse(pointer, filter.path.text, "wrong_filter");
  }

  Status read_list(const json::value& value, const std::string& pointer, Filter& filter,
                   std::size_t limit) {
    const json::object* variable = value.if_object();
    if (variable && variable->contains("var") && limit == max_filter_values) {
      LP_TRY(filter.values,
             values_of_variable(frame_, filter.path, variable->at("var"), Wanted::set, pointer));
      return {};
    }
    if (!value.is_array()) return refuse(pointer, filter.path.text, "wrong_filter");
    const json::array& items = value.as_array();
    if (items.size() > limit) {
      return refuse(pointer, filter.path.text, "too_many_values", {{"max", std::to_string(limit)}});
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      LP_CHECK(read_one(items[i], pointer + "/" + std::to_string(i), filter));
    }
    return {};
  }

  Status read_one(const json::value& value, const std::string& pointer, Filter& filter) {
    const Field& field = *filter.path.field;
    if (const json::object* variable = value.if_object(); variable && variable->contains("var")) {
      LP_TRY(auto values,
             values_of_variable(frame_, filter.path, variable->at("var"), Wanted::one, pointer));
      filter.values.insert(filter.values.end(), values.begin(), values.end());
      return {};
    }
    Field single = field;  // a set is compared member by member
    single.many = false;
    if (single.type == FieldType::multi_select) single.type = FieldType::select;
    auto read = read_value(single, value);
    if (!read) {
      FieldProblem problem = std::move(read).error();
      return refuse(pointer, filter.path.text, problem.code, problem.params);
    }
    filter.values.push_back(std::move(*read));
    return {};
  }

  Status read_relative(const json::object& relative, const std::string& pointer, Filter& filter) {
    const FieldType type = filter.path.field->type;
    const json::value* name = relative.if_contains("rel");
    const json::value* count = relative.if_contains("n");
    if (!name->is_string()) return refuse(pointer, filter.path.text, "wrong_filter");
    if (type != FieldType::date && type != FieldType::datetime) {
      return refuse(pointer, filter.path.text, "relative_date_does_not_fit",
                    {{"type", std::string(type_name(type))}});
    }
    const auto days =
        relative_days(std::string_view(name->as_string()),
                      count && count->is_int64() ? count->as_int64() : 0, frame_.today);
    if (!days) {
      return refuse(pointer, filter.path.text, "unknown_relative_date",
                    {{"name", std::string(name->as_string())}});
    }
    const auto moment = [&](Day day) -> Value {
      if (type == FieldType::date) return std::int64_t{day};
      return frame_.time_zone.start_of_day(day);
    };
    // "before this quarter" means before its first day, "after" means from the day behind its last.
    switch (filter.op) {
      case FilterOp::between:
      case FilterOp::eq:
        filter.op = FilterOp::between;
        filter.upper_excluded = true;
        filter.values = {moment(days->from), moment(days->to)};
        return {};
      case FilterOp::lt:
      case FilterOp::gte:
        filter.values = {moment(days->from)};
        return {};
      case FilterOp::lte:
        filter.op = FilterOp::lt;
        filter.values = {moment(days->to)};
        return {};
      case FilterOp::gt:
        filter.op = FilterOp::gte;
        filter.values = {moment(days->to)};
        return {};
      default:
        return refuse(pointer, filter.path.text, "wrong_filter");
    }
  }

  const FilterFrame& frame_;
  int leaves_ = 0;
  int relations_ = 0;  // around what is read
};

}  // namespace

namespace {

// A look-up is a longer way to what it shows, with its own name; the caller must be allowed to go
// it.
Result<FieldPath> end_of_path(const FilterFrame& frame, FieldPath path, const Field& field,
                              const std::string& pointer) {
  path.field = &field;
  if (!field.compute || field.compute->kind != Compute::Kind::lookup) return path;
  auto behind = read_path(frame, *path.object, field.compute->path, pointer);
  if (!behind) return refuse(pointer, path.text, "unknown_field");
  path.links.insert(path.links.end(), behind->links.begin(), behind->links.end());
  path.object = behind->object;
  path.field = behind->field;
  return path;
}

}  // namespace

Result<FieldPath> read_path(const FilterFrame& frame, const Object& object, std::string_view text,
                            const std::string& pointer) {
  FieldPath path;
  path.text = text;
  path.object = &object;
  std::string_view rest = text;
  while (true) {
    const auto dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    const Field* field = path.object->field(part);
    const bool readable =
        field && right_of(frame.scope, *path.object, *field) != access::FieldRight::none;
    if (!readable) return refuse(pointer, path.text, "unknown_field");
    if (dot == rest.npos) return end_of_path(frame, std::move(path), *field, pointer);
    if (!field->is_link() || field->many || field->compute || field->type == FieldType::id) {
      return refuse(pointer, path.text, "unknown_field");
    }
    if (path.links.size() == max_path_links) {
      return refuse(pointer, path.text, "path_too_long", {{"max", std::to_string(max_path_links)}});
    }
    path.links.push_back(field);
    path.object = frame.schema.object(field->target);
    if (frame.scope.reach(path.object->api_name) == access::Reach::none) {
      return refuse(pointer, path.text, "unknown_field");
    }
    rest.remove_prefix(dot + 1);
  }
}

Result<Filter> read_filter(const FilterFrame& frame, const Object& object, const json::value& json,
                           const std::string& pointer) {
  if (json.is_null()) return Filter();
  return Reader(frame).read(object, json, pointer, 1);
}

}  // namespace linchpin::records
