// The same edge behind TLS, with a certificate made here.

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <filesystem>

#include "inbound/http/outside_web.h"
#include "inbound/http/test_server.h"

namespace linchpin::inbound {
namespace {

void write_certificate(const std::string& certificate_file, const std::string& key_file) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_EXTENSION* place =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(certificate, place, -1);
  X509_EXTENSION_free(place);
  X509_sign(certificate, key, EVP_sha256());
  std::FILE* file = std::fopen(certificate_file.c_str(), "w");
  PEM_write_X509(file, certificate);
  std::fclose(file);
  file = std::fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int max_version = TLS1_3_VERSION)
      : plain_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_, max_version);
    SSL_CTX_set_security_level(context_, 0);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, plain_.descriptor());
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view data) {
    ASSERT_EQ(SSL_write(ssl_, data.data(), static_cast<int>(data.size())),
              static_cast<int>(data.size()));
  }
  // What comes until `end` has come.
  std::string read_to(std::string_view end) {
    std::string data;
    std::array<char, 4096> space{};
    while (data.find(end) == std::string::npos) {
      const int count = SSL_read(ssl_, space.data(), static_cast<int>(space.size()));
      if (count <= 0) return data + "(ended)";
      data.append(space.data(), static_cast<std::size_t>(count));
    }
    return data;
  }
  // True when the server says properly that nothing more comes.
  bool finishes() {
    char byte = 0;
    const int count = SSL_read(ssl_, &byte, 1);
    return count == 0 && SSL_get_error(ssl_, count) == SSL_ERROR_ZERO_RETURN;
  }

 private:
  TestClient plain_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

class HttpTlsTest : public HttpServerTest {
 protected:
  void SetUp() override {
    config.certificate_file = keys.file("certificate.pem");
    config.private_key_file = keys.file("key.pem");
    write_certificate(config.certificate_file, config.private_key_file);
  }
  TestFolder keys;
};

TEST_F(HttpTlsTest, AnswersOverTls) {
  start();
  TlsClient client(port());
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 2; ++i) {
    client.send("GET /remote HTTP/1.1\r\nHost: test\r\n\r\n");
    const std::string answer = client.read_to("127.0.0.1 s");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age=31536000"), std::string::npos);
  }
  client.send("GET /big HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
  EXPECT_GT(client.read_to(std::string(100'000, 'b')).size(), 100'000u);
  EXPECT_TRUE(client.finishes());
}

TEST_F(HttpTlsTest, CarriesWebSockets) {
  start();
  TlsClient client(port());
  client.send(
      "GET /socket HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_TRUE(client.read_to("welcome").starts_with("HTTP/1.1 101 "));
  // "hi", masked with zeros.
  client.send(std::string_view("\x81\x82\0\0\0\0hi", 8));
  EXPECT_EQ(client.read_to("hi"), "\x81\x02hi");
}

TEST_F(HttpTlsTest, RefusesOldProtocolsAndPlainText) {
  start();
  EXPECT_TRUE(TlsClient(port(), TLS1_2_VERSION).connected());
  EXPECT_FALSE(TlsClient(port(), TLS1_1_VERSION).connected());
  TestClient plain(port());
  EXPECT_EQ(plain.get("/x").status, 0);
}

TEST_F(HttpTlsTest, EndsAHandshakeThatStalls) {
  config.limits.header_time = std::chrono::milliseconds(40);
  start();
  TestClient silent(port());
  EXPECT_TRUE(silent.closes());
}

TEST_F(HttpTlsTest, IsAskedOnlyWithACertificateThatIsBelieved) {
  start();
  const auto asked = [&](const std::string& host, const std::string& believed) {
    const auto web = make_outside_web(believed);
    EXPECT_TRUE(web);
    OutsideQuestion question;
    question.url = "https://" + host + ":" + std::to_string(port()) + "/remote";
    return (*web)->ask(question);
  };
  const auto answer = asked("127.0.0.1", config.certificate_file);
  ASSERT_TRUE(answer) << answer.error().log_detail;
  EXPECT_EQ(answer->body, "127.0.0.1 s");
  EXPECT_FALSE(asked("127.0.0.1", {}));
  EXPECT_FALSE(asked("localhost", config.certificate_file));
  EXPECT_EQ(make_outside_web(keys.file("none.pem")).error().detail, "certificate_unusable");
}

TEST_F(HttpTlsTest, SaysThatTheCertificateCannotBeUsed) {
  std::filesystem::remove(config.private_key_file);
  const Status missing = make_http_server(config, handler)->start();
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().detail, "certificate_unusable");
  EXPECT_EQ(missing.error().params.front().second, config.private_key_file);
  write_certificate(keys.file("other.pem"), config.private_key_file);
  const Status other = make_http_server(config, handler)->start();
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().detail, "certificate_unusable");
}

}  // namespace
}  // namespace linchpin::inbound
