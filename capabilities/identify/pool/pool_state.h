#pragma once

// Where an account stands in the pool and what may be done with it there. Pure.

#include <array>
#include <optional>
#include <string_view>

namespace linchpin::identify {

enum class PoolState { none, candidate, requested, in_pool, watch, exited, blacklisted };
inline constexpr std::array pool_states{PoolState::candidate, PoolState::requested,
                                        PoolState::in_pool,   PoolState::watch,
                                        PoolState::exited,    PoolState::blacklisted};

// `lift` takes an account off the blacklist; `admit` is what a review round does with whom it takes
// in: request and approval in one.
enum class PoolAct { nominate, request, approve, reject, watch, exit, blacklist, lift, admit };
// Those that a person asks for by name.
inline constexpr std::array pool_acts{PoolAct::nominate,  PoolAct::request, PoolAct::approve,
                                      PoolAct::reject,    PoolAct::watch,   PoolAct::exit,
                                      PoolAct::blacklist, PoolAct::lift};

std::string_view name_of(PoolState state);
std::string_view name_of(PoolAct act);
// `none` for an empty or an unknown name.
PoolState pool_state_named(std::string_view name);
// Nothing where the act cannot be done.
std::optional<PoolState> state_after(PoolState state, PoolAct act);
// Whether it takes somebody who decides.
bool is_decision(PoolAct act);
bool needs_reason(PoolAct act);

}  // namespace linchpin::identify
