#pragma once

// A record's values as the engine works with them: one storage value per field of its object.

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

using storage::Value;

// Indexed by Field::index. Booleans, ids, dates, instants and decimals are integers; a select holds
// its option key; a multi_select and a link of many hold a JSON array as text; a personal value is
// sealed.
using RowValues = std::vector<Value>;

inline bool is_empty(const Value& value) {
  return std::holds_alternative<std::monostate>(value);
}
inline std::int64_t integer_of(const Value& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer ? *integer : 0;
}
inline std::string_view text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? std::string_view(*text) : std::string_view();
}

// One value that a caller gives for one field.
struct FieldInput {
  const Field* field = nullptr;
  Value value;
};

// The form a field's text is compared and sorted by (Field::has_key_column): pinyin key of a name,
// folded text otherwise.
std::string key_form(const Field& field, std::string_view text);

// A stored value in API form. `value` is not sealed.
void write_value(JsonWriter& out, const Field& field, const Value& value);
void write_column(JsonWriter& out, const Field& field, const storage::Statement& row, int column);

// A value in API form as a stored value. The problem's pointer and field are left to the caller.
// Codes: `wrong_type` {expected}, `too_long` {max}, `no_such_option` {value}, `wrong_number`,
// `too_precise` {scale}, `number_too_large`, `wrong_date`, `no_such_date`, `wrong_id`,
// `wrong_email`, `wrong_url`, `null_character`, `out_of_range` {min, max}.
tl::expected<Value, FieldProblem> read_value(const Field& field, const json::value& json);

}  // namespace linchpin::records
