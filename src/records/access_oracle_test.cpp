#include "records/access_world.h"

namespace linchpin::records {

namespace {

constexpr int all_level = 5;

}  // namespace

bool Oracle::may(RecordId user, const std::string& action, const Thing& thing) const {
  const auto [from, to] = world_.deputies.equal_range(user);
  if (by(world_.user(user), action, thing)) return true;
  return std::any_of(from, to,
                     [&](const auto& pair) { return by(world_.user(pair.second), action, thing); });
}

bool Oracle::opens(RecordId user, const std::string& object) const {
  const auto given = [&](const json::object& role) {
    const json::object& objects = role.at("objects").as_object();
    const json::value* rights = objects.if_contains(object);
    if (!rights) rights = objects.if_contains("*");
    const json::value* personal = rights ? rights->as_object().if_contains("personal") : nullptr;
    return personal && *personal == json::value(true);
  };
  const auto has = [&](RecordId id) {
    const Employee& holder = world_.user(id);
    return level(holder, "read", object) > 0 &&
           std::any_of(holder.roles.begin(), holder.roles.end(), given);
  };
  const auto [from, to] = world_.deputies.equal_range(user);
  return has(user) || std::any_of(from, to, [&](const auto& pair) { return has(pair.second); });
}

bool Oracle::knows(RecordId user, const std::string& action, const std::string& object) const {
  const auto has = [&](RecordId id) {
    const Employee& holder = world_.user(id);
    return level(holder, "read", object) > 0 && level(holder, action, object) > 0;
  };
  const auto [from, to] = world_.deputies.equal_range(user);
  return has(user) || std::any_of(from, to, [&](const auto& pair) { return has(pair.second); });
}

int Oracle::level(const Employee& user, const std::string& action, const std::string& object) {
  int best = 0;
  for (const json::object& role : user.roles) {
    const json::object& objects = role.at("objects").as_object();
    const json::value* rights = objects.if_contains(object);
    if (!rights) rights = objects.if_contains("*");
    const json::value* given = rights ? rights->as_object().if_contains(action) : nullptr;
    for (int i = 0; given && i <= all_level; ++i) {
      if (*given == level_names[static_cast<std::size_t>(i)]) best = std::max(best, i);
    }
  }
  return best;
}

int Oracle::field_by(const json::object& role, const std::string& object, const char* name) {
  const json::object& objects = role.at("objects").as_object();
  const json::value* given = objects.if_contains(object);
  if (!given) given = objects.if_contains("*");
  if (!given) return 0;
  const json::object& rights = given->as_object();
  const auto says = [&](const char* what, const json::value& text) {
    return rights.contains(what) && rights.at(what) == text;
  };
  if (!rights.contains("read") || says("read", "none")) return 0;
  if (const json::value* fields = rights.if_contains("fields")) {
    const json::value* own = fields->as_object().if_contains(name);
    const json::value& right = own ? *own : fields->at("*");
    return right == "edit" ? 2 : right == "read" ? 1 : 0;
  }
  const bool updates = rights.contains("update") && !says("update", "none");
  return updates || says("create", true) ? 2 : 1;
}

int Oracle::field(RecordId user, const std::string& object, const char* name) const {
  int best = 0;
  const auto take = [&](RecordId id) {
    for (const json::object& role : world_.user(id).roles) {
      best = std::max(best, field_by(role, object, name));
    }
  };
  take(user);
  const auto [from, to] = world_.deputies.equal_range(user);
  std::for_each(from, to, [&](const auto& pair) { take(pair.second); });
  return best;
}

bool Oracle::within(RecordId department, RecordId top) const {
  for (RecordId at = department; at; at = world_.parents.at(at)) {
    if (at == top) return true;
  }
  return false;
}

Oracle::Ids Oracle::departments(const Employee& user) const {
  std::set<RecordId> own;
  if (user.department) own.insert(user.department);
  for (const auto& [department, head] : world_.heads) {
    if (head == user.id) own.insert(department);
  }
  return own;
}

bool Oracle::reports(RecordId person, RecordId to) const {
  const Employee* at = &world_.user(person);
  for (int i = 0; i < employees_of_company; ++i) {
    if (at->manager == to) return true;
    if (!at->manager) return false;
    at = &world_.user(at->manager);
  }
  return false;
}

bool Oracle::department_in(const Employee& user, int level, RecordId department) const {
  if (!department || level < 3) return false;
  for (const RecordId own : departments(user)) {
    if (own == department || (level >= 4 && within(department, own))) return true;
  }
  return false;
}

bool Oracle::person_in(const Employee& user, int level, RecordId person) const {
  if (person == user.id) return true;
  const bool known = std::any_of(world_.users.begin(), world_.users.end(),
                                 [&](const Employee& one) { return one.id == person; });
  if (!known) return false;
  if (level >= 2 && reports(person, user.id)) return true;
  return department_in(user, level, world_.user(person).department);
}

bool Oracle::by(const Employee& user, const std::string& action, const Thing& thing) const {
  const int reach = level(user, action, thing.object);
  if (reach == 0 || level(user, "read", thing.object) == 0) return false;
  if (reach == all_level) return true;
  const bool takes_part = action == "read" || action == "update";
  const Thing* at = &thing;
  while (true) {
    if (takes_part && given(user, action, *at)) return true;
    if (takes_part && by_rule(user, action, *at)) return true;
    if (!at->inherits) break;
    if (!at->above) return person_in(user, reach, at->made_by);
    at = world_.thing(at->above);
  }
  if (person_in(user, reach, at->owner ? at->owner : at->made_by)) return true;
  return department_in(user, reach, at->department);
}

bool Oracle::by_rule(const Employee& user, const std::string& action, const Thing& thing) const {
  for (const json::object& role : user.roles) {
    const json::value* rights = role.at("objects").as_object().if_contains(thing.object);
    const json::value* rules = rights ? rights->as_object().if_contains("rules") : nullptr;
    if (!rules) continue;
    for (const json::value& rule : rules->as_array()) {
      const bool enough = action == "read" || rule.at("level") == "edit";
      if (enough && meets(user, rule.at("where").as_object(), thing)) return true;
    }
  }
  return false;
}

bool Oracle::meets(const Employee& user, const json::object& where, const Thing& thing) const {
  if (where.at("op") == "not") return thing.made_by != user.id;
  if (where.at("op") == "starts") return thing.name.starts_with("甲1");
  if (where.at("op") == "some") {
    return std::any_of(world_.things.begin(), world_.things.end(), [&](const Thing& other) {
      return other.object == "contact" && other.account == thing.id;
    });
  }
  if (where.at("field") == "department") {
    return user.department && thing.department == user.department;
  }
  if (where.at("field") == "owner") return user.manager && thing.owner == user.manager;
  return thing.account && world_.thing(thing.account)->owner == user.id;
}

bool Oracle::given(const Employee& user, const std::string& action, const Thing& thing) const {
  for (const Member& member : world_.members) {
    if (member.runs && member.account == thing.id && member.user == user.id) return true;
  }
  for (const Given& share : world_.shares) {
    const bool enough = action == "read" || share.level == access::ShareLevel::edit;
    if (share.record != thing.id || share.expired || !enough) continue;
    if (share.principal == user.id) return true;
    for (const RecordId own : departments(user)) {
      if (world_.parents.contains(share.principal) && within(own, share.principal)) return true;
    }
  }
  return false;
}

}  // namespace linchpin::records
