#pragma once

// Reading what the endpoints of this folder are asked.

#include <initializer_list>

#include "dossier/reading.h"
#include "inbound/registration.h"

namespace linchpin::dossier {

// validation_failed, and malformed, with one problem.
Error refused(std::string_view member, std::string code);
Error malformed_member(std::string_view member, std::string code);

// The body as an object with no other members.
Result<json::object> body_of(const inbound::Request& request,
                             std::initializer_list<std::string_view> names);
// Ids in a body or a query; none where it is absent. Error: `wrong_id`.
Result<RecordId> id_member(const json::object& body, std::string_view name);
Result<RecordId> id_asked(const inbound::Request& request, std::string_view name);
// A day in a query; nothing where it is absent.
Result<std::optional<Day>> day_asked(const inbound::Request& request, std::string_view name);

}  // namespace linchpin::dossier
