#pragma once

// What a person says of an object or a field: every problem is found at once and told with its
// place. What passes is a definition in the form of schema.json.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "records/schema.h"

namespace linchpin::records {

constexpr std::size_t max_api_name = 40;
constexpr std::size_t max_label = 100;  // code points, as the lengths below
constexpr std::size_t max_help = 1'000;
constexpr std::size_t max_option_key = 64;
constexpr std::size_t max_options = 500;
constexpr std::size_t max_custom_objects = 200;
constexpr std::size_t max_fields = 500;     // of an object, the standard ones included
constexpr std::size_t max_columns = 1'500;  // of a table, with those of deleted fields
constexpr std::int64_t max_text_length = 4'000;
constexpr std::int64_t max_long_text_length = 100'000;

class DefinitionProblems {
 public:
  void add(std::string pointer, std::string code, ErrorParams params = {});
  bool empty() const { return problems_.empty(); }
  // validation_failed with all of them, or nothing.
  Status outcome();

 private:
  std::vector<FieldProblem> problems_;
};

// Codes: `wrong_api_name` {max}, `reserved_name` {name}.
enum class NameOf { object, field };
void check_api_name(DefinitionProblems& problems, const std::string& pointer, std::string_view name,
                    NameOf what);

// {"zh-CN","en"}; one of them stands for both when the other is not there. Code: `label_missing`.
json::value checked_label(DefinitionProblems& problems, const std::string& pointer,
                          const json::value* label);

// A whole definition of a field, whose parts must fit its type. What was left out is filled in
// where the type has a usual value. Codes: `unknown_member`, `member_missing`, `wrong_choice`,
// `expected_…`, `out_of_range`, `member_does_not_fit` {name, type}, `too_many_options`,
// `wrong_option_key`, `duplicate_option`, `no_such_object`.
void check_field(DefinitionProblems& problems, const std::string& pointer, const Schema& schema,
                 std::string_view own_object, json::object& definition);

// Of a standard field only some members change. Code: `standard_field_fixed` {name}.
void check_standard_change(DefinitionProblems& problems, const json::object& changes);

// The definition of a standard field as far as check_field knows its members.
json::object definition_of(const Field& field);

// {"kind","link"} from that or from the kind alone.
json::value checked_ownership(DefinitionProblems& problems, const std::string& pointer,
                              const json::value* ownership);

}  // namespace linchpin::records
