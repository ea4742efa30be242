#pragma once

// Cursors: opaque, signed, bound to the query they came from.

#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "records/row.h"

namespace linchpin::records {

struct CursorPosition {
  std::vector<Value> keys;  // of the sort, in order; empty values included
  RecordId id;
};

// What a query is: two requests with the same text are the same query.
std::string make_cursor(const Key& key, std::string_view query_text,
                        const CursorPosition& position);

// Errors: cursor_mismatch when it belongs to another query, with `wrong_cursor` when it is none.
Result<CursorPosition> read_cursor(const Key& key, std::string_view query_text,
                                   std::string_view cursor);

}  // namespace linchpin::records
