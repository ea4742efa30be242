// What is written down agrees with what is built: texts, OpenAPI document, routes.

#include <gtest/gtest.h>

#include <set>

#include "all_capabilities.h"
#include "base/files.h"
#include "base/test_folder.h"
#include "inbound/attachments_api.h"
#include "inbound/exports_api.h"
#include "inbound/imports_api.h"
#include "inbound/testing/test_server.h"
#include "layout.h"

namespace linchpin::server {
namespace {

const Layout& layout() {
  static const Layout source(LINCHPIN_SOURCE_DIR);
  return source;
}

TEST(Documents, EveryTextIsThereInBothLanguages) {
  Texts texts;
  const Status loaded = layout().load_texts(texts);
  EXPECT_TRUE(loaded) << loaded.error().log_detail;
}

TEST(Documents, TheCommittedOpenApiDocumentIsTheOneThatIsServed) {
  const auto built = layout().openapi();
  ASSERT_TRUE(built) << built.error().log_detail;
  const auto committed = read_file(std::string(LINCHPIN_SOURCE_DIR) + "/docs/openapi.json");
  ASSERT_TRUE(committed);
  EXPECT_TRUE(*built == *committed) << "run: linchpin openapi > docs/openapi.json";
}

std::set<std::string> described_operations() {
  std::set<std::string> operations;
  const auto document = parse_json_object(layout().openapi().value_or(""));
  if (!document) return operations;
  for (const auto& [path, methods] : document->at("paths").as_object()) {
    const bool at_root = methods.as_object().contains("servers");
    for (const auto& [method, operation] : methods.as_object()) {
      if (!operation.is_object()) continue;
      operations.insert(std::string(method) + (at_root ? " " : " /api/v1") + std::string(path));
    }
  }
  return operations;
}

TEST(Documents, EveryRouteIsDescribedAndEveryDescriptionIsARoute) {
  TestFolder folder;
  std::unique_ptr<IdGenerator> ids;
  std::unique_ptr<imports::Imports> imports;
  std::unique_ptr<exports::Exports> exports;
  std::unique_ptr<attachments::Attachments> attachments;
  inbound::testing::TestServerOptions options;
  options.capabilities = true;
  options.rules = add_capability_rules;
  options.routes = [&](inbound::Registration& registration) {
    const inbound::Services& services = registration.services();
    constexpr int node = 2;
    ids = std::make_unique<IdGenerator>(services.clock, node);
    imports = std::make_unique<imports::Imports>(
        imports::Imports::Parts{services.records, services.jobs, services.clock, *ids,
                                services.texts, folder.file("files")});
    inbound::install_imports_api(registration, *imports);
    exports = std::make_unique<exports::Exports>(
        exports::Exports::Parts{services.records, services.jobs, services.clock, *ids,
                                services.texts, folder.file("files")});
    inbound::install_exports_api(registration, *exports);
    attachments = std::make_unique<attachments::Attachments>(attachments::Attachments::Parts{
        services.records, services.jobs, services.clock, *ids, folder.file("files")});
    inbound::install_attachments_api(registration, *attachments);
    install_capabilities(registration);
  };
  inbound::testing::TestServer server(std::move(options));
  std::set<std::string> registered;
  for (const auto& entry : server.api().handler().router().entries()) {
    std::string method(inbound::method_name(entry->route.method));
    for (char& c : method) c = static_cast<char>(c + 32);
    registered.insert(method + " " + entry->path);
  }
  EXPECT_EQ(described_operations(), registered);
  // They stop the jobs, which go with the server.
  imports.reset();
  exports.reset();
  attachments.reset();
}

// Every "#/…" of the document leads somewhere.
void expect_references(const json::value& value, const json::object& document) {
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) expect_references(item, document);
  }
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.get_object()) {
    if (key != "$ref") {
      expect_references(member, document);
      continue;
    }
    boost::system::error_code error;
    const json::value whole(document);
    const std::string pointer(std::string_view(member.as_string()).substr(1));
    EXPECT_NE(whole.find_pointer(pointer, error), nullptr) << pointer;
  }
}

TEST(Documents, TheOpenApiDocumentHoldsTogether) {
  const auto document = parse_json_object(layout().openapi().value_or(""));
  ASSERT_TRUE(document);
  std::set<std::string> ids;
  for (const auto& [path, methods] : document->at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      if (!operation.is_object()) continue;
      const json::object& shape = operation.get_object();
      const std::string id(std::string_view(shape.at("operationId").as_string()));
      EXPECT_TRUE(ids.insert(id).second) << id;
      EXPECT_FALSE(shape.at("responses").as_object().empty()) << id;
      EXPECT_FALSE(shape.at("summary").as_string().empty()) << id;
    }
  }
  for (const auto& [key, part] : *document) expect_references(part, *document);
}

}  // namespace
}  // namespace linchpin::server
