#include "organisation/rules.h"

#include <algorithm>

#include "access/shares.h"
#include "base/json_writer.h"
#include "organisation/entering.h"
#include "records/validate.h"

namespace linchpin::organisation {

using records::Field;
using records::is_empty;
using records::Object;
using records::RuleContext;

namespace {

struct EntryFields {
  const Field* entered_for = nullptr;
  const Field* entered_by = nullptr;
  const Field* owner = nullptr;       // these may be missing
  const Field* user = nullptr;        // who travels
  const Field* contact = nullptr;     // a trip of the customer's, not of ours
  const Field* our_people = nullptr;  // several
};

EntryFields fields_of(const Object& object) {
  return {object.field("entered_for"), object.field("entered_by"), object.field("owner"),
          object.field("user"),        object.field("contact"),    object.field("our_people")};
}

void add_to_people(RuleContext& context, const Field& people, RecordId manager) {
  std::vector<RecordId> all = records::linked_records(people, context.value(people));
  if (std::find(all.begin(), all.end(), manager) != all.end()) return;
  all.insert(all.begin(), manager);
  JsonWriter list;
  list.begin_array();
  for (const RecordId id : all) list.id(id);
  list.end_array();
  context.set(people, list.take());
}

// What belongs to nobody's account belongs to who made it; the manager has it as a share.
Status give_to(RuleContext& context, RecordId manager) {
  const Object& object = context.object();
  const bool inherits = object.ownership.kind == records::Ownership::Kind::inherits;
  const Field* above = inherits ? object.field(object.ownership.link) : nullptr;
  if (!above || !is_empty(context.value(*above))) return {};
  const records::Viewer& viewer = context.frame().viewer;
  const RecordId record{records::integer_of(context.value(*object.field("id")))};
  access::Share share;
  share.principal = manager;
  share.level = access::ShareLevel::edit;
  share.given_by = viewer.scope.user();
  share.given_at = viewer.now;
  return access::put_share(context.frame().connection, object.api_name, record, share);
}

Status make_his(RuleContext& context, const EntryFields& fields, RecordId manager) {
  if (fields.owner && is_empty(context.value(*fields.owner))) {
    context.set(*fields.owner, manager.value);
  }
  const bool ours = !fields.contact || is_empty(context.value(*fields.contact));
  if (fields.user && ours && is_empty(context.value(*fields.user))) {
    context.set(*fields.user, manager.value);
  }
  if (fields.our_people) add_to_people(context, *fields.our_people, manager);
  return give_to(context, manager);
}

Status enter_for(RuleContext& context, const EntryFields& fields) {
  const Field& entered_for = *fields.entered_for;
  if (!context.changed(entered_for)) return {};
  const records::Viewer& viewer = context.frame().viewer;
  const RecordId writer = viewer.scope.user();
  const records::Value& before = context.value(*fields.entered_by);
  if (!context.creating() && !is_empty(before) && records::integer_of(before) != writer.value) {
    context.refuse(entered_for, "entered_by_another");
    return {};
  }
  if (is_empty(context.value(entered_for))) {
    context.set(*fields.entered_by, {});
    return {};
  }
  const RecordId manager{records::integer_of(context.value(entered_for))};
  const records::RuleFrame& frame = context.frame();
  LP_TRY(const std::vector<Manager> managers,
         managers_of(frame.connection, frame.schema, writer, viewer.now));
  const bool his = std::any_of(managers.begin(), managers.end(),
                               [&](const Manager& one) { return one.id == manager; });
  if (!his) {
    context.refuse(entered_for, "not_your_manager");
    return {};
  }
  context.set(*fields.entered_by, writer.value);
  return make_his(context, fields, manager);
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  for (const auto& object : schema.objects()) {
    const EntryFields fields = fields_of(*object);
    if (!fields.entered_for || !fields.entered_by) continue;
    rules.uses(object->api_name, {"entered_for", "entered_by"});
    rules.before_write(object->api_name, [fields](RuleContext& context) -> Status {
      return enter_for(context, fields);
    });
  }
  return {};
}

}  // namespace linchpin::organisation
