#pragma once

// By which criteria the customers of each sector are judged, side by side. A scheme is any select
// field of accounts: the seven sectors, or one of the workspace's own.

#include <optional>
#include <set>
#include <string>

#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

constexpr std::string_view default_scheme = "sector";

// The options of `field` that a model's scope lets through; nothing where it does not speak of the
// field, so that all are meant. A scope that says more than a list of options is taken at its word
// for them.
std::optional<std::set<std::string>> options_in_scope(const json::value& scope,
                                                      std::string_view field);

// {"field","options":[{"key","model","name","version"}],"criteria":[{"source","kind","weights":
// {option: share or null}}]}. Errors: not_found for a scope that may not read models; unknown_field
// for a field that is no select of accounts.
Result<std::string> scheme_answer(const PoolSource& source, const std::string& field);

}  // namespace linchpin::identify
