#include "records/filter_variables.h"

#include "records/validate.h"

namespace linchpin::records {

namespace {

using Values = std::vector<Value>;

bool holds_set(const Field& field) {
  return field.many || field.type == FieldType::multi_select;
}

bool holds_choice(const Field& field) {
  return field.type == FieldType::select || field.type == FieldType::multi_select;
}

// Of the object that the id or link is of; empty for other fields.
std::string_view leads_to(const Object& object, const Field& field) {
  if (field.type == FieldType::id) return object.api_name;
  return field.is_link() ? std::string_view(field.target) : std::string_view();
}

bool comparable(const FieldPath& path, const Object& people, const Field& own) {
  const Field& field = *path.field;
  const std::string_view target = leads_to(*path.object, field);
  if (!target.empty()) return target == leads_to(people, own);
  const auto is_words = [](const Field& one) { return one.is_text() || holds_choice(one); };
  if (is_words(field)) return is_words(own);
  return field.type == own.type && field.scale == own.scale && field.type != FieldType::json &&
         field.type != FieldType::attachment;
}

// A member of a set, or the whole of another value, as values of `field` are kept.
bool is_kept_so(const Field& field, const Value& value) {
  const bool words = field.is_text() || holds_choice(field);
  return words ? std::holds_alternative<std::string>(value)
               : std::holds_alternative<std::int64_t>(value);
}

Values members_of(const Field& own, const Value& value) {
  if (!holds_set(own)) return {value};
  Values members;
  if (own.is_link()) {
    for (const RecordId id : linked_records(own, value)) members.emplace_back(id.value);
    return members;
  }
  const auto items = parse_json(text_of(value));
  if (!items || !items->is_array()) return members;
  for (const json::value& item : items->get_array()) {
    if (item.is_string()) members.emplace_back(std::string(std::string_view(item.get_string())));
  }
  return members;
}

}  // namespace

Result<Values> values_of_variable(const FilterFrame& frame, const FieldPath& path,
                                  const json::value& variable, Wanted wanted,
                                  const std::string& pointer) {
  if (!variable.is_string()) return refuse(pointer, path.text, "wrong_filter");
  const std::string name(std::string_view(variable.get_string()));
  if (frame.me == nullptr) {
    const bool is_known = name == "me" && path.field->is_link() && wanted == Wanted::one;
    if (!is_known) return refuse(pointer, path.text, "wrong_filter");
    return Values{frame.scope.user().value};
  }
  const Object* people = frame.schema.object("user");
  const std::string_view own_name = access::own_field(name);
  const Field* own = people ? people->field(own_name) : nullptr;
  const bool is_open =
      own && own->stored && !own->retired && own->sensitivity == Sensitivity::normal;
  if (!is_open) return refuse(pointer, path.text, "unknown_variable", {{"name", name}});
  const bool fits = comparable(path, *people, *own) && (wanted == Wanted::set || !holds_set(*own));
  if (!fits) {
    return refuse(pointer, path.text, "variable_does_not_fit",
                  {{"name", name}, {"field", path.text}});
  }
  const auto found = frame.me->own.find(own_name);
  Values values = found == frame.me->own.end() ? Values() : members_of(*own, found->second);
  std::erase_if(values, [&](const Value& value) { return !is_kept_so(*path.field, value); });
  if (values.empty()) frame.me->incomplete = true;
  return values;
}

}  // namespace linchpin::records
