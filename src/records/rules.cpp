#include "records/rules.h"

namespace linchpin::records {

bool RuleContext::changed(const Field& field) const {
  if (creating()) return !is_empty(after_[field.index]);
  return (*before_)[field.index] != after_[field.index];
}

void RuleContext::refuse(const Field& field, std::string code, ErrorParams params) {
  problems_.push_back(
      {"/fields/" + field.api_name, field.api_name, std::move(code), std::move(params)});
}

void Rules::before_write(std::string object, Rule rule) {
  rules_[std::move(object)].push_back(std::move(rule));
}

const std::vector<Rule>& Rules::of(std::string_view object) const {
  static const std::vector<Rule> none;
  const auto found = rules_.find(object);
  return found == rules_.end() ? none : found->second;
}

}  // namespace linchpin::records
