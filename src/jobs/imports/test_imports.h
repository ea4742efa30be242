#pragma once

// For tests: imports over a workspace of its own with the product's standard objects, and a rule
// for the amounts of order lines such as the product has.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "jobs/imports/imports.h"
#include "records/test_workspace.h"

namespace linchpin::imports {

using records::integer_of;
using records::is_empty;
using records::RuleContext;

inline Status settle_line(RuleContext& context) {
  const records::Object& line = context.object();
  const auto at = [&](const char* name) -> const records::Field& { return *line.field(name); };
  const std::int64_t order = integer_of(context.value(at("order")));
  if (order != 0) {
    storage::Sql sql("SELECT account, ordered_at FROM \"order\" WHERE id = ");
    LP_TRY(const auto row, context.frame().connection.prepare(sql.value(order)));
    LP_TRY(const bool found, row->step());
    if (found && is_empty(context.value(at("account"))) && !row->is_null(0)) {
      context.set(at("account"), row->integer(0));
    }
    if (found && is_empty(context.value(at("ordered_on"))) && !row->is_null(1)) {
      context.set(at("ordered_on"),
                  std::int64_t{context.frame().time_zone.local_day(row->integer(1))});
    }
  }
  const auto& quantity = context.value(at("quantity"));
  const auto& price = context.value(at("unit_price"));
  const bool given = context.creating() && !is_empty(context.value(at("amount")));
  if (!given && !is_empty(quantity) && !is_empty(price)) {
    const auto amount =
        narrow(round_half_even(WideUnits{integer_of(quantity)} * integer_of(price), 4));
    if (!amount) {
      context.refuse(at("amount"), "number_too_large");
      return {};
    }
    context.set(at("amount"), *amount);
  }
  context.set(at("net_amount"), context.value(at("amount")));
  context.set(at("gross_amount"), context.value(at("amount")));
  return {};
}

inline Status add_line_rule(const records::Schema&, records::Rules& rules) {
  rules.before_write("order_line", settle_line);
  return {};
}

// A flat sales file as the tests have it.
constexpr const char* sales_plan = R"({"object":"order_line","mode":"create","mapping":[
  {"column":"order","field":"order","link_by":"number","missing":"create"},
  {"column":"day","field":"ordered_on"},
  {"column":"account","field":"account","link_by":"code","missing":"create"},
  {"column":"region","field":"account.region"},
  {"column":"product","field":"product","link_by":"code","missing":"create"},
  {"column":"name","field":"product.name"},
  {"column":"quantity","field":"quantity"},
  {"column":"price","field":"unit_price"}]})";
constexpr const char* sales_heading = "order,day,account,region,product,name,quantity,price\n";

class ImportsTest : public ::testing::Test {
 protected:
  ImportsTest() {
    EXPECT_TRUE(texts_.load_folder(std::string(LINCHPIN_SOURCE_DIR) + "/src"));
    EXPECT_TRUE(workspace_.database().write([](storage::Connection& connection) -> Status {
      LP_CHECK(jobs::Jobs::ensure_tables(connection));
      return Imports::ensure_tables(connection);
    }));
    workspace_.hire_admin();
    restart();
  }

  // A new process over the same database: nothing of the old one is left but its rows.
  void restart() {
    imports_.reset();
    jobs_ = std::make_unique<jobs::Jobs>(workspace_.database(), workspace_.clock(), ids_);
    imports_ = std::make_unique<Imports>(Imports::Parts{
        workspace_.records(), *jobs_, workspace_.clock(), ids_, texts_, folder_.file("files")});
  }

  Result<Import> try_upload(const std::string& content, const std::string& name = "file.csv") {
    const std::string path = folder_.file("upload-" + std::to_string(++uploads_));
    std::ofstream(path, std::ios::binary) << content;
    return imports_->create(admin(), path, name, Imports::Take::move);
  }
  Import upload(const std::string& content, const std::string& name = "file.csv") {
    auto import = try_upload(content, name);
    if (!import) ADD_FAILURE() << told(import.error());
    return import ? *import : Import();
  }
  Result<Import> try_plan(const Import& import, std::string_view plan) {
    return imports_->plan_now(admin(), import.id, *parse_json_object(plan), {});
  }
  Import plan(const Import& import, std::string_view text) {
    auto planned = try_plan(import, text);
    if (!planned) ADD_FAILURE() << told(planned.error());
    return planned ? *planned : Import();
  }
  Import run(const Import& import) {
    auto done = imports_->run_now(admin(), import.id, {});
    if (!done) ADD_FAILURE() << told(done.error());
    return done ? *done : Import();
  }
  Import import_all(const std::string& content, std::string_view text) {
    const Import uploaded = upload(content);
    plan(uploaded, text);
    return run(uploaded);
  }
  Import revert(const Import& import) {
    auto begun = imports_->revert(admin(), import.id);
    if (!begun) ADD_FAILURE() << told(begun.error());
    return finish(import);
  }
  // Lets the runner of this process work until the import is at rest.
  Import finish(const Import& import) {
    jobs_->start();
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    Result<Import> now = imports_->get(admin(), import.id);
    while (std::chrono::steady_clock::now() < end) {
      now = imports_->get(admin(), import.id);
      const auto job = now ? jobs_->get(now->job) : Error();
      if (job && job->ended()) {
        now = imports_->get(admin(), import.id);
        restart();
        return *now;
      }
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the import did not come to an end";
    return {};
  }

  std::string errors_csv(const Import& import, Language language = Language::en) {
    const auto path = imports_->errors_csv(admin(), import.id, language);
    if (!path) return told(path.error());
    std::stringstream text;
    text << std::ifstream(*path, std::ios::binary).rdbuf();
    std::filesystem::remove(*path);
    return text.str();
  }

  // The values of one field of all records, in their order.
  std::vector<std::string> values(std::string_view object, const std::string& field) {
    records::QueryRequest request;
    request.select = {field};
    request.sort = json::array{json::object{{"field", "id"}, {"dir", "asc"}}};
    request.page.limit = records::PageRequest::max_limit;
    std::vector<std::string> found;
    const auto page = workspace_.query(object, request);
    if (!page) {
      ADD_FAILURE() << told(page.error());
      return found;
    }
    for (const json::value& record : page->at("records").as_array()) {
      const json::value& value = record.at("fields").at(field);
      found.push_back(value.is_string() ? std::string(value.as_string()) : json::serialize(value));
    }
    return found;
  }
  std::int64_t count(std::string_view object) {
    records::QueryRequest request;
    request.page.limit = 1;
    request.count = records::CountMode::exact;
    const auto page = workspace_.query(object, request);
    return page ? page->at("count").to_number<std::int64_t>() : -1;
  }

  static std::string told(const Error& error) {
    return records::TestWorkspace::first_problem(error);
  }
  const access::AccessScope& admin() const { return workspace_.admin(); }

  TestFolder folder_;
  records::TestWorkspace workspace_{add_line_rule};
  IdGenerator ids_{workspace_.clock(), 2};
  Texts texts_;
  int uploads_ = 0;
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<Imports> imports_;
};

}  // namespace linchpin::imports
