#include "passport-service/acts/check_presentation.h"

#include <gtest/gtest.h>

#include <thread>

#include "credential/vocabulary/instant_text.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

struct CheckWorld : ActsWorld {
  CheckWorld() {
    PutTaxonomies();
    code = Enrol("1001");
    training = std::make_unique<CredentialId>(IssueTraining("1001"));
    PublishNow();
  }
  std::string Present(const std::string& nonce) {
    return PresentTo(nonce, code, {{*training, {"achieved_on"}}})->Text();
  }
  std::string PresentFor(const std::string& nonce, const std::string& purpose) {
    return Presenting()({.by = trust,
                         .passport_code = code,
                         .audience = council.organisation.text(),
                         .nonce = nonce,
                         .purpose = purpose,
                         .show = {{*training, {"achieved_on"}}},
                         .profile = {},
                         .day = {}})
        ->Text();
  }
  Result<CheckPresentation::Answer> Check(const std::string& nonce, const std::string& presentation) {
    return Checking()(Asked(council, nonce, presentation));
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
  EXPECT_EQ(WordsOf(world.Checking()(Asked(world.trust, nonce, presentation))), "kb_nonce") << "the council's";
  EXPECT_EQ(WordsOf(world.Checking()(Asked(world.stranger, nonce, presentation))), "caller_unknown");
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
  ASSERT_TRUE(world
                  .ChangingStandings()(
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
  EXPECT_EQ(WordsOf(unpublished.Checking()(Asked(unpublished.council, unpublished.Ask(), "{}"))), "registry_stale");
}

TEST(CheckPresentation, DecidesARoleForAShift) {
  CheckWorld world;
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile()), "ok");
  world.PublishNow();
  const auto at = [](const char* text) { return ParseInstant(text).value(); };
  const auto day = [](const char* text) {
    CheckPresentation::Shift whole;
    whole.day = CivilDay::Parse(text).value();
    return whole;
  };
  const auto shift = [&](const char* from, const char* to) {
    CheckPresentation::Shift part;
    part.starts_at = at(from);
    part.ends_at = at(to);
    return part;
  };
  CheckPresentation::Shift both = shift("2026-11-22T20:00", "2026-11-23T08:00");
  both.day = CivilDay::Parse("2026-11-22").value();
  CheckPresentation::Shift half = day("2026-11-22");
  half.day.reset();
  half.starts_at = at("2026-11-22T20:00");
  // The training is of 1 March 2026 and counts for 24 months.
  const struct {
    const char* role;
    CheckPresentation::Shift shift;
    const char* expected;
  } rows[] = {
      {"mover", {}, "met"},
      {"mover", day("2026-11-21"), "met"},
      {"mover", day("2028-03-01"), "met_expiring"},
      {"mover", day("2028-03-02"), "not_met"},
      {"mover", day("2025-12-31"), "not_yet_in_force"},
      {"porter", day("2026-11-21"), "not_found"},
      {"mover", shift("2026-11-22T20:00", "2026-11-23T08:00"), "met"},
      {"mover", shift("2028-03-01T20:00", "2028-03-02T08:00"), "met_expiring"},
      {"mover", shift("2028-03-02T00:00", "2028-03-02T08:00"), "not_met"},
      {"mover", shift("2026-11-23T08:00", "2026-11-22T20:00"), "field_invalid"},
      {"mover", shift("2026-11-22T20:00", "2026-12-24T20:00"), "field_invalid"},
      {"mover", both, "field_invalid"},
      {"mover", half, "field_invalid"},
  };
  for (const auto& row : rows) {
    const std::string nonce = world.Ask();
    CheckPresentation::Question question = Asked(world.council, nonce, world.Present(nonce), row.role);
    question.shift = row.shift;
    const auto answer = world.Checking()(question);
    EXPECT_EQ(answer.ok() ? std::string(WordOf(answer->decision->outcome)) : WordsOf(answer), row.expected) << row.role;
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(CheckPresentation, TellsThePlaceAndHowThePersonComes) {
  CheckWorld world;
  // The receiver's own place, another one, a placement only: what each of the two asks for.
  const std::string profile = R"({"id":"own-record","version":1,"title":"Own","effective_from":"2026-01-01",
    "expiring_within_days":30,"requirements":[{"id":"here","needs":"training","any_of":[
    {"kind":"mandatory_training","when":"placement"},
    {"kind":"mandatory_training","when":"employment","conditions":[{"issuer_is":"receiver"}]}]}]})";
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, profile), "ok");
  world.PublishNow();
  const auto decide = [&](Engagement engagement, std::optional<OrganisationId> place) {
    const std::string nonce = world.Ask();
    CheckPresentation::Question question = Asked(world.council, nonce, world.Present(nonce), "own-record");
    question.shift.engagement = engagement;
    question.shift.place = std::move(place);
    return world.Checking()(question).value().decision.value();
  };
  EXPECT_EQ(decide(Engagement::kPlacement, {}).outcome, Outcome::kMet);
  const Decision employed = decide(Engagement::kEmployment, {});
  EXPECT_EQ(employed.outcome, Outcome::kNotMet);
  EXPECT_EQ(employed.lines[0].reason, Reason::kOwnCheckNeeded);
  EXPECT_EQ(decide(Engagement::kPlacement, {}).duty.place(), world.council.organisation);
  EXPECT_EQ(decide(Engagement::kPlacement, world.trust.organisation).duty.place(), world.trust.organisation);
}

TEST(CheckPresentation, TakesAWordForAPurposeAndAWordOrReferenceForAnAgreement) {
  CheckWorld world;
  const auto check = [&](const std::string& purpose, const std::string& agreement) {
    const std::string nonce = world.Ask();
    CheckPresentation::Question question = Asked(world.council, nonce, world.PresentFor(nonce, ""));
    question.purpose = purpose;
    question.agreement = agreement;
    return WordsOf(world.Checking()(question));
  };
  EXPECT_EQ(check("", ""), "ok");
  EXPECT_EQ(check(std::string(60, 'a'), std::string(40, 'A')), "ok");
  EXPECT_EQ(check("shift", "MOU-2026/4.1"), "ok");
  EXPECT_EQ(check("shift", "workforce_sharing_agreement"), "ok") << "a word of the list agreement_type";
  EXPECT_EQ(check(std::string(61, 'a'), ""), "field_invalid");
  EXPECT_EQ(check("for Robin", ""), "field_invalid");
  EXPECT_EQ(check("Shift", ""), "field_invalid");
  EXPECT_EQ(check("", std::string(41, 'A')), "field_invalid");
  EXPECT_EQ(check("", "of Robin Example"), "field_invalid");
}

TEST(CheckPresentation, RefusesAProofThatIsForAnotherPurposeThanItIsReliedOnFor) {
  CheckWorld world;
  const auto check = [&](const std::string& proven, const std::string& relied_on_for) {
    const std::string nonce = world.Ask();
    CheckPresentation::Question question = Asked(world.council, nonce, world.PresentFor(nonce, proven));
    question.purpose = relied_on_for;
    return WordsOf(world.Checking()(question));
  };
  EXPECT_EQ(check("shift", "recruitment"), "claims");
  EXPECT_TRUE(world.store.ReliancesOf(world.council.organisation, 0, 10)->rows.empty());
  EXPECT_EQ(world.Audited("presentation.checked", "claims", "recruitment"), 1U);
  EXPECT_EQ(check("shift", "shift"), "ok");
  EXPECT_EQ(check("shift", ""), "ok") << "what the proof names";
  EXPECT_EQ(check("", "shift"), "ok") << "the proof is for whatever it is asked for";
}

}  // namespace
}  // namespace passport
