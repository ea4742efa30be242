#pragma once

// Errors in the words of RFC 9457 and of the reader: application/problem+json.

#include <string_view>

#include "base/locale.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

// {status, code, title, detail?, reason?, params?, errors, conflicts?, version?, retryable,
// request_id}: `reason` is the key of `detail`. With Retry-After where the caller may try again and
// WWW-Authenticate where he must sign in.
Response problem_response(const Texts& texts, Language language, std::string_view request_id,
                          const Error& error);

}  // namespace linchpin::inbound
