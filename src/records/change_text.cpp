#include "records/change_text.h"

#include "records/rights.h"

namespace linchpin::records {

namespace {

void write_logged(JsonWriter& out, const Field& field, const Value& value) {
  if (const auto* stored = std::get_if<storage::Blob>(&value)) {
    const std::string_view sealed = sealed_part(stored->bytes);
    out.begin_object().key("sealed").string(to_base64url(sealed)).end_object();
  } else {
    write_value(out, field, value);
  }
}

}  // namespace

std::string changes_text(const Object& object, const RowValues& before, const RowValues& after,
                         const FieldChoice& only) {
  JsonWriter out;
  bool any = false;
  out.begin_array();
  for (const Field& field : object.fields) {
    if (field.system || before[field.index] == after[field.index]) continue;
    if (only && !only(field)) continue;
    any = true;
    out.begin_object().key("field").string(field.api_name).key("from");
    write_logged(out, field, before[field.index]);
    out.key("to");
    write_logged(out, field, after[field.index]);
    out.end_object();
  }
  out.end_array();
  return any ? out.take() : std::string();
}

bool shown_by_default(const access::AccessScope& scope, const Object& object, const Field& field) {
  return field.sensitivity == Sensitivity::normal && field.type != FieldType::id &&
         field.api_name != "version" && right_of(scope, object, field) != access::FieldRight::none;
}

void write_rights(JsonWriter& out, const access::AccessScope& scope, std::string_view object) {
  out.begin_array();
  if (scope.may(access::Action::update, object)) out.string("update");
  if (scope.may(access::Action::remove, object)) out.string("delete");
  out.end_array();
}

void write_record(JsonWriter& out, const access::AccessScope& scope, const Object& object,
                  const RowValues& row) {
  out.begin_object().key("id").id(RecordId{integer_of(row[0])});
  out.key("version").integer(integer_of(row[1]));
  out.key("fields").begin_object();
  for (const Field& field : object.fields) {
    if (!shown_by_default(scope, object, field)) continue;
    out.key(field.api_name);
    write_value(out, field, row[field.index]);
  }
  out.end_object().key("can");
  write_rights(out, scope, object.api_name);
  out.end_object();
}

}  // namespace linchpin::records
