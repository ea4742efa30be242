#pragma once

// Where at a customer nobody of ours has been: a relation that hangs on one department is thin.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr std::size_t max_departments = 50;
// Of the last so many visits it is looked at who received them.
constexpr int max_visits_for_departments = 500;

// [{"name","people"}]: departments of people in office of whom nobody ever received a visit of
// ours, those with the most people first.
Status write_unvisited_departments(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
