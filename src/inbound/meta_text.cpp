#include "inbound/meta_text.h"

#include "records/rights.h"

namespace linchpin::inbound {

using access::AccessScope;
using access::Action;
using access::FieldRight;
using records::Field;
using records::Object;
using records::Schema;

namespace {

std::string opened(const json::object& object) {
  std::string text = json::serialize(object);
  text.pop_back();
  return text;
}

void write_rights(JsonWriter& out, const AccessScope& scope, const Object& object) {
  const auto right = [&](std::string_view name, Action action) {
    out.key(name).boolean(scope.may(action, object.api_name));
  };
  out.begin_object();
  right("create", Action::create);
  right("read", Action::read);
  right("update", Action::update);
  right("delete", Action::remove);
  right("import", Action::import);
  right("export", Action::export_);
  right("share", Action::share);
  right("personal", Action::personal);
  right("export_personal", Action::export_personal);
  out.end_object();
}

}  // namespace

std::shared_ptr<const MetaText::SchemaText> MetaText::text_of(
    const std::shared_ptr<const Schema>& schema) {
  const std::lock_guard lock(mutex_);
  if (held_ && held_->schema == schema) return held_;
  auto made = std::make_shared<SchemaText>();
  made->schema = schema;
  for (const auto& object : schema->objects()) {
    json::object head = describe(*object);
    head.erase("fields");
    ObjectText text{object.get(), opened(head), {}};
    for (const Field& field : object->fields) text.fields.push_back(opened(describe(field)));
    made->objects.push_back(std::move(text));
  }
  held_ = std::move(made);
  return held_;
}

void MetaText::write_objects(JsonWriter& out, const std::shared_ptr<const Schema>& schema,
                             const AccessScope& scope) {
  const auto texts = text_of(schema);
  out.begin_array();
  for (const ObjectText& text : texts->objects) {
    const Object& object = *text.object;
    if (!scope.may(Action::read, object.api_name)) continue;
    JsonWriter rest;
    rest.key("rights");
    write_rights(rest, scope, object);
    rest.key("fields").begin_array();
    for (const Field& field : object.fields) {
      const FieldRight right = right_of(scope, object, field);
      if (right == FieldRight::none) continue;
      const bool editable = right == FieldRight::edit && !field.read_only && !field.system;
      rest.raw(text.fields[field.index] +
               (editable ? ",\"editable\":true}" : ",\"editable\":false}"));
    }
    rest.end_array();
    out.raw(text.head + "," + rest.text() + "}");
  }
  out.end_array();
}

}  // namespace linchpin::inbound
