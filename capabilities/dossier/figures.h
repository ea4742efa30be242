#pragma once

// The four key figures of an account with their monthly course: net sales and receipts of the last
// twelve months, what is open and overdue, contacts.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr int figure_months = 12;

// [{"key","value","note","scale","months":[{"month","value"}]}]; `value` is null for what the
// reader may not see. The twelve months end with the current one.
Status write_figures(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
