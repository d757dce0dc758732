// What a receiver relied on leaves: a row in its chain and a receipt for its file.
#include <gtest/gtest.h>

#include "credential/evidence/receipt.h"
#include "passport-service/acts/sealed_receipt.h"
#include "tests/service/acts/relying_world.h"

namespace passport {
namespace {

TEST(Reliance, EveryAnswerLeavesARowAndAReceiptThatHolds) {
  RelyingWorld world;
  const auto holder = world.Hire("1001");
  const auto answer = world.Rely(world.council, holder);
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  EXPECT_EQ(answer->reliance, 1U);
  const Known known = FindKnown(world.trust_in_force).value();
  const auto receipt = ReadReceipt(answer->receipt, known.trust->registry());
  ASSERT_TRUE(receipt.ok()) << receipt.fault().detail;
  EXPECT_EQ(receipt->receiver, world.council.organisation);
  EXPECT_EQ(receipt->outcome, "met");
  EXPECT_EQ(receipt->profile, "mover");
  EXPECT_EQ(receipt->profile_version, 1);
  EXPECT_EQ(receipt->purpose, "community_shift");
  EXPECT_EQ(receipt->snapshot_id, known.trust->id());
  ASSERT_EQ(receipt->records.size(), 1U);
  EXPECT_EQ(receipt->records[0].credential, holder.training);

  const auto rows = world.Reliances(world.council);
  ASSERT_EQ(rows.size(), 1U);
  const RelianceEntry& row = rows[0].entry;
  EXPECT_EQ(row.subject, answer->presentation.holder());
  EXPECT_EQ(row.profile, "mover");
  EXPECT_EQ(row.outcome, "met");
  EXPECT_EQ(row.purpose, "community_shift");
  EXPECT_TRUE(row.reasons.empty());
  EXPECT_EQ(row.elsewhere, (std::vector<std::string>{"mandatory_training"})) << "the trust's course, not repeated";
  EXPECT_EQ(row.receipt_digest, Sha256(answer->receipt));
  EXPECT_EQ(UnsealReceipt(*world.vault, row).value(), answer->receipt);
  EXPECT_EQ(row.sealed_receipt.find(answer->receipt.substr(10, 40)), std::string::npos) << "sealed, not in clear";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Reliance, AVerificationWithoutARoleIsReliedOnToo) {
  RelyingWorld world;
  const auto answer = world.Rely(world.council, world.Hire("1001"), std::nullopt);
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  const auto receipt = ReadReceipt(answer->receipt, FindKnown(world.trust_in_force)->trust->registry());
  ASSERT_TRUE(receipt.ok()) << receipt.fault().detail;
  EXPECT_FALSE(receipt->profile);
  EXPECT_EQ(receipt->outcome, "good");
  EXPECT_EQ(world.Reliances(world.council)[0].entry.profile, "");
}

TEST(Reliance, NotMetNamesItsReasonsAndNothingNotRepeated) {
  RelyingWorld world;
  const auto holder = world.Hire("1001", "2023-03-01");
  EXPECT_EQ(world.Decided(world.council, holder), "not_met");
  const auto rows = world.Reliances(world.council);
  EXPECT_EQ(rows[0].entry.reasons, (std::vector<std::string>{"too_old"}));
  EXPECT_TRUE(rows[0].entry.elsewhere.empty());
}

TEST(Reliance, AnOwnRecordIsNoSavedCheck) {
  RelyingWorld world;
  EXPECT_EQ(world.Decided(world.trust, world.Hire("1001")), "met");
  EXPECT_TRUE(world.Reliances(world.trust)[0].entry.elsewhere.empty());
}

TEST(Reliance, ChainsRunForEachReceiverAndForEachPersonInIt) {
  RelyingWorld world;
  const auto first = world.Hire("1001");
  const auto second = world.Hire("1002");
  EXPECT_EQ(world.Rely(world.council, first)->reliance, 1U);
  EXPECT_EQ(world.Rely(world.council, second)->reliance, 2U);
  EXPECT_EQ(world.Rely(world.council, first)->reliance, 3U);
  EXPECT_EQ(world.Rely(world.trust, first)->reliance, 1U) << "another receiver's own chain";
  const auto rows = world.Reliances(world.council);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].link.previous, rows[0].link.hash);
  EXPECT_EQ(rows[2].link.previous, rows[1].link.hash);
  EXPECT_EQ(rows[2].link.subject_sequence, 2U);
  EXPECT_EQ(rows[2].link.subject_previous, rows[0].link.hash);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Reliance, ARefusedPresentationLeavesNone) {
  RelyingWorld world;
  const auto holder = world.Hire("1001");
  EXPECT_FALSE(world.Checking()(Asked(world.council, world.AskFor(world.council), "nonsense")).ok());
  EXPECT_EQ(WordsOf(world.Rely(world.council, holder, "porter")), "not_found");
  EXPECT_TRUE(world.Reliances(world.council).empty());
}

TEST(Reliance, WithoutAReceiptKeyThereIsNoAnswer) {
  RelyingWorld world;
  const auto holder = world.Hire("1001");
  for (const KeyInfo& info : world.keys->List()) {
    if (info.role != KeyRole::kReceipt) continue;
    ASSERT_TRUE(world.keys->ChangeState(info.kid, KeyState::kRetired, world.clock.now).ok());
  }
  EXPECT_EQ(WordsOf(world.Rely(world.council, holder)), "key_state");
  EXPECT_TRUE(world.Reliances(world.council).empty());
}

TEST(Reliance, EachWriteThatGoesWrongLeavesTheHouseWhole) {
  using Failure = MemoryStore::Failure;
  for (const Failure& failure : {Failure{Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull},
                                 Failure{Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown},
                                 Failure{Failure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown}}) {
    RelyingWorld world;
    const auto holder = world.Hire("1001");
    const std::string nonce = world.Ask();
    const std::string presentation = world.PresentTo(nonce, holder.code, {{holder.training, {"achieved_on"}}})->Text();
    world.store.OnApply([failure](const Changes&) { return failure; });
    EXPECT_FALSE(world.Checking()(Asked(world.council, nonce, presentation, "mover")).ok());
    world.store.OnApply({});
    // Row, audit and used challenge are one: all there or none of them.
    const std::size_t written = failure.when == Failure::When::kAfter ? 1U : 0U;
    EXPECT_EQ(world.Reliances(world.council).size(), written);
    EXPECT_EQ(world.Audited("presentation.checked", "none"), written);
    EXPECT_EQ(WordsOf(world.Checking()(Asked(world.council, nonce, presentation, "mover"))),
              written == 1 ? "kb_nonce" : "ok");
    EXPECT_EQ(world.Reliances(world.council).size(), 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(Reliance, NoPersonalDataIsAuditedNorCounted) {
  RelyingWorld world;
  const auto holder = world.Hire("20310001");
  ASSERT_EQ(world.Decided(world.council, holder), "met");
  const std::string audited = world.AllAudited();
  for (const char* const personal : {"20310001", "2026-03-01", "Example College", "learning_record"})
    EXPECT_EQ(audited.find(personal), std::string::npos) << personal;
  EXPECT_EQ(audited.find(holder.code), std::string::npos);
}

}  // namespace
}  // namespace passport
