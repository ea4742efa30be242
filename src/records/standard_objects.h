#pragma once

// The standard objects as capabilities/*/schema.json declare them, and the Schema that they and
// what a workspace has made of them give together.

#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "records/customization.h"
#include "records/schema.h"

namespace linchpin::records {

class StandardObjects {
 public:
  explicit StandardObjects(int money_scale) : money_scale_(money_scale) {}
  // Reads <folder>/*/schema.json in the order of the folder names.
  static Result<StandardObjects> load(const std::string& folder, int money_scale);
  void add(std::string capability, json::object document);

  // Standard fields keep their places in Object::fields whatever is added, so that rules made from
  // one schema serve every later one. A custom name that the product has taken since gives way.
  // Errors: malformed / `wrong_schema` {place}.
  Result<std::shared_ptr<const Schema>> build(const Customization& customization) const;

 private:
  int money_scale_;
  std::vector<std::pair<std::string, json::object>> documents_;
};

}  // namespace linchpin::records
