#pragma once

// For tests: a workspace of its own with the product's standard objects.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/test_folder.h"
#include "records/bulk.h"
#include "records/facts.h"
#include "records/records.h"
#include "records/row_store.h"
#include "storage/test_target.h"

namespace linchpin::records {

class TestWorkspace {
 public:
  using AddRules = std::function<Status(const Schema&, Rules&)>;

  explicit TestWorkspace(const AddRules& add_rules = {})
      : TestWorkspace(standard_objects(), add_rules) {}
  // With other objects than the product's.
  explicit TestWorkspace(Result<StandardObjects> standard, const AddRules& add_rules = {})
      : TestWorkspace(schema_of(standard), std::move(standard), add_rules) {}
  explicit TestWorkspace(std::shared_ptr<const Schema> schema, const AddRules& add_rules = {})
      : TestWorkspace(std::move(schema), standard_objects(), add_rules) {}

  Records& records() { return *records_; }
  storage::Database& database() { return *database_; }
  // The same database as another process has it.
  std::unique_ptr<storage::Database> another_connection() const { return target_.open(); }
  ManualClock& clock() { return clock_; }
  const Schema& schema() const { return *schema_; }
  const std::string& folder() const { return folder_.path(); }
  const access::AccessScope& admin() const { return admin_; }

  // For what asks again later who the administrator is: makes him a user.
  void hire_admin() {
    const Object& user = *schema_->object("user");
    RowValues row(user.fields.size());
    const auto set = [&](std::string_view name, Value value) {
      row[user.field(name)->index] = std::move(value);
    };
    set("id", admin_.user().value);
    for (const char* name : {"version", "active"}) set(name, std::int64_t{1});
    for (const char* name : {"created_at", "updated_at"}) set(name, clock_.now());
    for (const char* name : {"login", "name"}) set(name, std::string("admin"));
    set("roles", std::string("[\"administrator\"]"));
    auto hired = database_->write([&](storage::Connection& connection) -> Status {
      LP_TRY(RowInserter inserter, RowInserter::prepare(connection, user));
      return inserter.insert(row);
    });
    if (!hired) ADD_FAILURE() << hired.error().log_detail;
  }

  // Shorthands that fail the test when the engine refuses.
  RecordId create(std::string_view object, std::string_view fields_json) {
    auto written = try_create(object, fields_json);
    if (!written) ADD_FAILURE() << first_problem(written.error());
    return written ? written->id : RecordId();
  }
  Result<Written> try_create(std::string_view object, std::string_view fields_json) {
    return records_->create(admin_, object, *parse_json_object(fields_json), options());
  }
  Result<Written> patch(std::string_view object, RecordId id, std::int64_t version,
                        std::string_view fields_json, std::string reason = {}) {
    WriteOptions with = options();
    with.reason = std::move(reason);
    const Patch change{*parse_json_object(fields_json), version, std::nullopt};
    return records_->update(admin_, object, id, change, with);
  }
  json::object read(std::string_view object, RecordId id) {
    JsonWriter out;
    auto version = records_->get(admin_, object, id, {}, out);
    if (!version) return {};
    return parse_json(out.text())->as_object().at("fields").as_object();
  }
  Result<json::object> query(std::string_view object, const QueryRequest& request) {
    JsonWriter out;
    LP_CHECK(records_->query(admin_, object, request, out));
    return parse_json(out.text())->as_object();
  }
  // Every fact of the object agrees with its records.
  std::size_t fact_differences(std::string_view object) {
    auto found = database_->read([&](storage::Connection& connection) {
      return check_facts(connection, *schema_, *schema_->object(object));
    });
    return found ? found->size() : SIZE_MAX;
  }
  WriteOptions options() const { return {{admin_.actor(), "test", "", 0, 0}, {}, false, {}}; }

  static std::string first_problem(const Error& error) {
    std::string text(code_name(error.code));
    text += " " + error.detail + " " + error.log_detail;
    for (const FieldProblem& problem : error.problems) {
      text += " " + problem.pointer + ":" + problem.code;
    }
    return text;
  }

 private:
  TestWorkspace(std::shared_ptr<const Schema> schema, Result<StandardObjects>&& standard,
                const AddRules& add_rules)
      : schema_(std::move(schema)) {
    database_ = target_.open();
    Rules rules;
    if (add_rules) {
      EXPECT_TRUE(add_rules(*schema_, rules));
    }
    auto made = database_->write([&](storage::Connection& connection) {
      return Records::ensure_tables(connection, *schema_);
    });
    if (!made) ADD_FAILURE() << made.error().log_detail;
    records_ = std::make_unique<Records>(
        Records::Parts{*database_, clock_, ids_, random_key(), std::move(rules),
                       std::make_shared<const StandardObjects>(std::move(*standard))},
        schema_, WorkspaceFrame{*TimeZone::named("Asia/Shanghai"), "CNY"});
  }

  static Result<StandardObjects> standard_objects() {
    return StandardObjects::load(std::string(LINCHPIN_SOURCE_DIR) + "/capabilities", 2);
  }
  static std::shared_ptr<const Schema> schema_of(const Result<StandardObjects>& standard) {
    if (!standard) ADD_FAILURE() << standard.error().detail;
    auto schema = standard->build({});
    if (!schema) ADD_FAILURE() << schema.error().detail << " " << first_param(schema.error());
    return *schema;
  }
  static std::string first_param(const Error& error) {
    return error.params.empty() ? std::string() : error.params.front().second;
  }

  TestFolder folder_;
  storage::TestTarget target_{folder_.file("test.db")};
  ManualClock clock_{1'790'000'000'000};  // 2026-09-21
  IdGenerator ids_{clock_, 1};
  access::AccessScope admin_ = access::Authority::administrator(RecordId{4096});
  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<Records> records_;
};

}  // namespace linchpin::records
