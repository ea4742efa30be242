// Files and the texts of errors, as each employee meets them: a file is read by who reads the
// record and the field that hold it, and what is hidden is told of in the words of what is absent.

#include <rapidcheck.h>

#include "records/access_world.h"
#include "records/attachments.h"

namespace linchpin::records {
namespace {

constexpr const char* files_field = "files";
constexpr RecordId nothing_there{1};
constexpr int hidden_of_object = 2;  // that are asked for, of each employee

// Everything that an answer says, with the record that was asked for by another name.
std::string words_of(const Error& error, RecordId asked) {
  std::string text(code_name(error.code));
  const auto add = [&](const std::string& part) { text += "|" + part; };
  add(error.detail);
  for (const auto& [name, value] : error.params) add(name + "=" + value);
  for (const FieldProblem& problem : error.problems) {
    add(problem.pointer + " " + problem.field + " " + problem.code);
    for (const auto& [name, value] : problem.params) add(name + "=" + value);
  }
  for (const FieldConflict& conflict : error.conflicts) add(conflict.field + conflict.current_json);
  add(std::to_string(error.current_version));
  const std::string id = format_id(asked);
  for (std::size_t at = text.find(id); at != text.npos; at = text.find(id)) {
    text.replace(at, id.size(), "ID");
  }
  return text;
}

struct HeldFile {
  RecordId id;
  RecordId uploader;
  const Thing* holder = nullptr;  // none: it hangs nowhere
};

// A file on every account and one of everybody's that hangs nowhere.
class Files {
 public:
  explicit Files(Company& company) : company_(company), workspace_(company.workspace()) {
    const World& world = company.world();
    for (const Thing& thing : world.things) {
      if (thing.object == "account") hold(thing, world.users[choose(world.users.size())].id);
    }
    for (const Employee& user : world.users) files_.push_back({upload(user.id), user.id, nullptr});
  }
  const std::vector<HeldFile>& all() const { return files_; }

 private:
  RecordId upload(RecordId user) {
    Attachment file;
    file.id = ids_.next();
    file.file_name = "a.txt";
    file.content_type = "text/plain";
    file.uploader = user;
    file.created_at = workspace_.clock().now();
    const Status kept = workspace_.database().write(
        [&](storage::Connection& connection) { return insert_attachment(connection, file); });
    if (!kept) RC_FAIL("no file");
    return file.id;
  }
  void hold(const Thing& account, RecordId user) {
    const RecordId file = upload(user);
    Patch patch;
    patch.fields[files_field] = json::array{json::string(format_id(file))};
    patch.any_version = true;
    const auto held = workspace_.records().update(access::Authority::administrator(user), "account",
                                                  account.id, patch, workspace_.options());
    if (!held) RC_FAIL(TestWorkspace::first_problem(held.error()));
    files_.push_back({file, user, &account});
  }

  Company& company_;
  TestWorkspace& workspace_;
  IdGenerator ids_{workspace_.clock(), 3};
  std::vector<HeldFile> files_;
};

class Curious {
 public:
  Curious(Company& company, RecordId user, int& cases)
      : company_(company),
        records_(company.workspace().records()),
        oracle_(company.world()),
        user_(user),
        scope_(company.scope(user)),
        cases_(cases) {
    dry_ = company.workspace().options();
    dry_.dry_run = true;
  }

  void check_files(const Files& files) {
    for (const HeldFile& file : files.all()) {
      const auto readable = company_.workspace().database().read(
          [&](storage::Connection& connection) -> Result<bool> {
            LP_TRY(const auto about, read_attachment(connection, file.id));
            return may_read(connection, company_.workspace().schema(), records_.viewer(scope_),
                            *about);
          });
      const bool wanted =
          file.holder ? sees(*file.holder) && files_right() > 0 : file.uploader == user_;
      expect(readable && *readable == wanted, "reads a file");
      check_taking(file);
    }
  }

  void check_words() {
    std::map<std::string, std::vector<const Thing*>> hidden;  // by object
    for (const Thing& thing : company_.world().things) {
      if (!sees(thing)) hidden[thing.object].push_back(&thing);
    }
    for (const auto& [object, things] : hidden) {
      const std::vector<std::string> absent = everything_told(object, nothing_there);
      for (int i = 0; i < hidden_of_object; ++i) {
        const std::vector<std::string> told =
            everything_told(object, things[choose(things.size())]->id);
        for (std::size_t at = 0; at < told.size(); ++at) {
          expect(told[at] == absent[at], object + ": " + told[at] + " / " + absent[at]);
        }
      }
    }
  }

 private:
  void expect(bool holds, const std::string& what) {
    ++cases_;
    if (!holds) RC_FAIL(format_id(user_) + ": " + what);
  }
  bool sees(const Thing& thing) const { return oracle_.may(user_, "read", thing); }
  int files_right() const { return oracle_.field(user_, "account", files_field); }

  // Of an account that he may change he may give it only what is his and hangs nowhere.
  void check_taking(const HeldFile& file) {
    for (const Thing& thing : company_.world().things) {
      const bool may = thing.object == "account" && sees(thing) && files_right() == 2 &&
                       oracle_.may(user_, "update", thing);
      if (!may || file.holder == &thing) continue;
      const bool wanted = file.holder == nullptr && file.uploader == user_;
      const std::string got = told(thing.id, file.id);
      expect(wanted == got.empty(), "takes a file: " + got);
      if (!wanted) expect(got == told(thing.id, nothing_there), "tells of a file: " + got);
      return;
    }
  }
  std::string told(RecordId account, RecordId file) {
    Patch patch;
    patch.fields[files_field] = json::array{json::string(format_id(file))};
    patch.any_version = true;
    const auto taken = records_.update(scope_, "account", account, patch, dry_);
    return taken ? std::string() : words_of(taken.error(), file);
  }

  // What each path says of a record that he does not see.
  std::vector<std::string> everything_told(const std::string& object, RecordId id) {
    std::vector<std::string> told;
    const auto add = [&](const auto& result) {
      told.push_back(result ? std::string("done") : words_of(result.error(), id));
    };
    JsonWriter out;
    add(records_.get(scope_, object, id, {"name"}, out));
    add(records_.get(scope_, object, id, {}, out, "看看"));
    add(records_.history(scope_, object, id, {}, out));
    for (const char* name : {"name", narrow_field, "no_such_field"}) {
      add(records_.update(scope_, object, id, {json::object{{name, "乙"}}, 7, std::nullopt, false},
                          dry_));
      add(records_.update(
          scope_, object, id,
          {json::object{{name, "乙"}}, std::nullopt, json::object{{name, "甲"}}, false}, dry_));
    }
    for (const std::int64_t version : {0, 7}) {
      add(records_.remove(scope_, object, id, version, dry_));
    }
    add(records_.restore(scope_, object, id, dry_));
    add(records_.erase_personal(scope_, object, id, dry_));
    if (object == "account") {
      const json::object linked{{"name", "丁"}, {"account", format_id(id)}};
      for (const char* other : {"contact", "opportunity"}) {
        add(records_.create(scope_, other, linked, dry_));
      }
    }
    return told;
  }

  Company& company_;
  Records& records_;
  const Oracle oracle_;
  const RecordId user_;
  const access::AccessScope scope_;
  WriteOptions dry_;
  int& cases_;
};

TEST(AccessProperty, FilesAreReadWithTheirRecordsAndErrorsTellNothing) {
  int cases = 0;
  int calls = 0;
  int companies = 0;
  const bool holds = rc::check("files and errors = oracle", [&] {
    if (!is_companys_turn(calls++, companies_of_check() / 2)) return;
    ++companies;
    Company company;
    const Files files(company);
    for (const Employee& user : company.world().users) {
      Curious curious(company, user.id, cases);
      curious.check_files(files);
      curious.check_words();
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, companies * 200);
  RecordProperty("cases", cases);
}

}  // namespace
}  // namespace linchpin::records
