#pragma once

// For property tests: a company with random people, roles, records and grants, and an oracle that
// says who may what, slowly and knowing nothing of the engine but what was written. To be used from
// within rc::check.

#include <array>
#include <map>
#include <set>

#include "access/shares.h"
#include "records/test_workspace.h"

namespace linchpin::records {

constexpr int employees_of_company = 7;
constexpr int accounts_of_company = 14;
// In [0, count), all of it from the first case on. A failing company is told as it is, not shrunk.
std::size_t choose(std::size_t count);
// A check makes so many companies: fewer where one costs more, on a database server and with
// sanitizers.
int companies_of_check();
// Whether one is made when rc::check, which calls its property 100 times, calls for the `call`th
// time.
constexpr bool is_companys_turn(int call, int companies) {
  return call * companies % 100 < companies;
}
// How far a role reaches, as it is written; the place is the level.
inline constexpr std::array level_names{
    "none", "own", "team", "department", "department_and_below", "all"};
// Every object of the company has it, and some roles do not show it.
constexpr const char* narrow_field = "remarks";
// A personal one of contacts, with what they may have in it: equal ones are found together.
constexpr const char* personal_field = "sport";
inline constexpr std::array personal_values{"Tennis", "ＴＥＮＮＩＳ", "网球", ""};

struct Employee {
  RecordId id;
  RecordId department;
  RecordId manager;
  std::vector<json::object> roles;  // rights
};
struct Thing {
  std::string object;
  RecordId id;
  RecordId owner;
  RecordId department;
  RecordId made_by;
  RecordId account;  // that it links to
  RecordId above;    // where it inherits its ownership
  bool inherits = false;
  std::string name;
  std::string personal;  // of personal_field
  std::int64_t changed_by = 0;  // the entry of the log by which narrow_field got its value
};
struct Given {
  RecordId record;
  RecordId principal;
  access::ShareLevel level = access::ShareLevel::read;
  bool expired = false;
};
struct Member {
  RecordId account;
  RecordId user;
  bool runs = false;
};

// The organisation and its records as they were made.
struct World {
  std::map<RecordId, RecordId> parents;  // of departments
  std::map<RecordId, RecordId> heads;
  std::vector<Employee> users;
  std::vector<Thing> things;
  std::vector<Given> shares;
  std::vector<Member> members;
  std::multimap<RecordId, RecordId> deputies;  // deputy → whom he stands in for, now

  const Employee& user(RecordId id) const {
    return *std::find_if(users.begin(), users.end(), [&](const Employee& u) { return u.id == id; });
  }
  const Thing* thing(RecordId id) const {
    const auto found =
        std::find_if(things.begin(), things.end(), [&](const Thing& t) { return t.id == id; });
    return found == things.end() ? nullptr : &*found;
  }
};

class Oracle {
 public:
  explicit Oracle(const World& world) : world_(world) {}

  // `action` as roles name it: read, update, delete.
  bool may(RecordId user, const std::string& action, const Thing& thing) const;
  // What he may do with a field: 0 nothing, 1 read, 2 edit.
  int field(RecordId user, const std::string& object, const char* name) const;
  int narrow(RecordId user, const std::string& object) const {
    return field(user, object, narrow_field);
  }
  // Whether he may open personal values of the object's records.
  bool opens(RecordId user, const std::string& object) const;
  // Whether he may do so with some record of the object.
  bool knows(RecordId user, const std::string& action, const std::string& object) const;

 private:
  using Ids = std::set<RecordId>;

  static int level(const Employee& user, const std::string& action, const std::string& object);
  static int field_by(const json::object& role, const std::string& object, const char* name);
  bool within(RecordId department, RecordId top) const;
  Ids departments(const Employee& user) const;
  bool reports(RecordId person, RecordId to) const;
  bool department_in(const Employee& user, int level, RecordId department) const;
  bool person_in(const Employee& user, int level, RecordId person) const;
  bool by(const Employee& user, const std::string& action, const Thing& thing) const;
  bool given(const Employee& user, const std::string& action, const Thing& thing) const;
  bool by_rule(const Employee& user, const std::string& action, const Thing& thing) const;
  bool meets(const Employee& user, const json::object& where, const Thing& thing) const;

  const World& world_;
};

class Company {
 public:
  Company();

  TestWorkspace& workspace() { return workspace_; }
  const World& world() const { return world_; }
  access::AccessScope scope(RecordId user) { return *workspace_.records().scope_of(user); }

 private:
  RecordId make(std::string_view object, json::object fields, RecordId by = {});
  void add_roles(json::object& fields, Employee& user);
  void make_departments();
  void make_people();
  void add(Thing thing, json::object fields);
  void make_records();
  void fill_narrow_field(Thing& thing);
  void share_something();
  void add_member();
  void name_deputy();

  TestWorkspace workspace_;
  World world_;
  std::vector<RecordId> departments_;
};

}  // namespace linchpin::records
