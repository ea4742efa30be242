#include "records/rules.h"

namespace linchpin::records {

namespace {

template <class Entry>
const std::vector<Entry>& entries_of(
    const std::map<std::string, std::vector<Entry>, std::less<>>& by, std::string_view object) {
  static const std::vector<Entry> none;
  const auto found = by.find(object);
  return found == by.end() ? none : found->second;
}

}  // namespace

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
  return entries_of(rules_, object);
}

void Rules::concerns(std::string written, std::string concerned, Concern find) {
  concerned_[std::move(written)].push_back({std::move(concerned), std::move(find)});
}

void Rules::keep(std::string object, Rule rule) {
  keeping_[std::move(object)].push_back(std::move(rule));
}

const std::vector<Concerned>& Rules::concerned_by(std::string_view written) const {
  return entries_of(concerned_, written);
}

const std::vector<Rule>& Rules::keeping(std::string_view object) const {
  return entries_of(keeping_, object);
}

}  // namespace linchpin::records
