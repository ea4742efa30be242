#include "records/rules.h"

namespace linchpin::records {

bool RuleContext::changed(const Field& field) const {
  if (creating()) return !is_empty(after_[field.index]);
  return (*before_)[field.index] != after_[field.index];
}

void RuleContext::refuse(const Field& field, std::string code, ErrorParams params) {
  refuse_within(field, {}, std::move(code), std::move(params));
}

void RuleContext::refuse_within(const Field& field, std::string_view below, std::string code,
                                ErrorParams params) {
  problems_.push_back({"/fields/" + field.api_name + std::string(below), field.api_name,
                       std::move(code), std::move(params)});
}

void Rules::before_write(std::string object, Rule rule) {
  rules_[std::move(object)].push_back(std::move(rule));
}

void Rules::uses(std::string object, std::vector<std::string> fields) {
  auto& all = uses_[std::move(object)];
  all.insert(all.end(), fields.begin(), fields.end());
}

bool Rules::use(const Object& object, const Field& field) const {
  const auto named = uses_.find(object.api_name);
  if (named == uses_.end()) return !field.custom && !of(object.api_name).empty();
  return std::find(named->second.begin(), named->second.end(), field.api_name) !=
         named->second.end();
}

const std::vector<Rule>& Rules::of(std::string_view object) const {
  static const std::vector<Rule> none;
  const auto found = rules_.find(object);
  return found == rules_.end() ? none : found->second;
}

}  // namespace linchpin::records
