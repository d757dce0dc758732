// What the CMakeLists.txt files declare is there, complete, and without circles.
#include "tests/tidy/build_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passport::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Tidy, ADeclarationIsReadWhole) {
  const auto targets =
      TargetsIn({"a/b/CMakeLists.txt",
                 "# passport_library(no SOURCES no.cc)\n"
                 "passport_library(a_b\n  SOURCES one.cc ${CMAKE_CURRENT_BINARY_DIR}/made.cc\n"
                 "    \"${PROJECT_SOURCE_DIR}/c/two.cc\"\n  USES x y # why\n  LINKS OpenSSL::Crypto)\n"});
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(targets[0].name, "a_b");
  EXPECT_EQ(targets[0].folder, "a/b");
  EXPECT_THAT(targets[0].sources, ElementsAre("a/b/one.cc", "c/two.cc"));
  EXPECT_THAT(targets[0].uses, ElementsAre("x", "y"));
}

TEST(Tidy, ACircleAndAnUnknownNameAreFound) {
  const std::vector<File> tree = {{"a/CMakeLists.txt", "passport_library(a SOURCES a.cc USES b)"},
                                  {"b/CMakeLists.txt", "passport_library(b SOURCES b.cc USES c)"},
                                  {"c/CMakeLists.txt", "passport_library(c SOURCES c.cc USES a missing)"}};
  EXPECT_THAT(CheckUses(TargetsOf(tree)),
              ElementsAre(HasSubstr("a USES b"), HasSubstr("b USES c"), HasSubstr("c USES a"), HasSubstr("missing")));
  EXPECT_THAT(Reachable(TargetsOf({tree[0], tree[1]}), "a"), ElementsAre("a", "b", "c"));
}

TEST(Tidy, AMissingAndAForgottenSourceAreFound) {
  const std::vector<File> tree = {
      {"a/CMakeLists.txt", "passport_library(a SOURCES here.cc gone.cc)"}, {"a/forgotten.cc", ""}, {"a/here.cc", ""}};
  EXPECT_THAT(CheckSourcesAreBuilt(tree), ElementsAre(HasSubstr("a/gone.cc"), HasSubstr("a/forgotten.cc")));
}

TEST(Tidy, LibrariesMakeNoCircles) {
  const Targets targets = TargetsOf(Tree());
  EXPECT_GT(targets.size(), 0U);
  EXPECT_THAT(CheckUses(targets), IsEmpty()) << Lines(CheckUses(targets));
}

TEST(Tidy, EverySourceIsBuilt) {
  const auto complaints = CheckSourcesAreBuilt(Tree());
  EXPECT_THAT(complaints, IsEmpty()) << Lines(complaints);
}

}  // namespace
}  // namespace passport::tidy
