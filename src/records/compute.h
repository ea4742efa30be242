#pragma once

// How the value of a computed field comes about, as it is declared; compute_graph.h settles it.

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace linchpin::records {

enum class FieldType;

struct Compute {
  enum class Kind { formula, rollup, lookup } kind = Kind::formula;
  std::string formula;  // its source
  std::string path;     // of a look-up: "account.industry"
  // Of a roll-up: the records of `object` whose `link` leads here, as far as `where` holds.
  std::string object, link, function, field;
  json::value where;
  std::optional<FieldType> result_type;  // as declared; the field's own type is the settled one
  std::optional<int> scale;
};

std::string_view kind_name(Compute::Kind kind);

}  // namespace linchpin::records
