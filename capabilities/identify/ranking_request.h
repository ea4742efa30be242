#pragma once

// What POST /identify/ranking is asked: read strictly, with every problem pointing at its member.

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "identify/measures.h"
#include "identify/ranking.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

constexpr std::size_t max_classes = 10;
constexpr std::int64_t max_half_life_days = 36'500;

struct RankingRequest {
  MeasureRequest measure;
  std::vector<ClassLimit> classes;
  Convention convention = Convention::before;
  std::optional<records::Window> compare;
  bool with_pool = false;           // the pool's part of the whole
  std::optional<double> yardstick;  // that it is held against; the policy's without one
  PageAsked page;

  // Two requests with the same text have the same ranking, whatever is told beside it.
  std::string text() const;
};

std::vector<ClassLimit> default_classes();  // A ≤ 55 %, B the next 30 %, C the rest

// Errors: malformed for a body of another shape, validation_failed for values that cannot be.
Result<RankingRequest> read_ranking_request(const json::object& body);

}  // namespace linchpin::identify
