#include "base/log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/date.h"
#include "base/json.h"

namespace linchpin {
namespace {

template <class Write>
std::string captured(Write write) {
  testing::internal::CaptureStderr();
  write();
  return testing::internal::GetCapturedStderr();
}

class Log : public testing::Test {
 protected:
  void TearDown() override { set_log_level(LogLevel::info); }
};

TEST_F(Log, WritesOneJsonLine) {
  const std::string line = captured([] {
    log_warning("import_stopped", {{"job", std::string("7Z")},
                                   {"lines", 12},
                                   {"seconds", 1.5},
                                   {"again", true},
                                   {"why", "quote\nopen"},
                                   {"rate", std::nan("")}});
  });
  ASSERT_FALSE(line.empty());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const Result<json::object> entry = parse_json_object(line);
  ASSERT_TRUE(entry) << line;
  EXPECT_TRUE(parse_instant(entry->at("at").as_string().c_str()));
  EXPECT_EQ(entry->at("level").as_string(), "warning");
  EXPECT_EQ(entry->at("event").as_string(), "import_stopped");
  EXPECT_EQ(entry->at("job").as_string(), "7Z");
  EXPECT_EQ(entry->at("lines").as_int64(), 12);
  EXPECT_EQ(entry->at("seconds").as_double(), 1.5);
  EXPECT_TRUE(entry->at("again").as_bool());
  EXPECT_EQ(entry->at("why").as_string(), "quote\nopen");
  EXPECT_TRUE(entry->at("rate").is_null());
}

TEST_F(Log, LeavesOutWhatIsBelowTheLevel) {
  EXPECT_EQ(captured([] { log_event(LogLevel::debug, "detail"); }), "");
  set_log_level(LogLevel::error);
  EXPECT_EQ(captured([] { log_warning("warned"); }), "");
  EXPECT_NE(captured([] { log_error("failed"); }), "");
}

TEST_F(Log, StaysJsonWhateverAValueHolds) {
  std::string long_text = "x";
  while (long_text.size() < 20'000) long_text += "枢";
  const std::string lines = captured([&] {
    log_info("odd", {{"a", "\xff\xfe"}, {"b", long_text}});
  });
  const Result<json::object> entry = parse_json_object(lines);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->at("a").as_string(), "??");
  EXPECT_LE(entry->at("b").as_string().size(), 4096U);
  EXPECT_TRUE(std::string_view(entry->at("b").as_string()).ends_with("枢"));
}

}  // namespace
}  // namespace linchpin
