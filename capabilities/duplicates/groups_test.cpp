#include "duplicates/groups.h"

#include <gtest/gtest.h>

#include "duplicates/short_names.h"

namespace linchpin::duplicates {
namespace {

NamedAccount named(std::int64_t id, const char* name) {
  return {RecordId{id}, name, false};
}

TEST(ShortNames, OfAsManyAsThereIsRoomFor) {
  ShortNames names;
  for (std::size_t i = 0; i < max_short_of_key; ++i) {
    const std::string name = "华东" + std::to_string(1000 + i);
    ASSERT_TRUE(names.add(name_parts(name), named(1, name.c_str())));
  }
  EXPECT_FALSE(names.add(name_parts("华东九千"), named(2, "华东九千")));
  EXPECT_TRUE(names.add(name_parts("华北九千"), named(2, "华北九千")));
  EXPECT_TRUE(names.add(name_parts("华东九千有限公司"), named(3, "华东九千有限公司")));
}

TEST(ShortNames, ABetterFitTakesThePlaceOfSeveral) {
  ShortNames names;
  ASSERT_TRUE(names.add(name_parts("国农科技"), named(1, "国农科技")));
  for (const auto& [id, name] : {std::pair(2, "国农生物科技有限公司"),
                                 std::pair(3, "国农新能源科技有限公司")}) {
    names.meet(name_parts(name), named(id, name));
  }
  EXPECT_TRUE(names.found().empty());
  names.meet(name_parts("国农科技发展有限公司"), named(4, "国农科技发展有限公司"));
  ASSERT_EQ(names.found().size(), 1u);
  EXPECT_EQ(names.found()[0].whole.account, RecordId{4});
}

}  // namespace
}  // namespace linchpin::duplicates
