// What a person reads: where to begin, and what to do when something went wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wallet/wallet_world.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Help, SaysWhereToBeginAndSortsCommandsByWhatTheyAreFor) {
  WalletWorld world;
  const Typed help = world.TypeBare({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  std::size_t at = 0;
  for (const std::string_view part :
       {"To begin", "init", "join", "What you have", "receive", "list", "What others ask for and see", "present",
        "history", "When it is lost, or goes elsewhere", "lost", "To take everything away, and to leave", "export",
        "erase", "For the shell", "Begin with the link that your employer has sent you", "Exit code"}) {
    at = help.output.find(part, at);
    ASSERT_NE(at, std::string::npos) << part << " in\n" << help.output;
  }
  EXPECT_THAT(world.TypeBare({"list", "--help"}).output, HasSubstr("--forget-role"));
}

TEST(Help, IsPointedAtWhereTheWordsMakeNoSense) {
  WalletWorld world;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"recieve"}, {"list", "--rol", "nurse"}, {"end-share"}}) {
    const Typed typed = world.TypeBare(words);
    EXPECT_EQ(typed.exit_code, 64);
    EXPECT_THAT(typed.errors, HasSubstr("--help"));
  }
}

TEST(Help, NamesTheWordThatIsWrong) {
  WalletWorld world;
  EXPECT_THAT(world.TypeBare({"recieve"}).errors, HasSubstr("no command was recognised"));
  EXPECT_THAT(world.TypeBare({"list", "--rol", "nurse"}).errors, HasSubstr("--rol"));
  EXPECT_THAT(world.TypeBare({"end-share"}).errors, HasSubstr("ID is required"));
}

// Words for operators and receivers are of no use to a porter.
TEST(PersonWords, NeverSendAPersonToTheServicesOwnRooms) {
  for (const ReasonText& each : AllReasons()) {
    const PersonText text = TextForPerson({each.reason, "", ""});
    EXPECT_FALSE(text.happened.empty()) << each.word;
    for (const char* const room : {"Look at the log", "key store", "Free space", "data folder", "present state"}) {
      const bool of_the_service = each.reason == Reason::kKeyStore || each.reason == Reason::kDataFolder ||
                                  each.reason == Reason::kKeyState;  // no person is ever told of these
      if (of_the_service) continue;
      EXPECT_THAT(std::string(text.remedy), Not(HasSubstr(room))) << each.word;
    }
  }
}

TEST(PersonWords, SayWhatToDoWhereThePassphraseIsWrongOrTheFileIsDamaged) {
  EXPECT_THAT(std::string(TextForPerson({Reason::kPassphrase, "", ""}).remedy), HasSubstr("Type it again"));
  EXPECT_THAT(std::string(TextForPerson({Reason::kStateConflict, "", "why"}).remedy), HasSubstr("in brackets"));
}

}  // namespace
}  // namespace passport
