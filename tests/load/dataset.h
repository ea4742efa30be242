#pragma once

// The database that is measured: accounts and order lines out of a fixed sequence.

#include <cstdint>
#include <string>

#include "base/result.h"

namespace linchpin::load {

struct DatasetSize {
  std::int64_t accounts = 1'000'000;
  std::int64_t buying_accounts = 100'000;  // that the order lines belong to
  std::int64_t lines = 1'000'000;
  std::int64_t products = 500;
};

// Fills a database that `linchpin migrate` has made. Tells how far it is on stderr.
Status make_dataset(const std::string& database, const std::string& source_folder,
                    const DatasetSize& size);

}  // namespace linchpin::load
