#pragma once

// What the change log says about a changed record, and what a record looks like in an answer.

#include <functional>
#include <string>

#include "access/scope.h"
#include "records/personal.h"
#include "records/row.h"

namespace linchpin::records {

// [{"field","from","to"}] of every field that differs, personal values as {"sealed":"…"}; empty
// when nothing does. `only`: of these fields.
using FieldChoice = std::function<bool(const Field&)>;
std::string changes_text(const Object& object, const RowValues& before, const RowValues& after,
                         const FieldChoice& only = nullptr);

// {"id","version","fields":{…},"can":[…]}: every readable field that is not personal.
void write_record(JsonWriter& out, const access::AccessScope& scope, const Object& object,
                  const RowValues& row);

// ["update","delete",…] of what the scope may do with a live record.
void write_rights(JsonWriter& out, const access::AccessScope& scope, std::string_view object);

// Whether a field appears when nothing was selected by name.
bool shown_by_default(const access::AccessScope& scope, const Object& object, const Field& field);

}  // namespace linchpin::records
