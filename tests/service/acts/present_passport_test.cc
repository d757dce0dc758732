#include "passport-service/acts/present_passport.h"

#include <gtest/gtest.h>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

const std::string kMoverProfile = R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01",
  "expiring_within_days":30,"requirements":[{"id":"mh","needs":"moving and handling","any_of":[
  {"kind":"mandatory_training","pick":[{"fact":"subject","one_of":["moving_and_handling"]}],
   "conditions":[{"fact":"achieved_on","within_months":24}]}]}]})";

struct PresentWorld : ActsWorld {
  PresentWorld() {
    code = Enrol("1001");
    training = std::make_unique<CredentialId>(IssueTraining("1001"));
    PutTaxonomies();
    EXPECT_EQ(Put(registrar, RuleKind::kRoleProfile, kMoverProfile), "ok");
    PublishNow();
  }
  PresentPassport::Order ByProfile() {
    return {.by = trust,
            .passport_code = code,
            .audience = council.organisation.text(),
            .nonce = Ask(),
            .purpose = "shift",
            .show = {},
            .profile = "mover",
            .day = {}};
  }
  // What a receiver sees of the first record.
  std::vector<std::string> FactsSeen(const PresentPassport::Order& order) {
    const Result<Presentation> presentation = Presenting()(order);
    if (!presentation.ok()) return {WordsOf(presentation)};
    const auto answer = Checking()(Asked(council, order.nonce, presentation->Text()));
    if (!answer.ok()) return {WordsOf(answer)};
    std::vector<std::string> facts;
    for (const Fact& fact : answer->presentation.records()[0].record.facts()) facts.emplace_back(fact.rule->name);
    return facts;
  }
  std::string code;
  std::unique_ptr<CredentialId> training;
};

TEST(PresentPassport, ShowsOnlyWhatAProfileAsksAndHowThatWasChecked) {
  PresentWorld world;
  EXPECT_EQ(world.FactsSeen(world.ByProfile()),
            (std::vector<std::string>{"subject", "level", "achieved_on", "assurance", "method", "checker_role",
                                      "checked_on"}));
}

TEST(PresentPassport, ShowsOnlyWhatIsNamed) {
  PresentWorld world;
  PresentPassport::Order order = world.ByProfile();
  order.show = {{*world.training, {"provider"}}};
  EXPECT_EQ(world.FactsSeen(order), (std::vector<std::string>{"subject", "level", "provider"}));
  order.show = {{*world.training, {"shoe_size"}}};
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "claims");
  order.show = {{CredentialId::Parse("another").value(), {}}};
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "not_found");
}

TEST(PresentPassport, IsForOnesOwnPeopleWithTheirCode) {
  PresentWorld world;
  PresentPassport::Order order = world.ByProfile();
  order.by = world.council;
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "not_found") << "the council does not employ her";
  EXPECT_EQ(WordsOf(world.Presenting().Holdings(world.council, world.code)), "not_found");
  order = world.ByProfile();
  order.passport_code = "guess";
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "not_found");
  order.by = world.stranger;
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "caller_unknown");
}

TEST(PresentPassport, LeavesOutTheRevokedAndPrefersTheCurrent) {
  PresentWorld world;
  // Another level is another fact: it does not take the place of the first.
  const CredentialId newer = world.IssueTraining("1001", {{"level", "1"}, {"achieved_on", "2026-10-01"}});
  const auto chosen = [&] {
    const PresentPassport::Order order = world.ByProfile();
    const auto answer = world.Checking()(Asked(world.council, order.nonce, world.Presenting()(order)->Text()));
    return answer->presentation.records()[0].credential;
  };
  EXPECT_EQ(chosen(), newer);
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(change({world.trust, Request("s1"), newer, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  EXPECT_EQ(chosen(), *world.training);
  ASSERT_TRUE(change({world.trust, Request("s2"), newer, StandingVerb::kRevoke, "issued_in_error"}).ok());
  ASSERT_TRUE(change({world.trust, Request("s3"), *world.training, StandingVerb::kRevoke, "issued_in_error"}).ok());
  EXPECT_EQ(WordsOf(world.Presenting()(world.ByProfile())), "record_missing");
}

TEST(PresentPassport, ShowsTheRestWhenAnIssuerIsNotYetInTheRegistry) {
  PresentWorld world;
  EnrolOrganisation enrol = world.EnrolOrganisations();
  const Caller home{OrganisationId::Parse("cqc:1-101234567").value(), "office"};
  ASSERT_TRUE(
      enrol(
          {world.registrar, Request("e1"), home.organisation, "Example Home", "care_provider", {"mandatory_training"}})
          .ok());
  EnrolPerson enrol_person = world.EnrolPeople();
  ASSERT_TRUE(enrol_person({home, Request("p1"), "H1", world.code}).ok());
  const IssueCredentials::Order order = TrainingOrder("r1", "H1");
  ASSERT_TRUE(world.Issuing()(home, std::span(&order, 1))->front().ok());
  EXPECT_EQ(world.Presenting().Holdings(world.trust, world.code)->size(), 1U);
  EXPECT_EQ(WordsOf(world.Presenting()(world.ByProfile())), "ok");
  world.PublishNow();
  EXPECT_EQ(world.Presenting().Holdings(world.trust, world.code)->size(), 2U);
}

TEST(PresentPassport, IsAuditedOrNotDone) {
  PresentWorld world;
  const PresentPassport::Order order = world.ByProfile();
  world.store.OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
  });
  EXPECT_EQ(WordsOf(world.Presenting()(order)), "store_full");
  EXPECT_EQ(WordsOf(world.Presenting().Holdings(world.trust, world.code)), "store_full");
}

TEST(PresentPassport, NeedsSomethingPublished) {
  ActsWorld world;
  const std::string code = world.Enrol("1001");
  EXPECT_EQ(WordsOf(world.PresentTo("n", code, {})), "registry_stale");
}

}  // namespace
}  // namespace passport
