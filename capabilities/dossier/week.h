#pragma once

// The day and the week of a manager, and the week of those who report to a director.

#include "dossier/reading.h"

namespace linchpin::dossier {

// Which visits he makes or are made at his accounts; those of one day that are not cancelled.
json::value my_visits(const Reading& reading);
json::value visits_on(const Reading& reading, Day day);

// What waits for somebody on a day, and what happened at his accounts in the days before.
Status write_day(JsonWriter& out, const Reading& reading, Day day);

// Accounts of the reader worth a visit in the week that begins on `monday`, the most urgent first,
// each with its reasons and their points; what is planned, and which of his customers stand still.
Status write_week(JsonWriter& out, const Reading& reading, Day monday);

// Visits planned and done in [from, to) by whose accounts they are, and what is left undone.
Status write_overview(JsonWriter& out, const Reading& reading, Day from, Day to);

}  // namespace linchpin::dossier
