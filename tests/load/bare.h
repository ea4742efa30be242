#pragma once

// The bare engine: one core, one connection, SQL and nothing around it. What the product reaches is
// told as a share of what loops over this reach (bare_loops.h).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "storage/sql.h"

namespace linchpin::load {

class BareRow {
 public:
  virtual ~BareRow() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // valid until the next row
};

class BareEngine {
 public:
  using Parameters = std::vector<storage::Value>;  // integers and texts
  using OnRow = std::function<void(const BareRow&)>;

  virtual ~BareEngine() = default;
  // `sql` names its parameters $1, $2, … in this order; it is prepared the first time.
  virtual Status run(const std::string& sql, const Parameters& parameters, const OnRow& on_row) = 0;
  Status run(const std::string& sql) {
    return run(sql, {}, [](const BareRow&) {});
  }
};

// `database` as the product takes it: sqlite:PATH or postgresql://…
Result<std::unique_ptr<BareEngine>> open_bare(const std::string& database);

}  // namespace linchpin::load
