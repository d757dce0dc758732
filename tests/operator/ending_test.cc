#include "operator-cli/ending.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

TEST(Ending, NumbersAreAnInterface) {
  EXPECT_EQ(static_cast<int>(Ending::kDone), 0);
  EXPECT_EQ(static_cast<int>(Ending::kRefused), 1);
  EXPECT_EQ(static_cast<int>(Ending::kCannotTell), 2);
  EXPECT_EQ(static_cast<int>(Ending::kUsage), 64);
  EXPECT_EQ(static_cast<int>(Ending::kUnavailable), 69);
}

TEST(Ending, FollowsTheReason) {
  const struct {
    Reason reason;
    Ending ending;
  } rows[] = {
      {Reason::kNone, Ending::kDone},
      {Reason::kNotPermitted, Ending::kRefused},
      {Reason::kCallerUnknown, Ending::kRefused},
      {Reason::kRecordField, Ending::kRefused},
      {Reason::kFileHeader, Ending::kRefused},
      {Reason::kStatusStale, Ending::kCannotTell},
      {Reason::kRegistryStale, Ending::kCannotTell},
      {Reason::kOutcomeUnknown, Ending::kCannotTell},
      {Reason::kFileUnreadable, Ending::kUsage},
      {Reason::kStoreUnavailable, Ending::kUnavailable},
      {Reason::kStoreFull, Ending::kUnavailable},
      {Reason::kDeadline, Ending::kUnavailable},
  };
  for (const auto& row : rows) EXPECT_EQ(EndingOf(row.reason), row.ending) << WordOf(row.reason);
}

TEST(Ending, NoReasonAgainstSomethingIsDone) {
  for (const ReasonText& text : AllReasons()) {
    if (text.reason == Reason::kNone) continue;
    EXPECT_NE(EndingOf(text.reason), Ending::kDone) << text.word;
  }
}

TEST(Ending, OnlyAYesIsDone) {
  EXPECT_EQ(EndingOf(VerdictAnswer::kValid), Ending::kDone);
  EXPECT_EQ(EndingOf(VerdictAnswer::kNotValid), Ending::kRefused);
  EXPECT_EQ(EndingOf(VerdictAnswer::kCannotTell), Ending::kCannotTell);
  EXPECT_EQ(EndingOf(RoleAnswer::kMet), Ending::kDone);
  EXPECT_EQ(EndingOf(RoleAnswer::kMetExpiring), Ending::kDone);
  EXPECT_EQ(EndingOf(RoleAnswer::kNotMet), Ending::kRefused);
  EXPECT_EQ(EndingOf(RoleAnswer::kCannotTell), Ending::kCannotTell);
}

}  // namespace
}  // namespace passport
