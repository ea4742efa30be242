#include "dataset.h"

#include <cstdio>

#include "all_capabilities.h"
#include "records/bulk.h"
#include "subscribers/search/index_keeper.h"

namespace linchpin::load {

namespace {

using records::BulkSlice;
using records::Object;
using records::RowValues;

constexpr int bench_node = IdGenerator::node_count - 1;

// A sequence that is the same on every machine (splitmix64).
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t limit) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 31)) % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_;
};

constexpr const char* cities[] = {"北京", "上海", "深圳", "成都", "西安", "武汉", "杭州", "沈阳"};
constexpr const char* words[] = {"华兴", "远东", "中联", "信达", "恒力", "金桥", "新光", "通达"};
constexpr const char* trades[] = {"电力", "精密机械", "水务", "轨道交通", "化工", "通信技术"};
constexpr const char* sectors[] = {"government", "education", "utilities",    "transport",
                                   "finance",    "telecom",   "manufacturing"};

class Loader {
 public:
  Loader(records::Records& records, const DatasetSize& size) : records_(records), size_(size) {}

  Status run() {
    LP_CHECK(fill(
        "product", size_.products,
        [&](const Object& object, std::int64_t i) { return product(object, i); }, &products_));
    LP_CHECK(fill(
        "user", std::ssize(managers),
        [&](const Object& object, std::int64_t i) { return manager(object, i); }, &managers_));
    LP_CHECK(fill(
        "account", size_.accounts,
        [&](const Object& object, std::int64_t i) { return account(object, i); }, &accounts_));
    return fill(
        "order_line", size_.lines, [&](const Object& object, std::int64_t) { return line(object); },
        nullptr);
  }

 private:
  template <class MakeRow>
  Status fill(const char* name, std::int64_t count, MakeRow make, std::vector<RecordId>* made) {
    const auto scope = access::Authority::product();
    for (std::int64_t begin = 0; begin < count; begin += dataset_slice_rows) {
      auto work = [&](storage::Connection& connection) -> Status {
        BulkSlice slice(records_, connection, scope, {scope.actor(), "", "", 0, 0});
        const Object& object = *slice.object(name);
        for (std::int64_t i = begin; i < std::min(begin + dataset_slice_rows, count); ++i) {
          RowValues row = make(object, i);
          LP_TRY(const RecordId id, slice.create(object, row));
          if (made) made->push_back(id);
        }
        return slice.finish();
      };
      LP_CHECK(records_.database().write(work, storage::WriteKind::job));
      std::fprintf(stderr, "\r%s %lld", name, static_cast<long long>(begin + dataset_slice_rows));
    }
    std::fprintf(stderr, "\n");
    return {};
  }

  static void set(const Object& object, RowValues& row, const char* field, records::Value value) {
    row[object.field(field)->index] = std::move(value);
  }

  RowValues product(const Object& object, std::int64_t i) {
    RowValues row(object.fields.size());
    set(object, row, "code", "P" + std::to_string(i));
    set(object, row, "name", "产品" + std::to_string(i));
    return row;
  }

  static RowValues manager(const Object& object, std::int64_t i) {
    RowValues row(object.fields.size());
    for (const char* field : {"login", "name"}) {
      set(object, row, field, std::string(managers[static_cast<std::size_t>(i)].login));
    }
    return row;
  }

  records::Value random_owner() {
    std::int64_t draw = random_.below(1'000'000);
    for (std::size_t i = 0; i < managers_.size(); ++i) {
      if (draw < managers[i].per_million) return managers_[i].value;
      draw -= managers[i].per_million;
    }
    return {};
  }

  RowValues account(const Object& object, std::int64_t i) {
    RowValues row(object.fields.size());
    const std::string name = std::string(cities[random_.below(8)]) + words[random_.below(8)] +
                             trades[random_.below(6)] + std::to_string(i) + "有限公司";
    set(object, row, "code", "K" + std::to_string(1'000'000 + i));
    set(object, row, "name", name);
    set(object, row, "city", std::string(cities[random_.below(8)]));
    set(object, row, "sector", std::string(sectors[random_.below(7)]));
    set(object, row, "phone", "010-" + std::to_string(10'000'000 + random_.below(80'000'000)));
    set(object, row, "employees", random_.below(20'000));
    set(object, row, "annual_revenue", random_.below(100'000'000'000));
    set(object, row, "credit_limit", random_.below(1'000'000'000));
    set(object, row, "owner", random_owner());
    return row;
  }

  RowValues line(const Object& object) {
    RowValues row(object.fields.size());
    const auto account = static_cast<std::size_t>(random_.below(size_.buying_accounts));
    const auto product = static_cast<std::size_t>(random_.below(size_.products));
    set(object, row, "account", accounts_[account].value);
    set(object, row, "product", products_[product].value);
    set(object, row, "ordered_on", std::int64_t{dataset_first_day} + random_.below(dataset_days));
    set(object, row, "quantity", (1 + random_.below(50)) * 10'000);
    set(object, row, "unit_price", (1 + random_.below(90'000)) * 100);
    return row;
  }

  records::Records& records_;
  const DatasetSize& size_;
  Sequence random_{20'261'121};
  std::vector<RecordId> managers_;
  std::vector<RecordId> accounts_;
  std::vector<RecordId> products_;
};

}  // namespace

Status with_records(const std::string& database, const std::string& source_folder,
                    const Clock& clock, const std::function<Status(records::Records&)>& work) {
  LP_TRY(const auto schema, records::load_schema(source_folder + "/capabilities", 2));
  LP_TRY(const auto opened, storage::open_database(database));
  records::Rules rules;
  LP_CHECK(add_capability_rules(*schema, rules));
  IdGenerator ids(clock, bench_node);
  LP_TRY(TimeZone zone, TimeZone::named("Asia/Shanghai"));
  records::Records records({*opened, clock, ids, random_key(), std::move(rules)}, schema,
                           {std::move(zone), "CNY"});
  return work(records);
}

Status make_dataset(const std::string& database, const std::string& source_folder,
                    const DatasetSize& size) {
  return with_records(database, source_folder, SystemClock(),
                      [&](records::Records& records) { return Loader(records, size).run(); });
}

Status finish_search_index(const std::string& database, const std::string& source_folder) {
  return with_records(database, source_folder, SystemClock(), [](records::Records& records) {
    return search::IndexKeeper(records).catch_up();
  });
}

}  // namespace linchpin::load
