// Who works for nobody here any more takes everything away, has what was kept for them erased, and is told what stays.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/story/people_house.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

class Leaving : public PeopleHouse {
 protected:
  std::vector<std::string> MoreRunFlags() const override {
    return {"--retention", "rules/retention/staff-passport.json"};
  }
  void Leave(const std::string& number) {
    const ToolAnswer left =
        Type(std::string(kStoryTrust), {"person", "leave", "--employee-number", number, "--reason", "retirement"});
    ASSERT_EQ(left.exit_code, 0) << left.output;
  }
};

TEST_F(Leaving, APersonReadsEverythingTheServiceHasAboutThem) {
  const Where mine = InFile("my.passport");
  TakeUpWithRecords(mine, "code");
  const std::string record = WalletLine(mine, {"list"}).texts["credential_id"];
  ExpectDone(Wallet(mine, {"dispute", record, "--words", "That is not <b>my</b> day."}));
  EXPECT_EQ(Show(mine).outcome, "met");
  Leave("1001");
  ExpectDone(Wallet(mine, {"export", "--everything-out", At("all.jsonl"), "--everything-page", At("all.html")}));
  const std::string page = Read(At("all.html"));
  for (const std::string_view part :
       {"<html lang=\"en-GB\">", "Given names: Amara", "A trust (fictional)", "That is not &lt;b&gt;my&lt;/b&gt; day.",
        "retirement", "R. Tester", "<h2>Who has looked</h2>", "<td>met</td>", "redeemed"}) {
    EXPECT_THAT(page, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(page, Not(HasSubstr("<b>my</b>")));
  EXPECT_EQ(Wallet(mine, {"export", "--everything-page", At("all.html")}).exit_code, 64) << "nothing is overwritten";
  ExpectDone(Wallet(mine, {"export", "--everything-page", At("again.html")}));
}

TEST_F(Leaving, WhatIsKeptForAPersonIsErasedAndWhatStaysIsNamed) {
  const Where mine = InFile("my.passport");
  TakeUpWithRecords(mine, "code");
  ExpectDone(Wallet(mine, {"--yes", "move", "kept", "--code-out", At("kept-code")}));
  const Where kept = Kept("kept-code");
  EXPECT_EQ(ShowKept("kept-code").outcome, "met");
  const ProcessEnd early = Wallet(kept, {"--yes", "erase"});
  EXPECT_EQ(early.exit_code, 1);
  EXPECT_THAT(early.errors, HasSubstr("an employer has the person among its people"));
  Leave("1001");
  EXPECT_EQ(Wallet(kept, {"erase"}).exit_code, 64) << "nobody is there to be asked";
  ExpectDone(Wallet(kept, {"export", "--everything-page", At("before.html")}));
  EXPECT_THAT(Read(At("before.html")), Not(HasSubstr("<br>erased</td>")));

  const ProcessEnd erased = Wallet(kept, {"--yes", "erase"});
  ExpectDone(erased);
  for (const std::string_view part :
       {"- A trust (fictional) (", "that you worked there", "records it signed about you", "note of what it relied on",
        "- the service: the number of your passport", "why: ", "by: ", "as things stand"}) {
    EXPECT_THAT(erased.output, HasSubstr(std::string(part)));
  }
  const ProcessEnd again = Wallet(kept, {"--yes", "--json", "erase"});
  ExpectDone(again);
  EXPECT_THAT(again.output, HasSubstr("\"still_kept\":\"people\""));
  EXPECT_THAT(again.output, HasSubstr("\"rule\":\"leavers\""));
  ExpectDone(Wallet(kept, {"export", "--everything-page", At("left.html")}));
  EXPECT_THAT(Read(At("left.html")), HasSubstr("<br>erased</td>")) << "the key, by its name alone";
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

}  // namespace
}  // namespace passport
