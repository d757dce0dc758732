// Changes of the registry: who may ask, who must sign, and that nothing happens before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/service/acts/registry_world.h"

namespace passport {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

RegistryStep Renamed(const Caller& of, std::string name) {
  return Amended(of, [&](Amendment& amendment) { amendment.legal_name = std::move(name); });
}
RegistryStep TwoPersons(const Caller& of) {
  return Amended(of, [](Amendment& amendment) { amendment.two_person = true; });
}

struct ProposalWorld : RegistryWorld {
  ProposalWorld() : RegistryWorld(At("2026-03-02T09:00")) {}
};

TEST(Proposals, TakeEffectWithTheirSignatureAndNotBefore) {
  ProposalWorld world;
  ASSERT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "Renamed Trust")}), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Example Trust");
  ASSERT_EQ(world.Sign(world.registrar, world.newest()), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Renamed Trust");
  EXPECT_EQ(world.store.FindProposal(world.newest())->value().state, ProposalState::kInForce);
  EXPECT_EQ(world.Sign(world.registrar_two, world.newest()), "state_conflict") << "it is in force";
  EXPECT_EQ(world.Reject(world.registrar, world.newest()), "state_conflict");
  EXPECT_EQ(world.Audited("registry.changed", "done"), 4U) << "with the three of the beginning";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Proposals, AreShownAsWhatTheRegistryWouldSayAnew) {
  ProposalWorld world;
  world.clock.now = At("2026-03-03T09:00");
  ASSERT_EQ(world.Propose(world.registrar,
                          {Renamed(world.trust, "Renamed Trust"),
                           Kinds(world.trust, {{"immunity", {}, At("2026-12-01T00:00")}}, {{"employment", {}}}),
                           Needs(world.registrar, 1)}),
            "ok");
  const auto review = world.Reading().Review(world.registrar, world.newest());
  ASSERT_TRUE(review.ok());
  EXPECT_THAT(review->diff,
              Contains(HasSubstr("(ods:RC9): its legal name \"Example Trust\" becomes \"Renamed Trust\"")));
  EXPECT_THAT(review->diff,
              Contains(HasSubstr("may issue immunity from 2026-03-03T09:00:00Z until 2026-12-01T00:00:00Z")));
  EXPECT_THAT(review->diff, Contains(HasSubstr("may issue employment from 2026-03-02T09:00:00Z until "
                                               "2026-03-03T09:00:01Z instead of")));
  EXPECT_EQ(review->signatures_needed, 1U);
  EXPECT_FALSE(review->obstacle);
  ASSERT_EQ(world.Propose(world.registrar, {Needs(world.registrar, 1), TwoPersons(world.trust)}), "ok");
  EXPECT_THAT(world.Reading().Review(world.registrar, world.newest())->diff,
              ElementsAre("Example Trust (ods:RC9) has two persons sign"));
}

TEST(Proposals, WantAsManyRegistrarsAsIsAskedFor) {
  ProposalWorld world;
  EXPECT_EQ(world.Propose(world.registrar, {Needs(world.registrar, 2)}), "state_conflict") << "there is one desk only";
  world.AddDesk(world.registrar_two);
  ASSERT_EQ(world.Make({Needs(world.registrar, 2)}), "ok");

  ASSERT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "Renamed Trust")}), "ok");
  const std::uint64_t number = world.newest();
  EXPECT_EQ(world.Sign(world.registrar, number), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Example Trust") << "one is not enough";
  EXPECT_EQ(world.Sign(world.registrar, number), "second_person") << "nor the same one twice";
  EXPECT_EQ(world.Sign(world.trust, number), "not_permitted");
  EXPECT_EQ(world.Sign(world.council, number), "not_found");
  EXPECT_EQ(world.Sign(world.registrar_two, number), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Renamed Trust");

  EnrolOrganisation enrol = world.EnrolOrganisations();
  EXPECT_EQ(
      WordsOf(enrol(
          {world.registrar, Request("short"), OrganisationId::Parse("charity:1").value(), "A Charity", "charity", {}})),
      "second_person")
      << "the short way is for one";
  EXPECT_EQ(world.Make({Needs(world.registrar, 1)}), "ok");
  EXPECT_EQ(world.Row(world.registrar).registrars_needed, 2U) << "two must sign that one is enough";
  EXPECT_EQ(world.Sign(world.registrar_two, world.newest()), "ok");
  EXPECT_EQ(world.Row(world.registrar).registrars_needed, 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Proposals, AreSignedAsTheyWereShown) {
  ProposalWorld world;
  ASSERT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "One")}), "ok");
  const std::uint64_t one = world.newest();
  const auto seen = world.Reading().Review(world.registrar, one);
  ASSERT_EQ(world.Make({Renamed(world.trust, "Two")}), "ok");
  const auto stale = world.Signing()({world.registrar, Request("stale"), one, seen->seen});
  EXPECT_EQ(WordsOf(stale), "state_conflict");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Two");
  EXPECT_EQ(world.Sign(world.registrar, one), "ok") << "after another look";
  EXPECT_EQ(world.Row(world.trust).legal_name, "One");
}

TEST(Proposals, OfOthersAreSeenByTheRegistrarAlone) {
  ProposalWorld world;
  ASSERT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "Renamed Trust")}), "ok");
  const Caller auditor{world.registrar.organisation, "audit", Roles{Role::kAuditor}};
  const Caller clerk{world.council.organisation, "hr", Roles{Role::kAuditor}};
  EXPECT_EQ(WordsOf(world.Reading().Review(auditor, world.newest())), "ok") << "its own organisation asked for it";
  EXPECT_EQ(WordsOf(world.Reading().Review(clerk, world.newest())), "not_found");
  ASSERT_EQ(world.Propose(world.trust_operator, {Renamed(world.trust, "Another Name")}), "ok");
  EXPECT_EQ(WordsOf(world.Reading().Review(auditor, world.newest())), "not_found");
  EXPECT_EQ(WordsOf(world.Reading().Review(world.registrar, world.newest())), "ok");
}

TEST(Proposals, OfAnOrganisationAreAboutItselfUpToTheRegistrarsSignature) {
  ProposalWorld world;
  EXPECT_EQ(world.Propose(world.trust_operator, {Renamed(world.trust, "Renamed Trust")}), "ok");
  EXPECT_EQ(world.Row(world.trust).legal_name, "Example Trust");
  EXPECT_EQ(world.Propose(world.trust_operator, {Renamed(world.council, "Nonsense")}), "not_permitted");
  EXPECT_EQ(world.Propose(world.trust_operator, {Needs(world.trust, 1)}), "not_permitted");
  EXPECT_EQ(world.Propose(world.trust_operator,
                          {{world.trust.organisation, RegistrarReplacement{world.council.organisation}}}),
            "not_permitted");
  EXPECT_EQ(world.Propose(world.trust_operator,
                          {{OrganisationId::Parse("ods:NEW").value(),
                            Enrolment{.legal_name = "New", .type = "charity", .kinds = {}, .systems = {}}}}),
            "not_permitted");
  const std::uint64_t number = world.newest();
  EXPECT_EQ(WordsOf(world.Reading().Review(world.council, number)), "not_found") << "as one that does not exist";
  EXPECT_EQ(WordsOf(world.Reading().Review(world.council, 999)), "not_found");
  EXPECT_EQ(world.Reading().List(world.council, 0, 10)->rows.size(), 1U) << "its own enrolment";
  EXPECT_EQ(world.Reject(world.council, number), "not_found");
  EXPECT_EQ(world.Reject(world.trust_operator, number), "ok") << "taken back";
  EXPECT_EQ(world.Sign(world.registrar, number), "state_conflict");
}

TEST(Proposals, AreRefusedWhenTheyCouldNotTakeEffect) {
  ProposalWorld world;
  const auto refused = [&](RegistryStep step) { return world.Propose(world.registrar, {std::move(step)}); };
  EXPECT_EQ(world.Propose(world.registrar, {}), "field_invalid");
  EXPECT_EQ(world.Propose(world.registrar, std::vector<RegistryStep>(17, Renamed(world.trust, "T"))), "limit");
  EXPECT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "T")}, "Not a word"), "field_invalid");
  EXPECT_EQ(refused(Renamed(world.trust, "")), "field_invalid");
  EXPECT_EQ(refused(Renamed(world.trust, "caf\xe9")), "field_invalid");
  EXPECT_EQ(refused(Renamed(world.stranger, "Nobody")), "not_found");
  EXPECT_EQ(refused(Needs(world.trust, 2)), "state_conflict") << "it is no registrar";
  EXPECT_EQ(refused(Needs(world.registrar, 0)), "field_invalid");
  EXPECT_EQ(refused(Needs(world.registrar, 6)), "field_invalid");
  EXPECT_EQ(refused(Kinds(world.trust, {})), "field_invalid") << "an amendment of nothing";
  EXPECT_EQ(refused(Kinds(world.trust, {{"shoe_size", {}, {}}})), "record_kind");
  EXPECT_EQ(refused(Kinds(world.trust, {{"employment", {}, {}}})), "state_conflict") << "it may already";
  EXPECT_EQ(refused(Kinds(world.trust, {{"immunity", {}, At("2026-03-01T00:00")}})), "field_invalid") << "it is over";
  EXPECT_EQ(refused(Kinds(world.trust, {}, {{"immunity", {}}})), "state_conflict");
  EXPECT_EQ(refused({world.trust.organisation, StateChange{EntryState::kActive, {}, "agreed"}}), "state_conflict");
  EXPECT_EQ(refused({world.trust.organisation, StateChange{EntryState::kCeased, {}, "No Word"}}), "field_invalid");
  EXPECT_EQ(
      refused({world.trust.organisation, StateChange{EntryState::kCompromised, At("2026-04-01T00:00"), "agreed"}}),
      "field_invalid")
      << "yet to come";
  EXPECT_EQ(refused({world.trust.organisation, Succession{SuccessionKind::kMerged, world.trust.organisation, {}}}),
            "state_conflict");
  EXPECT_EQ(refused({world.trust.organisation, Succession{SuccessionKind::kMerged, world.stranger.organisation, {}}}),
            "not_found");
  EXPECT_EQ(world.newest(), 3U);
}

TEST(Proposals, OfAWindowLetAKindBeIssuedInItAlone) {
  ProposalWorld world;
  world.Enrol("1001");
  ASSERT_EQ(world.Make({Kinds(world.trust, {}, {{"mandatory_training", At("2026-04-01T00:00")}})}), "ok");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "ok");
  world.clock.now = At("2026-04-01T00:00");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  ASSERT_EQ(world.Make({Kinds(world.trust, {{"mandatory_training", At("2026-05-01T00:00"), {}}})}), "ok");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  world.clock.now = At("2026-05-01T00:00");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "ok");
  EXPECT_EQ(world.Row(world.trust).kinds.size(), 4U) << "the first window is kept";
}

TEST(Proposals, AreSignedOnceWhateverWriteIsLost) {
  using Failure = MemoryStore::Failure;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    ProposalWorld world;
    ASSERT_EQ(world.Propose(world.registrar, {Renamed(world.trust, "Renamed Trust")}), "ok");
    const auto review = world.Reading().Review(world.registrar, world.newest());
    world.store.OnApply([when, done = false](const Changes&) mutable -> std::optional<Failure> {
      if (std::exchange(done, true)) return std::nullopt;
      return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const SignProposal::Order order{world.registrar, Request("sign"), world.newest(), review->seen};
    static_cast<void>(world.Signing()(order));
    const auto again = world.Signing()(order);
    ASSERT_TRUE(again.ok()) << again.fault().detail;
    EXPECT_EQ(again->state, ProposalState::kInForce);
    EXPECT_EQ(world.Row(world.trust).revision, 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

}  // namespace
}  // namespace passport
