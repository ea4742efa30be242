#pragma once

// Whether accounts are visited as their tier is promised. The next visit is due so many days after
// the last one that was done, or after the account was made.

#include <array>
#include <string>
#include <vector>

#include "identify/pool/standards.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

// A visit is due within so many days before its last day.
constexpr Day due_soon_days = 7;

enum class Compliance { overdue, due, kept };
inline constexpr std::array<std::string_view, 3> compliance_names{"overdue", "due", "kept"};

struct ComplianceRow {
  RecordId account;
  std::string code, name, tier;
  RecordId owner;
  std::optional<Instant> last_visit_at{};
  Day next_due = 0;
  Compliance state = Compliance::kept;
};

struct ComplianceRequest {
  json::value where{};               // an account filter; null = all
  std::optional<Compliance> only{};  // rows of this state alone
  PageAsked page{};
  std::string question{};  // what the cursor belongs to
};
// Errors: malformed and validation_failed with their place.
Result<ComplianceRequest> read_compliance_request(const json::object& body);

// {"counts","rows","page"}, the most overdue first. Errors: those of the filter;
// not_found and unknown_field for a scope that may not see accounts or what this is made of;
// cursor_mismatch.
Result<std::string> compliance_answer(const PoolSource& source, const ComplianceRequest& request);

}  // namespace linchpin::identify
