#pragma once

// What a scope may do with one field.

#include "access/scope.h"
#include "records/schema.h"

namespace linchpin::records {

// Ask this and not the scope alone: a retired field is as unknown as one that there is not, and a
// computed one is no more open than what it is computed from.
inline access::FieldRight right_of(const access::AccessScope& scope, const Object& object,
                                   const Field& field) {
  if (field.retired) return access::FieldRight::none;
  if (scope.administrator()) return access::FieldRight::edit;
  for (const auto& [walked, through] : field.walks) {
    if (scope.field_right(walked, through) == access::FieldRight::none) {
      return access::FieldRight::none;
    }
  }
  return scope.field_right(object.api_name, field.api_name);
}

}  // namespace linchpin::records
