#pragma once

// The people of an account as one picture: who they are and whom they answer to, how they stand,
// who of ours covers them, where their cards lie, what is missing.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr int max_map_people = 500;
constexpr int max_map_lines = 2'000;
constexpr int max_map_standings = 5'000;
constexpr int max_map_opportunities = 100;
constexpr int max_map_visits = 500;     // the latest ones
constexpr Day covering_visit_days = 180;  // somebody who was met within them is covered

struct PowerMapRequest {
  RecordId account;
  RecordId opportunity;  // none: the latest opinion, whatever it is about
  Day day = 0;           // as it was on this day
};

// Error: not_found.
Status write_power_map(JsonWriter& out, const Reading& reading, const PowerMapRequest& asked);

}  // namespace linchpin::dossier
