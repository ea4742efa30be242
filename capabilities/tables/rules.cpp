#include "tables/rules.h"

#include <algorithm>

#include "records/rights.h"
#include "tables/form_link.h"

namespace linchpin::tables {

using records::Field;
using records::Object;
using records::RuleContext;

namespace {

bool is_required_of_strangers(const Field& field) {
  return field.required && !field.system && !field.read_only && field.default_value.is_null() &&
         !field.compute;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_fields(RuleContext& context, const Field& place, const Object& asked,
                  const std::vector<std::string>& names) {
  const access::AccessScope& scope = context.frame().viewer.scope;
  if (names.empty() || names.size() > max_form_fields) {
    return context.refuse(place, "form_fields_wrong", {{"max", std::to_string(max_form_fields)}});
  }
  for (const std::string& name : names) {
    const Field* field = asked.field(name);
    const bool writable =
        field && records::right_of(scope, asked, *field) == access::FieldRight::edit;
    if (!writable || !is_public_field(*field)) {
      return context.refuse(place, "form_field_not_public", {{"field", name}});
    }
  }
  for (const Field& field : asked.fields) {
    if (is_required_of_strangers(field) && !has(names, field.api_name)) {
      return context.refuse(place, "form_field_needed", {{"field", field.api_name}});
    }
  }
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* link = schema.object("form_link");
  if (!link) return {};
  const Field* object = link->field("object");
  const Field* fields = link->field("fields");
  const Field* limit = link->field("daily_limit");
  rules.uses("form_link", {"object", "fields", "daily_limit"});
  rules.before_write("form_link", [=](RuleContext& context) -> Status {
    const access::AccessScope& scope = context.frame().viewer.scope;
    const std::string_view name = records::text_of(context.value(*object));
    const Object* asked = context.frame().schema.object(name);
    if (!asked || !scope.may(access::Action::create, name)) {
      context.refuse(*object, "form_object_wrong");
      return {};
    }
    const std::int64_t most = records::integer_of(context.value(*limit));
    if (!records::is_empty(context.value(*limit)) && (most < 1 || most > most_daily_limit)) {
      context.refuse(*limit, "out_of_range",
                     {{"min", "1"}, {"max", std::to_string(most_daily_limit)}});
    }
    const auto value = parse_json(records::text_of(context.value(*fields)));
    const auto names = value ? field_names(*value) : std::nullopt;
    check_fields(context, *fields, *asked, names.value_or(std::vector<std::string>()));
    return {};
  });
  return {};
}

}  // namespace linchpin::tables
