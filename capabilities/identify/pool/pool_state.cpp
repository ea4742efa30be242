#include "identify/pool/pool_state.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

constexpr std::array<std::string_view, 7> state_names{"none",  "candidate", "requested",  "in_pool",
                                                      "watch", "exited",    "blacklisted"};
constexpr std::array<std::string_view, 9> act_names{
    "nominate", "request", "approve", "reject", "watch", "exit", "blacklist", "lift", "admit"};

struct Transition {
  PoolAct act;
  PoolState from;
  PoolState to;
};

constexpr std::array transitions{
    Transition{PoolAct::nominate, PoolState::none, PoolState::candidate},
    Transition{PoolAct::nominate, PoolState::exited, PoolState::candidate},
    Transition{PoolAct::request, PoolState::none, PoolState::requested},
    Transition{PoolAct::request, PoolState::candidate, PoolState::requested},
    Transition{PoolAct::request, PoolState::exited, PoolState::requested},
    Transition{PoolAct::approve, PoolState::requested, PoolState::in_pool},
    Transition{PoolAct::approve, PoolState::watch, PoolState::in_pool},
    Transition{PoolAct::reject, PoolState::requested, PoolState::candidate},
    Transition{PoolAct::watch, PoolState::in_pool, PoolState::watch},
    Transition{PoolAct::exit, PoolState::candidate, PoolState::exited},
    Transition{PoolAct::exit, PoolState::in_pool, PoolState::exited},
    Transition{PoolAct::exit, PoolState::watch, PoolState::exited},
    Transition{PoolAct::blacklist, PoolState::none, PoolState::blacklisted},
    Transition{PoolAct::blacklist, PoolState::candidate, PoolState::blacklisted},
    Transition{PoolAct::blacklist, PoolState::requested, PoolState::blacklisted},
    Transition{PoolAct::blacklist, PoolState::in_pool, PoolState::blacklisted},
    Transition{PoolAct::blacklist, PoolState::watch, PoolState::blacklisted},
    Transition{PoolAct::blacklist, PoolState::exited, PoolState::blacklisted},
    Transition{PoolAct::lift, PoolState::blacklisted, PoolState::exited},
    Transition{PoolAct::admit, PoolState::none, PoolState::in_pool},
    Transition{PoolAct::admit, PoolState::candidate, PoolState::in_pool},
    Transition{PoolAct::admit, PoolState::requested, PoolState::in_pool},
    Transition{PoolAct::admit, PoolState::exited, PoolState::in_pool},
    Transition{PoolAct::admit, PoolState::watch, PoolState::in_pool},
};

}  // namespace

std::string_view name_of(PoolState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::string_view name_of(PoolAct act) {
  return act_names[static_cast<std::size_t>(act)];
}

PoolState pool_state_named(std::string_view name) {
  const auto found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) return PoolState::none;
  return static_cast<PoolState>(found - state_names.begin());
}

std::optional<PoolState> state_after(PoolState state, PoolAct act) {
  for (const Transition& one : transitions) {
    if (one.act == act && one.from == state) return one.to;
  }
  return std::nullopt;
}

bool is_decision(PoolAct act) {
  return act != PoolAct::nominate && act != PoolAct::request;
}

bool needs_reason(PoolAct act) {
  return act != PoolAct::nominate && act != PoolAct::approve && act != PoolAct::admit;
}

}  // namespace linchpin::identify
