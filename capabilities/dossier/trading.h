#pragma once

// How an account trades and pays: the last twelve months side by side, what is open by how long it
// is overdue and how old it is, and how much of its credit is used.

#include "dossier/reading.h"

namespace linchpin::dossier {

// What is open of invoices that are due on one day and were issued on one day.
struct OpenInvoices {
  std::optional<Day> due_on, issued_on;
  Units amount = 0;  // in units of the workspace's money scale
  std::int64_t invoices = 0;
};
// Nothing where the reader may not see what is open.
Result<std::optional<std::vector<OpenInvoices>>> open_invoices(const Reading& reading,
                                                               RecordId account);

// Lines that count as sold: those of posted orders and those without an order.
json::value counted_lines();
// Whether the reader may be told what lines that count add up to.
bool sees_sales(const Reading& reading);

// {"as_of","months":[{"month","sales","orders","invoiced","received"}],"overdue":[{"bucket",
// "amount","invoices"}]|null,"age":[…]|null,"credit":{"limit","open","unbilled","drafts","used"}}.
// Sales and the number of orders are of lines that count, without tax; invoices and receipts with
// tax. What the reader may not see is null. Error: not_found.
Status write_trading(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
