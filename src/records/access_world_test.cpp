#include "records/access_world.h"

#include <rapidcheck.h>

namespace linchpin::records {

namespace {

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

// {"op": "eq", "field": …, "value": {"var": …}}
json::object equal_to_own(const char* field, const char* variable) {
  return {{"op", "eq"}, {"field", field}, {"value", {{"var", variable}}}};
}

json::object random_rule(const std::string& object) {
  const bool owned = object != "contact";
  switch (choose(6)) {
    case 0:
      if (object != "account") break;
      return equal_to_own("department", "me.department");
    case 1:
      if (!owned) break;
      return equal_to_own("owner", "me.manager");
    case 2:
      if (object == "account") break;
      return equal_to_own("account.owner", "me.id");
    case 3:
      if (object != "account") break;
      return {{"op", "some"}, {"rel", "contacts"}};
    case 4:
      return {{"op", "not"}, {"args", json::array{equal_to_own("created_by", "me")}}};
    default:
      break;
  }
  return {{"op", "starts"}, {"field", "name"}, {"value", "甲1"}};
}

// They widen what is read and updated anyway.
void add_rules(json::object& rights, const std::string& object) {
  if (object == "*" || rights.at("read") == "none" || one_in(2)) return;
  json::array rules;
  for (std::size_t i = choose(2) + 1; i > 0; --i) {
    const bool edits = rights.at("update") != "none" && one_in(2);
    rules.push_back(
        json::object{{"level", edits ? "edit" : "read"}, {"where", random_rule(object)}});
  }
  rights["rules"] = std::move(rules);
}

json::object random_rights() {
  json::object objects;
  for (const char* object : {"*", "account", "contact", "opportunity"}) {
    if (one_in(3)) continue;
    json::object rights;
    for (const char* action : {"read", "update", "delete"}) {
      rights[action] = level_names[choose(level_names.size())];
    }
    if (one_in(2)) rights["personal"] = true;
    add_rules(rights, object);
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
    contact.personal = personal_values[choose(personal_values.size())];
    json::object person{{"account", text_of_id(contact.account)}};
    if (!contact.personal.empty()) person[personal_field] = contact.personal;
    add(contact, std::move(person));
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
