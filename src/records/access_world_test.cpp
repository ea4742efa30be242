#include "records/access_world.h"

#include <rapidcheck.h>

namespace linchpin::records {

namespace {

constexpr int all_level = 5;
constexpr std::array level_names{"none", "own", "team", "department", "department_and_below",
                                 "all"};
constexpr std::array product_roles{"kam",       "kam_director", "executive", "sales_assistant",
                                   "colleague", "operations",   "finance",   "auditor"};

bool one_in(std::size_t count) {
  return choose(count) == 0;
}

template <class Item>
const Item& some_of(const std::vector<Item>& all) {
  return all[choose(all.size())];
}

json::string text_of_id(RecordId id) {
  return json::string(format_id(id));
}

RecordId maybe_department(const std::vector<RecordId>& all) {
  return all.empty() || one_in(3) ? RecordId() : some_of(all);
}

RecordId maybe_employee(const std::vector<Employee>& all) {
  return all.empty() || one_in(3) ? RecordId() : some_of(all).id;
}

json::object random_rights() {
  json::object objects;
  for (const char* object : {"*", "account", "contact", "opportunity"}) {
    if (one_in(3)) continue;
    json::object rights;
    for (const char* action : {"read", "update", "delete"}) {
      rights[action] = level_names[choose(level_names.size())];
    }
    if (one_in(2)) {
      constexpr std::array rights_of_field{"none", "read", "edit"};
      rights["fields"] = {{"*", "edit"}, {narrow_field, rights_of_field[choose(3)]}};
    }
    objects[object] = std::move(rights);
  }
  return {{"objects", std::move(objects)}};
}

}  // namespace

std::size_t choose(std::size_t count) {
  return *rc::gen::noShrink(
      rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count)));
}

int companies_of_check() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 3;
#else
  return environment("LINCHPIN_TEST_POSTGRES").empty() ? 40 : 20;
#endif
}

bool Oracle::may(RecordId user, const std::string& action, const Thing& thing) const {
  const auto [from, to] = world_.deputies.equal_range(user);
  if (by(world_.user(user), action, thing)) return true;
  return std::any_of(from, to,
                     [&](const auto& pair) { return by(world_.user(pair.second), action, thing); });
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
    if (!at->inherits) break;
    if (!at->above) return person_in(user, reach, at->made_by);
    at = world_.thing(at->above);
  }
  if (person_in(user, reach, at->owner ? at->owner : at->made_by)) return true;
  return department_in(user, reach, at->department);
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

Company::Company() {
  workspace_.hire_admin();
  make_departments();
  make_people();
  make_records();
  for (int i = 0; i < 8; ++i) {
    share_something();
    add_member();
  }
  name_deputy();
}

RecordId Company::make(std::string_view object, json::object fields, RecordId by) {
  const auto scope = by ? access::Authority::administrator(by) : workspace_.admin();
  auto written = workspace_.records().create(scope, object, fields, workspace_.options());
  if (!written) RC_FAIL(TestWorkspace::first_problem(written.error()));
  return written->id;
}

void Company::add_roles(json::object& fields, Employee& user) {
  json::array keys;
  for (std::size_t i = choose(3); i > 0; --i) {
    const char* key = product_roles[choose(product_roles.size())];
    if (std::find(keys.begin(), keys.end(), json::value(key)) != keys.end()) continue;
    keys.emplace_back(key);
    const auto& role = workspace_.schema().roles().find(key)->second;
    user.roles.push_back(*parse_json_object(role->text()));
  }
  fields["roles"] = std::move(keys);
  if (one_in(2)) return;
  user.roles.push_back(random_rights());
  const RecordId role = make("role", {{"name", "r"}, {"rights", user.roles.back()}});
  fields["own_roles"] = json::array{text_of_id(role)};
}

void Company::make_departments() {
  for (int i = 0; i < 5; ++i) {
    const RecordId parent = maybe_department(departments_);
    json::object fields{{"name", "d"}};
    if (parent) fields["parent"] = text_of_id(parent);
    departments_.push_back(make("department", fields));
    world_.parents[departments_.back()] = parent;
  }
}

void Company::make_people() {
  for (int i = 0; i < employees_of_company; ++i) {
    Employee user;
    json::object fields{{"login", "u" + std::to_string(i)}, {"name", "u"}};
    user.department = maybe_department(departments_);
    user.manager = maybe_employee(world_.users);
    if (user.department) fields["department"] = text_of_id(user.department);
    if (user.manager) fields["manager"] = text_of_id(user.manager);
    add_roles(fields, user);
    user.id = make("user", std::move(fields));
    world_.users.push_back(std::move(user));
  }
  const RecordId department = some_of(departments_);
  const RecordId head = some_of(world_.users).id;
  const auto patched =
      workspace_.patch("department", department, 1, R"({"head":")" + format_id(head) + "\"}");
  if (!patched) RC_FAIL(TestWorkspace::first_problem(patched.error()));
  world_.heads[department] = head;
}

void Company::add(Thing thing, json::object fields) {
  thing.name = "甲" + std::to_string(world_.things.size());
  fields["name"] = thing.name;
  if (one_in(4)) thing.made_by = some_of(world_.users).id;
  thing.id = make(thing.object, std::move(fields), thing.made_by);
  if (!thing.made_by) thing.made_by = workspace_.admin().user();
  world_.things.push_back(std::move(thing));
}

void Company::fill_narrow_field(Thing& thing) {
  const std::string fields = std::string("{\"") + narrow_field + "\":\"丙\"}";
  const auto patched = workspace_.patch(thing.object, thing.id, 1, fields);
  if (!patched) RC_FAIL(TestWorkspace::first_problem(patched.error()));
  const auto last = workspace_.database().read(
      [](storage::Connection& connection) { return stream::last_seq(connection); });
  if (!last) RC_FAIL("no log");
  thing.changed_by = *last;
}

void Company::make_records() {
  std::vector<RecordId> accounts;
  for (int i = 0; i < accounts_of_company; ++i) {
    Thing account;
    account.object = "account";
    account.owner = maybe_employee(world_.users);
    account.department = maybe_department(departments_);
    json::object fields{{"code", "A" + std::to_string(i)}};
    if (account.owner) fields["owner"] = text_of_id(account.owner);
    if (account.department) fields["department"] = text_of_id(account.department);
    add(account, std::move(fields));
    accounts.push_back(world_.things.back().id);
  }
  for (int i = 0; i < accounts_of_company; ++i) {
    Thing contact;
    contact.object = "contact";
    contact.above = contact.account = some_of(accounts);
    contact.inherits = true;
    add(contact, {{"account", text_of_id(contact.account)}});
    Thing deal;
    deal.object = "opportunity";
    deal.owner = maybe_employee(world_.users);
    deal.account = some_of(accounts);
    json::object fields{{"account", text_of_id(deal.account)}};
    if (deal.owner) fields["owner"] = text_of_id(deal.owner);
    add(deal, std::move(fields));
  }
  for (Thing& thing : world_.things) fill_narrow_field(thing);
}

void Company::share_something() {
  const Instant now = workspace_.clock().now();
  const Thing& thing = some_of(world_.things);
  const Given given{thing.id, one_in(2) ? some_of(world_.users).id : some_of(departments_),
                    one_in(2) ? access::ShareLevel::read : access::ShareLevel::edit, one_in(4)};
  const bool again =
      std::any_of(world_.shares.begin(), world_.shares.end(), [&](const Given& other) {
        return other.record == given.record && other.principal == given.principal;
      });
  if (again) return;
  const auto put = workspace_.database().write([&](storage::Connection& connection) {
    return access::put_share(
        connection, thing.object, thing.id,
        {given.principal, given.level, given.expired ? now : now + 1, RecordId(), now});
  });
  if (!put) RC_FAIL("no share");
  world_.shares.push_back(given);
}

void Company::add_member() {
  const Thing& account = world_.things[choose(accounts_of_company)];
  const Member member{account.id, some_of(world_.users).id, !one_in(3)};
  json::object fields{{"account", text_of_id(member.account)}, {"user", text_of_id(member.user)}};
  if (!member.runs) fields["until"] = "2026-09-20";
  make("account_member", std::move(fields));
  world_.members.push_back(member);
}

void Company::name_deputy() {
  const RecordId absent = some_of(world_.users).id;
  const RecordId deputy = some_of(world_.users).id;
  const bool runs = !one_in(3);
  make("deputy", {{"user", text_of_id(absent)},
                  {"deputy", text_of_id(deputy)},
                  {"starts_at", "2026-01-01T00:00:00Z"},
                  {"ends_at", runs ? "2027-01-01T00:00:00Z" : "2026-02-01T00:00:00Z"}});
  if (runs) world_.deputies.emplace(deputy, absent);
}

}  // namespace linchpin::records
