#pragma once

// The OpenAPI document: fragments that lie beside the code they describe, put together.

#include <string>
#include <vector>

#include "base/json.h"

namespace linchpin::inbound {

// Every fragment is an object with `paths` and `components`; the first file gives the rest of the
// document. Paths in order, so that the document is always the same text. Errors name the file and
// what two fragments both define.
Result<json::object> merge_openapi(const std::vector<std::string>& files);

// <inbound folder>/openapi/*.json, document.json first, then <capabilities>/*/openapi.json.
std::vector<std::string> openapi_files(const std::string& inbound_folder,
                                       const std::string& capabilities_folder);

// Indented by two blanks: for people and for version control.
std::string pretty_json(const json::value& value);

}  // namespace linchpin::inbound
