#pragma once

// Marked changes of sales: where an account sold much more or less than in the months before, its
// owner is asked for the cause, once.

#include "dossier/reading.h"
#include "jobs/jobs.h"
#include "records/facts.h"

namespace linchpin::dossier {

struct SalesWatch {
  static constexpr std::int64_t max_months = 24;
  bool active = true;  // whether the product looks by itself
  RecordId rule;       // none: the product's own
  Day looked_until = 0;
  std::int64_t months = 3;
  Units threshold = 30;  // in hundredths
  Units minimum = 0;     // in money of `minimum_scale` digits
  int minimum_scale = 2;
};

// The workspace's rule, or the product's own.
Result<SalesWatch> sales_watch_of(const Reading& reading);

struct SalesChanges {
  records::Window now, before;
  std::int64_t changed = 0;  // accounts with a marked change
  std::int64_t asked = 0;    // tasks that were made
};

// Looks at the months that end with `end`, the first day of a month. Error: forbidden for whom the
// lines of an account are out of sight, or who may not make tasks.
Result<SalesChanges> ask_for_causes(const Reading& reading, const SalesWatch& watch, Day end,
                                    const stream::Origin& origin);

// The same for the month that ended last, with the product's rights; nothing where it is switched
// off or was done. An account is asked about a month once, however many servers look at a time:
// its task has the month in its key, and whoever has asked notes the month on the rule.
Result<std::optional<SalesChanges>> watch_sales(records::Records& records);

// Every hour, beside the other work of the jobs.
void watch_sales_regularly(jobs::Jobs& jobs, records::Records& records);

}  // namespace linchpin::dossier
