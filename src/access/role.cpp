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
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    const std::string here = place + "/" + name;
    if (name == "fields") {
      fields = &member.value();
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
  return rights;
}

}  // namespace

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
        if (name == "*") {
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
