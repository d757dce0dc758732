#include "verifier-cli/command_line.h"

#include <gtest/gtest.h>

#include <array>

namespace passport {
namespace {

constexpr std::array<Flag, 2> kFlags = {{{"--nonce", true}, {"--json", false}}};

Result<CommandLine> Parse(const std::vector<std::string_view>& words) { return CommandLine::Parse(words, kFlags); }

TEST(CommandLine, ReadsFlagsAndOperandsInAnyOrder) {
  const Result<CommandLine> line = Parse({"file", "--json", "--nonce", "n", "-"});
  ASSERT_TRUE(line.ok());
  EXPECT_TRUE(line->Has("--json"));
  EXPECT_EQ(line->Value("--nonce"), "n");
  EXPECT_EQ(line->operands(), (std::vector<std::string_view>{"file", "-"}));
}

TEST(CommandLine, AValueMayBeginWithADash) {
  EXPECT_EQ(Parse({"--nonce", "--json"})->Value("--nonce"), "--json");
  EXPECT_EQ(Parse({"--nonce=-x=y"})->Value("--nonce"), "-x=y");
}

TEST(CommandLine, AfterTwoDashesEverythingIsAnOperand) {
  EXPECT_EQ(Parse({"--", "--json"})->operands(), std::vector<std::string_view>{"--json"});
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  for (const std::vector<std::string_view>& words : std::vector<std::vector<std::string_view>>{
           {"--other"}, {"-j"}, {"--nonce"}, {"--json=yes"}, {"--json", "--json"}}) {
    const Result<CommandLine> line = Parse(words);
    ASSERT_FALSE(line.ok()) << words.front();
    EXPECT_EQ(line.fault().reason, Reason::kFieldInvalid);
  }
}

}  // namespace
}  // namespace passport
