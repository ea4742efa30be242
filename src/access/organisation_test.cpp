#include "access/organisation.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"

namespace linchpin::access {
namespace {

constexpr RecordId sales{1};
constexpr RecordId north{2};
constexpr RecordId south{3};
constexpr RecordId city{4};  // below north
constexpr RecordId boss{10};
constexpr RecordId anna{11};   // north, reports to boss
constexpr RecordId bert{12};   // north, reports to anna
constexpr RecordId carla{13};  // city
constexpr RecordId dora{14};   // south

class OrganisationTest : public ::testing::Test {
 protected:
  OrganisationTest() {
    parts_.departments = {
        {sales, {}, boss}, {north, sales, {}}, {south, sales, {}}, {city, north, {}}};
    parts_.people = {{boss, sales, {}, true, {"director"}, {}},
                     {anna, north, boss, true, {"kam"}, {}},
                     {bert, north, anna, true, {"kam"}, {}},
                     {carla, city, {}, true, {"kam"}, {}},
                     {dora, south, {}, true, {"kam"}, {}}};
    parts_.roles["kam"] = test_role(R"({"objects":{"*":{"read":"own"}}})");
    parts_.roles["director"] =
        test_role(R"({"objects":{"*":{"read":"department_and_below","update":"own"}}})");
    parts_.roles["administrator"] = test_role(R"({"administrator":true})");
  }

  Person& person(RecordId id) {
    return *std::find_if(parts_.people.begin(), parts_.people.end(),
                         [&](const Person& one) { return one.id == id; });
  }
  AccessScope scope(RecordId user, Instant now = 1'000) {
    return Organisation(parts_).scope_of(user, now);
  }
  Circle circle(RecordId user, Reach reach) { return scope(user).holders().front().circle(reach); }
  using Ids = std::vector<RecordId>;

  Organisation::Parts parts_;
};

TEST_F(OrganisationTest, CirclesGrowWithTheReach) {
  EXPECT_EQ(circle(anna, Reach::own).people, Ids{anna});
  EXPECT_EQ(circle(anna, Reach::team).people, (Ids{anna, bert}));
  EXPECT_EQ(circle(anna, Reach::department).people, (Ids{anna, bert}));
  EXPECT_EQ(circle(anna, Reach::department).departments, Ids{north});
  EXPECT_EQ(circle(anna, Reach::department_and_below).people, (Ids{anna, bert, carla}));
  EXPECT_EQ(circle(anna, Reach::department_and_below).departments, (Ids{north, city}));
  EXPECT_EQ(circle(boss, Reach::team).people, (Ids{boss, anna, bert}));
  EXPECT_EQ(circle(boss, Reach::department_and_below).people, (Ids{boss, anna, bert, carla, dora}));
}

TEST_F(OrganisationTest, WhoHeadsADepartmentBelongsToIt) {
  parts_.departments[2].head = bert;
  EXPECT_EQ(circle(bert, Reach::department).departments, (Ids{north, south}));
  EXPECT_EQ(circle(bert, Reach::department).people, (Ids{anna, bert, dora}));
}

TEST_F(OrganisationTest, SharesReachWhoBelongsBelow) {
  EXPECT_EQ(scope(carla).holders().front().shared_to, (Ids{sales, north, city, carla}));
  EXPECT_EQ(scope(boss).holders().front().shared_to, (Ids{sales, boss}));
}

TEST_F(OrganisationTest, CirclesOfManagersAndDepartmentsEnd) {
  person(boss).manager = bert;
  parts_.departments[0].parent = city;
  EXPECT_EQ(circle(bert, Reach::team).people, (Ids{boss, anna, bert}));
  EXPECT_EQ(circle(carla, Reach::department_and_below).departments,
            (Ids{sales, north, south, city}));
}

TEST_F(OrganisationTest, WhoReportsToHimIsLed) {
  EXPECT_TRUE(scope(boss).leads(anna));
  EXPECT_TRUE(scope(boss).leads(bert));
  EXPECT_FALSE(scope(boss).leads(boss));
  EXPECT_FALSE(scope(boss).leads(carla));  // of his department alone
  EXPECT_FALSE(scope(bert).leads(anna));
  person(bert).active = false;
  EXPECT_TRUE(scope(anna).leads(bert));
  parts_.deputations = {{boss, dora, 1'000, 2'000}};
  EXPECT_FALSE(scope(dora).leads(anna));
}

TEST_F(OrganisationTest, WhoIsUnknownOrOutMayNothing) {
  person(anna).active = false;
  EXPECT_FALSE(scope(anna).may(Action::read, "account"));
  EXPECT_FALSE(scope(RecordId{99}).may(Action::read, "account"));
  person(bert).roles = {"no such role"};
  EXPECT_FALSE(scope(bert).may(Action::read, "account"));
}

TEST_F(OrganisationTest, RolesOfTheWorkspaceAddToThoseOfTheProduct) {
  parts_.own_roles[RecordId{50}] = test_role(R"({"objects":{"product":{"read":"all"}}})");
  EXPECT_EQ(scope(anna).reach(Action::read, "product"), Reach::own);
  person(anna).own_roles = {RecordId{50}};
  EXPECT_EQ(scope(anna).reach(Action::read, "product"), Reach::all);
  EXPECT_EQ(scope(anna).reach(Action::read, "account"), Reach::own);
}

TEST_F(OrganisationTest, AnAdministratorMayEverything) {
  person(dora).roles = {"administrator"};
  EXPECT_TRUE(scope(dora).administrator());
  EXPECT_TRUE(scope(dora).may(Action::configure, {}));
  person(dora).active = false;
  EXPECT_FALSE(scope(dora).administrator());
}

TEST_F(OrganisationTest, ADeputyHasTheRightsOfTheAbsentWhileItLasts) {
  parts_.deputations = {{boss, dora, 1'000, 2'000}};
  EXPECT_EQ(scope(dora, 999).reach(Action::read, "account"), Reach::own);
  EXPECT_EQ(scope(dora, 999).valid_until(), 1'000);
  EXPECT_EQ(scope(dora, 1'000).reach(Action::read, "account"), Reach::department_and_below);
  EXPECT_EQ(scope(dora, 1'000).valid_until(), 2'000);
  EXPECT_EQ(scope(dora, 1'999).holders().size(), 2U);
  EXPECT_EQ(scope(dora, 2'000).reach(Action::read, "account"), Reach::own);
  EXPECT_EQ(scope(dora, 2'000).valid_until(), 0);
  EXPECT_NE(scope(dora, 1'999).fingerprint(), scope(dora, 2'000).fingerprint());
}

TEST_F(OrganisationTest, AdministrationIsNobodysByProxy) {
  person(boss).roles = {"administrator", "director"};
  parts_.deputations = {{boss, dora, 0, 2'000}};
  EXPECT_FALSE(scope(dora).administrator());
  EXPECT_EQ(scope(dora).reach(Action::read, "account"), Reach::department_and_below);
}

}  // namespace
}  // namespace linchpin::access
