#include "records/personal.h"

#include <gtest/gtest.h>

#include <set>

#include "access/test_scope.h"
#include "records/test_workspace.h"
#include "stream/audit_log.h"

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

class PersonalEquality : public PersonalTest {
 protected:
  PersonalEquality() {
    tall_ = workspace_.create("contact", R"({"name":"李","birthday":"1980-05-17","sport":"Golf"})");
    short_ = workspace_.create("contact", R"({"name":"赵","sport":"ＧＯＬＦ"})");
  }

  QueryRequest asking(std::string_view where, std::string purpose = "生日贺卡") {
    QueryRequest request;
    request.select = {"name"};
    request.where = *parse_json(where);
    request.purpose = std::move(purpose);
    return request;
  }
  std::set<RecordId> found(std::string_view where) {
    const auto page = workspace_.query("contact", asking(where));
    if (!page) ADD_FAILURE() << TestWorkspace::first_problem(page.error());
    std::set<RecordId> ids;
    if (!page) return ids;
    for (const json::value& record : page->at("records").as_array()) {
      ids.insert(*parse_id(std::string_view(record.at("id").as_string())));
    }
    return ids;
  }
  std::string problem(std::string_view object, const QueryRequest& request) {
    const auto page = workspace_.query(object, request);
    return page || page.error().problems.empty() ? "" : page.error().problems.front().code;
  }
  std::string stored(RecordId id, std::string_view name) {
    const Object& contact = *workspace_.schema().object("contact");
    const auto row = workspace_.database().read([&](storage::Connection& connection) {
      return read_row(connection, contact, id, Presence::live);
    });
    const auto* blob = std::get_if<storage::Blob>(&(**row)[contact.field(name)->index]);
    return blob ? blob->bytes : std::string();
  }

  static constexpr const char* golf = R"({"op":"eq","field":"sport","value":"golf"})";
  RecordId tall_;
  RecordId short_;
};

TEST_F(PersonalEquality, EqualValuesAreFound) {
  EXPECT_EQ(found(golf), (std::set{tall_, short_}));
  EXPECT_EQ(found(R"({"op":"eq","field":"birthday","value":"1980-05-17"})"),
            (std::set{contact_, tall_}));
  EXPECT_EQ(found(R"({"op":"in","field":"sport","value":["网球",null,"GOLF"]})"),
            (std::set{contact_, tall_, short_}));
  EXPECT_EQ(found(R"({"op":"not","args":[{"op":"eq","field":"sport","value":"golf"}]})"),
            std::set{contact_});
  EXPECT_TRUE(found(R"({"op":"eq","field":"sport","value":"gol"})").empty());
}

TEST_F(PersonalEquality, WhatChangesIsFoundByWhatItIsNow) {
  ASSERT_TRUE(workspace_.patch("contact", tall_, 1, R"({"sport":"网球"})"));
  const std::int64_t change = *workspace_.database().read(
      [](storage::Connection& connection) { return stream::last_seq(connection); });
  EXPECT_EQ(found(golf), std::set{short_});
  const auto undone = workspace_.records().undo(workspace_.admin(), change, workspace_.options());
  ASSERT_TRUE(undone) << TestWorkspace::first_problem(undone.error());
  EXPECT_EQ(found(golf), (std::set{tall_, short_}));
  ASSERT_TRUE(workspace_.records().erase_personal(workspace_.admin(), "contact", short_,
                                                  workspace_.options()));
  EXPECT_EQ(found(golf), std::set{tall_});
}

TEST_F(PersonalEquality, NothingElseCanBeAsked) {
  EXPECT_EQ(problem("contact", asking(golf, "")), "personal_field");
  for (const char* where :
       {R"({"op":"ne","field":"sport","value":"golf"})",
        R"({"op":"contains","field":"sport","value":"golf"})",
        R"({"op":"not_in","field":"sport","value":["golf"]})",
        R"({"op":"lt","field":"birthday","value":"2000-01-01"})",
        R"({"op":"within","field":"birthday","value":{"rel":"this_year"}})",
        R"({"op":"eq","field":"birthday","value":{"rel":"today"}})",
        R"({"op":"eq","field":"reports_to.sport","value":"golf"})",
        R"({"op":"some","rel":"contact.reports_to",
            "where":{"op":"eq","field":"sport","value":"x"}})"}) {
    EXPECT_EQ(problem("contact", asking(where)), "personal_field") << where;
  }
  EXPECT_EQ(problem("account", asking(R"({"op":"some","rel":"contacts","where":
      {"op":"eq","field":"sport","value":"golf"}})")),
            "personal_field");
  QueryRequest sorted = asking(golf);
  sorted.sort = json::array{json::object{{"field", "sport"}}};
  EXPECT_EQ(problem("contact", sorted), "personal_field");
}

TEST_F(PersonalEquality, NeedsTheRightToReadIt) {
  JsonWriter out;
  const auto ask = [&](std::string_view rights) {
    const Status done = workspace_.records().query(person(rights), "contact", asking(golf), out);
    if (done) return std::string("done");
    return done.error().detail + std::string(code_name(done.error().code));
  };
  EXPECT_EQ(ask(R"({"objects":{"contact":{"read":"all"}}})"), "personal_not_allowedforbidden");
  EXPECT_EQ(ask(R"({"objects":{"contact":{"read":"all","personal":true}}})"), "done");
  EXPECT_EQ(ask(R"({"objects":{"contact":{"read":"all","personal":true,
                "fields":{"*":"read","sport":"none"}}}})"),
            "unknown_field");
}

TEST_F(PersonalEquality, IsNotedWhoeverIsFound) {
  const auto notes = [&] {
    std::vector<std::string> details;
    stream::AuditFilter filter;
    filter.kind = stream::AuditKind::personal_read;
    const Status read = workspace_.database().read([&](storage::Connection& connection) {
      return stream::read_audit(connection, filter, 10, [&](const stream::AuditEntry& entry) {
        details.push_back(entry.note.details);
        return Status();
      });
    });
    EXPECT_TRUE(read);
    return details;
  };
  found(golf);
  ASSERT_EQ(notes().size(), 1U);
  EXPECT_NE(notes().front().find(format_id(tall_)), std::string::npos);
  EXPECT_NE(notes().front().find(R"("fields":["sport"])"), std::string::npos);
  found(R"({"op":"eq","field":"sport","value":"slalom"})");
  ASSERT_EQ(notes().size(), 2U);
  EXPECT_NE(notes().front().find(R"("records":[])"), std::string::npos);
  EXPECT_EQ(notes().front().find("slalom"), std::string::npos);
}

TEST_F(PersonalEquality, TheLogKeepsNoHash) {
  const std::string hash(hash_of(stored(tall_, "sport")));
  EXPECT_EQ(hash, hash_of(stored(short_, "sport")));
  EXPECT_NE(hash_of(stored(tall_, "birthday")), hash);
  ASSERT_TRUE(workspace_.patch("contact", tall_, 1, R"({"sport":null})"));
  const std::string start = to_base64url(hash).substr(0, 20);
  std::string log;
  const Status read = workspace_.database().read([&](storage::Connection& connection) {
    return stream::read_since(connection, 0, "contact", 100, [&](const stream::Entry& entry) {
      log += entry.changes_json;
      return Status();
    });
  });
  ASSERT_TRUE(read);
  EXPECT_NE(log.find("sealed"), std::string::npos);
  EXPECT_EQ(log.find(start), std::string::npos);
}

TEST_F(PersonalEquality, HashesAreMadeWhereThereAreNoneAndAnewForANewKey) {
  const Schema& schema = workspace_.schema();
  const Object& contact = *schema.object("contact");
  const Field& sport = *contact.field("sport");
  const Key key = workspace_.records().workspace_key();
  const PersonalKeys keys(key);
  const auto before = stored(tall_, "sport");
  const auto anew = [&](const Key& hash_key, PersonalKeys::Stored form) {
    return workspace_.database().write([&](storage::Connection& connection) {
      return keys.hash_anew(connection, schema, hash_key, form);
    });
  };
  // As records were before they held hashes.
  ASSERT_TRUE(workspace_.database().write([&](storage::Connection& connection) -> Status {
    for (const Field* field : {&sport, contact.field("birthday")}) {
      storage::Sql sql("UPDATE contact SET ");
      sql.name(field->column).add(" = substr(").name(field->column).add(", 17) WHERE ");
      LP_CHECK(connection.execute(sql.name(field->column).add(" IS NOT NULL")));
    }
    return {};
  }));
  EXPECT_TRUE(found(golf).empty());
  ASSERT_TRUE(anew(key, PersonalKeys::Stored::without_hash));
  EXPECT_EQ(stored(tall_, "sport"), before);
  EXPECT_EQ(found(golf), (std::set{tall_, short_}));
  const Key new_key = random_key();
  ASSERT_TRUE(anew(new_key, PersonalKeys::Stored::hashed));
  EXPECT_TRUE(found(golf).empty());
  EXPECT_EQ(hash_of(stored(tall_, "sport")),
            personal_hash(new_key, "contact", sport, R"("GOLF")").bytes);
  EXPECT_EQ(sealed_part(stored(tall_, "sport")), sealed_part(before));
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
