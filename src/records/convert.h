#pragma once

// Values of one type as values of another, as far as that is plain: nothing is guessed, nothing is
// rounded.

#include "base/date.h"
#include "records/row.h"

namespace linchpin::records {

// `value` is not sealed and not empty. Problems: those of read_value, `does_not_convert` {type}.
tl::expected<Value, FieldProblem> convert_value(const Field& from, const Field& to,
                                                const Value& value, const TimeZone& zone);

}  // namespace linchpin::records
