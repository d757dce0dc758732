// What an operator and a registrar type about keys and the registry, with real processes.
#include <gmock/gmock.h>

#include <algorithm>

#include "samples/demo/operator_desk.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kClerks{kStoryTrust};
const std::string kOffice{kStoryRegistrar};

class TypedWords : public StoryHouse {
 protected:
  std::string Published() { return ReadWholeFile(service().published() + "/registry.jwt").value(); }
};

TEST_F(TypedWords, AboutKeysAreAnsweredAndTheRegistryTellsTheDifference) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const std::string before = folder() + "/before.jwt";
  ASSERT_TRUE(WriteWholeFile(before, Published()).ok());

  const ToolAnswer list = Type(kClerks, {"keys", "list"});
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_EQ(LinesWith(list, ""), 2U) << "its own: one for records, one for status lists";
  EXPECT_THAT(list.output, Not(HasSubstr("receipt")));
  EXPECT_THAT(Type(kOffice, {"keys", "list"}).output, HasSubstr("receipt"));
  EXPECT_EQ(Type(kClerks, {"keys", "plan"}).exit_code, 0);
  EXPECT_EQ(Type(kClerks, {"keys", "rotate", "--owner", "service", "--role", "registry"}).exit_code, 1);

  const ToolAnswer rotated = Type(kClerks, {"keys", "rotate", "--owner", kClerks, "--role", "issue"});
  ASSERT_EQ(rotated.exit_code, 0) << rotated.output;
  EXPECT_THAT(Type(kClerks, {"keys", "plan"}).output, HasSubstr(LastLine(rotated, "")->texts.at("kid")));

  ServiceClient trust = Trust();
  const auto keys = trust.ListKeys(kClerks);
  ASSERT_TRUE(keys.ok()) << keys.fault().detail;
  const auto lost = std::find_if(keys->begin(), keys->end(),
                                 [](const KeyAnswer& key) { return key.role == "issue" && key.state == "active"; });
  ASSERT_NE(lost, keys->end());
  const std::vector<std::string> given_up = {"keys",    "compromise", "--kid",
                                             lost->kid, "--since",    "2026-01-02T03:04:05Z"};
  std::vector<std::string> bored = given_up;
  bored.insert(bored.end(), {"--why", "bored"});
  EXPECT_NE(Type(kClerks, bored).exit_code, 0);
  std::vector<std::string> stolen = given_up;
  stolen.insert(stolen.end(), {"--why", "stolen"});
  const ToolAnswer done = Type(kClerks, stolen);
  ASSERT_EQ(done.exit_code, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr(LastLine(rotated, "")->texts.at("kid"))) << "the next one signs at once";

  ASSERT_EQ(Type(kOffice, {"registry", "publish"}).exit_code, 0);
  const std::string after = folder() + "/after.jwt";
  ASSERT_TRUE(WriteWholeFile(after, Published()).ok());
  const ToolAnswer diff = Type(kOffice, {"registry", "diff", before, after, "--registry-key", service().anchor()});
  EXPECT_EQ(diff.exit_code, 0) << diff.output;
  EXPECT_THAT(diff.output, HasSubstr("compromised"));
  EXPECT_THAT(diff.output, Not(HasSubstr("\"rewrites_history\":true")));
  EXPECT_EQ(Type(kOffice, {"registry", "diff", after, before, "--registry-key", service().anchor()}).exit_code, 1)
      << "a registry does not go back";
}

TEST_F(TypedWords, OfARegistrarWhoSaysNoEndAProposal) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const ToolAnswer asked = Type(kClerks, {"registry", "propose", "amend", "--organisation", kClerks, "--name",
                                          "Another name (fictional)", "--reason", "renamed"});
  ASSERT_EQ(asked.exit_code, 0) << asked.output;
  const std::string number = std::to_string(LastLine(asked, "")->numbers.at("proposal"));
  const ToolAnswer review = Type(kOffice, {"registry", "review", number});
  EXPECT_THAT(review.output, HasSubstr("Another name (fictional)"));
  EXPECT_EQ(Type(kClerks, {"registry", "sign", number, "--seen", LastLine(review, "")->texts.at("seen")}).exit_code, 1);
  EXPECT_EQ(Type(kOffice, {"registry", "reject", number, "--reason", "mistaken"}).exit_code, 0);
  EXPECT_EQ(Type(kOffice, {"registry", "sign", number, "--seen", LastLine(review, "")->texts.at("seen")}).exit_code, 1);
  EXPECT_THAT(Type(kClerks, {"registry", "list"}).output, HasSubstr("rejected"));
  ASSERT_EQ(Type(kOffice, {"registry", "publish"}).exit_code, 0);
  EXPECT_THAT(Type(kOffice, {"registry", "list", "--open"}).output, Not(HasSubstr("Another name")));
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

}  // namespace
}  // namespace passport
