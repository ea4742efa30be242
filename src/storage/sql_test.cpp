#include "storage/sql.h"

#include <gtest/gtest.h>

namespace linchpin::storage {
namespace {

TEST(Sql, TextHasPlacesAndValuesStandApart) {
  Sql sql("SELECT ");
  sql.name("code").add(" FROM ").name("account").add(" WHERE id = ").value(RecordId{7});
  sql.add(" AND code = ").value("x' OR 1").add(" AND rate < ").value(0.5).add(" AND c IS ").null();

  EXPECT_EQ(sql.text(),
            R"(SELECT "code" FROM "account" WHERE id = ? AND code = ? AND rate < ? AND c IS ?)");
  EXPECT_EQ(sql.values(), (std::vector<Value>{std::int64_t{7}, std::string("x' OR 1"), 0.5, {}}));
}

TEST(Sql, EveryKindOfNumberAndTextBecomesAValue) {
  Sql sql;
  sql.value(1).value(2u).value(true).value(std::string("a")).value(std::string_view("b"));
  sql.value(Blob{"c"}).value(Value(std::int64_t{3}));
  EXPECT_EQ(sql.text(), "???????");
  EXPECT_EQ(sql.values(),
            (std::vector<Value>{std::int64_t{1}, std::int64_t{2}, std::int64_t{1}, std::string("a"),
                                std::string("b"), Blob{"c"}, std::int64_t{3}}));
}

TEST(Sql, AParameterCountsAmongTheValues) {
  Sql sql;
  sql.parameter().add(",").value(5).add(",").parameter();
  EXPECT_EQ(sql.text(), "?,?,?");
  EXPECT_EQ(sql.values(), (std::vector<Value>{{}, std::int64_t{5}, {}}));
}

TEST(Sql, AppendsAndJoinsInOrder) {
  Sql first("a=");
  first.value(1);
  Sql second("b=");
  second.value(2);
  EXPECT_EQ(join({first, second, Sql("c")}, " AND ").text(), "a=? AND b=? AND c");
  EXPECT_EQ(join({first, second}, ",").values(),
            (std::vector<Value>{std::int64_t{1}, std::int64_t{2}}));
  EXPECT_TRUE(join({}, ",").empty());

  first.append(first);
  EXPECT_EQ(first.text(), "a=?a=?");
  EXPECT_EQ(first.values().size(), 2u);
}

TEST(Name, AcceptsWhatATableMayBeCalled) {
  for (const std::string& text :
       {std::string("a"), std::string("account_2"), std::string(63, 'x')}) {
    const auto name = Name::checked(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(name->text(), text);
  }
  EXPECT_EQ(*Name::checked("account"), Name("account"));
}

TEST(Name, RefusesEverythingElse) {
  for (const std::string& text :
       {std::string(), std::string("a\"b"), std::string("a b"), std::string("Account"),
        std::string("aB"), std::string("1a"), std::string("_a"), std::string("a;"),
        std::string("客户"), std::string("a\0b", 3), std::string(64, 'x')}) {
    const auto name = Name::checked(text);
    ASSERT_FALSE(name) << text;
    EXPECT_EQ(name.error().detail, "wrong_name");
    EXPECT_EQ(name.error().params, (ErrorParams{{"name", text}}));
  }
}

}  // namespace
}  // namespace linchpin::storage
