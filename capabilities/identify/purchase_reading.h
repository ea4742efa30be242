#pragma once

// What RFM and lifetime value are made of, read from the sales facts.

#include "access/scope.h"
#include "identify/purchases.h"
#include "identify/rfm.h"
#include "records/records.h"

namespace linchpin::identify {

// Errors of both: those of the filter on accounts (null = all) and of check_measured;
// `number_too_large`.

// By account and day; spend is net sales of lines with a positive quantity.
Result<std::vector<PurchaseDay>> read_purchases(records::Records& records,
                                                storage::Connection& connection,
                                                const access::AccessScope& scope,
                                                records::Window window, const json::value& where);

// Customers with a positive order in the window; no beginning = as far back as facts reach.
Result<std::vector<RfmInput>> read_rfm(records::Records& records, storage::Connection& connection,
                                       const access::AccessScope& scope, std::optional<Day> from,
                                       Day as_of, const json::value& where);

// Digits after the point of net sales.
int sales_scale(const records::Schema& schema);

}  // namespace linchpin::identify
