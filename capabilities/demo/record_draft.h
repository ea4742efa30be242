#pragma once

// One record on its way into the record engine: fields by name, values as the generator has them.

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"
#include "records/row.h"
#include "records/schema.h"

namespace linchpin::demo {

class RecordDraft {
 public:
  // Moments of the past are never later than `now`.
  RecordDraft(const records::Object& object, const TimeZone& zone, Instant now)
      : object_(object), zone_(zone), now_(now), values_(object.fields.size()) {}

  // Empty texts, days and links leave the field empty.
  RecordDraft& text(std::string_view field, std::string_view value);
  RecordDraft& options(std::string_view field, std::vector<std::string_view> keys);
  RecordDraft& number(std::string_view field, std::int64_t value);
  RecordDraft& flag(std::string_view field, bool value);
  // Units with `digits` after the point, brought to the field's own scale.
  RecordDraft& amount(std::string_view field, Units value, int digits);
  RecordDraft& day(std::string_view field, Day value);
  RecordDraft& past(std::string_view field, Day day, int minute);
  RecordDraft& planned(std::string_view field, Day day, int minute);
  RecordDraft& link(std::string_view field, RecordId record);
  RecordDraft& links(std::string_view field, const std::vector<RecordId>& records);
  RecordDraft& json(std::string_view field, std::string json_text);

  // Error: internal when a field is not there.
  Result<records::RowValues> take();

 private:
  const records::Field* find(std::string_view field);
  void put(std::string_view field, records::Value value);

  const records::Object& object_;
  const TimeZone& zone_;
  const Instant now_;
  records::RowValues values_;
  std::string missing_;
};

}  // namespace linchpin::demo
