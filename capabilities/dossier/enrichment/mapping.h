#pragma once

// Which field of an account is found where in an answer of a registry, as lines of text:
// "credit_code = result.creditCode".

#include "base/date.h"
#include "base/json.h"
#include "records/schema.h"

namespace linchpin::dossier {

constexpr std::size_t max_mapped_fields = 60;
constexpr std::size_t max_path_parts = 8;

// Whether a source outside may say what a field holds: a plain value that is written by hand.
bool is_plain(const records::Field& field);

struct MappedField {
  const records::Field* field = nullptr;
  std::vector<std::string> path;
};

// Blank lines and those that begin with # are left out. Errors: a problem of the line,
// `mapping_line` {line}, or `mapping_field` {line, field} for what an account does not have, what
// follows from other fields, or what is no plain value.
tl::expected<std::vector<MappedField>, FieldProblem> read_mapping(const records::Object& account,
                                                                  std::string_view text);

// What stands at the path; null where nothing does. A number in it counts within a list.
const json::value* value_at(const json::value& document, const std::vector<std::string>& path);

// A value of another system in API form: dates as text or milliseconds, amounts with 万 or 亿,
// options by their label. Null for what says nothing; nothing where it cannot be understood.
std::optional<json::value> understood(const records::Field& field, const json::value& theirs,
                                      const TimeZone& zone);

// What a person reads of a value that could not be understood; long ones are cut.
std::string raw_text(const json::value& theirs);

}  // namespace linchpin::dossier
