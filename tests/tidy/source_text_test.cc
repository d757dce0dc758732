// The reader of C++ text, on which the other rules stand.
#include "tests/tidy/source_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passport::tidy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Tidy, BlankingKeepsCodeAndLines) {
  const std::string source =
      "int a; // fopen\n/* fopen\n */ int b = 1'000; char c = '\"'; auto s = \"x // y\"; int d;\n";
  const std::string code = Blanked(source, Blank::kCommentsAndLiterals);
  EXPECT_EQ(code.size(), source.size());
  EXPECT_EQ(CountLines(code), 3);
  EXPECT_THAT(code, Not(HasSubstr("fopen")));
  EXPECT_THAT(code, Not(HasSubstr("//")));
  EXPECT_THAT(code, HasSubstr("int b = 1'000;"));
  EXPECT_THAT(code, HasSubstr("int d;"));
  EXPECT_THAT(Blanked(source, Blank::kComments), HasSubstr("\"x // y\""));
}

TEST(Tidy, BlankingKnowsRawStringsAndEscapes) {
  const std::string source = "a(R\"x(\" // )\" )x\"); b(\"\\\"\"); c('\\''); d(); // e";
  EXPECT_THAT(Blanked(source, Blank::kCommentsAndLiterals), HasSubstr("d();"));
  EXPECT_THAT(Blanked(source, Blank::kCommentsAndLiterals), Not(HasSubstr("e")));
}

TEST(Tidy, IncludesAreReadOutsideComments) {
  const auto includes = IncludesOf("// #include \"no.h\"\n#include \"a/b.h\"  // why\n  #  include <zlib.h>\n");
  ASSERT_EQ(includes.size(), 2U);
  EXPECT_EQ(includes[0].target, "a/b.h");
  EXPECT_FALSE(includes[0].angle);
  EXPECT_EQ(includes[0].line, 2);
  EXPECT_EQ(includes[1].target, "zlib.h");
  EXPECT_TRUE(includes[1].angle);
}

}  // namespace
}  // namespace passport::tidy
