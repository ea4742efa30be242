#include "inbound/testing/test_server.h"

#include <cstdio>
#include <cstdlib>

#include "base/log.h"
#include "inbound/openapi.h"
#include "jobs/metadata/field_changes.h"
#include "stream/change_log.h"

namespace linchpin::inbound::testing {
namespace {

constexpr Instant first_moment = 1'795'225'200'000;  // 2026-11-21 01:40 UTC
constexpr int node = 1;

constexpr std::string_view small_schema = R"({"objects": [
  {"api_name": "department", "label": {"zh-CN": "部门", "en": "Department"},
   "primary_field": "name", "ownership": {"kind": "none"}, "features": [],
   "fields": [{"api_name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"},
               "name": true, "required": true}]},
  {"api_name": "user", "label": {"zh-CN": "人员", "en": "User"}, "primary_field": "name",
   "ownership": {"kind": "none"}, "features": ["history"],
   "fields": [
     {"api_name": "login", "type": "text", "label": {"zh-CN": "登录名", "en": "Login"},
      "required": true, "unique": true, "max_length": 64},
     {"api_name": "name", "type": "text", "label": {"zh-CN": "姓名", "en": "Name"},
      "name": true, "required": true},
     {"api_name": "roles", "type": "multi_select", "label": {"zh-CN": "角色", "en": "Roles"},
      "options": [{"key": "administrator", "label": {"zh-CN": "管理员", "en": "Administrator"}},
                  {"key": "operations", "label": {"zh-CN": "运营", "en": "Operations"}},
                  {"key": "kam", "label": {"zh-CN": "大客户经理", "en": "KAM"}}]},
     {"api_name": "active", "type": "boolean", "label": {"zh-CN": "在用", "en": "Active"},
      "default": true},
     {"api_name": "locale", "type": "select", "label": {"zh-CN": "语言", "en": "Language"},
      "options": [{"key": "zh-CN", "label": {"zh-CN": "中文", "en": "Chinese"}},
                  {"key": "en", "label": {"zh-CN": "英文", "en": "English"}}]}]},
  {"api_name": "account", "label": {"zh-CN": "客户", "en": "Account"}, "primary_field": "name",
   "ownership": {"kind": "owner"}, "features": ["search", "history"],
   "fields": [
     {"api_name": "code", "type": "text", "label": {"zh-CN": "编码", "en": "Code"},
      "unique": true, "required": true, "max_length": 64},
     {"api_name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"},
      "name": true, "required": true, "max_length": 100000},
     {"api_name": "tier", "type": "select", "label": {"zh-CN": "级别", "en": "Tier"},
      "options": [{"key": "key", "label": {"zh-CN": "重点", "en": "Key"}},
                  {"key": "base", "label": {"zh-CN": "基础", "en": "Base"}}]},
     {"api_name": "employees", "type": "integer", "label": {"zh-CN": "人数", "en": "Employees"}},
     {"api_name": "annual_revenue", "type": "money", "label": {"zh-CN": "营收", "en": "Revenue"}},
     {"api_name": "listed", "type": "boolean", "label": {"zh-CN": "上市", "en": "Listed"}},
     {"api_name": "registered_capital", "type": "money", "important": true,
      "label": {"zh-CN": "注册资本", "en": "Capital"}},
     {"api_name": "parent", "type": "link", "target": "account", "on_delete": "clear",
      "label": {"zh-CN": "上级", "en": "Parent"}},
     {"api_name": "owner", "type": "user", "label": {"zh-CN": "负责人", "en": "Owner"}}]},
  {"api_name": "contact", "label": {"zh-CN": "联系人", "en": "Contact"}, "primary_field": "name",
   "ownership": {"kind": "inherits", "link": "account"}, "features": ["history"],
   "fields": [
     {"api_name": "name", "type": "text", "label": {"zh-CN": "姓名", "en": "Name"},
      "name": true, "required": true},
     {"api_name": "account", "type": "link", "target": "account", "on_delete": "cascade",
      "label": {"zh-CN": "客户", "en": "Account"}},
     {"api_name": "birthday", "type": "date", "sensitivity": "personal",
      "label": {"zh-CN": "生日", "en": "Birthday"}}]}],
  "roles": {
    "operations": {"objects": {"*": {"create": true, "read": "all", "update": "all",
      "delete": "all", "restore": "all", "import": true, "export": true,
      "bulk": true}}},
    "kam": {"objects": {"*": {"create": true, "read": "own", "update": "own", "delete": "own",
      "restore": "own", "share": true, "export": true}}}}})";

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "test server: %s %s %s\n", std::string(code_name(error.code)).c_str(),
               error.detail.c_str(), error.log_detail.c_str());
  std::abort();
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}

void must(const Status& status) {
  if (!status) give_up(status.error());
}

std::string source_folder(const std::string& name) {
  return std::string(LINCHPIN_SOURCE_DIR) + "/" + name;
}

records::StandardObjects standard_objects(bool capabilities, int money_scale) {
  if (capabilities) {
    return must(records::StandardObjects::load(source_folder("capabilities"), money_scale));
  }
  records::StandardObjects objects(money_scale);
  objects.add("fixture", must(parse_json_object(small_schema)));
  return objects;
}

Key fixed_key() {
  Key key{};
  key.fill(7);
  return key;
}

}  // namespace

TestServer::TestServer(TestServerOptions options) : clock_(first_moment), ids_(clock_, node) {
  set_log_level(LogLevel::error);
  must(texts_.load_folder(source_folder("src")));
  if (options.capabilities) must(texts_.load_folder(source_folder("capabilities")));
  open(options);
  NewUser first{administrator, administrator, true, {}};
  must(api_->identity().create_user(first, password));
}

TestServer::~TestServer() {
  http_->drain(std::chrono::seconds(5));
  jobs_->stop();
  http_.reset();
}

void TestServer::open(const TestServerOptions& options) {
  database_ = target_.open();
  const WorkspaceSettings settings;
  const auto standard = std::make_shared<const records::StandardObjects>(
      standard_objects(options.capabilities, settings.money_scale));
  const auto schema = must(standard->build({}));
  must(database_->write([&](storage::Connection& connection) -> Status {
    LP_CHECK(stream::ensure_tables(connection));
    LP_CHECK(records::Records::ensure_tables(connection, *schema));
    LP_CHECK(jobs::Jobs::ensure_tables(connection));
    return Api::ensure_tables(connection);
  }));
  settings_ = std::make_unique<Settings>(settings);
  records::Rules rules;
  if (options.rules) must(options.rules(*schema, rules));
  records_ = std::make_unique<records::Records>(
      records::Records::Parts{*database_, clock_, ids_, fixed_key(), std::move(rules), standard},
      schema, must(frame_of(settings)));
  jobs_ = std::make_unique<jobs::Jobs>(*database_, clock_, ids_);
  jobs::install_field_changes(*jobs_, *records_, clock_);
  if (options.job_kinds) options.job_kinds(*jobs_);
  const auto openapi = []() -> Result<std::string> {
    LP_TRY(const json::object document,
           merge_openapi(openapi_files(source_folder("src/inbound"), {})));
    return pretty_json(document);
  };
  api_ = std::make_unique<Api>(Api::Parts{{*records_, *jobs_, clock_, texts_, options.outside},
                                          ids_,
                                          *settings_,
                                          fixed_key(),
                                          {"Linchpin", "test"},
                                          folder_.file("web"),
                                          options.public_url,
                                          openapi,
                                          options.requests_per_minute});
  if (options.routes) options.routes(api_->handler());
  jobs_->start();
  HttpConfig config;
  config.upload_folder = folder_.path();
  http_ = make_http_server(config, api_->handler());
  must(http_->start());
  api_->watch(http_.get());
}

RecordId TestServer::add_user(const std::string& login, bool administrator_too,
                              const std::string& role) {
  return must(api_->identity().create_user({login, login, administrator_too, role}, password));
}

ApiClient TestServer::signed_in(const std::string& login) {
  ApiClient client(port());
  if (client.sign_in(login, password).status != 200) give_up(Error::internal("no sign-in"));
  return client;
}

ApiClient TestServer::with_token(const std::string& login, bool may_write) {
  const auto user = must(api_->identity().users().with_login(login));
  if (!user) give_up(Error::internal("no such user"));
  NewToken token;
  token.name = "test";
  token.may_write = may_write;
  ApiClient client(port());
  client.use_token(must(api_->identity().create_token(user->id, token)).text);
  return client;
}

}  // namespace linchpin::inbound::testing
