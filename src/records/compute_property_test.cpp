#include <rapidcheck.h>

#include "records/property_world.h"
#include "records/recompute.h"
#include "records/test_computed.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

constexpr std::size_t enough_deals = 60;

// Random writes of every kind to accounts and deals that lean on each other.
class RandomWrites {
 public:
  RandomWrites() : workspace_(computed_standard()) {}

  void step() {
    if (accounts_.empty()) {
      accounts_.push_back(create("account", account_fields()));
      return;
    }
    // Once there are enough, they only change, go and come back.
    const bool enough = deals_.size() >= enough_deals;
    switch (*rc::gen::inRange(enough ? 3 : 0, enough ? 8 : 9)) {
      case 0:
        accounts_.push_back(create("account", account_fields()));
        return;
      case 1:
      case 2:
        deals_.push_back(create("deal", deal_fields()));
        return;
      case 3:
        change("account", any(accounts_), account_fields());
        return;
      case 4:
      case 5:
        change("deal", any(deals_), deal_fields());
        return;
      case 6:
        return remove();
      case 7:
        return restore();
      default:
        return slice();
    }
  }

  // "object.field" of everything that is not what it would be if it were computed just now.
  std::vector<std::string> differences() {
    std::vector<std::string> list;
    for (const auto& object : workspace_.schema().objects()) {
      const auto found = workspace_.database().read([&](storage::Connection& connection) {
        return check_computed(connection, workspace_.schema(), *object);
      });
      if (!found) {
        list.push_back(found.error().log_detail);
        continue;
      }
      for (const auto& one : *found) list.push_back(object->api_name + "." + one.field);
    }
    return list;
  }

 private:
  static std::string choice(std::initializer_list<const char*> values) {
    return *rc::gen::elementOf(std::vector<std::string>(values.begin(), values.end()));
  }
  RecordId any(const std::vector<RecordId>& ids) {
    return ids.empty() ? RecordId() : *rc::gen::elementOf(ids);
  }
  std::string link(const std::vector<RecordId>& ids) {
    if (ids.empty() || *rc::gen::inRange(0, 5) == 0) return "null";
    return "\"" + format_id(any(ids)) + "\"";
  }
  std::string account_fields() {
    return R"({"name":)" + choice({"\"甲\"", "\"乙\"", "null"}) + R"(,"industry":)" +
           choice({"\"power\"", "\"rail\"", "null"}) + R"(,"parent":)" + link(accounts_) + "}";
  }
  std::string deal_fields() {
    return R"({"name":)" + choice({"\"D\"", "null"}) + R"(,"account":)" + link(accounts_) +
           R"(,"amount":)" + choice({"\"0.05\"", "\"999.99\"", "\"-7\"", "null", "\"1000\""}) +
           R"(,"probability":)" + choice({"\"33.3\"", "\"100\"", "null"}) + R"(,"stage":)" +
           choice({"\"won\"", "\"open\"", "null"}) + R"(,"closed_on":)" +
           choice({"\"2026-01-31\"", "\"2025-12-01\"", "null"}) + "}";
  }

  RecordId create(std::string_view object, const std::string& fields) {
    const auto written = workspace_.try_create(object, fields);
    return written ? written->id : RecordId();  // a link may lead into the trash
  }
  void change(std::string_view object, RecordId id, const std::string& fields) {
    const Patch patch{*parse_json_object(fields), std::nullopt, json::object()};
    std::ignore =
        workspace_.records().update(workspace_.admin(), object, id, patch, workspace_.options());
  }
  void remove() {
    const bool account = *rc::gen::inRange(0, 4) == 0;
    std::ignore =
        workspace_.records().remove(workspace_.admin(), account ? "account" : "deal",
                                    any(account ? accounts_ : deals_), 0, workspace_.options());
  }
  void restore() {
    const bool account = *rc::gen::inRange(0, 2) == 0;
    std::ignore =
        workspace_.records().restore(workspace_.admin(), account ? "account" : "deal",
                                     any(account ? accounts_ : deals_), workspace_.options());
  }
  void slice() {
    const RecordId account = any(accounts_);
    const RecordId removed = any(deals_);
    const auto amount = *rc::gen::inRange<std::int64_t>(-100, 100'000);
    const Status done = workspace_.database().write([&](storage::Connection& connection) -> Status {
      BulkSlice slice(workspace_.records(), connection, workspace_.admin(), {});
      const Object& deal = *slice.object("deal");
      for (std::int64_t i = 0; i < 3; ++i) {
        RowValues row(deal.fields.size());
        row[deal.field("account")->index] = account ? Value(account.value) : Value();
        row[deal.field("amount")->index] = amount * i;
        row[deal.field("stage")->index] = std::string("won");
        LP_TRY(const RecordId id, slice.create(deal, row));
        deals_.push_back(id);
      }
      LP_CHECK(slice.remove(deal, removed));
      return slice.finish();
    });
    RC_ASSERT(done.has_value());
  }

  TestWorkspace workspace_;
  std::vector<RecordId> accounts_;
  std::vector<RecordId> deals_;
};

TEST(ComputedProperty, AfterRandomWritesStoredIsRecomputed) {
  RandomWrites writes;
  EXPECT_TRUE(rc::check([&] {
    for (int i = 0; i < cases_of_check(); ++i) {
      writes.step();
      const auto wrong = writes.differences();
      RC_ASSERT(wrong == std::vector<std::string>());
    }
  }));
}

}  // namespace
}  // namespace linchpin::records
