#pragma once

// What the rows of a file become: the plan that a person sends, checked against the schema and the
// file, in a form that rows can be run through.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/json.h"
#include "jobs/imports/import.h"
#include "records/row.h"
#include "records/schema.h"

namespace linchpin::imports {

inline constexpr double percent_of_fraction = 100;

constexpr std::size_t max_mappings = 1'000;
constexpr std::size_t max_match_fields = 5;
// Fields of one linked record that a file fills.
constexpr std::size_t max_fills = 64;

enum class Mode { create, upsert };
enum class Missing { create, error, leave };  // `leave`: the link stays empty

// Where linked records are found: an object and the field whose text is the key.
struct Lookup {
  const records::Object* object = nullptr;
  const records::Field* key = nullptr;
};

// How a cell becomes the value of a field.
struct CellPlan {
  const records::Field* field = nullptr;
  std::size_t column = 0;  // place in a row
  double multiplier = 1;
  std::string format;                                       // of dates
  std::map<std::string, std::string, std::less<>> options;  // folded key or label → key
  std::size_t lookup = 0;                                   // of a link: place in Plan::lookups
  Missing missing = Missing::error;
};

// A field of the linked record that the row gives when the record is created.
struct FillPlan {
  const records::Field* field = nullptr;
  std::optional<CellPlan> cell;            // a dotted field, or
  const records::Field* from = nullptr;    // a field of the row's own record
  std::optional<std::size_t> from_column;  // where that one comes from a cell
  bool is_name = false;                    // the key stands in for it
};

struct LinkPlan {
  CellPlan cell;
  std::vector<FillPlan> fills;
};

struct Plan {
  std::shared_ptr<const records::Schema> schema;
  const records::Object* object = nullptr;
  Mode mode = Mode::create;
  std::vector<const records::Field*> match;
  std::vector<CellPlan> values;  // fields of the object itself, no links
  std::vector<LinkPlan> links;   // a link that fills others stands before them
  std::vector<Lookup> lookups;
  records::RowValues defaults;              // a row before its cells are read
  const records::Field* replace = nullptr;  // the link whose other lines are removed
  bool repeat = false;
  bool tax_basis_assumed = false;
  std::vector<std::string> column_names;
};

// Errors: validation_failed or unknown_field with a pointer to everything that is wrong; forbidden.
Result<Plan> compile_plan(const json::object& text, std::shared_ptr<const records::Schema> schema,
                          const FileLayout& layout, const access::AccessScope& scope);

}  // namespace linchpin::imports
