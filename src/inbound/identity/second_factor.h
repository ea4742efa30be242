#pragma once

// The second factor of who has one: the secret of an authenticator app, sealed with the workspace
// key, and recovery codes, of which only digests are kept. Owns the table lp_second_factor.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/id.h"
#include "storage/storage.h"

namespace linchpin::inbound {

constexpr std::size_t recovery_code_count = 10;
constexpr std::size_t recovery_code_length = 10;

struct SecondFactor {
  RecordId user;
  std::string secret;
  Instant confirmed_at = 0;    // 0 = not yet: it is asked for nowhere
  std::int64_t last_step = 0;  // whose code was used; none up to it counts again
  std::vector<std::string> recovery_digests;
};

Status ensure_second_factor_table(storage::Connection& connection);
Result<std::optional<SecondFactor>> find_second_factor(storage::Connection& connection,
                                                       const Key& workspace_key, RecordId user);
Status store_second_factor(storage::Connection& connection, const Key& workspace_key,
                           const SecondFactor& factor);
// Error: not_found.
// Within the write that changes the workspace key.
Status seal_second_factors_anew(storage::Connection& connection, const Key& old_key,
                                const Key& new_key);
Status remove_second_factor(storage::Connection& connection, RecordId user);

// Takes the code from the factor, so that it counts once. Blanks and hyphens in it do not matter.
enum class CodeIs { wrong, of_app, of_recovery };
CodeIs take_code(SecondFactor& factor, std::string_view code, Instant now);

// New ones, in the place of the old.
std::vector<std::string> make_recovery_codes(SecondFactor& factor);

}  // namespace linchpin::inbound
