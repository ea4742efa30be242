#pragma once

// Strict reading of what the endpoints of this folder are asked: every member is named, and every
// problem points at its place.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "inbound/registration.h"

namespace linchpin::handover {

// validation_failed, with one problem.
Error refused(std::string pointer, std::string code, ErrorParams params = {});

// Error: malformed / `unknown_member` {name}.
Status allow_only(const json::object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> names);
// The member, or null when it is absent.
const json::value& member_of(const json::object& object, std::string_view name);
// Errors: `required`, `wrong_id`.
Result<RecordId> id_member(const json::object& object, const std::string& pointer,
                           std::string_view name);
Result<std::vector<RecordId>> ids_member(const json::object& object, const std::string& pointer,
                                         std::string_view name, std::size_t limit);
Result<std::string> text_member(const json::object& object, std::string_view name,
                                std::size_t limit);

}  // namespace linchpin::handover
