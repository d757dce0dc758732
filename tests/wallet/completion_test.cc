// The script for bash, tried in a real bash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples/process/process.h"
#include "tests/wallet/wallet_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What bash would offer after these words, the last of them being typed.
std::string Offered(const WalletWorld& world, const std::string& script, const std::string& words, int at) {
  const std::string program = script + "\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD=" + std::to_string(at) +
                              "\n_passport_wallet\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const Result<ProcessEnd> end = RunProcess(
      {.program = "/bin/bash", .words = {world.Write("try.bash", program)}, .log = {}}, In(std::chrono::seconds(20)));
  EXPECT_TRUE(end.ok() && end->exit_code == 0) << (end.ok() ? end->errors : end.fault().detail);
  return end.ok() ? end->output : "";
}

TEST(Completion, OffersCommandsAndTheFlagsOfACommand) {
  WalletWorld world;
  const Typed typed = world.TypeBare({"completion", "bash"});
  ASSERT_EQ(typed.exit_code, 0);
  EXPECT_EQ(Offered(world, typed.output, "passport-wallet rec", 1), "receive\n");
  EXPECT_EQ(Offered(world, typed.output, "passport-wallet --json sh", 2), "shares\n");
  EXPECT_EQ(Offered(world, typed.output, "passport-wallet list --exp", 2), "--expiring\n");
  EXPECT_THAT(Offered(world, typed.output, "passport-wallet end-share --", 2), Not(HasSubstr("--expiring")));
  EXPECT_THAT(Offered(world, typed.output, "passport-wallet end-share --", 2), HasSubstr("--passphrase-file"));
  EXPECT_THAT(Offered(world, typed.output, "passport-wallet move kep", 2), HasSubstr("kept\n"));
  // What an option takes is no command.
  EXPECT_EQ(Offered(world, typed.output, "passport-wallet --file list rec", 3), "receive\n");
}

TEST(Completion, IsRefusedForAnotherShell) {
  WalletWorld world;
  EXPECT_EQ(world.TypeBare({"completion", "fish"}).exit_code, 64);
}

// One id in 64 does, and people type what a table shows.
TEST(WalletCommandLine, TakesAnIdThatBeginsWithADash) {
  WalletWorld world;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"accept", "-x7Q"},
                                                {"accept", "-x7Q", "--json"},
                                                {"--json", "accept", "-x7Q"},
                                                {"dispute", "--words", "-wrong", "-x7Q"},
                                                {"accept", "--", "--7Q"}}) {
    const Typed typed = world.Type(words);
    EXPECT_EQ(typed.exit_code, 1) << typed.errors;
    EXPECT_THAT(typed.output + typed.errors, HasSubstr("begins so")) << words.back();
  }
  EXPECT_EQ(world.Type({"list", "-x7Q"}).exit_code, 64);
  EXPECT_EQ(world.Type({"accept", "-x7Q", "-x7R"}).exit_code, 64);
  EXPECT_EQ(world.TypeBare({"-h"}).exit_code, 0);
}

TEST(WalletCommandLine, NamesEveryCommandAndEveryEnding) {
  WalletWorld world;
  const Typed help = world.TypeBare({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const std::string_view word : {"init", "receive", "list", "explain", "present", "shares", "end-share", "history",
                                      "lost", "export", "move", "accept", "dispute", "completion"}) {
    EXPECT_THAT(help.output, HasSubstr("\n  " + std::string(word) + " ")) << word;
  }
  for (const std::string_view code : {"0 done", "1 refused", "2 cannot tell", "64 the command", "69 the service"}) {
    EXPECT_THAT(help.output, HasSubstr(std::string(code)));
  }
  EXPECT_EQ(world.TypeBare({}).exit_code, 64);
  EXPECT_EQ(world.TypeBare({"fly"}).exit_code, 64);
  EXPECT_EQ(world.TypeBare({"list", "--passphrase", "seen by all"}).exit_code, 64);
}

}  // namespace
}  // namespace passport
