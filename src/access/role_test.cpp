#include "access/role.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"

namespace linchpin::access {
namespace {

std::string place_of_error(std::string_view rights) {
  const auto role = Role::read(*parse_json_object(rights));
  return role ? std::string() : role.error().params.front().second;
}

TEST(Role, WhatItDoesNotSpeakOfItDoesNotGive) {
  const RolePointer role = test_role(R"({"objects":{"account":{"read":"own"}}})");
  EXPECT_EQ(role->of("account").reach(Action::read), Reach::own);
  EXPECT_EQ(role->of("account").reach(Action::update), Reach::none);
  EXPECT_EQ(role->of("account").reach(Action::create), Reach::none);
  EXPECT_EQ(role->of("contact").reach(Action::read), Reach::none);
  EXPECT_EQ(role->of("contact").field("name"), FieldRight::none);
  EXPECT_EQ(role->of("account").field("name"), FieldRight::read);
}

TEST(Role, AnEntryTakesThePlaceOfTheOneForAllOthers) {
  const RolePointer role = test_role(
      R"({"objects":{"*":{"read":"all","update":"team"},"product":{"read":"all"},"role":{}}})");
  EXPECT_EQ(role->of("visit").reach(Action::update), Reach::team);
  EXPECT_EQ(role->of("product").reach(Action::update), Reach::none);
  EXPECT_EQ(role->of("role").reach(Action::read), Reach::none);
}

TEST(Role, TheAuditLogIsReadByWhoIsGivenItHimself) {
  const std::string_view auditor = R"({"audit":true,"objects":{"*":{"read":"all"}}})";
  const RecordId user{1};
  EXPECT_TRUE(person_with(user, auditor).reads_audit());
  EXPECT_FALSE(person_with(user, R"({"objects":{"*":{"read":"all"}}})").reads_audit());
  Holder absent;
  absent.user = RecordId{2};
  absent.roles.push_back(test_role(auditor));
  EXPECT_FALSE(Authority::person(user, {absent}).reads_audit());
  EXPECT_TRUE(Authority::administrator(user).reads_audit());
  EXPECT_EQ(place_of_error(R"({"audit":1})"), "/audit");
}

TEST(Role, FieldsMayBeAListOfWhatIsAllowed) {
  const RolePointer role = test_role(
      R"({"objects":{"account":{"read":"all","update":"all","fields":{"name":"read","city":"edit"}},
          "contact":{"read":"all","create":true,"fields":{"*":"edit","phone":"none"}}}})");
  EXPECT_EQ(role->of("account").field("name"), FieldRight::read);
  EXPECT_EQ(role->of("account").field("city"), FieldRight::edit);
  EXPECT_EQ(role->of("account").field("credit_limit"), FieldRight::none);
  EXPECT_EQ(role->of("contact").field("phone"), FieldRight::none);
  EXPECT_EQ(role->of("contact").field("name"), FieldRight::edit);
}

TEST(Role, WrongRightsNameTheirPlace) {
  EXPECT_EQ(place_of_error(R"({"objects":{"account":{"read":"some"}}})"), "/objects/account/read");
  EXPECT_EQ(place_of_error(R"({"objects":{"account":{"see":"all"}}})"), "/objects/account/see");
  EXPECT_EQ(place_of_error(R"({"objects":{"account":{"create":"yes"}}})"),
            "/objects/account/create");
  EXPECT_EQ(place_of_error(R"({"objects":{"*":{"fields":{"name":"write"}}}})"),
            "/objects/*/fields/name");
  EXPECT_EQ(place_of_error(R"({"everything":true})"), "/everything");
}

TEST(Scope, SeveralRolesOnlyAdd) {
  Holder holder;
  holder.user = RecordId{7};
  holder.roles = {test_role(R"({"objects":{"account":{"read":"all"}}})"),
                  test_role(R"({"objects":{"account":{"read":"own","update":"own"}}})")};
  const AccessScope scope = Authority::person(RecordId{7}, {holder});
  EXPECT_EQ(scope.reach(Action::read, "account"), Reach::all);
  EXPECT_EQ(scope.reach(Action::update, "account"), Reach::own);
  EXPECT_EQ(scope.field_right("account", "name"), FieldRight::edit);
  EXPECT_FALSE(scope.may(Action::create, "account"));
}

TEST(Scope, NoRoleGivesAdministration) {
  const AccessScope scope = person_with(
      RecordId{7},
      R"({"objects":{"*":{"create":true,"read":"all","update":"all","delete":"all"}}})");
  for (const char* object : {"user", "department", "role", "deputy"}) {
    EXPECT_TRUE(scope.may(Action::read, object));
    EXPECT_FALSE(scope.may(Action::create, object));
    EXPECT_FALSE(scope.may(Action::update, object));
    EXPECT_EQ(scope.field_right(object, "name"), FieldRight::read);
  }
  EXPECT_FALSE(scope.may(Action::configure, {}));
}

TEST(Scope, WhatCannotBeReadCannotBeWritten) {
  const AccessScope scope = person_with(
      RecordId{7}, R"({"objects":{"account":{"create":true,"update":"all","delete":"all"}}})");
  EXPECT_FALSE(scope.may(Action::create, "account"));
  EXPECT_FALSE(scope.may(Action::update, "account"));
  EXPECT_EQ(scope.field_right("account", "name"), FieldRight::none);
}

TEST(Scope, EqualRightsHaveEqualFingerprints) {
  const char* rights = R"({"objects":{"account":{"read":"own"}}})";
  EXPECT_EQ(person_with(RecordId{7}, rights).fingerprint(),
            person_with(RecordId{7}, rights).fingerprint());
  EXPECT_NE(person_with(RecordId{7}, rights).fingerprint(),
            person_with(RecordId{8}, rights).fingerprint());
  EXPECT_NE(person_with(RecordId{7}, rights).fingerprint(),
            person_with(RecordId{7}, R"({"objects":{"account":{"read":"all"}}})").fingerprint());
}

TEST(Role, RulesWidenWhatIsReadAndUpdatedAnyway) {
  const RolePointer role = test_role(R"({"objects":{"account":{"read":"own","rules":[
      {"level":"read","where":{"op":"eq","field":"city","value":{"var":"me.title"}}},
      {"level":"read","where":{"op":"eq","field":"owner","value":{"var":"me"}}}]}}})");
  EXPECT_EQ(role->of("account").rules.size(), 2u);
  EXPECT_FALSE(role->of("account").rules.front().edit);
  EXPECT_EQ(role->own_fields(), (std::set<std::string>{"id", "title"}));
  const auto problem = [](std::string_view account) {
    const auto read =
        Role::read(*parse_json_object(R"({"objects":{"account":)" + std::string(account) + "}}"));
    return read ? std::string() : read.error().detail;
  };
  EXPECT_EQ(problem(R"({"read":"own","rules":[{"level":"edit","where":{}}]})"),
            "rule_without_reach");
  EXPECT_EQ(problem(R"({"rules":[{"level":"read","where":{}}]})"), "rule_without_reach");
  for (const char* wrong : {"1", "[1]", R"([{"level":"all","where":{}}])", R"([{"level":"read"}])",
                            R"([{"level":"read","where":{},"x":1}])"}) {
    EXPECT_EQ(problem(R"({"read":"own","rules":)" + std::string(wrong) + "}"), "wrong_rights");
  }
  std::string many;
  for (std::size_t i = 0; i <= max_rules_of_object; ++i) {
    many += std::string(i == 0 ? "" : ",") + R"({"level":"read","where":{}})";
  }
  EXPECT_EQ(problem(R"({"read":"own","rules":[)" + many + "]}"), "too_many_rules");
}

}  // namespace
}  // namespace linchpin::access
