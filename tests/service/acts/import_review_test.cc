// Who approves a file names what was reviewed, and what is away for a while costs no row.
#include <gtest/gtest.h>

#include "passport-service/acts/clocked_keys.h"
#include "tests/service/acts/import_world.h"

namespace passport {
namespace {

class ImportReview : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.Enrol("1001");
    world_.Enrol("1002");
  }
  ImportWorld world_;
};

TEST_F(ImportReview, WhereTwoPersonsSignTheSecondSaysWhatWasReviewed) {
  world_.HaveTwoPersonsSign();
  ASSERT_EQ(world_.Stage(world_.Header("f1"), {Course(2, "1001", "fire_safety")}), "staged");
  const auto approve = [&] { return world_.Issue("approver", {Role::kApprover}); };
  EXPECT_EQ(approve(), "field_invalid") << "not said";
  world_.reviewed = world_.ReviewedNow() - 1;
  EXPECT_EQ(approve(), "state_conflict") << "seen before the file was whole";
  EXPECT_EQ(world_.Current(), 0U) << "nothing is signed";
  world_.reviewed = world_.ReviewedNow();
  EXPECT_EQ(approve(), "done");
  EXPECT_EQ(approve(), "done") << "again";
  EXPECT_EQ(world_.Current(), 1U);
}

TEST_F(ImportReview, WhatBrokeOffGoesOnUnderTheSameReview) {
  ASSERT_EQ(world_.Stage(world_.Header("f1"), {Course(2, "1001", "fire_safety")}), "staged");
  world_.reviewed = world_.ReviewedNow();
  {
    IssueImport act = world_.IssuingImports();
    const Caller by{world_.trust.organisation, "hr"};
    ASSERT_TRUE(act({by, Request("approve"), *world_.import_id, world_.reviewed}).ok()) << "and no further";
  }
  EXPECT_EQ(world_.Current(), 0U);
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.Current(), 1U);
}

TEST_F(ImportReview, WhatIsShownAnewIsNotSignedUnderTheReviewBefore) {
  world_.StageWhatIsOvertaken();
  world_.reviewed = world_.ReviewedNow();
  EXPECT_EQ(world_.Issue(), "waits") << "it takes the place of another credential than was shown";
  EXPECT_EQ(world_.Issue(), "state_conflict");
  world_.reviewed = world_.ReviewedNow();
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.tally.superseded, 1U);
  EXPECT_EQ(world_.House(), "clean");
}

TEST_F(ImportReview, ARowWaitsWhileTheClockIsBackAndIsNotRefused) {
  ASSERT_EQ(world_.Stage(world_.Header("f1"), {Course(2, "1001", "fire_safety")}), "staged");
  ClockedKeys keys(*world_.keys, world_.clock, world_.clock.now + Seconds{3600});
  IssueCredentials issuing(world_.store, keys, *world_.vault, world_.random, world_.clock, Seconds{365 * 86400},
                           [](const Record&, const CivilDay&) { return Result<void>(); });
  IssueImport act(world_.store, *world_.vault, world_.clock, issuing);
  const auto begun = act({world_.trust, Request("approve"), *world_.import_id, {}});
  ASSERT_TRUE(begun.ok()) << begun.fault().detail;
  EXPECT_EQ(WordsOf((*begun)->Step()), "clock_back");
  EXPECT_EQ(world_.Current(), 0U);
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.tally.issued, 1U);
}

}  // namespace
}  // namespace passport
