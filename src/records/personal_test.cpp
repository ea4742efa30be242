#include "records/personal.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class PersonalTest : public ::testing::Test {
 protected:
  PersonalTest() {
    contact_ = workspace_.create("contact", R"({"name":"王敏","birthday":"1980-05-17"})");
  }

  json::object read(const access::AccessScope& scope, std::string_view purpose) {
    JsonWriter out;
    const auto version =
        workspace_.records().get(scope, "contact", contact_, {"name", "birthday"}, out, purpose);
    if (!version) return {{"problem", version.error().detail}};
    return *parse_json_object(out.text());
  }
  access::AccessScope person(std::string_view rights) {
    return access::person_with(RecordId{8192}, std::string(rights));
  }

  TestWorkspace workspace_;
  RecordId contact_;
};

TEST_F(PersonalTest, IsMaskedWithoutAPurpose) {
  const json::object masked = read(workspace_.admin(), {});
  EXPECT_TRUE(masked.at("fields").at("birthday").is_null());
  EXPECT_EQ(masked.at("masked"), parse_json(R"(["birthday"])"));
  const json::object open = read(workspace_.admin(), "生日贺卡");
  EXPECT_EQ(open.at("fields").at("birthday"), "1980-05-17");
  EXPECT_FALSE(open.contains("masked"));
}

TEST_F(PersonalTest, APurposeIsNothingWithoutTheRight) {
  const auto reader = person(R"({"objects":{"contact":{"read":"all"}}})");
  EXPECT_TRUE(read(reader, {}).at("fields").at("birthday").is_null());
  EXPECT_EQ(read(reader, "好奇").at("problem"), "personal_not_allowed");
  const auto trusted = person(R"({"objects":{"contact":{"read":"all","personal":true}}})");
  EXPECT_EQ(read(trusted, "生日贺卡").at("fields").at("birthday"), "1980-05-17");
  const auto blind =
      person(R"({"objects":{"contact":{"read":"all","personal":true,"fields":{"name":"read"}}}})");
  EXPECT_EQ(blind.field_right("contact", "birthday"), access::FieldRight::none);
}

TEST_F(PersonalTest, AConflictDoesNotShowIt) {
  Patch patch;
  patch.fields = *parse_json_object(R"({"birthday":"1990-01-01"})");
  patch.base = *parse_json_object(R"({"birthday":"1980-01-01"})");
  const auto done = workspace_.records().update(workspace_.admin(), "contact", contact_, patch,
                                                workspace_.options());
  ASSERT_FALSE(done);
  ASSERT_EQ(done.error().conflicts.size(), 1u);
  EXPECT_EQ(done.error().conflicts.front().current_json, "null");
}

TEST_F(PersonalTest, WhatIsErasedDoesNotComeBack) {
  ASSERT_TRUE(workspace_.patch("contact", contact_, 1, R"({"birthday":"1981-06-18"})"));
  const std::int64_t change = *workspace_.database().read(
      [](storage::Connection& connection) { return stream::last_seq(connection); });
  WriteOptions options = workspace_.options();
  options.reason = "本人要求";
  const auto done =
      workspace_.records().erase_personal(workspace_.admin(), "contact", contact_, options);
  ASSERT_TRUE(done) << TestWorkspace::first_problem(done.error());
  const json::object answer = *parse_json_object(done->answer);
  EXPECT_EQ(answer.at("erased"), parse_json(R"(["birthday"])"));
  EXPECT_EQ(answer.at("history_entries"), 1);
  EXPECT_EQ(answer.at("version"), 3);
  const json::object after = read(workspace_.admin(), "核对");
  EXPECT_TRUE(after.at("fields").at("birthday").is_null());
  EXPECT_FALSE(after.contains("masked"));
  const auto undone = workspace_.records().undo(workspace_.admin(), change, options);
  ASSERT_FALSE(undone);
  EXPECT_EQ(workspace_.patch("contact", contact_, 3, R"({"birthday":"1982-01-01"})").error().detail,
            "personal_data_erased");
}

TEST_F(PersonalTest, ErasingNeedsTheRightAndADryRunLeavesEverything) {
  const auto writer = person(R"({"objects":{"contact":{"read":"all","update":"all"}}})");
  const auto refused =
      workspace_.records().erase_personal(writer, "contact", contact_, workspace_.options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "personal_not_allowed");
  WriteOptions trying = workspace_.options();
  trying.dry_run = true;
  ASSERT_TRUE(workspace_.records().erase_personal(workspace_.admin(), "contact", contact_, trying));
  EXPECT_EQ(read(workspace_.admin(), "核对").at("fields").at("birthday"), "1980-05-17");
}

TEST_F(PersonalTest, ANewWorkspaceKeyOpensWhatTheOldOneSealed) {
  const Key old_key = workspace_.records().workspace_key();
  const Key new_key = random_key();
  const RecordId other = workspace_.create("contact", R"({"name":"李强"})");
  const auto data_key = [&](const Key& key, RecordId record, bool make) {
    return workspace_.database().write([&](storage::Connection& connection) {
      return PersonalKeys(key).data_key(connection, record, make);
    });
  };
  const auto before = data_key(old_key, contact_, false);
  ASSERT_TRUE(before);
  ASSERT_TRUE(workspace_.database().write([&](storage::Connection& connection) {
    return PersonalKeys(old_key).wrap_anew(connection, new_key);
  }));
  const auto after = data_key(new_key, contact_, false);
  ASSERT_TRUE(after);
  EXPECT_EQ(*after, *before);
  EXPECT_FALSE(data_key(old_key, contact_, false));
  EXPECT_EQ(data_key(old_key, other, true).error().detail, "workspace_key_changed");
  EXPECT_TRUE(data_key(new_key, other, true));
}

}  // namespace
}  // namespace linchpin::records
