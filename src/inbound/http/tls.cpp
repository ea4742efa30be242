#include "inbound/http/tls.h"

#include <openssl/ssl.h>

namespace linchpin::inbound {
namespace {

Error unusable(const std::string& file, const std::string& reason) {
  Error error = Error::of(ErrorCode::invalid_state, "certificate_unusable", {{"file", file}});
  error.log_detail = reason;
  return error;
}

}  // namespace

Result<std::unique_ptr<asio::ssl::context>> make_tls_context(const std::string& certificate_file,
                                                             const std::string& private_key_file) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(
      native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // An idle connection gives its buffers back.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SystemError error;
  context->use_certificate_chain_file(certificate_file, error);
  if (error) return unusable(certificate_file, error.message());
  context->use_private_key_file(private_key_file, asio::ssl::context::pem, error);
  if (error) return unusable(private_key_file, error.message());
  if (SSL_CTX_check_private_key(native) != 1) {
    return unusable(private_key_file, "the key does not belong to the certificate");
  }
  return context;
}

}  // namespace linchpin::inbound
