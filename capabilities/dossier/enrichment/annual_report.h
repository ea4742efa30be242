#pragma once

// Annual reports 年报 of an account: a stored file, its year, and what somebody has read in it, value
// by value with the page. Like an answer of a registry it changes nothing by itself: each value is
// compared with the card or the figures of its year and taken over by choice.

#include "dossier/reading.h"
#include "records/rules.h"

namespace linchpin::dossier {

constexpr std::size_t max_noted_values = 60;
constexpr std::int64_t max_report_page = 5'000;

// Of `noted`: [{"object","field","value","page"}], values as they are printed or in API form; kept
// in API form.
void check_noted_values(records::RuleContext& context, const records::Field& noted);

// The values of a report's fields that are of one object, by field.
json::object noted_of(const json::object& report, std::string_view object);

class AnnualReports {
 public:
  explicit AnnualReports(records::Records& records) : records_(records) {}

  // {"reports":[{"id","version","year","file","file_name","noted":[{"object","field","value",
  // "page"}],"parts":[{"object","differences":[{"field","ours","theirs"}],"same":[…]}]}],
  // "fields":[{"object","fields":[…]}]}: newest year first. `fields` are those that may be noted.
  // Error: not_found.
  Status write(JsonWriter& out, const Reading& reading, RecordId account) const;

  struct Choice {
    RecordId report;
    std::int64_t version = 0;  // of the report that was looked at
    std::string object;        // account, or account_financial: the figures of the report's year
    std::vector<std::string> fields;
    std::optional<json::object> base;  // what was stored then
    std::string reason;
  };
  // The values and where they came from, in one transaction; figures of a year that has none are
  // made. Errors: not_found, those of an update; invalid_state / `report_changed`;
  // validation_failed / `report_not_offered` {field}.
  Status apply(const Reading& reading, RecordId account, const Choice& choice,
               const stream::Origin& origin) const;

 private:
  records::Records& records_;
};

}  // namespace linchpin::dossier
