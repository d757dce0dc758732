// What a person has erased who works for nobody here any more, and what stays, by name.
#include "passport-service/acts/erase_passport.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/export_passport.h"
#include "passport-service/acts/finish_erasures.h"
#include "passport-service/acts/invite_person.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/acts/sealed_person.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using StoreFailure = MemoryStore::Failure;

constexpr std::int64_t kDayLength = 86'400;

RetentionRules SomeRules() {
  constexpr std::string_view kText =
      R"({"id":"test","version":1,"title":"Test","effective_from":"2020-01-01","rules":[)"
      R"({"id":"records","what":"credential","kinds":[],"keep_days":100,"why":"Records are asked for.","source":"A code"},)"
      R"({"id":"people","what":"person","keep_days":200,"why":"Employers are asked.","source":"An act"},)"
      R"({"id":"receipts","what":"subject","keep_days":300,"why":"Inspectors ask.","source":"A schedule"},)"
      R"({"id":"files","what":"import","keep_days":10,"why":"A file is looked at again.","source":"Sense"}]})";
  return RetentionRules::Parse(kText).value();
}

// Ada of the trust has one course and has given it to the council, which has looked.
struct EraseWorld : ShareWorld {
  std::optional<RetentionRules> rules = SomeRules();
  RenewShares renewing = Renewing();
  RebindPassport rebinding{store, *keys, *vault, random, clock, *issuing, renewing.AsTurn()};
  ErasePassport erasing{store, *vault, clock, rebinding, rules};

  void Leave() { LeaveOf(trust, "1001"); }
  void LeaveOf(const Caller& employer, const std::string& number) {
    EndEmployment end(store, *vault, trust_in_force, clock);
    ASSERT_TRUE(end({employer, Request("leave-" + number), number, "retirement"}).ok());
  }
  std::string Erase() { return WordsOf(Erased()); }
  Result<ErasePassport::Erased> Erased() { return erasing({.by = ada_calls, .request = Request("erase-1")}); }
  PersonRow Ada() { return **store.FindPerson(*ada_calls.person); }
  std::string Dispute() {
    DisputeRecord raise(store, *vault, clock);
    return raise({ada_calls, Request("dispute-" + std::to_string(++requests)), ada.training, "The date is wrong."})
        ->row.id;
  }
  // The council has her too for a time, by its invitation.
  void WorkForTheCouncil() {
    InvitePerson invite(store, *vault, trust_in_force, random, clock);
    const auto invitation = invite(
        {.by = council,
         .request = Request("invite-1"),
         .employee_number = "C-77",
         .identity = {
             .method = "known_in_person", .checked_by = "Orla Clerkson", .checked_on = CivilDay::InLondon(clock.now)}});
    ASSERT_TRUE(invitation.ok()) << invitation.fault().detail;
    RedeemInvitation redeem(store, *vault, random, clock, {});
    ASSERT_TRUE(redeem({.by = ada_calls,
                        .request = Request("redeem-1"),
                        .invitation = invitation->id,
                        .code = invitation->code,
                        .held_as = {}})
                    .ok());
    LeaveOf(council, "C-77");
  }
};

TEST(ErasePassport, DropsTheKeptKeyWhatWasGivenWordsAndInvitationsAndLeavesTheRest) {
  EraseWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(world.Look(share), "met");
  world.Dispute();
  world.WorkForTheCouncil();
  const std::string wrapped = (*world.store.FindDataKey(owner::Holder(*world.ada_calls.person)))->wrapped;
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  EXPECT_EQ(world.Look(share), "state_conflict");
  EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
  EXPECT_EQ(world.Row(share).ended_by, "erasure");
  EXPECT_FALSE(world.Row(share).person.has_value());
  EXPECT_THAT(*world.store.DisputesBy(*world.ada_calls.person), IsEmpty());
  const Digest number = *EmployeeNumberDigest(*world.vault, world.council.organisation, "C-77");
  EXPECT_THAT(*world.store.InvitationsFor(world.council.organisation, number), IsEmpty());
  EXPECT_THAT(*world.store.IdentityChecksOf(world.council.organisation, number), SizeIs(1)) << "that is the council's";
  EXPECT_NE((*world.store.FindDataKey(owner::Holder(*world.ada_calls.person)))->wrapped, wrapped);
  EXPECT_THAT(OpenHolder(*world.vault, world.Ada())->sealed, IsEmpty()) << "only the public half is there";
  const auto rows = *world.store.HolderKeysOf(*world.ada_calls.person);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].end_reason, "erased");
  EXPECT_EQ((*world.store.FindCredential(world.trust.organisation, world.ada.training))->state,
            CredentialState::kCurrent)
      << "the record is its issuer's";
  EXPECT_EQ(world.Audited("passport.erased", "done"), 1U);
  EXPECT_THAT(world.AllAudited(), Not(HasSubstr("The date is wrong")));
  EXPECT_EQ(world.House(), "clean");
}

TEST(ErasePassport, NamesWhatStaysWhereWhyAndUntilWhen) {
  EraseWorld world;
  ASSERT_EQ(world.Look(world.Give()), "met");
  world.Leave();
  const Instant relied_at = world.clock.now;
  const Instant ends = (*world.store.FindCredential(world.trust.organisation, world.ada.training))->expires_at;
  const auto erased = world.Erased();
  ASSERT_TRUE(erased.ok()) << erased.fault().detail;
  ASSERT_THAT(erased->kept, SizeIs(5));
  const auto of = [&](KeptOf what) -> const StillKept& {
    return *std::find_if(erased->kept.begin(), erased->kept.end(),
                         [&](const StillKept& each) { return each.what == what; });
  };
  EXPECT_EQ(of(KeptOf::kPeople).keeper, world.trust.organisation);
  EXPECT_EQ(of(KeptOf::kPeople).keeper_name, "Example Trust");
  EXPECT_EQ(of(KeptOf::kPeople).until, ends + Seconds{200 * kDayLength});
  EXPECT_EQ(of(KeptOf::kPeople).source, "An act");
  EXPECT_EQ(of(KeptOf::kCredentials).count, 1U);
  EXPECT_EQ(of(KeptOf::kCredentials).until, ends + Seconds{100 * kDayLength});
  EXPECT_EQ(of(KeptOf::kCredentials).why, "Records are asked for.");
  EXPECT_EQ(of(KeptOf::kReliances).keeper, world.council.organisation);
  EXPECT_EQ(of(KeptOf::kReliances).count, 1U);
  EXPECT_EQ(of(KeptOf::kReliances).until, relied_at + Seconds{300 * kDayLength});
  EXPECT_EQ(of(KeptOf::kPassport).until, of(KeptOf::kPeople).until) << "it goes with the last employer's rows";
  EXPECT_FALSE(of(KeptOf::kAudit).until.has_value());
}

TEST(ErasePassport, SaysThatNoDayIsSetWhereNoRulesAreInForce) {
  EraseWorld world;
  world.rules.reset();
  world.Leave();
  const auto erased = world.Erased();
  ASSERT_TRUE(erased.ok());
  for (const StillKept& each : erased->kept) EXPECT_FALSE(each.until.has_value());
}

TEST(ErasePassport, AskedAgainChangesNothingMoreAndStillSaysWhatStays) {
  EraseWorld world;
  world.Give();
  world.Leave();
  const auto first = world.Erased();
  const auto second = world.Erased();
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_EQ(second->kept.size(), first->kept.size());
  EXPECT_THAT(*world.store.HolderKeysOf(*world.ada_calls.person), SizeIs(1));
  EXPECT_EQ(world.House(), "clean");
}

TEST(ErasePassport, WaitsUntilTheLastEmployerHasEndedTheEmployment) {
  EraseWorld world;
  EXPECT_EQ(world.Erase(), "state_conflict");
  EXPECT_THAT(OpenHolder(*world.vault, world.Ada())->sealed, Not(IsEmpty()));
  world.Leave();
  EXPECT_EQ(world.Erase(), "ok");
}

TEST(ErasePassport, TakesTheKeyOrTheCodeWhereTheServiceKeepsTheKey) {
  EraseWorld world;
  world.Leave();
  HolderCaller by_code = world.ada_calls;
  by_code.held_as = HeldAs::kFile;
  by_code.key.reset();
  EXPECT_EQ(WordsOf(world.erasing({.by = by_code, .request = Request("erase-1")})), "holder_unknown")
      << "the code alone gives up no passport whose key is elsewhere";
  EXPECT_EQ(WordsOf(world.erasing({.by = {}, .request = Request("erase-1")})), "holder_unknown");
  EXPECT_THAT(OpenHolder(*world.vault, world.Ada())->sealed, Not(IsEmpty()));
}

TEST(ErasePassport, WaitsForAPassportThatIsBeingBoundAnew) {
  EraseWorld world;
  world.Leave();
  ASSERT_TRUE(world
                  .rebinding({.person = *world.ada_calls.person,
                              .why = RebindingReason::kLost,
                              .request = "lost-1",
                              .held_as = HeldAs::kKept},
                             {})
                  .ok());
  EXPECT_EQ(world.Erase(), "state_conflict") << "within the day it can be taken back";
  world.clock.now = world.clock.now + RebindPassport::kUndoTime + Seconds{1};
  ASSERT_TRUE(world.rebinding.FinishAll().ok());
  EXPECT_EQ(world.Erase(), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(ErasePassport, NothingIsShownOrIssuedWithAKeyThatIsErased) {
  EraseWorld world;
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  EXPECT_NE(world.Decided(world.council, world.ada), "met");
  const IssueCredentials::Order order = TrainingOrder("train-again", "1001");
  const auto issued = world.Issuing()(world.trust, std::span(&order, 1));
  ASSERT_TRUE(issued.ok());
  EXPECT_EQ(WordsOf(issued->front()), "state_conflict");
}

TEST(ErasePassport, LeavesThePersonTheWayToSeeWhatIsLeft) {
  EraseWorld world;
  ASSERT_EQ(world.Look(world.Give()), "met");
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  ExportPassport exporting(world.store, *world.keys, *world.vault, world.trust_in_force, world.clock);
  std::string all;
  ASSERT_TRUE(exporting(world.ada_calls, [&](const std::string& line) -> Result<void> {
                all += line + "\n";
                return {};
              }).ok());
  EXPECT_THAT(all, HasSubstr("\"end_reason\":\"erased\""));
  EXPECT_THAT(all, HasSubstr("\"line\":\"employment\""));
  EXPECT_THAT(all, HasSubstr("\"line\":\"credential\""));
  EXPECT_THAT(all, HasSubstr("\"line\":\"look\"")) << "the council must keep what it relied on";
  EXPECT_THAT(all, Not(HasSubstr("\"line\":\"share\"")));
}

TEST(ErasePassport, IsWholeOrNotAtAllWhicheverWriteIsLost) {
  for (const StoreFailure::When when : {StoreFailure::When::kBefore, StoreFailure::When::kAfter}) {
    EraseWorld world;
    const ShareId share = world.Give();
    world.Dispute();
    world.Leave();
    world.store.OnApply([when](const Changes&) {
      return std::optional(StoreFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown});
    });
    EXPECT_EQ(world.Erase(), "outcome_unknown");
    world.store.OnApply({});
    const bool went = when == StoreFailure::When::kAfter;
    EXPECT_EQ(world.Row(share).state == ShareState::kEnded, went);
    EXPECT_EQ(OpenHolder(*world.vault, world.Ada())->sealed.empty(), went);
    EXPECT_EQ(world.store.DisputesBy(*world.ada_calls.person)->empty(), went);
    EXPECT_EQ(world.House(), "clean");
    EXPECT_EQ(world.Erase(), "ok");
    EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
    EXPECT_THAT(OpenHolder(*world.vault, world.Ada())->sealed, IsEmpty());
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(ErasePassport, AnEmployerWhoTakesThePersonOnAgainMakesThemAnotherKey) {
  EraseWorld world;
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  ReplacePassport replace(world.store, *world.vault, world.trust_in_force, world.random, world.clock, world.rebinding);
  const auto replaced = replace({.by = world.trust,
                                 .request = Request("replace-1"),
                                 .employee_number = "1001",
                                 .identity = {.method = "known_in_person",
                                              .checked_by = "Orla Clerkson",
                                              .checked_on = CivilDay::InLondon(world.clock.now)},
                                 .held_as = HeldAs::kKept});
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  EXPECT_THAT(OpenHolder(*world.vault, world.Ada())->sealed, Not(IsEmpty()));
  EXPECT_EQ(world.House(), "clean");
}

TEST(ErasePassport, GoesWithTheLastEmployersErasure) {
  EraseWorld world;
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  const auto last =
      world.Erasing()({.by = world.trust, .request = Request("e1"), .employee_number = "1001", .why = "person_asked"});
  ASSERT_TRUE(last.ok()) << last.fault().detail;
  EXPECT_TRUE(last->passport);
  EXPECT_FALSE(world.store.FindPerson(*world.ada_calls.person)->has_value());
  EXPECT_EQ(world.House(), "clean");
}

// A start after a backup was put back looks for what was erased since.
TEST(ErasePassport, StaysAsItIsAtTheNextStart) {
  EraseWorld world;
  world.Leave();
  ASSERT_EQ(world.Erase(), "ok");
  ASSERT_TRUE(FinishErasures(world.store, world.clock).ok());
  EXPECT_TRUE(world.store.FindPerson(*world.ada_calls.person)->has_value());
  EXPECT_EQ(world.House(), "clean");
}

}  // namespace
}  // namespace passport
