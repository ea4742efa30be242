#include "records/definitions.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/text.h"
#include "records/personal.h"

namespace linchpin::records {

namespace {

using Choices = std::initializer_list<std::string_view>;

constexpr std::array reserved_fields{"id",         "version",    "created_at", "created_by",
                                     "updated_at", "updated_by", "deleted_at", "deleted_by"};
// Choices that addresses, the change log or later standard objects use.
constexpr std::array reserved_objects{
    "meta",          "meta_object", "meta_field", "record",       "records", "change",
    "changes",       "job",         "import",     "export",       "session", "setting",
    "token",         "agreement",   "joint_plan", "success_plan", "need",    "service_plan",
    "supply_plan",   "promise",     "request",    "survey",       "trial",   "survey_answer",
    "promotion",     "incentive",   "referral",   "project",      "comment", "customer_event",
    "attachment",    "tag",         "segment",    "view",         "report",  "task",
    "sales_process", "automation",  "webhook",    "role",         "team",    "score_result",
    "scoring_model", "notification"};

constexpr std::array field_members{
    "api_name",   "type",    "label",     "help",        "required",   "unique", "index",
    "name",       "default", "options",   "sensitivity", "important",  "scale",  "many",
    "max_length", "target",  "on_delete", "compute",     "result_type"};

constexpr std::array standard_members{"label",   "help",       "required",   "important",
                                      "default", "options",    "max_length", "unique",
                                      "index",   "sensitivity"};

template <std::size_t size>
bool contains(const std::array<const char*, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(Choices names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

std::string_view text_in(const json::value& value) {
  return value.is_string() ? std::string_view(value.get_string()) : std::string_view();
}

bool is_choice(FieldType type) {
  return type == FieldType::select || type == FieldType::multi_select;
}

bool is_short_text(const Field& field) {
  return field.is_text() && field.type != FieldType::long_text;
}

bool may_be_ordered(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::date:
    case FieldType::datetime:
    case FieldType::rating:
      return true;
    default:
      return is_short_text(field) || field.is_scaled();
  }
}

class FieldCheck {
 public:
  FieldCheck(DefinitionProblems& problems, const std::string& pointer, json::object& definition)
      : problems_(problems), pointer_(pointer), definition_(definition) {}

  void run(const Schema& schema, std::string_view own_object) {
    for (const auto& member : definition_) {
      if (contains(field_members, member.key())) continue;
      add(member.key(), "unknown_member", {{"name", std::string(member.key())}});
    }
    definition_["label"] = checked_label(problems_, pointer_ + "/label", find("label"));
    if (const json::value* help = find("help")) check_help(*help);
    if (!find("type")) return add("type", "member_missing", {{"name", "type"}});
    const std::string_view type_text = text_in(*find("type"));
    computed_ = type_text == "formula" || type_text == "rollup" || type_text == "lookup";
    const std::string_view member = computed_ && find("result_type") ? "result_type" : "type";
    const auto type = computed_ && member == "type" ? std::optional(FieldType::text)
                                                    : type_named(text_in(*find(member)));
    if (!type || *type == FieldType::id) return add(member, "unknown_type", {});
    field_.type = *type;
    check_flags();
    check_compute();
    check_sensitivity();
    check_fit();
    check_options();
    check_link(schema, own_object);
    check_range("scale", computed_ || field_.is_scaled(), 0, max_decimal_scale);
    const bool is_long = field_.type == FieldType::long_text;
    check_range("max_length", field_.is_text(), 1,
                is_long ? max_long_text_length : max_text_length);
  }

 private:
  void add(std::string_view member, std::string code, ErrorParams params) {
    problems_.add(pointer_ + "/" + std::string(member), std::move(code), std::move(params));
  }

  const json::value* find(std::string_view member) const {
    const json::value* value = definition_.if_contains(member);
    return value && !value->is_null() ? value : nullptr;
  }

  bool flag(std::string_view member) {
    const json::value* value = find(member);
    if (!value) return false;
    if (!value->is_bool()) add(member, "expected_boolean", {});
    return value->is_bool() && value->get_bool();
  }

  void choose(std::string_view member, Choices choices) {
    const json::value* value = find(member);
    if (!value) return;
    if (std::find(choices.begin(), choices.end(), text_in(*value)) != choices.end()) return;
    add(member, "wrong_choice", {{"of", joined(choices)}});
  }

  // A member that makes no sense for the type, or not together with others.
  void fit(std::string_view member, bool fits) {
    if (fits) return;
    add(member, "member_does_not_fit",
        {{"name", std::string(member)}, {"type", std::string(type_name(field_.type))}});
  }

  void check_help(const json::value& help) {
    json::value checked = checked_label(problems_, pointer_ + "/help", &help);
    definition_["help"] = std::move(checked);
  }

  void check_flags() {
    field_.required = flag("required");
    field_.unique = flag("unique");
    field_.indexed = flag("index");
    field_.name = flag("name");
    field_.important = flag("important");
    field_.many = flag("many");
  }

  // What it is computed from is checked with the whole schema.
  void check_compute() {
    fit("compute", computed_ || !find("compute"));
    fit("result_type", computed_ || !find("result_type"));
    if (!computed_) return;
    if (!find("compute")) add("compute", "member_missing", {{"name", "compute"}});
    for (const char* member : {"options", "target", "on_delete", "many", "default"}) {
      fit(member, !find(member));
    }
    fit("required", !field_.required);
    fit("unique", !field_.unique);
  }

  void check_sensitivity() {
    choose("sensitivity", {"normal", "personal"});
    const json::value* value = find("sensitivity");
    if (value && text_in(*value) == "personal") field_.sensitivity = Sensitivity::personal;
  }

  void check_fit() {
    const bool personal = field_.sensitivity == Sensitivity::personal;
    const bool single = !field_.many && !personal;
    fit("unique", !field_.unique || (single && may_be_ordered(field_)));
    const bool indexable = may_be_ordered(field_) || field_.type == FieldType::select ||
                           field_.type == FieldType::boolean || field_.is_link();
    const bool found = single || (personal && is_found_by_hash(field_));
    fit("index", !field_.indexed || (found && indexable));
    fit("name", !field_.name || (single && field_.type == FieldType::text));
    const bool attachment = field_.type == FieldType::attachment;
    fit("many", !field_.many || attachment || field_.type == FieldType::link ||
                    field_.type == FieldType::user);
    fit("sensitivity", !personal || (!attachment && !field_.is_link()));
    const bool numbered = field_.type == FieldType::autonumber;
    fit("default", !find("default") || (!numbered && !personal));
  }

  void check_range(std::string_view member, bool fits, std::int64_t min, std::int64_t max) {
    const json::value* value = find(member);
    if (!value) return;
    if (!fits) return fit(member, false);
    if (!value->is_int64()) return add(member, "expected_integer", {});
    if (value->get_int64() >= min && value->get_int64() <= max) return;
    add(member, "out_of_range", {{"min", std::to_string(min)}, {"max", std::to_string(max)}});
  }

  void check_options() {
    const json::value* options = find("options");
    if (computed_) return;
    if (!is_choice(field_.type)) {
      if (options) fit("options", false);
      return;
    }
    if (!options) return add("options", "member_missing", {{"name", "options"}});
    if (!options->is_array()) return add("options", "expected_list", {});
    json::array& list = definition_["options"].as_array();
    if (list.empty()) add("options", "member_missing", {{"name", "options"}});
    if (list.size() > max_options) {
      return add("options", "too_many_options", {{"max", std::to_string(max_options)}});
    }
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < list.size(); ++i) {
      check_option("options/" + std::to_string(i), list[i], keys);
    }
  }

  void check_option(const std::string& place, json::value& item, std::vector<std::string>& keys) {
    if (!item.is_object()) return add(place, "expected_object", {});
    json::object& option = item.get_object();
    for (const auto& member : option) {
      if (member.key() == "key" || member.key() == "label" || member.key() == "color") continue;
      add(place + "/" + std::string(member.key()), "unknown_member",
          {{"name", std::string(member.key())}});
    }
    const json::value* key = option.if_contains("key");
    const std::string text(key ? text_in(*key) : std::string_view());
    const bool good = !text.empty() && text.size() <= max_option_key &&
                      std::all_of(text.begin(), text.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                      });
    if (!good) {
      add(place + "/key", "wrong_option_key", {{"max", std::to_string(max_option_key)}});
    } else if (std::find(keys.begin(), keys.end(), text) != keys.end()) {
      add(place + "/key", "duplicate_option", {{"key", text}});
    }
    keys.push_back(text);
    option["label"] =
        checked_label(problems_, pointer_ + "/" + place + "/label", option.if_contains("label"));
  }

  void check_link(const Schema& schema, std::string_view own_object) {
    choose("on_delete", {"clear", "restrict", "cascade"});
    if (find("on_delete")) fit("on_delete", field_.is_link());
    const json::value* target = find("target");
    if (computed_) return;
    if (field_.type != FieldType::link) {
      const bool implied = target && field_.is_link() && text_in(*target) == text_in(*find("type"));
      if (target && !implied) fit("target", false);
      return;
    }
    if (!target) return add("target", "member_missing", {{"name", "target"}});
    const std::string name(text_in(*target));
    if (name == own_object || schema.object(name)) return;
    add("target", "no_such_object", {{"object", name}});
  }

  DefinitionProblems& problems_;
  const std::string& pointer_;
  json::object& definition_;
  Field field_;
  bool computed_ = false;
};

}  // namespace

void DefinitionProblems::add(std::string pointer, std::string code, ErrorParams params) {
  problems_.push_back({std::move(pointer), {}, std::move(code), std::move(params)});
}

Status DefinitionProblems::outcome() {
  if (problems_.empty()) return {};
  return Error::invalid(std::move(problems_));
}

void check_api_name(DefinitionProblems& problems, const std::string& pointer, std::string_view name,
                    NameOf what) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool good = !name.empty() && name.size() <= max_api_name && name.front() >= 'a' &&
                    name.front() <= 'z' && name.back() != '_' &&
                    name.find("__") == std::string_view::npos &&
                    std::all_of(name.begin(), name.end(), fits);
  if (!good)
    return problems.add(pointer, "wrong_api_name", {{"max", std::to_string(max_api_name)}});
  const bool reserved = what == NameOf::field
                            ? contains(reserved_fields, name)
                            : contains(reserved_objects, name) || name.starts_with("lp_");
  if (reserved) problems.add(pointer, "reserved_name", {{"name", std::string(name)}});
}

json::value checked_label(DefinitionProblems& problems, const std::string& pointer,
                          const json::value* label) {
  const json::object* given = label ? label->if_object() : nullptr;
  std::string zh;
  std::string en;
  if (given) {
    for (const auto& member : *given) {
      if (member.key() == "zh-CN")
        zh = trim(text_in(member.value()));
      else if (member.key() == "en")
        en = trim(text_in(member.value()));
      else
        problems.add(pointer + "/" + std::string(member.key()), "unknown_member",
                     {{"name", std::string(member.key())}});
    }
  } else if (label && label->is_string()) {
    zh = trim(text_in(*label));
  }
  if (zh.empty()) zh = en;
  if (en.empty()) en = zh;
  const std::size_t max = pointer.ends_with("/help") ? max_help : max_label;
  if (zh.empty()) {
    problems.add(pointer, "label_missing");
  } else if (code_points(zh) > max || code_points(en) > max) {
    problems.add(pointer, "too_long", {{"max", std::to_string(max)}});
  } else if (zh.find('\0') != zh.npos || en.find('\0') != en.npos) {
    problems.add(pointer, "null_character");
  }
  return json::object{{"zh-CN", zh}, {"en", en}};
}

void check_field(DefinitionProblems& problems, const std::string& pointer, const Schema& schema,
                 std::string_view own_object, json::object& definition) {
  FieldCheck(problems, pointer, definition).run(schema, own_object);
}

void check_standard_change(DefinitionProblems& problems, const json::object& changes) {
  for (const auto& member : changes) {
    const std::string name(member.key());
    if (!contains(field_members, name)) {
      problems.add("/" + name, "unknown_member", {{"name", name}});
    } else if (!contains(standard_members, name)) {
      problems.add("/" + name, "standard_field_fixed", {{"name", name}});
    }
  }
}

json::object definition_of(const Field& field) {
  json::object definition;
  for (auto& member : describe(field)) {
    if (contains(field_members, member.key())) definition[member.key()] = member.value();
  }
  definition.erase("max_length");
  if (field.compute) {
    // A look-up shows what belongs to the field that it leads to.
    for (const char* member : {"options", "target", "many"}) definition.erase(member);
  }
  if (field.is_text()) definition["max_length"] = static_cast<std::int64_t>(field.max_length);
  if (field.indexed) definition["index"] = true;
  return definition;
}

json::value checked_ownership(DefinitionProblems& problems, const std::string& pointer,
                              const json::value* ownership) {
  json::object out{{"kind", "none"}};
  if (!ownership || ownership->is_null()) return out;
  if (ownership->is_string()) {
    out["kind"] = *ownership;
  } else if (const json::object* given = ownership->if_object()) {
    for (const auto& member : *given) out[member.key()] = member.value();
  }
  const std::string_view kind = text_in(out["kind"]);
  const std::string_view link = out.contains("link") ? text_in(out["link"]) : std::string_view();
  const bool good = kind == "owner" || kind == "none" || (kind == "inherits" && !link.empty());
  if (!good || out.size() > 2) {
    problems.add(pointer, "wrong_choice", {{"of", "owner, inherits (link), none"}});
  }
  return out;
}

}  // namespace linchpin::records
