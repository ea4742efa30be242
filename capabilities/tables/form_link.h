#pragma once

// A form that strangers may fill in: the record `form_link`, and the secrets that go with it. A
// link speaks with the rights of whoever changed it last, and of nothing but its fields.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/records.h"

namespace linchpin::tables {

constexpr std::size_t max_form_fields = 60;
constexpr std::int64_t default_daily_limit = 200;
constexpr std::int64_t most_daily_limit = 10'000;

struct FormLink {
  RecordId id;
  std::string title;
  std::string intro;
  std::string object;
  std::vector<std::string> fields;
  std::int64_t daily_limit = default_daily_limit;
  RecordId author;  // whose rights it has
};

// Whether a stranger can be asked for it: plain values alone, nothing that names another record or
// would tell whether a record is there.
bool is_public_field(const records::Field& field);

// The names in a `fields` value; nothing when it is no list of texts.
std::optional<std::vector<std::string>> field_names(const json::value& value);

// Error: not_found where there is no such link or its last day is over.
Result<FormLink> read_form_link(records::Records& records, RecordId id);

// The secrets of links are made from the key of the workspace and stored nowhere.
class FormSecrets {
 public:
  // Between opening a form and sending it: less is a machine, more has gone stale.
  static constexpr std::int64_t shortest_filling = 1'500;
  static constexpr std::int64_t longest_filling = std::int64_t{24} * 60 * 60 * 1000;

  explicit FormSecrets(const Key& workspace_key);

  std::string token(RecordId link) const;
  // Error: not_found for what is no token.
  Result<RecordId> link_of(std::string_view token) const;

  // Proves when a form was opened.
  std::string ticket(RecordId link, Instant now) const;
  // Errors: invalid_state / `form_too_quick`, `form_too_old`.
  Status check_ticket(RecordId link, std::string_view ticket, Instant now) const;

 private:
  std::string mark(std::string_view text) const;

  Key key_;
};

}  // namespace linchpin::tables
