#include "workspace.h"

#include "base/test_folder.h"
#include "fuzz.h"

namespace linchpin::fuzz {

namespace {

class Workspace {
 public:
  Workspace() {
    auto schema = records::load_schema(std::string(LINCHPIN_SOURCE_DIR) + "/capabilities", 2);
    claim(schema.has_value(), "the schema can be read");
    auto opened = storage::open_database("sqlite:" + folder_.path() + "/fuzz.db");
    claim(opened.has_value(), "the database opens");
    database_ = std::move(*opened);
    const Status made = database_->write([&](storage::Connection& connection) {
      return records::Records::ensure_tables(connection, **schema);
    });
    claim(made.has_value(), "the tables are made");
    records_ = std::make_unique<records::Records>(
        records::Records::Parts{*database_, clock_, ids_, Key{}, {}}, *schema,
        records::WorkspaceFrame{*TimeZone::named("Asia/Shanghai"), "CNY"});
    fill();
  }

  records::Records& records() { return *records_; }

 private:
  void fill() {
    constexpr int accounts = 5;
    const records::WriteOptions options{{administrator().actor(), "fuzz", "", 0, 0}, {}, false, {}};
    for (int i = 0; i < accounts; ++i) {
      const json::object fields{{"code", "A" + std::to_string(i)}, {"name", "华北电力"}};
      claim(records_->create(administrator(), "account", fields, options).has_value(),
            "an account is made");
    }
  }

  TestFolder folder_;
  ManualClock clock_{1'790'000'000'000};  // 2026-09-21
  IdGenerator ids_{clock_, 1};
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<records::Records> records_;
};

}  // namespace

records::Records& workspace() {
  static Workspace made;
  return made.records();
}

const access::AccessScope& administrator() {
  static const access::AccessScope scope = access::Authority::administrator(RecordId{4096});
  return scope;
}

}  // namespace linchpin::fuzz
