#pragma once

// The database that is measured: accounts and order lines out of a fixed sequence.

#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "records/records.h"

namespace linchpin::load {

inline constexpr std::int64_t dataset_slice_rows = 5'000;
inline constexpr Day dataset_first_day = 19'700;  // 2023-12-09
inline constexpr int dataset_days = 36 * 30;

// Key account managers, and how many of a million accounts each owns. Nobody owns the others.
struct Manager {
  const char* login;
  std::int64_t per_million;
};
inline constexpr Manager managers[] = {
    {"sees-40", 40}, {"sees-4000", 4'000}, {"sees-600000", 600'000}};

struct DatasetSize {
  std::int64_t accounts = 1'000'000;
  std::int64_t buying_accounts = 100'000;  // that the order lines belong to
  std::int64_t lines = 1'000'000;
  std::int64_t products = 500;
};

// Fills a database that `linchpin migrate` has made. Tells how far it is on stderr.
Status make_dataset(const std::string& database, const std::string& source_folder,
                    const DatasetSize& size);

// The record engine on a database, with the rules of the capabilities, at the clock's time.
Status with_records(const std::string& database, const std::string& source_folder,
                    const Clock& clock, const std::function<Status(records::Records&)>& work);

// So that a server does not begin by indexing what it is measured on.
Status finish_search_index(const std::string& database, const std::string& source_folder);

}  // namespace linchpin::load
