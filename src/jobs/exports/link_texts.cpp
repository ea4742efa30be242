#include "jobs/exports/link_texts.h"

namespace linchpin::exports {

using records::Field;
using records::PageRequest;
using records::QueryRequest;

namespace {

// The ids in the value of a link, to one or to many.
template <class Visit>
void each_id(const json::value& value, const Visit& visit) {
  if (value.is_string()) {
    visit(std::string_view(value.get_string()));
  } else if (value.is_array()) {
    for (const json::value& item : value.get_array()) each_id(item, visit);
  }
}

}  // namespace

void LinkTexts::clear() {
  names_.clear();
}

void LinkTexts::want(const Field& link, const json::value& value) {
  Named& names = names_[link.target];
  each_id(value, [&](std::string_view id) { names.try_emplace(std::string(id)); });
}

Status LinkTexts::load() {
  for (auto& [target, names] : names_) LP_CHECK(load(target, names));
  return {};
}

Status LinkTexts::load(const std::string& target, Named& names) {
  const auto schema = records_.schema();
  const records::Object* object = schema->object(target);
  const Field* primary = object == nullptr ? nullptr : object->field(object->primary_field);
  if (primary == nullptr) return {};
  json::array ids;
  for (const auto& [id, name] : names) {
    ids.emplace_back(id);
    if (ids.size() < PageRequest::max_limit) continue;
    LP_CHECK(read(target, *primary, std::exchange(ids, {}), names));
  }
  if (ids.empty()) return {};
  return read(target, *primary, std::move(ids), names);
}

Status LinkTexts::read(const std::string& target, const Field& primary, json::array ids,
                       Named& names) {
  QueryRequest query;
  query.select = {primary.api_name};
  query.where = {{"op", "in"}, {"field", "id"}, {"value", std::move(ids)}};
  query.page.limit = PageRequest::max_limit;
  JsonWriter out;
  const Status done = records_.query(scope_, target, query, out);
  if (!done) {
    const ErrorCode code = done.error().code;
    const bool hidden = code == ErrorCode::not_found || code == ErrorCode::unknown_field;
    return hidden ? Status() : done;
  }
  LP_TRY(const json::object answer, parse_json_object(out.text()));
  for (const json::value& record : answer.at("records").as_array()) {
    const json::value& value = record.at("fields").at(primary.api_name);
    const auto named = names.find(std::string_view(record.at("id").as_string()));
    if (named != names.end()) named->second = make_cell(manner_, primary, value).text;
  }
  return {};
}

Cell LinkTexts::cell(const Field& link, const json::value& value) const {
  Cell cell;
  const auto names = names_.find(link.target);
  if (names == names_.end()) return cell;
  each_id(value, [&](std::string_view id) {
    const auto named = names->second.find(id);
    if (named == names->second.end() || named->second.empty()) return;
    if (!cell.text.empty()) cell.text += list_separator;
    cell.text += named->second;
  });
  if (!cell.text.empty()) cell.kind = Cell::Kind::text;
  return cell;
}

}  // namespace linchpin::exports
