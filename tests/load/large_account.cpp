#include "large_account.h"

#include <cstdio>

#include "dataset.h"
#include "records/bulk.h"

namespace linchpin::load {

namespace {

using records::BulkSlice;
using records::Object;
using records::RowValues;
using records::Value;

constexpr std::int64_t milliseconds_per_day = 86'400'000;
// Some of the visits that are still to come and of the complaints that are not closed.
constexpr std::int64_t open_every = 100;

// The time of the machine, three years ago.
class PastClock final : public Clock {
 public:
  Instant now() const override { return SystemClock().now() - 1'100 * milliseconds_per_day; }
};

class Filler {
 public:
  explicit Filler(records::Records& records) : records_(records) {}

  Status run() {
    std::vector<RecordId> account;
    LP_CHECK(fill(
        "account", 1, [&](Row& row, std::int64_t) { fill_account(row); }, &account));
    account_ = account.front();
    LP_CHECK(fill("contact", LargeAccount::contacts, [&](Row& row, std::int64_t i) {
      row.set("name", "联系人" + std::to_string(i));
      row.set("layer", std::string(i % 50 == 0 ? "deciding" : "operating"));
    }));
    LP_CHECK(fill(
        "order", LargeAccount::orders,
        [&](Row& row, std::int64_t i) {
          row.set("number", "LARGE-" + std::to_string(i));
          row.set("ordered_at", instant(i));
        },
        &orders_));
    LP_CHECK(fill("order_line", LargeAccount::lines, [&](Row& row, std::int64_t i) {
      const std::int64_t order = i % LargeAccount::orders;
      row.set("order", orders_[static_cast<std::size_t>(order)].value);
      row.set("ordered_on", day(order));
      row.set("quantity", std::int64_t{(1 + i % 50) * 10'000});
      row.set("unit_price", std::int64_t{(1 + i % 9'000) * 1'000});
    }));
    LP_CHECK(fill("invoice", LargeAccount::invoices, [&](Row& row, std::int64_t i) {
      row.set("number", "LARGE-" + std::to_string(i));
      row.set("issued_on", day(i));
      row.set("due_on", std::get<std::int64_t>(day(i)) + 60);
      row.set("amount", std::int64_t{1'000'000});
      row.set("open_amount", std::int64_t{i % 5 == 0 ? 1'000'000 : 0});
    }));
    return fill_timeline();
  }

 private:
  // A row of an object; every one but the account's own hangs on the account.
  struct Row {
    const Object& object;
    RowValues values;
    void set(const char* field, Value value) {
      values[object.field(field)->index] = std::move(value);
    }
  };

  static Value day(std::int64_t i) {
    return std::int64_t{dataset_first_day} + i * 37 % dataset_days;
  }
  static Value instant(std::int64_t i) {
    return std::get<std::int64_t>(day(i)) * milliseconds_per_day + i * 1'000;
  }

  static void fill_account(Row& row) {
    row.set("code", std::string(large_account_code));
    row.set("name", std::string("巨型客户股份有限公司"));
    row.set("sector", std::string("manufacturing"));
    row.set("tier", std::string("strategic"));
    row.set("employees", std::int64_t{10'000});
  }

  Status fill_timeline() {
    LP_CHECK(fill("visit", LargeAccount::visits, [&](Row& row, std::int64_t i) {
      const bool planned = i % open_every == 0;
      row.set("state", std::string(planned ? "planned" : "reported"));
      row.set("planned_at", instant(i));
      if (!planned) row.set("done_at", instant(i));
      row.set("outcome", std::string("认可方案，等待预算"));
    }));
    LP_CHECK(fill("complaint", LargeAccount::complaints, [&](Row& row, std::int64_t i) {
      row.set("raised_at", instant(i));
      row.set("content", std::string("阀门渗漏"));
      row.set("result", std::string("已更换"));
      row.set("state", std::string(i % open_every == 0 ? "new" : "closed"));
    }));
    return fill("comment", LargeAccount::comments, [&](Row& row, std::int64_t i) {
      row.set("written_at", instant(i));
      row.set("body", std::string("下周招标"));
    });
  }

  template <class FillRow>
  Status fill(const char* name, std::int64_t count, const FillRow& fill_row,
              std::vector<RecordId>* made = nullptr) {
    const auto scope = access::Authority::product();
    for (std::int64_t begin = 0; begin < count; begin += dataset_slice_rows) {
      auto work = [&](storage::Connection& connection) -> Status {
        BulkSlice slice(records_, connection, scope, {scope.actor(), "", "", 0, 0});
        const Object& object = *slice.object(name);
        for (std::int64_t i = begin; i < std::min(begin + dataset_slice_rows, count); ++i) {
          Row row{object, RowValues(object.fields.size())};
          if (account_) row.set("account", account_.value);
          fill_row(row, i);
          LP_TRY(const RecordId id, slice.create(object, row.values));
          if (made) made->push_back(id);
        }
        return slice.finish();
      };
      LP_CHECK(records_.database().write(work, storage::WriteKind::job));
    }
    std::fprintf(stderr, "large account: %s %lld\n", name, static_cast<long long>(count));
    return {};
  }

  records::Records& records_;
  RecordId account_;
  std::vector<RecordId> orders_;
};

}  // namespace

Status make_large_account(const std::string& database, const std::string& source_folder) {
  return with_records(database, source_folder, PastClock(),
                      [](records::Records& records) { return Filler(records).run(); });
}

}  // namespace linchpin::load
