#pragma once

// The calendar of review rounds: by the pool's policy a department reviews the pool every so many
// months. The next round is planned some days ahead and gets its proposals when it opens; the head
// of the department is reminded by a task. A round that somebody takes away is not planned again.

#include "base/clock.h"
#include "identify/pool/pool_policy.h"
#include "jobs/jobs.h"

namespace linchpin::identify {

// The day of the opening number `k`, from 0: so many months behind the first one, on the same day
// of the month or its last.
Day opening_of(const RoundCalendar& calendar, int k);
// The latest opening behind `planned_until` that is near enough to be planned today and whose round
// is not over yet. Openings that were missed meanwhile are not made up for.
std::optional<Day> opening_to_plan(const RoundCalendar& calendar, Day today);

// What is due today: plans, opens, reminds. Doing it again changes nothing.
Status keep_round_calendar(records::Records& records, Instant now);

// Every hour, beside the other work of the jobs.
void keep_round_calendar_regularly(jobs::Jobs& jobs, records::Records& records, const Clock& clock);

}  // namespace linchpin::identify
