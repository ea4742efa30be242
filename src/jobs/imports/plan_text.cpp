#include "jobs/imports/plan_text.h"

#include <algorithm>

#include "jobs/imports/plan.h"

namespace linchpin::imports {

namespace {

using Names = std::initializer_list<std::string_view>;

std::string listed(Names names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

// The members of one object of the plan.
class Reader {
 public:
  Reader(const json::object& object, std::string pointer, PlanProblems& problems)
      : object_(object), pointer_(std::move(pointer)), problems_(problems) {}

  std::string at(std::string_view name) const { return pointer_ + "/" + std::string(name); }

  void allow_only(Names names) {
    for (const auto& member : object_) {
      if (std::find(names.begin(), names.end(), member.key()) != names.end()) continue;
      problems_.add_unknown(at(member.key()), "unknown_member",
                            {{"name", std::string(member.key())}});
    }
  }

  std::optional<std::string> text(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return std::string(text_from(*value));
    problems_.add(at(name), "expected_text");
    return std::nullopt;
  }

  std::string required_text(std::string_view name) {
    if (find(name) == nullptr) {
      problems_.add(at(name), "member_missing", {{"name", std::string(name)}});
      return {};
    }
    return text(name).value_or("");
  }

  std::optional<std::string> choice(std::string_view name, Names choices) {
    auto value = text(name);
    if (value && std::find(choices.begin(), choices.end(), *value) == choices.end()) {
      problems_.add(at(name), "wrong_choice", {{"of", listed(choices)}});
      return std::nullopt;
    }
    return value;
  }

  bool boolean(std::string_view name) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_bool()) problems_.add(at(name), "expected_boolean");
    return value != nullptr && value->is_bool() && value->get_bool();
  }

  const json::array* list(std::string_view name, std::size_t limit) {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) {
      problems_.add(at(name), "expected_list");
      return nullptr;
    }
    if (value->get_array().size() > limit) {
      problems_.add(at(name), "too_many_values", {{"max", std::to_string(limit)}});
      return nullptr;
    }
    return &value->get_array();
  }

  const json::object* object(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (value->is_object()) return &value->get_object();
    problems_.add(at(name), "expected_object");
    return nullptr;
  }

  bool is_null(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    return value != nullptr && value->is_null();
  }

 private:
  const json::value* find(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  const json::object& object_;
  std::string pointer_;
  PlanProblems& problems_;
};

MappingText read_mapping(const json::object& object, std::string pointer, PlanProblems& problems) {
  Reader reader(object, pointer, problems);
  reader.allow_only({"column", "field", "link_by", "missing", "format"});
  MappingText mapping;
  mapping.pointer = std::move(pointer);
  mapping.column = reader.required_text("column");
  mapping.field = reader.required_text("field");
  mapping.link_by = reader.text("link_by");
  mapping.missing = reader.choice("missing", {"create", "error", "null"});
  if (reader.is_null("missing")) mapping.missing = "null";
  mapping.format = reader.text("format");
  return mapping;
}

}  // namespace

void PlanProblems::add(std::string pointer, std::string code, ErrorParams params) {
  problems_.push_back({std::move(pointer), {}, std::move(code), std::move(params)});
}

void PlanProblems::add_unknown(std::string pointer, std::string code, ErrorParams params) {
  unknown_ = true;
  add(std::move(pointer), std::move(code), std::move(params));
}

Error PlanProblems::error() {
  Error error = Error::invalid(std::move(problems_));
  if (unknown_) error.code = ErrorCode::unknown_field;
  return error;
}

PlanText read_plan(const json::object& object, PlanProblems& problems) {
  Reader reader(object, "", problems);
  reader.allow_only({"object", "mode", "match", "mapping", "replace", "repeat", "tax_basis",
                     "defaults", "automations"});
  PlanText plan;
  plan.object = reader.required_text("object");
  plan.mode = reader.choice("mode", {"create", "upsert"}).value_or("create");
  plan.replace = reader.choice("replace", {"order"});
  plan.repeat = reader.boolean("repeat");
  reader.choice("automations", {"on", "off"});
  if (const json::object* defaults = reader.object("defaults")) plan.defaults = *defaults;
  if (auto basis = reader.choice("tax_basis", {"inclusive", "exclusive"})) {
    plan.defaults["tax_basis"] = *basis;
  }
  if (const json::array* match = reader.list("match", max_match_fields)) {
    for (const json::value& name : *match) {
      if (name.is_string()) {
        plan.match.emplace_back(text_from(name));
      } else {
        problems.add("/match", "expected_text");
      }
    }
  }
  const json::array* mapping = reader.list("mapping", max_mappings);
  if (mapping == nullptr || mapping->empty()) {
    if (!problems.any()) problems.add("/mapping", "nothing_mapped");
    return plan;
  }
  for (std::size_t i = 0; i < mapping->size(); ++i) {
    const std::string pointer = "/mapping/" + std::to_string(i);
    const json::value& item = (*mapping)[i];
    if (item.is_object()) {
      plan.mapping.push_back(read_mapping(item.get_object(), pointer, problems));
    } else {
      problems.add(pointer, "expected_object");
    }
  }
  return plan;
}

}  // namespace linchpin::imports
