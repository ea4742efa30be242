// When files go that no record holds, and which stay.

#include "jobs/attachments/attachments.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "records/purge.h"
#include "records/test_workspace.h"

namespace linchpin::attachments {
namespace {

namespace filesystem = std::filesystem;

class AttachmentsTest : public ::testing::Test {
 protected:
  AttachmentsTest() {
    EXPECT_TRUE(workspace_.database().write(
        [](storage::Connection& connection) { return jobs::Jobs::ensure_tables(connection); }));
    workspace_.hire_admin();
    jobs_ = std::make_unique<jobs::Jobs>(workspace_.database(), workspace_.clock(), ids_);
    restart();
  }

  void restart() {
    attachments_.reset();
    attachments_ = std::make_unique<Attachments>(Attachments::Parts{
        workspace_.records(), *jobs_, workspace_.clock(), ids_, folder()});
  }
  std::string folder() const { return workspace_.folder() + "/attachments"; }

  RecordId upload() {
    const std::string path = workspace_.folder() + "/upload";
    std::ofstream(path, std::ios::binary) << "%PDF-1.4\n%%EOF\n";
    const auto made = attachments_->create(workspace_.admin(), path, "合同.pdf");
    if (!made) ADD_FAILURE() << records::TestWorkspace::first_problem(made.error());
    return made ? made->id : RecordId();
  }
  RecordId account_with(RecordId file) {
    return workspace_.create("account", R"({"code":"A1","name":"甲","files":[")" +
                                            format_id(file) + "\"]}");
  }
  bool lies(RecordId file) const { return filesystem::exists(folder() + "/" + format_id(file)); }
  bool known(RecordId file) {
    const auto found = attachments_->get(workspace_.admin(), file);
    return found.has_value();
  }
  void pass(std::chrono::milliseconds time) {
    workspace_.clock().advance(time.count());
    attachments_->delete_old_files();
  }

  static constexpr std::chrono::milliseconds moment{1};
  records::TestWorkspace workspace_;
  IdGenerator ids_{workspace_.clock(), 2};
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<Attachments> attachments_;
};

TEST_F(AttachmentsTest, AFileThatNoRecordTookGoesAfterADay) {
  const RecordId loose = upload();
  const RecordId held = upload();
  account_with(held);
  pass(Attachments::kept_loose);
  EXPECT_TRUE(lies(loose));
  EXPECT_TRUE(known(loose));
  pass(moment);
  EXPECT_FALSE(lies(loose));
  EXPECT_FALSE(known(loose));
  EXPECT_TRUE(lies(held));
  EXPECT_TRUE(known(held));
}

TEST_F(AttachmentsTest, AFileThatWasTakenOutGoesAfterAMonth) {
  const RecordId file = upload();
  const RecordId account = account_with(file);
  ASSERT_TRUE(workspace_.patch("account", account, 1, R"({"files":[]})"));
  pass(Attachments::kept_loose + moment);
  EXPECT_TRUE(lies(file));
  pass(Attachments::kept_released);
  EXPECT_FALSE(lies(file));
  EXPECT_FALSE(known(file));
}

TEST_F(AttachmentsTest, AFileOfARecordThatIsGoneForGoodGoesWithIt) {
  const RecordId file = upload();
  const RecordId account = account_with(file);
  ASSERT_TRUE(workspace_.records().remove(workspace_.admin(), "account", account, 0,
                                          workspace_.options()));
  pass(Attachments::kept_loose + moment);
  EXPECT_TRUE(lies(file)) << "a record in the trash may come back with it";
  workspace_.clock().advance(std::chrono::milliseconds(Attachments::kept_released).count());
  records::Purge purge(workspace_.records(), workspace_.clock());
  const auto purged = purge.run([] { return false; });
  ASSERT_TRUE(purged);
  EXPECT_EQ(purged->records, 1);
  attachments_->delete_old_files();
  EXPECT_FALSE(lies(file));
  EXPECT_FALSE(known(file));
}

TEST_F(AttachmentsTest, AFileThatTheDatabaseDoesNotKnowGoesADayLater) {
  upload();
  const auto stray = [&](RecordId id, std::chrono::hours age) {
    const std::string path = folder() + "/" + format_id(id);
    std::ofstream(path) << "left by a process that was killed";
    filesystem::last_write_time(path, filesystem::file_time_type::clock::now() - age);
  };
  const RecordId old{4'242};
  const RecordId young{4'243};
  stray(old, Attachments::kept_loose * 2);
  stray(young, std::chrono::hours{0});
  attachments_->delete_old_files();
  EXPECT_FALSE(lies(old));
  EXPECT_TRUE(lies(young));
}

}  // namespace
}  // namespace linchpin::attachments
