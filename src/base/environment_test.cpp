#include "base/environment.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace linchpin {
namespace {

TEST(Environment, IsEmptyWhenNotSet) {
  ::unsetenv("LINCHPIN_TEST_VALUE");
  EXPECT_EQ(environment("LINCHPIN_TEST_VALUE"), "");
  ::setenv("LINCHPIN_TEST_VALUE", "枢客", 1);
  EXPECT_EQ(environment("LINCHPIN_TEST_VALUE"), "枢客");
  ::unsetenv("LINCHPIN_TEST_VALUE");
}

}  // namespace
}  // namespace linchpin
