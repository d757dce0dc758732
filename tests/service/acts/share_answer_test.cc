// Shares of which the receiver gets an answer alone.
#include <gmock/gmock.h>

#include "credential/evidence/derived_answer.h"
#include "credential/evidence/receipt.h"
#include "passport-service/acts/rebind_passport.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::IsEmpty;

// The council is given an answer alone.
ShareId GiveAnswer(ShareWorld& world) {
  AskForShare::Order ask = world.ToAsk();
  ask.answer_enough = true;
  const auto asked = world.Asking()(ask);
  AnswerShare::Order order = world.ToAnswer(*asked);
  order.answer_only = true;
  EXPECT_EQ(WordsOf(world.Answering()(order)), "ok");
  return asked->share.row.id;
}

// The outcome of the answer the council is told now, or the word of the fault.
std::string AnswerNow(ShareWorld& world, const ShareId& share) {
  const auto seen = world.Looking()(world.ToLook(share));
  if (!seen.ok()) return WordsOf(seen);
  const auto answer = ReadDerivedAnswer(seen->derived, world.trust_in_force.Get().trust->registry(), world.clock.now);
  return answer.ok() ? std::string(WordOf(answer->outcome)) : WordsOf(answer);
}

TEST(Share, AnswerAloneIsMadeAnewAtEachLook) {
  ShareWorld world;
  const ShareId share = GiveAnswer(world);
  EXPECT_EQ(AnswerNow(world, share), "met");
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(change({world.trust, Request("r1"), world.ada.training, StandingVerb::kRevoke, "issued_in_error"}).ok());
  world.PublishNow();
  EXPECT_EQ(AnswerNow(world, share), "not_met");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, AnswerAloneCountsNoLongerThanItsEvidence) {
  ShareWorld world;
  const auto seen = world.Looking()(world.ToLook(GiveAnswer(world)));
  ASSERT_TRUE(seen.ok()) << seen.fault().detail;
  const Known known = world.trust_in_force.Get();
  const auto answer = ReadDerivedAnswer(seen->derived, known.trust->registry(), world.clock.now);
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  EXPECT_EQ(answer->expires_at, world.clock.now + known.trust->freshness().status_age_max);
}

TEST(Share, LookIntoAnAnswerAloneIsOnRecordAndTellsNothingOfTheRecords) {
  ShareWorld world;
  const ShareId share = GiveAnswer(world);
  const auto seen = world.Looking()(world.ToLook(share));
  ASSERT_TRUE(seen.ok()) << seen.fault().detail;
  EXPECT_FALSE(seen->presentation.has_value());
  EXPECT_FALSE(seen->decision.has_value());
  EXPECT_EQ(seen->reliance, 1U);
  const auto receipt = ReadReceipt(seen->receipt, world.trust_in_force.Get().trust->registry());
  ASSERT_TRUE(receipt.ok()) << receipt.fault().detail;
  EXPECT_EQ(receipt->outcome, "met");
  EXPECT_THAT(receipt->records, IsEmpty());
  ASSERT_EQ(receipt->lines.size(), 1U);
  EXPECT_THAT(receipt->lines[0].relied_on, IsEmpty());
  const auto looks = world.ListingLooks()({world.ada_calls, share});
  ASSERT_EQ(looks->size(), 1U);
  EXPECT_EQ(looks->front().outcome, "met");
  EXPECT_THAT(looks->front().records, IsEmpty());
  const std::vector<RelianceRow> rows = world.Reliances(world.council);
  EXPECT_THAT(rows[0].entry.elsewhere, IsEmpty());
  EXPECT_EQ(world.Audited("share.looked", "answer"), 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, AnswerAloneSaysNothingOfWhy) {
  ShareWorld world;
  const ShareId share = GiveAnswer(world);
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(
      change({world.trust, Request("s1"), world.ada.training, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  world.PublishNow();
  const auto seen = world.Looking()(world.ToLook(share));
  ASSERT_TRUE(seen.ok()) << seen.fault().detail;
  const auto receipt = ReadReceipt(seen->receipt, world.trust_in_force.Get().trust->registry());
  EXPECT_NE(receipt->lines[0].reason, "suspended");
  EXPECT_EQ(world.Audited("share.looked", "suspended"), 0U);
}

TEST(Share, AnswerAloneIsAboutWholeDaysAtTheReceiversOwnPlace) {
  ShareWorld world;
  const ShareId share = GiveAnswer(world);
  const auto looking = [&](auto change) {
    LookAtShare::Order order = world.ToLook(share);
    change(order.shift);
    return WordsOf(world.Looking()(order));
  };
  EXPECT_EQ(looking([&](AskedShift& shift) { shift.place = world.trust.organisation; }), "field_invalid");
  EXPECT_EQ(looking([&](AskedShift& shift) {
              shift.starts_at = world.clock.now;
              shift.ends_at = world.clock.now + Seconds{3'600};
            }),
            "field_invalid");
  EXPECT_EQ(looking([&](AskedShift& shift) { shift.day = CivilDay::InLondon(world.clock.now).PlusDays(3); }), "ok");
}

TEST(Share, OfAnAnswerAloneGoesOnAfterALossAndStillShowsNoRecords) {
  ShareWorld world;
  RenewShares renew_shares = world.Renewing();
  RebindPassport rebinding(world.store, *world.keys, *world.vault, world.random, world.clock, *world.issuing,
                           renew_shares.AsTurn());
  const ShareId share = GiveAnswer(world);
  const std::string subject = world.Row(share).subject;
  const RebindPassport::Order lost{.person = *world.ada_calls.person,
                                   .why = RebindingReason::kLost,
                                   .request = "lost-1",
                                   .held_as = HeldAs::kKept,
                                   .end_shares = false};
  ASSERT_EQ(WordsOf(rebinding(lost, {})), "ok");
  EXPECT_NE(world.Row(share).subject, subject);
  const auto seen = world.Looking()(world.ToLook(share));
  ASSERT_TRUE(seen.ok()) << seen.fault().detail;
  EXPECT_FALSE(seen->presentation.has_value());
  EXPECT_EQ(AnswerNow(world, share), "met");
}

}  // namespace
}  // namespace passport
