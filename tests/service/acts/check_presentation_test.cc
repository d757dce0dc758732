#include "passport-service/acts/check_presentation.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

struct CheckWorld : ActsWorld {
  CheckWorld() {
    code = Enrol("1001");
    training = std::make_unique<CredentialId>(IssueTraining("1001"));
    PublishNow();
  }
  std::string Present(const std::string& nonce) {
    return PresentTo(nonce, code, {{*training, {"achieved_on"}}})->Text();
  }
  Result<CheckPresentation::Answer> Check(const std::string& nonce, const std::string& presentation) {
    return Checking()({council, nonce, presentation, {}, {}});
  }
  std::string code;
  std::unique_ptr<CredentialId> training;
};

TEST(CheckPresentation, AnswersOnceForEachChallenge) {
  CheckWorld world;
  const std::string nonce = world.Ask();
  const std::string presentation = world.Present(nonce);
  const auto answer = world.Check(nonce, presentation);
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  EXPECT_EQ(answer->presentation.WorstStanding(), Standing::kGood);
  EXPECT_EQ(answer->presentation.purpose(), "community_shift");
  EXPECT_FALSE(answer->decision);
  EXPECT_EQ(WordsOf(world.Check(nonce, presentation)), "kb_nonce") << "a replay";
  EXPECT_EQ(world.Audited("presentation.checked", "none"), 1U);
  EXPECT_EQ(world.Audited("presentation.checked", "kb_nonce"), 1U);
}

// HOST-88.
TEST(CheckPresentation, KB06_AcceptsOneOfManyEqualPresentationsAtOnce) {
  CheckWorld world;
  const std::string nonce = world.Ask();
  const std::string presentation = world.Present(nonce);
  std::vector<std::string> words(8);
  std::vector<std::thread> receivers;
  for (std::string& word : words) receivers.emplace_back([&] { word = WordsOf(world.Check(nonce, presentation)); });
  for (std::thread& receiver : receivers) receiver.join();
  EXPECT_EQ(std::count(words.begin(), words.end(), "ok"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "kb_nonce"), 7);
}

TEST(CheckPresentation, KB06_TakesItsOwnLivingChallengesOnly) {
  CheckWorld world;
  const std::string nonce = world.Ask();
  const std::string presentation = world.Present(nonce);
  EXPECT_EQ(WordsOf(world.Check("never-given-out", presentation)), "kb_nonce");
  EXPECT_EQ(WordsOf(world.Check("", presentation)), "kb_nonce");
  EXPECT_EQ(WordsOf(world.Checking()({world.trust, nonce, presentation, {}, {}})), "kb_nonce") << "the council's";
  EXPECT_EQ(WordsOf(world.Checking()({world.stranger, nonce, presentation, {}, {}})), "caller_unknown");
  EXPECT_EQ(WordsOf(world.Check(world.Ask(), presentation)), "kb_nonce") << "made for another challenge";
  world.clock.now = world.clock.now + AskForPresentation::kChallengeLifetime;
  EXPECT_EQ(WordsOf(world.Check(nonce, presentation)), "kb_nonce") << "expired";
}

TEST(CheckPresentation, GivesNoAnswerThatIsNotAudited) {
  using Failure = MemoryStore::Failure;
  for (const Failure& failure : {Failure{Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull},
                                 Failure{Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown},
                                 Failure{Failure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown}}) {
    CheckWorld world;
    const std::string nonce = world.Ask();
    const std::string presentation = world.Present(nonce);
    world.store.OnApply([failure](const Changes&) { return failure; });
    EXPECT_FALSE(world.Check(nonce, presentation).ok());
    EXPECT_FALSE(world.Check(nonce, "nonsense").ok());
    world.store.OnApply({});
    EXPECT_EQ(world.Audited("presentation.checked", "none"), failure.when == Failure::When::kAfter ? 1U : 0U);
  }
}

TEST(CheckPresentation, LeavesTheChallengeToAPresentationThatDoesNotHold) {
  CheckWorld world;
  const std::string nonce = world.Ask();
  const std::string presentation = world.Present(nonce);
  std::string altered = presentation;
  altered[altered.find('.') + 20] ^= 1;
  EXPECT_FALSE(world.Check(nonce, altered).ok());
  EXPECT_EQ(WordsOf(world.Check(nonce, "{}")), "malformed");
  EXPECT_EQ(world.Audited("presentation.checked", "malformed") > 0, true) << "refusals are audited";
  EXPECT_EQ(WordsOf(world.Check(nonce, presentation)), "ok");
}

TEST(CheckPresentation, SeesARevocationAfterThePublication) {
  CheckWorld world;
  ASSERT_TRUE(ChangeStanding(world.store, *world.keys, world.clock)(
                  {world.trust, Request("s1"), *world.training, StandingVerb::kRevoke, "left_organisation"})
                  .ok());
  const auto standing = [&] {
    const std::string nonce = world.Ask();
    return world.Check(nonce, world.Present(nonce))->presentation.WorstReason();
  };
  EXPECT_EQ(standing(), Reason::kNone) << "as of the snapshot in force";
  world.PublishNow();
  EXPECT_EQ(standing(), Reason::kRevoked);
}

TEST(CheckPresentation, CannotTellWhenNothingWasPublishedForTooLong) {
  CheckWorld world;
  world.clock.now = world.clock.now + Seconds{901};
  const std::string nonce = world.Ask();
  EXPECT_EQ(world.Check(nonce, world.Present(nonce))->presentation.WorstReason(), Reason::kStatusStale);
  ActsWorld unpublished;
  EXPECT_EQ(WordsOf(unpublished.Checking()({unpublished.council, unpublished.Ask(), "{}", {}, {}})), "registry_stale");
}

TEST(CheckPresentation, DecidesARoleOnADay) {
  CheckWorld world;
  const std::string profile = R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01",
    "expiring_within_days":30,"requirements":[{"id":"mh","needs":"moving and handling","any_of":[
    {"kind":"mandatory_training","conditions":[{"fact":"achieved_on","within_months":24}]}]}]})";
  ASSERT_TRUE(PutRoleProfile(world.store, world.clock)({world.registrar, Request("p"), profile}).ok());
  const auto decide = [&](const std::string& role, const std::string& day) {
    const std::string nonce = world.Ask();
    const auto answer =
        world.Checking()({world.council, nonce, world.Present(nonce), role, CivilDay::Parse(day).value()});
    return answer.ok() ? std::string(WordOf(answer->decision->outcome)) : WordsOf(answer);
  };
  EXPECT_EQ(decide("mover", "2026-11-21"), "met");
  EXPECT_EQ(decide("mover", "2028-03-02"), "not_met");
  EXPECT_EQ(decide("mover", "2025-12-31"), "not_yet_in_force");
  EXPECT_EQ(decide("porter", "2026-11-21"), "not_found");
}

}  // namespace
}  // namespace passport
