#pragma once

// The server's certificate and what of TLS it speaks: 1.2 and later.

#include "inbound/http/asio_types.h"

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "base/result.h"

namespace linchpin::inbound {

// Error: `certificate_unusable` {file}.
Result<std::unique_ptr<asio::ssl::context>> make_tls_context(const std::string& certificate_file,
                                                             const std::string& private_key_file);

}  // namespace linchpin::inbound
