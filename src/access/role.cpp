#include "access/role.h"

#include <algorithm>
#include <array>

namespace linchpin::access {

namespace {

struct ReachName {
  std::string_view name;
  Reach reach;
};

constexpr std::array reach_names{
    ReachName{"none", Reach::none},
    ReachName{"own", Reach::own},
    ReachName{"team", Reach::team},
    ReachName{"department", Reach::department},
    ReachName{"department_and_below", Reach::department_and_below},
    ReachName{"all", Reach::all},
};

Error wrong_rights(std::string place) {
  return Error::of(ErrorCode::malformed, "wrong_rights", {{"place", std::move(place)}});
}

Result<FieldRight> read_field_right(const json::value& value, const std::string& place) {
  if (value == "edit") return FieldRight::edit;
  if (value == "read") return FieldRight::read;
  if (value == "none") return FieldRight::none;
  return wrong_rights(place);
}

Status read_fields(const json::value& value, const std::string& place, ObjectRights& rights) {
  if (!value.is_object()) return wrong_rights(place);
  rights.other_fields = FieldRight::none;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    LP_TRY(const FieldRight right, read_field_right(member.value(), place + "/" + name));
    if (name == "*") {
      rights.other_fields = right;
    } else {
      rights.fields[name] = right;
    }
  }
  return {};
}

Error wrong_rule(const char* what, std::string place, ErrorParams more = {}) {
  ErrorParams params{{"place", std::move(place)}};
  params.insert(params.end(), more.begin(), more.end());
  return Error::of(ErrorCode::malformed, what, std::move(params));
}

Result<RowRule> read_rule(const json::value& value, const std::string& place) {
  const json::object* members = value.if_object();
  if (!members) return wrong_rights(place);
  const json::value* level = members->if_contains("level");
  const json::value* where = members->if_contains("where");
  if (!level || (*level != "read" && *level != "edit")) return wrong_rights(place + "/level");
  if (!where || !where->is_object()) return wrong_rights(place + "/where");
  if (members->size() != 2) return wrong_rights(place);
  return RowRule{*level == "edit", where->get_object()};
}

Status read_rules(const json::value& value, const std::string& place, ObjectRights& rights) {
  const json::array* items = value.if_array();
  if (!items) return wrong_rights(place);
  if (items->size() > max_rules_of_object) {
    return wrong_rule("too_many_rules", place, {{"max", std::to_string(max_rules_of_object)}});
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string here = place + "/" + std::to_string(i);
    LP_TRY(RowRule rule, read_rule((*items)[i], here));
    const bool widens = rights.read != Reach::none && (!rule.edit || rights.update != Reach::none);
    if (!widens) return wrong_rule("rule_without_reach", here);
    rights.rules.push_back(std::move(rule));
  }
  return {};
}

void add_own_fields(const json::value& value, std::set<std::string>& names) {
  if (const json::array* items = value.if_array()) {
    for (const json::value& item : *items) add_own_fields(item, names);
  }
  const json::object* members = value.if_object();
  if (!members) return;
  for (const auto& member : *members) {
    if (member.key() == "var" && member.value().is_string()) {
      const std::string_view name = own_field(std::string_view(member.value().get_string()));
      if (!name.empty()) names.emplace(name);
    }
    add_own_fields(member.value(), names);
  }
}

Reach* reach_of(ObjectRights& rights, std::string_view name) {
  if (name == "read") return &rights.read;
  if (name == "update") return &rights.update;
  if (name == "delete") return &rights.remove;
  if (name == "restore") return &rights.restore;
  return nullptr;
}

bool* flag_of(ObjectRights& rights, std::string_view name) {
  if (name == "create") return &rights.create;
  if (name == "share") return &rights.share;
  if (name == "import") return &rights.import;
  if (name == "export") return &rights.export_;
  if (name == "bulk") return &rights.bulk;
  if (name == "personal") return &rights.personal;
  if (name == "export_personal") return &rights.export_personal;
  return nullptr;
}

Result<ObjectRights> read_object_rights(const json::value& value, const std::string& place) {
  if (!value.is_object()) return wrong_rights(place);
  ObjectRights rights;
  const json::value* fields = nullptr;
  const json::value* rules = nullptr;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    const std::string here = place + "/" + name;
    if (name == "fields") {
      fields = &member.value();
    } else if (name == "rules") {
      rules = &member.value();
    } else if (Reach* reach = reach_of(rights, name)) {
      if (!member.value().is_string()) return wrong_rights(here);
      const auto named = reach_named(std::string_view(member.value().get_string()));
      if (!named) return wrong_rights(here);
      *reach = *named;
    } else if (bool* flag = flag_of(rights, name)) {
      if (!member.value().is_bool()) return wrong_rights(here);
      *flag = member.value().get_bool();
    } else {
      return wrong_rights(here);
    }
  }
  const bool writes = rights.create || rights.update != Reach::none;
  rights.other_fields = writes ? FieldRight::edit : FieldRight::read;
  if (fields) LP_CHECK(read_fields(*fields, place + "/fields", rights));
  if (rules) LP_CHECK(read_rules(*rules, place + "/rules", rights));
  return rights;
}

}  // namespace

std::string_view own_field(std::string_view variable) {
  if (variable == "me") return "id";
  return variable.starts_with("me.") ? variable.substr(3) : std::string_view();
}

std::string_view reach_name(Reach reach) {
  return reach_names[static_cast<std::size_t>(reach)].name;
}

std::optional<Reach> reach_named(std::string_view name) {
  const auto found = std::find_if(reach_names.begin(), reach_names.end(),
                                  [&](const ReachName& entry) { return entry.name == name; });
  if (found == reach_names.end()) return std::nullopt;
  return found->reach;
}

Reach ObjectRights::reach(Action action) const {
  const auto whole = [](bool flag) { return flag ? Reach::all : Reach::none; };
  switch (action) {
    case Action::read:
      return read;
    case Action::update:
      return update;
    case Action::remove:
      return remove;
    case Action::restore:
      return restore;
    case Action::create:
      return whole(create);
    case Action::share:
      return whole(share);
    case Action::import:
      return whole(import);
    case Action::export_:
      return whole(export_);
    case Action::bulk:
      return whole(bulk);
    case Action::personal:
      return whole(personal);
    case Action::export_personal:
      return whole(personal && export_personal && export_);
    case Action::configure:
      break;
  }
  return Reach::none;
}

FieldRight ObjectRights::field(std::string_view name) const {
  if (read == Reach::none) return FieldRight::none;
  const auto found = fields.find(name);
  return found == fields.end() ? other_fields : found->second;
}

Result<Role> Role::read(const json::object& rights) {
  Role role;
  role.text_ = json::serialize(rights);
  for (const auto& member : rights) {
    if (member.key() == "administrator" && member.value().is_bool()) {
      role.administrator_ = member.value().get_bool();
    } else if (member.key() == "audit" && member.value().is_bool()) {
      role.reads_audit_ = member.value().get_bool();
    } else if (member.key() == "objects" && member.value().is_object()) {
      for (const auto& object : member.value().get_object()) {
        const std::string name(object.key());
        LP_TRY(ObjectRights given, read_object_rights(object.value(), "/objects/" + name));
        for (const RowRule& rule : given.rules) add_own_fields(rule.where, role.own_fields_);
        if (name == "*") {
          if (!given.rules.empty()) return wrong_rule("rule_without_object", "/objects/*/rules");
          role.others_ = std::move(given);
        } else {
          role.objects_[name] = std::move(given);
        }
      }
    } else {
      return wrong_rights("/" + std::string(member.key()));
    }
  }
  return role;
}

const ObjectRights& Role::of(std::string_view object) const {
  const auto found = objects_.find(object);
  return found == objects_.end() ? others_ : found->second;
}

}  // namespace linchpin::access
