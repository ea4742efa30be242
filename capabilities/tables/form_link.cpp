#include "tables/form_link.h"

#include <algorithm>
#include <charconv>

namespace linchpin::tables {

using records::Field;
using records::FieldType;

namespace {

constexpr std::size_t mark_characters = 22;  // 132 bits of base64url

std::string text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : "";
}

}  // namespace

bool is_public_field(const Field& field) {
  if (field.read_only || field.system || field.retired || field.unique || field.compute) {
    return false;
  }
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
    case FieldType::boolean:
    case FieldType::date:
    case FieldType::datetime:
    case FieldType::select:
    case FieldType::multi_select:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::rating:
      return true;
    default:
      return false;
  }
}

std::optional<std::vector<std::string>> field_names(const json::value& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> names;
  for (const json::value& name : value.get_array()) {
    if (!name.is_string()) return std::nullopt;
    names.emplace_back(std::string_view(name.get_string()));
  }
  return names;
}

Result<FormLink> read_form_link(records::Records& records, RecordId id) {
  JsonWriter out;
  LP_CHECK(records.get(
      access::Authority::product(), "form_link", id,
      {"name", "intro", "object", "fields", "daily_limit", "ends_on", "updated_by"}, out));
  LP_TRY(const json::object record, parse_json_object(out.text()));
  const json::object& fields = record.at("fields").as_object();
  const std::string ends_on = text_member(fields, "ends_on");
  if (!ends_on.empty() && ends_on < format_date(records.today())) {
    return Error::of(ErrorCode::not_found, "form_closed");
  }
  FormLink link;
  link.id = id;
  link.title = text_member(fields, "name");
  link.intro = text_member(fields, "intro");
  link.object = text_member(fields, "object");
  link.fields = field_names(fields.at("fields")).value_or(std::vector<std::string>());
  if (const std::int64_t limit = integer_at(fields, "daily_limit"); limit > 0) {
    link.daily_limit = std::min(limit, most_daily_limit);
  }
  const auto author = parse_id(text_member(fields, "updated_by"));
  if (!author) return Error::of(ErrorCode::not_found, "form_closed");
  link.author = *author;
  return link;
}

FormSecrets::FormSecrets(const Key& workspace_key)
    : key_(derived_key(workspace_key, "public forms")) {}

std::string FormSecrets::mark(std::string_view text) const {
  return to_base64url(hmac_sha256(key_, text)).substr(0, mark_characters);
}

std::string FormSecrets::token(RecordId link) const {
  const std::string id = format_id(link);
  return id + mark("form " + id);
}

Result<RecordId> FormSecrets::link_of(std::string_view token) const {
  const auto id = parse_id(token.substr(0, id_text_size));
  if (!id || !equal_in_constant_time(token, this->token(*id))) {
    return Error::of(ErrorCode::not_found, "form_closed");
  }
  return *id;
}

std::string FormSecrets::ticket(RecordId link, Instant now) const {
  const std::string at = std::to_string(now);
  return at + "." + mark("opened " + format_id(link) + " " + at);
}

Status FormSecrets::check_ticket(RecordId link, std::string_view ticket, Instant now) const {
  Instant at = 0;
  std::from_chars(ticket.data(), ticket.data() + ticket.size(), at);
  if (!equal_in_constant_time(ticket, this->ticket(link, at)) || now - at > longest_filling) {
    return Error::of(ErrorCode::invalid_state, "form_too_old");
  }
  if (now - at < shortest_filling) return Error::of(ErrorCode::invalid_state, "form_too_quick");
  return {};
}

}  // namespace linchpin::tables
