#include "access/scope.h"

#include <algorithm>

#include "base/crypto.h"

namespace linchpin::access {

namespace {

// What only administrators change, whatever a role says: who may come in and what he may do.
bool is_administrative(std::string_view object) {
  return object == "user" || object == "department" || object == "role" || object == "deputy" ||
         object == "selling_entity";
}

bool changes_records(Action action) {
  return action != Action::read && action != Action::export_ && action != Action::personal &&
         action != Action::export_personal;
}

void add_ids(std::string& text, const std::vector<RecordId>& ids) {
  for (const RecordId id : ids) text += format_id(id);
  text += ';';
}

void add_values(std::string& text, const OwnValues& values) {
  for (const auto& [name, value] : values) {
    text += name + "=";
    if (const auto* number = std::get_if<std::int64_t>(&value)) text += std::to_string(*number);
    if (const auto* words = std::get_if<std::string>(&value)) {
      text += std::to_string(words->size()) + ":" + *words;
    }
    text += ';';
  }
}

std::string fingerprint_of(const std::vector<Holder>& holders) {
  std::string text;
  for (const Holder& holder : holders) {
    text += format_id(holder.user) + ":";
    for (const RolePointer& role : holder.roles) text += role->text() + ";";
    add_ids(text, holder.shared_to);
    for (const Circle& circle : holder.circles) {
      add_ids(text, circle.people);
      add_ids(text, circle.departments);
    }
    add_values(text, holder.own);
    text += '\n';
  }
  return sha256(text);
}

}  // namespace

Reach Holder::reach(Action action, std::string_view object) const {
  Reach widest = Reach::none;
  for (const RolePointer& role : roles) {
    widest = std::max(widest, role->of(object).reach(action));
  }
  return widest;
}

bool AccessScope::may(Action action, std::string_view object) const {
  return reach(action, object) != Reach::none;
}

Reach AccessScope::reach(Action action, std::string_view object) const {
  if (kind_ != Kind::person) return Reach::all;
  if (action == Action::configure) return Reach::none;
  if (changes_records(action) && is_administrative(object)) return Reach::none;
  Reach widest = Reach::none;
  for (const Holder& holder : grants_->holders) {
    // What cannot be read cannot be worked with either.
    if (holder.reach(Action::read, object) == Reach::none) continue;
    widest = std::max(widest, holder.reach(action, object));
  }
  return widest;
}

FieldRight AccessScope::field_right(std::string_view object, std::string_view field) const {
  if (kind_ != Kind::person) return FieldRight::edit;
  FieldRight widest = FieldRight::none;
  for (const Holder& holder : grants_->holders) {
    for (const RolePointer& role : holder.roles) {
      widest = std::max(widest, role->of(object).field(field));
    }
  }
  return is_administrative(object) ? std::min(widest, FieldRight::read) : widest;
}

bool AccessScope::leads(RecordId person) const {
  if (person == user_) return false;
  for (const Holder& holder : grants_->holders) {
    if (holder.user != user_) continue;
    const std::vector<RecordId>& people = holder.circle(Reach::team).people;
    if (std::binary_search(people.begin(), people.end(), person)) return true;
  }
  return false;
}

bool AccessScope::reads_audit() const {
  if (kind_ != Kind::person) return true;
  for (const Holder& holder : grants_->holders) {
    if (holder.user != user_) continue;
    for (const RolePointer& role : holder.roles) {
      if (role->reads_audit()) return true;
    }
  }
  return false;
}

AccessScope AccessScope::for_import(RecordId job) const {
  return AccessScope(kind_, user_, {stream::Actor::Kind::import, job}, grants_);
}

AccessScope Authority::administrator(RecordId user) {
  static const auto none = std::make_shared<const AccessScope::Grants>();
  return AccessScope(AccessScope::Kind::administrator, user, {stream::Actor::Kind::user, user},
                     none);
}

AccessScope Authority::person(RecordId user, std::vector<Holder> holders, Instant valid_until) {
  auto grants = std::make_shared<AccessScope::Grants>();
  grants->fingerprint = format_id(user) + fingerprint_of(holders);
  grants->holders = std::move(holders);
  grants->valid_until = valid_until;
  return AccessScope(AccessScope::Kind::person, user, {stream::Actor::Kind::user, user},
                     std::move(grants));
}

AccessScope Authority::product() {
  static const auto none = std::make_shared<const AccessScope::Grants>();
  return AccessScope(AccessScope::Kind::product, RecordId(), {stream::Actor::Kind::system, {}},
                     none);
}

}  // namespace linchpin::access
