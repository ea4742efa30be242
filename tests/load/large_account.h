#pragma once

// One account with a long history beside the others: what its dossier costs is measured.

#include <string>

#include "base/result.h"

namespace linchpin::load {

inline constexpr const char* large_account_code = "LARGE";

struct LargeAccount {
  static constexpr std::int64_t orders = 5'000;
  static constexpr std::int64_t lines = 50'000;
  static constexpr std::int64_t contacts = 500;
  static constexpr std::int64_t visits = 1'000;
  static constexpr std::int64_t complaints = 500;
  static constexpr std::int64_t comments = 500;
  static constexpr std::int64_t invoices = 3'000;
};

// Its records are older than all others, so that what is newest stays what it was.
Status make_large_account(const std::string& database, const std::string& source_folder);

}  // namespace linchpin::load
