#include "access/scope.h"

namespace linchpin::access {

namespace {

// What only administrators change: who may come in, and what the workspace is made of.
bool is_administrative(std::string_view object) {
  return object == "user" || object == "department" || object == "selling_entity";
}

}  // namespace

bool AccessScope::may(Action action, std::string_view object) const {
  if (kind_ != Kind::person) return true;
  switch (action) {
    case Action::configure:
      return false;
    case Action::read:
    case Action::export_:
      return true;
    case Action::create:
    case Action::update:
    case Action::remove:
    case Action::restore:
    case Action::import:
      return !is_administrative(object);
  }
  return false;
}

FieldRight AccessScope::field_right(std::string_view object, std::string_view) const {
  if (may(Action::update, object)) return FieldRight::edit;
  return may(Action::read, object) ? FieldRight::read : FieldRight::none;
}

Reach AccessScope::reach(std::string_view object) const {
  return may(Action::read, object) ? Reach::all : Reach::none;
}

AccessScope AccessScope::for_import(RecordId job) const {
  return AccessScope(kind_, user_, {stream::Actor::Kind::import, job});
}

AccessScope Authority::administrator(RecordId user) {
  return AccessScope(AccessScope::Kind::administrator, user, {stream::Actor::Kind::user, user});
}

AccessScope Authority::person(RecordId user) {
  return AccessScope(AccessScope::Kind::person, user, {stream::Actor::Kind::user, user});
}

AccessScope Authority::product() {
  return AccessScope(AccessScope::Kind::product, RecordId(), {stream::Actor::Kind::system, {}});
}

}  // namespace linchpin::access
