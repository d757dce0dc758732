// What receivers hear of the shares they keep, and when.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "tests/service/acts/key_steps.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Seconds kOneDay{86'400};

TEST(ShareNotices, TellReceiversOfWhatTouchesTheirShares) {
  ShareWorld world;
  const ShareId share = world.Give();
  const RelyingWorld::Holder ben = world.Hire("1002");
  EXPECT_THAT(world.Heard(0), ElementsAre(share.text())) << "that it was given";
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(
      change({world.trust, Request("s1"), world.ada.training, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  ASSERT_TRUE(change({world.trust, Request("s2"), ben.training, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text()));
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(2)), "ok");
  EXPECT_THAT(world.Heard(2), ElementsAre(share.text())) << "its profile has changed";
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), share}).ok());
  EXPECT_THAT(world.Heard(3), ElementsAre(share.text()));
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(3)), "ok");
  EXPECT_THAT(world.Heard(4), IsEmpty()) << "it is over";
  EXPECT_THAT(world.Notices().After(world.trust, 0, 0)->rows, IsEmpty()) << "each hears of its own";
}

// What others sign for the person, or who else they work for, is not the receiver's to know.
TEST(ShareNotices, TellNothingOfWhatIsIssuedBesideAShare) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  world.IssueTraining("1001", {{"subject", "fire_safety"}, {"level", "1"}});
  EXPECT_THAT(world.Heard(1), IsEmpty()) << "of a kind that was given";
  EXPECT_EQ(world.Look(share), "met") << "and no look shows it";
  world.IssueTraining("1001", {{"provider", "Another College"}});
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text())) << "what takes the place of what was given ends that";
}

TEST(ShareNotices, AreNeitherLostNorRepeatedWhenTheFollowerIsCutOff) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(
      change({world.trust, Request("s1"), world.ada.training, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  world.PublishNow();
  using When = MemoryStore::Failure::When;
  for (const When when : {When::kBefore, When::kAfter}) {
    world.store.OnApply([&](const Changes&) {
      return MemoryStore::Failure{when, CommitOutcome::kUnknown, Reason::kStoreUnavailable};
    });
    EXPECT_FALSE(world.Following()(100).ok());
    world.store.OnApply({});
  }
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text()));
}

TEST(ShareNotices, TokensAreThoseThatWereGiven) {
  EXPECT_EQ(ParseToken(TokenOf(258)).value(), 258U);
  for (const char* wrong : {"", "-1", "01", "1 ", "x", "99999999999999999999"})
    EXPECT_EQ(WordsOf(ParseToken(wrong)), "field_invalid") << wrong;
}

TEST(ShareNotices, ComeOnceALookShowsTheChange) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(change({world.trust, Request("r1"), world.ada.training, StandingVerb::kRevoke, "issued_in_error"}).ok());
  EXPECT_THAT(world.HeardUnpublished(1), IsEmpty());
  EXPECT_EQ(world.Look(share), "met") << "nothing is published yet";
  world.files.full = true;
  EXPECT_EQ(WordsOf(world.Publishing()()), "store_full");
  EXPECT_THAT(world.HeardUnpublished(1), IsEmpty()) << "nor while publishing fails";
  world.files.full = false;
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text()));
  EXPECT_EQ(world.Look(share), "not_met");
}

TEST(ShareNotices, DoNotComeBeforeAnythingIsInForce) {
  ShareWorld world;
  world.Give();
  CurrentTrust none;
  EXPECT_EQ(FollowEvents(world.store, none, world.clock)(100)->events, 0U);
}

TEST(ShareNotices, TellOfAKeyThatIsGivenUp) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  KeepKeys keep(world.store, *world.keys, world.trust_in_force, world.clock, kYearlyRotation);
  const std::string councils = ActiveKid(*world.keys, world.council.organisation, KeyRole::kIssue);
  ASSERT_TRUE(
      keep.MarkCompromised({OperatorOf(world.council), Request("k1"), councils, world.clock.now, "stolen"}).ok());
  EXPECT_THAT(world.Heard(1), IsEmpty()) << "the key of somebody else";
  const std::string lost = ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue);
  ASSERT_TRUE(keep.MarkCompromised({OperatorOf(world.trust), Request("k2"), lost, world.clock.now, "stolen"}).ok());
  EXPECT_THAT(world.HeardUnpublished(1), IsEmpty());
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text()));
  EXPECT_NE(world.Look(share), "met");
}

std::string NextTaxonomy(std::string_view effective_from) {
  std::ifstream file("rules/taxonomies/training.json");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto replace = [&](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("\"version\": 1", "\"version\": 2");
  replace("\"effective_from\": \"2026-01-01\"", "\"effective_from\": \"" + std::string(effective_from) + "\"");
  return text;
}

TEST(ShareNotices, TellOfATaxonomyThatIsPutOrWithdrawn) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kTaxonomy, NextTaxonomy("2026-01-01")), "ok");
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text()));
  ASSERT_EQ(world.Withdraw(world.registrar, RuleKind::kTaxonomy, "training", 2), "ok");
  EXPECT_THAT(world.Heard(2), ElementsAre(share.text()));
}

TEST(ShareNotices, TellOfTheBaseOfALocalProfile) {
  ShareWorld world;
  ASSERT_EQ(world.Put(world.council, RuleKind::kRoleProfile,
                      R"({"id":"council-mover","version":1,"title":"Mover here","effective_from":"2026-01-01",
    "expiring_within_days":30,"organisation":"ons:E06000032","extends":{"profile":"mover"},"requirements":[{"id":"moving",
    "needs":"moving and handling of the last year","any_of":[{"training":"moving_and_handling","level":2,
    "within_months":12}]}]})"),
            "ok");
  ASSERT_THAT(world.Heard(0), IsEmpty());
  AskForShare::Order order = world.ToAsk();
  order.profile = "council-mover";
  const auto asked = world.Asking()(order);
  ASSERT_TRUE(asked.ok()) << asked.fault().detail;
  ASSERT_EQ(WordsOf(world.Answering()(world.ToAnswer(*asked))), "ok");
  ASSERT_EQ(world.Heard(0).size(), 1U);
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(2)), "ok");
  EXPECT_THAT(world.Heard(1), ElementsAre(asked->share.row.id.text()));
}

TEST(ShareNotices, TellOfWhatBeginsLaterOnTheDayItBegins) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  OrganisationRow row = world.store.FindOrganisation(world.trust.organisation)->value();
  row.history.push_back({EntryState::kSuspended, world.clock.now + kOneDay, "inquiry"});
  ++row.revision;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceOrganisation{row},
                                     AppendEvent{{world.clock.now, "organisation.changed", row.id.text()}}})
                  .ok());
  EXPECT_THAT(world.Heard(1), ElementsAre(share.text())) << "that it was signed";
  EXPECT_EQ(world.Look(share), "met");
  world.clock.now = world.clock.now + kOneDay - Seconds{1};
  EXPECT_THAT(world.Heard(2), IsEmpty());
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_THAT(world.Heard(2), ElementsAre(share.text())) << "that it has begun";
  EXPECT_EQ(world.Look(share), "cannot_tell");
  EXPECT_THAT(world.Heard(3), IsEmpty()) << "once";
}

TEST(ShareNotices, TellOfRulesOnTheDayTheyComeIntoForce) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_THAT(world.Heard(0), ElementsAre(share.text()));
  const CivilDay day = CivilDay::InLondon(world.clock.now).PlusDays(3);
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(2, day.Text(), 1)), "ok");
  ASSERT_THAT(world.Heard(1), ElementsAre(share.text())) << "that it was put";
  EXPECT_EQ(world.Look(share), "met");
  world.clock.now = day.StartInLondon();
  EXPECT_THAT(world.Heard(2), ElementsAre(share.text()));
  EXPECT_EQ(world.Look(share), "not_met");
  const CivilDay next = day.PlusDays(2);
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kTaxonomy, NextTaxonomy(next.Text())), "ok");
  ASSERT_THAT(world.Heard(3), ElementsAre(share.text()));
  world.clock.now = next.StartInLondon();
  EXPECT_THAT(world.Heard(4), ElementsAre(share.text()));
}

TEST(ShareNotices, OfManyChangesAtOnceAreOneForEachShare) {
  ShareWorld world;
  const ShareId share = world.Give();
  const ShareId other = world.Give();
  ASSERT_EQ(world.Heard(0).size(), 2U);
  Changes changes;
  for (int i = 0; i < 40; ++i)
    changes.emplace_back(AppendEvent{{world.clock.now, "organisation.changed", "ods:X" + std::to_string(i)}});
  changes.emplace_back(AppendEvent{{world.clock.now, "profile.put", "profile/mover"}});
  ASSERT_TRUE(ApplyNow(world.store, changes).ok());
  EXPECT_THAT(world.Heard(2), ::testing::UnorderedElementsAre(share.text(), other.text()));
}

TEST(ShareNotices, RefuseATokenOfAnotherPast) {
  ShareWorld world;
  world.Give();
  const std::uint64_t last = world.Notices().Last(world.council).value();
  EXPECT_THAT(world.Notices().Poll(world.council, last, 0)->rows, IsEmpty());
  const auto ahead = world.Notices().Poll(world.council, last + 1, 0);
  EXPECT_EQ(WordsOf(ahead), "state_conflict") << "the service was put back";
  EXPECT_THAT(ahead.fault().detail, ::testing::HasSubstr("look at every share again"));
  EXPECT_EQ(world.Notices().Poll(world.council, {}, 0)->next, last);
}

TEST(ShareNotices, AreForgottenInTimeAndATokenOfBeforeIsRefused) {
  ShareWorld world;
  world.Give();
  const ShareId second = world.Give();
  world.clock.now = world.clock.now + ReadShareNotices::kKept;
  EXPECT_TRUE(world.Notices().ForgetOld().ok());
  EXPECT_EQ(world.Notices().After(world.council, 0, 0)->rows.size(), 2U) << "kept so long";
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_TRUE(world.Notices().ForgetOld().ok());
  EXPECT_THAT(world.store.ShareNotices(world.council.organisation, 0, 10)->rows, IsEmpty()) << "nobody has polled";
  EXPECT_EQ(WordsOf(world.Notices().After(world.council, 0, 0)), "state_conflict");
  EXPECT_EQ(WordsOf(world.Notices().After(world.council, 1, 0)), "state_conflict");
  EXPECT_THAT(world.Notices().After(world.council, 2, 0)->rows, IsEmpty()) << "all were read";
  EXPECT_EQ(world.Notices().After(world.council, {}, 0)->next, 2U);
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), second}).ok());
  EXPECT_EQ(WordsOf(world.Notices().After(world.council, 1, 0)), "state_conflict") << "the second is gone";
  EXPECT_EQ(world.Notices().After(world.council, 2, 0)->rows.size(), 1U);
}

}  // namespace
}  // namespace passport
