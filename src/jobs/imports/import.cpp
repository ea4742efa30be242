#include "jobs/imports/import.h"

#include <array>

namespace linchpin::imports {

std::string_view state_name(State state) {
  constexpr std::array<std::string_view, 8> names{"uploaded", "planning", "planned",   "running",
                                                  "done",     "failed",   "cancelled", "reverted"};
  return names[static_cast<std::size_t>(state)];
}

json::object counters_json(const Counters& counters) {
  json::object records;
  for (const auto& [object, count] : counters.records) records[object] = count;
  return {{"created", counters.created},
          {"updated", counters.updated},
          {"failed", counters.failed},
          {"skipped", counters.skipped},
          {"records", std::move(records)}};
}

}  // namespace linchpin::imports
