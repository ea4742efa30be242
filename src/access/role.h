#pragma once

// A role: what those who hold it may do with which objects, fields and records. Roles only add, and
// what a role does not speak of it does not give.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace linchpin::access {

enum class Action {
  create,
  read,
  update,
  remove,
  restore,
  share,
  import,
  export_,
  bulk,      // many writes in one request
  personal,  // open personal values, for a purpose
  export_personal,
  configure
};

enum class FieldRight { none, read, edit };

// The records that an action reaches, from the narrowest to the widest. `own`: that one owns, whose
// account team one belongs to, or that were shared with one. `team` adds what those own who report
// to one, directly or not; the others what the department owns.
enum class Reach { none, own, team, department, department_and_below, all };
std::string_view reach_name(Reach reach);
std::optional<Reach> reach_named(std::string_view name);

// Records that a role gives beyond its reach: those that meet a filter of the API, in which
// {"var": "me.region"} stands for the field "region" of whoever holds the role.
struct RowRule {
  bool edit = false;  // to be changed as well, not only read
  json::object where;
};
constexpr std::size_t max_rules_of_object = 10;

// What a role gives for one object.
struct ObjectRights {
  Reach read = Reach::none;
  Reach update = Reach::none;
  Reach remove = Reach::none;
  Reach restore = Reach::none;
  bool create = false;
  bool share = false;
  bool import = false;
  bool export_ = false;
  bool bulk = false;
  bool personal = false;
  bool export_personal = false;
  FieldRight other_fields = FieldRight::none;  // of fields without an entry
  std::map<std::string, FieldRight, std::less<>> fields;
  std::vector<RowRule> rules;

  // Actions that know no records reach all of them or none.
  Reach reach(Action action) const;
  FieldRight field(std::string_view name) const;
};

class Role {
 public:
  // {"administrator": true}, or {"audit": true, "objects": {"*": {"read": "own", "create": true,
  // "fields": {"*": "edit", "credit_limit": "read"}, …}, "product": {…}}}: "audit" lets read the
  // audit log, "*" stands for the objects and fields without an entry. Without "fields", those who
  // may create or update edit every field and the others read it. "rules": [{"level": "read" or
  // "edit", "where": {…}}, …] widen what is read or updated anyway. Errors: malformed /
  // `wrong_rights` {place}, `too_many_rules` {place, max}, `rule_without_reach` {place},
  // `rule_without_object` {place}. Whether the filters fit the objects is not asked here.
  static Result<Role> read(const json::object& rights);

  bool administrator() const { return administrator_; }
  bool reads_audit() const { return reads_audit_; }
  const ObjectRights& of(std::string_view object) const;
  // The objects with an entry of their own.
  const std::map<std::string, ObjectRights, std::less<>>& objects() const { return objects_; }
  // The fields of a user that the rules speak of.
  const std::set<std::string>& own_fields() const { return own_fields_; }
  // The rights as they were given; equal texts are equal roles.
  const std::string& text() const { return text_; }

 private:
  bool administrator_ = false;
  bool reads_audit_ = false;
  ObjectRights others_;
  std::map<std::string, ObjectRights, std::less<>> objects_;
  std::set<std::string> own_fields_;
  std::string text_;
};

// The field that a variable of a rule names: "region" of "me.region", "id" of "me"; empty when it
// speaks of nobody's.
std::string_view own_field(std::string_view variable);

using RolePointer = std::shared_ptr<const Role>;
// By key, as `user.roles` names them.
using Roles = std::map<std::string, RolePointer, std::less<>>;

}  // namespace linchpin::access
