#include "passport-service/acts/change_standing.h"

#include <gtest/gtest.h>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

struct StandingWorld : ActsWorld {
  StandingWorld() {
    code = Enrol("1001");
    credential = std::make_unique<CredentialId>(IssueTraining("1001"));
  }
  Result<ChangeStanding::Standing> Change(StandingVerb verb, std::string_view request,
                                          std::string_view why = "resolved", const Caller* by = nullptr) {
    return ChangingStandings()({by == nullptr ? trust : *by, Request(request), *credential, verb, std::string(why)});
  }
  // What the status list and the row say.
  std::string State() {
    const auto row = store.FindCredential(trust.organisation, *credential);
    return std::to_string(EntryOf((*row)->slot)) + " " + std::to_string(static_cast<int>((*row)->state));
  }
  std::string code;
  std::unique_ptr<CredentialId> credential;
};

TEST(ChangeStanding, MovesAsItsTableSays) {
  struct Row {
    CredentialState from;
    StandingVerb verb;
    std::string_view to;
  };
  const Row rows[] = {
      {CredentialState::kCurrent, StandingVerb::kRevoke, "2"},
      {CredentialState::kCurrent, StandingVerb::kSuspend, "1"},
      {CredentialState::kCurrent, StandingVerb::kReinstate, "0"},
      {CredentialState::kSuspended, StandingVerb::kRevoke, "2"},
      {CredentialState::kSuspended, StandingVerb::kSuspend, "1"},
      {CredentialState::kSuspended, StandingVerb::kReinstate, "0"},
      {CredentialState::kRevoked, StandingVerb::kRevoke, "2"},
      {CredentialState::kRevoked, StandingVerb::kSuspend, "state_conflict"},
      {CredentialState::kRevoked, StandingVerb::kReinstate, "state_conflict"},
  };
  for (const Row& row : rows) {
    const Result<CredentialState> to = Move(row.from, row.verb);
    EXPECT_EQ(to.ok() ? std::to_string(static_cast<int>(*to)) : WordsOf(to), row.to);
  }
}

TEST(ChangeStanding, SetsBitAndStateInOneWrite) {
  StandingWorld world;
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kSuspend, "s1", "suspected_invalid")), "ok");
  EXPECT_EQ(world.State(), "2 1");
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kReinstate, "s2")), "ok");
  EXPECT_EQ(world.State(), "0 0");
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s3", "left_organisation")), "ok");
  EXPECT_EQ(world.State(), "1 2");
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kReinstate, "s4")), "state_conflict");
  EXPECT_EQ(world.House(), "clean");
}

TEST(ChangeStanding, ReturnsTheFirstRevocationToEveryLaterOne) {
  StandingWorld world;
  const Instant first_time = world.clock.now;
  const auto first = world.Change(StandingVerb::kRevoke, "s1", "left_organisation");
  world.clock.now = first_time + Seconds{100};
  const auto again = world.Change(StandingVerb::kRevoke, "s1", "left_organisation");
  const auto another = world.Change(StandingVerb::kRevoke, "s2", "issued_in_error");
  EXPECT_EQ(first->since, first_time);
  EXPECT_EQ(again->since, first_time);
  EXPECT_EQ(another->since, first_time);
  EXPECT_EQ(another->state, CredentialState::kRevoked);
  EXPECT_EQ(world.Audited("credential.revoked", "unchanged"), 1U) << "the second attempt is on record too";
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s1", "issued_in_error")), "request_reused");
}

TEST(ChangeStanding, KnowsNoOtherOrganisationsCredential) {
  StandingWorld world;
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s1", "resolved", &world.council)), "not_found");
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s1", "resolved", &world.stranger)), "caller_unknown");
  EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s1", "I do not like her")), "field_invalid");
  EXPECT_EQ(world.State(), "0 0");
}

TEST(ChangeStanding, IsDoneOrNotWhateverWriteIsLost) {
  using Failure = MemoryStore::Failure;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    StandingWorld world;
    world.store.OnApply([when, done = false](const Changes&) mutable -> std::optional<Failure> {
      if (std::exchange(done, true)) return std::nullopt;
      return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const std::string first = WordsOf(world.Change(StandingVerb::kRevoke, "s1", "left_organisation"));
    EXPECT_EQ(first, when == Failure::When::kAfter ? "ok" : "outcome_unknown");
    EXPECT_EQ(WordsOf(world.Change(StandingVerb::kRevoke, "s1", "left_organisation")), "ok");
    EXPECT_EQ(world.State(), "1 2");
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(ReadCredentials, ShowsOnlyOnesOwnAndEveryLookIsAudited) {
  StandingWorld world;
  world.IssueTraining("1001", {{"subject", "fire_safety"}, {"level", "1"}});
  ReadCredentials read(world.store, *world.vault, world.clock);
  EXPECT_EQ(read.Get(world.trust, *world.credential)->row.id, *world.credential);
  EXPECT_EQ(WordsOf(read.Get(world.council, *world.credential)), "not_found");
  EXPECT_EQ(WordsOf(read.Get(world.stranger, *world.credential)), "caller_unknown");
  const auto first = read.List(world.trust, "", 1);
  ASSERT_EQ(first->rows.size(), 1U);
  const auto second = read.List(world.trust, first->next, 1);
  ASSERT_EQ(second->rows.size(), 1U);
  EXPECT_NE(first->rows[0].id, second->rows[0].id);
  EXPECT_TRUE(read.List(world.council, "", 0)->rows.empty());
  EXPECT_EQ(world.Audited("credential.read", "done"), 1U);
  EXPECT_EQ(world.Audited("credential.listed", "done"), 3U);
  world.store.OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
  });
  EXPECT_EQ(WordsOf(read.Get(world.trust, *world.credential)), "store_full") << "no audit, no answer";
}

}  // namespace
}  // namespace passport
