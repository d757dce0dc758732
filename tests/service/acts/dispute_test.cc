// What people say of their records, what becomes of it, and leaving an employer.
#include <gtest/gtest.h>

#include <thread>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/move_passport.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/acts/unlock_passport.h"
#include "tests/service/acts/holding_world.h"

namespace passport {
namespace {

struct DisputeWorld : HoldingWorld {
  explicit DisputeWorld(int of_trust = 2, int of_council = 1) : person(PersonWith(of_trust, of_council)) {}
  HolderCaller ByCode() { return {.person = person, .key = {}, .held_as = HeldAs::kKept}; }
  CredentialId First() { return AllHeld(person).front().id; }
  CredentialId OfTrust() {
    for (const CredentialRow& row : AllHeld(person)) {
      if (row.organisation == trust.organisation && row.state == CredentialState::kCurrent) return row.id;
    }
    std::abort();
  }
  Result<Dispute> Raise(std::string_view request, const CredentialId& credential, bool withdraw = false) {
    DisputeRecord raise(store, *vault, clock);
    return raise({ByCode(), Request(request), credential, "The date is wrong.", withdraw});
  }
  Result<Dispute> Settle(const Caller& by, const std::string& id, DisputeState state) {
    SettleDispute settle(store, *vault, clock);
    return settle({by, Request("settle-" + std::to_string(++requests)), id, state, "We have looked again."});
  }
  std::size_t Listed(const Caller& by, bool all = false) {
    ReadDisputes read(store, *vault, clock);
    return read.List({.by = by, .limit = 100, .after = {}, .all = all})->rows.size();
  }
  IdentityCheck Today() {
    return {.method = "known_in_person", .checked_by = "A. Clerk", .checked_on = CivilDay::InLondon(clock.now)};
  }
  Result<ReplacePassport::Replaced> Replace(std::string_view request, std::optional<std::string> report = {},
                                            HeldAs held_as = HeldAs::kKept) {
    ReplacePassport replace(store, *vault, trust_in_force, random, clock, rebinding);
    return replace({.by = trust,
                    .request = Request(request),
                    .employee_number = "1001",
                    .identity = Today(),
                    .report = std::move(report),
                    .held_as = held_as});
  }
  // With the word of an employer who has just recognised them, where one can give it.
  Result<UndoReplacement::Undone> Undo(const HolderCaller& by, const std::string& old_code) {
    UnlockPassport unlock(store, *vault, trust_in_force, random, clock);
    const auto unlocked = unlock({.by = trust,
                                  .request = Request("unlock-" + std::to_string(++requests)),
                                  .employee_number = "1001",
                                  .identity = Today()});
    UndoReplacement undo(store, rebinding, clock);
    return undo({by, Request("undo-1"), old_code, unlocked.ok() ? unlocked->session_code : ""});
  }
  PersonId person;
};

TEST(Dispute, GoesToTheIssuerWithWordsAndIsConfirmed) {
  DisputeWorld world;
  const CredentialId credential = world.OfTrust();
  const Result<Dispute> raised = world.Raise("d1", credential);
  ASSERT_TRUE(raised.ok());
  EXPECT_EQ(world.Raise("d1", credential)->row.id, raised->row.id) << "sent twice, raised once";
  EXPECT_EQ(WordsOf(world.Raise("d2", credential)), "already_exists");
  EXPECT_EQ(world.Listed(world.trust), 1U);
  EXPECT_EQ(world.Listed(world.council), 0U);
  EXPECT_EQ(WordsOf(world.Settle(world.council, raised->row.id, DisputeState::kConfirmed)), "not_found");
  const Result<Dispute> settled = world.Settle(world.trust, raised->row.id, DisputeState::kConfirmed);
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->answer, "We have looked again.");
  EXPECT_EQ(settled->words, "The date is wrong.");
  EXPECT_EQ(WordsOf(world.Settle(world.trust, raised->row.id, DisputeState::kConfirmed)), "state_conflict");
  EXPECT_EQ(world.Listed(world.trust), 0U);
  EXPECT_EQ(world.Listed(world.trust, true), 1U);
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.AllAudited().find("date is wrong"), std::string::npos);
}

TEST(Dispute, IsCorrectedOnlyWhenTheRecordWasIssuedAnewOrRevoked) {
  DisputeWorld world;
  const std::string id = world.Raise("d1", world.OfTrust())->row.id;
  EXPECT_EQ(WordsOf(world.Settle(world.trust, id, DisputeState::kCorrected)), "state_conflict");
  EXPECT_EQ(world.Suspend(world.trust, world.store.FindDispute(world.trust.organisation, id)->value().credential,
                          StandingVerb::kRevoke, "issued_in_error"),
            "ok");
  EXPECT_EQ(world.Settle(world.trust, id, DisputeState::kCorrected)->row.state, DisputeState::kCorrected);
}

TEST(Dispute, OfARecordThatIsOverIsCorrectedByAnotherInItsPlace) {
  DisputeWorld world;
  const CredentialId over = world.OfTrust();
  EXPECT_EQ(world.Suspend(world.trust, over, StandingVerb::kRevoke, "issued_in_error"), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  const std::string id = world.Raise("d1", over)->row.id;
  EXPECT_EQ(WordsOf(world.Settle(world.trust, id, DisputeState::kCorrected)), "state_conflict");
  world.Train(world.trust, "1001", 7);
  EXPECT_EQ(WordsOf(world.Settle(world.trust, id, DisputeState::kCorrected)), "ok");
}

TEST(Dispute, OfTwoDevicesAtOnceIsOne) {
  DisputeWorld world;
  DisputeRecord raise(world.store, *world.vault, world.clock);
  const CredentialId credential = world.OfTrust();
  for (int round = 0; round < 10; ++round) {
    const std::string n = std::to_string(round);
    const auto say = [&](const std::string& device) {
      return WordsOf(raise({world.ByCode(), Request(device + n), credential, "The date is wrong.", false}));
    };
    std::string other;
    std::thread at_once([&] { other = say("phone"); });
    const std::string one = say("stick");
    at_once.join();
    EXPECT_TRUE((one == "ok") != (other == "ok")) << one << " " << other;
    ASSERT_TRUE(world.Raise("back" + n, credential, true).ok());
  }
}

TEST(Dispute, ABindingToAnotherKeyIsNoCorrectionAndTheDisputeGoesWithTheRecord) {
  DisputeWorld world;
  const CredentialId before = world.OfTrust();
  const std::string id = world.Raise("d1", before)->row.id;
  ASSERT_TRUE(
      world.rebinding({.person = world.person, .request = "m", .held_as = HeldAs::kFile, .key = KeyInHand()}, {}).ok());
  const DisputeRow row = world.store.FindDispute(world.trust.organisation, id)->value();
  EXPECT_NE(row.credential, before);
  EXPECT_EQ(world.store.FindCredential(world.trust.organisation, row.credential)->value().state,
            CredentialState::kCurrent);
  EXPECT_EQ(WordsOf(world.Settle(world.trust, id, DisputeState::kCorrected)), "state_conflict");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Dispute, IsTakenBackAndRaisedAnew) {
  DisputeWorld world;
  const CredentialId credential = world.OfTrust();
  EXPECT_EQ(WordsOf(world.Raise("w0", credential, true)), "not_found");
  ASSERT_TRUE(world.Raise("d1", credential).ok());
  EXPECT_EQ(world.Raise("w1", credential, true)->row.state, DisputeState::kWithdrawn);
  EXPECT_EQ(world.Raise("w1", credential, true)->row.state, DisputeState::kWithdrawn);
  EXPECT_EQ(world.Raise("d2", credential)->row.state, DisputeState::kOpen);
}

TEST(Dispute, OfSomebodyElsesRecordIsNotFound) {
  DisputeWorld world;
  world.OtherPerson(1);
  CredentialId others = world.First();
  const Page<CredentialRow> of_council = *world.store.CredentialsOf(world.council.organisation, "", 100);
  for (const CredentialRow& row : of_council.rows) {
    if (row.person != world.person) others = row.id;
  }
  EXPECT_EQ(WordsOf(world.Raise("d1", others)), "not_found");
  AcceptRecord accept(world.store, world.clock);
  EXPECT_EQ(WordsOf(accept({world.ByCode(), Request("a1"), others})), "not_found");
}

TEST(Dispute, ARecordIsAcceptedUntilItIsDisputed) {
  DisputeWorld world;
  AcceptRecord accept(world.store, world.clock);
  const CredentialId credential = world.OfTrust();
  EXPECT_EQ(WordsOf(accept({world.ByCode(), Request("a1"), credential})), "ok");
  EXPECT_EQ(WordsOf(accept({world.ByCode(), Request("a2"), credential})), "ok");
  EXPECT_EQ(world.store.DisputesBy(world.person)->size(), 1U);
  EXPECT_EQ(world.Listed(world.trust, true), 0U) << "is no dispute";
  ASSERT_TRUE(world.Raise("d1", credential).ok());
  EXPECT_EQ(world.store.DisputesBy(world.person)->size(), 1U);
  EXPECT_EQ(WordsOf(accept({world.ByCode(), Request("a3"), credential})), "state_conflict");
}

TEST(Loss, AReportChangesNothingAndIsByTheCodeAlone) {
  DisputeWorld world;
  ReportLoss report(world.store, world.random, world.clock);
  const HolderCaller thief{.person = world.person, .key = ProvenKey{KeyInHand(), "k"}, .held_as = HeldAs::kWallet};
  EXPECT_EQ(WordsOf(report({thief, Request("l1"), false})), "holder_unknown");
  const std::string before = world.Held(world.person);
  const Result<ReportLoss::Reported> id = report({world.ByCode(), Request("l1"), true});
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(report({world.ByCode(), Request("l1"), true})->id, id->id);
  EXPECT_EQ(world.Held(world.person), before);
  EXPECT_EQ(WordsOf(world.Replace("r1", "another")), "not_found");
  ASSERT_TRUE(world.Replace("r1", id->id).ok());
  EXPECT_TRUE(world.store.FindRebinding(world.person)->value().end_shares) << "what the report says counts";
}

TEST(Loss, AnEmployerReplacesInOneCallAndGetsTheSameAnswerAgain) {
  DisputeWorld world;
  const auto first = world.Replace("r1");
  ASSERT_TRUE(first.ok()) << first.fault().detail;
  EXPECT_EQ(first->outcome.signed_again, 3U);
  const auto again = world.Replace("r1");
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_EQ(again->outcome.passport_code, first->outcome.passport_code);
  EXPECT_EQ(again->outcome.signed_again, 3U);
  EXPECT_EQ(world.Held(world.person), "current 3, suspended (passport_replaced) 3") << "nothing twice";
  EXPECT_EQ(WordsOf(world.Replace("r1", {}, HeldAs::kFile)), "request_reused");
}

TEST(Loss, WhatTheLostKeyHeldIsNotPresentedAnyMore) {
  DisputeWorld world;
  world.PublishNow();
  PresentPassport present = world.Presenting();
  const std::string new_code = world.Replace("r1")->outcome.passport_code;
  world.PublishNow();
  EXPECT_EQ(WordsOf(present.Holdings(world.trust, world.code)), "not_found");
  const auto holdings = present.Holdings(world.trust, new_code);
  ASSERT_TRUE(holdings.ok()) << holdings.fault().detail;
  EXPECT_EQ(holdings->size(), 3U) << "each record once";
  for (const PresentPassport::Holding& holding : *holdings) EXPECT_EQ(holding.state, CredentialState::kCurrent);
  const std::string nonce = world.AskFor(world.council);
  const auto shown = world.PresentTo(world.council, nonce, new_code, {{holdings->front().credential, {}}});
  ASSERT_TRUE(shown.ok()) << shown.fault().detail;
  CheckPresentation check = world.Checking();
  const auto answer = check(Asked(world.council, nonce, shown->Text()));
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  EXPECT_EQ(answer->presentation.WorstStanding(), Standing::kGood);
  EXPECT_EQ(answer->presentation.held_as(), HeldAs::kKept);
}

TEST(Loss, WantsAnIdentityCheckOfTodayAndOnesOwnPerson) {
  DisputeWorld world;
  ReplacePassport replace(world.store, *world.vault, world.trust_in_force, world.random, world.clock, world.rebinding);
  ReplacePassport::Order order{
      .by = world.trust, .request = Request("r1"), .employee_number = "1001", .identity = world.Today()};
  order.identity.checked_on = order.identity.checked_on.PlusDays(-1);
  EXPECT_EQ(WordsOf(replace(order)), "field_invalid");
  order.identity = world.Today();
  order.employee_number = "9999";
  EXPECT_EQ(WordsOf(replace(order)), "not_found");
}

TEST(Loss, IsTakenBackWithTheCodeOfBeforeWhereTheServiceKeptTheKey) {
  DisputeWorld world;
  const std::string new_code = world.Replace("r1")->outcome.passport_code;
  EXPECT_EQ(WordsOf(world.Undo({}, new_code)), "holder_unknown");
  EXPECT_EQ(WordsOf(world.Undo({}, "guessed")), "holder_unknown");
  EXPECT_EQ(world.Undo({}, world.code)->reinstated, 3U);
  EXPECT_EQ(world.Undo({}, world.code)->reinstated, 3U) << "sent twice";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, OfAKeyInOnesOwnHandsIsTakenBackWithThatKeyAndTheCode) {
  DisputeWorld world;
  const P256Point key = KeyInHand();
  const auto moved =
      world.rebinding({.person = world.person, .request = "m", .held_as = HeldAs::kWallet, .key = key}, {});
  ASSERT_TRUE(moved.ok());
  const std::string old_key = world.GoodKey(world.person);
  ASSERT_TRUE(world.Replace("r1").ok());
  EXPECT_EQ(WordsOf(world.Undo({}, moved->passport_code)), "holder_unknown") << "the code alone is not enough";
  const HolderCaller with_key{.person = {}, .key = ProvenKey{key, old_key}};
  EXPECT_EQ(WordsOf(world.Undo(with_key, "guessed")), "holder_unknown") << "nor is the key";
  EXPECT_EQ(world.Undo(with_key, moved->passport_code)->reinstated, 3U);
  EXPECT_EQ(world.GoodKey(world.person), old_key);
}

TEST(Loss, AnInvitationBringsTheNewKey) {
  DisputeWorld world;
  const auto replaced = world.Replace("r1", {}, HeldAs::kWallet);
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  ASSERT_TRUE(replaced->invitation);
  EXPECT_EQ(world.Replace("r1", {}, HeldAs::kWallet)->invitation->code, replaced->invitation->code);
  RedeemInvitation redeem(world.store, *world.vault, world.random, world.clock,
                          BringsTheNewKey(*world.vault, world.rebinding));
  const P256Point key = KeyInHand();
  const RedeemOrder order{.by = {.person = {}, .key = ProvenKey{key, Thumbprint(key)}},
                          .request = Request("redeem-1"),
                          .invitation = replaced->invitation->id,
                          .code = replaced->invitation->code,
                          .held_as = HeldAs::kWallet};
  const Result<Redeemed> redeemed = redeem(order);
  ASSERT_TRUE(redeemed.ok()) << redeemed.fault().detail;
  EXPECT_EQ(redeemed->person, world.person);
  EXPECT_EQ(redeemed->signed_again, 3U);
  EXPECT_EQ(redeem(order)->passport_code, redeemed->passport_code) << "sent twice";
  EXPECT_EQ(world.Held(world.person), "current 3, suspended (passport_replaced) 3");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, AMoveIsAnsweredAgainToWhoeverProvesTheNewKey) {
  DisputeWorld world;
  MovePassport move(world.store, world.rebinding, world.clock);
  const P256Point key = KeyInHand();
  MovePassport::Order order{.by = world.ByCode(),
                            .request = Request("m1"),
                            .held_as = HeldAs::kFile,
                            .new_key = ProvenKey{key, Thumbprint(key)}};
  const auto first = move(order);
  ASSERT_TRUE(first.ok()) << first.fault().detail;
  order.by = {};  // the code of before opens nothing any more
  const auto again = move(order);
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_EQ(again->passport_code, first->passport_code);
  EXPECT_EQ(again->signed_again, 3U);
  order.new_key = ProvenKey{KeyInHand(), "another"};
  EXPECT_EQ(WordsOf(move(order)), "holder_unknown");
}

TEST(Holding, WhoHasOnlyTheCodeCanNotMoveWhatIsInOnesOwnHands) {
  DisputeWorld world;
  MovePassport move(world.store, world.rebinding, world.clock);
  const HolderCaller thief{.person = world.person, .key = {}, .held_as = HeldAs::kWallet};
  EXPECT_EQ(WordsOf(move({thief, Request("m1"), HeldAs::kKept, {}})), "holder_unknown");
}

TEST(Holding, JoiningWantsTheOtherCode) {
  DisputeWorld world;
  const std::string other = world.OtherPerson(1);
  JoinPassport join(world.store, world.rebinding, world.clock);
  const ProvenKey needless{KeyInHand(), "k"};
  EXPECT_EQ(WordsOf(join({world.ByCode(), Request("j1"), other, needless})), "field_invalid") << "the service keeps it";
  EXPECT_EQ(WordsOf(join({world.ByCode(), Request("j1"), "guessed"})), "not_found");
  EXPECT_EQ(WordsOf(join({world.ByCode(), Request("j1"), world.code})), "state_conflict") << "the same passport";
  EXPECT_EQ(join({world.ByCode(), Request("j1"), other})->signed_again, 1U);
  EXPECT_EQ(join({world.ByCode(), Request("j1"), other})->signed_again, 1U) << "sent twice";
}

TEST(Holding, JoiningWantsTheOtherKeyTooWhereTheServiceDoesNotKeepIt) {
  DisputeWorld world;
  const PersonId other = world.store.FindPersonByCode(Sha256(world.OtherPerson(1)))->value().id;
  const P256Point key = KeyInHand();
  const auto moved = world.rebinding({.person = other, .request = "m", .held_as = HeldAs::kFile, .key = key}, {});
  ASSERT_TRUE(moved.ok()) << moved.fault().detail;
  JoinPassport join(world.store, world.rebinding, world.clock);
  JoinPassport::Order order{
      .by = world.ByCode(), .request = Request("j1"), .other_passport_code = moved->passport_code};
  EXPECT_EQ(WordsOf(join(order)), "holder_unknown") << "a stolen sheet with the code";
  order.other_key = ProvenKey{KeyInHand(), "of the thief"};
  EXPECT_EQ(WordsOf(join(order)), "holder_unknown");
  order.other_key = ProvenKey{key, world.GoodKey(world.person)};
  EXPECT_EQ(WordsOf(join(order)), "holder_unknown") << "a good key, but of another passport";
  EXPECT_TRUE(world.store.FindPerson(other)->has_value());
  order.other_key = ProvenKey{key, Thumbprint(key)};
  EXPECT_EQ(join(order)->signed_again, 1U);
  EXPECT_EQ(join(order)->signed_again, 1U) << "sent twice";
  EXPECT_EQ(world.House(), "clean");
}

struct LeavingWorld : DisputeWorld {
  LeavingWorld() : DisputeWorld(2, 1) {
    const IssueCredentials::Order order{.request = Request("employment-1"),
                                        .employee_number = "1001",
                                        .kind = "employment",
                                        .fields = {{"position_title", "Porter"},
                                                   {"staff_group", "estates_and_ancillary"},
                                                   {"assignment_category", "permanent"},
                                                   {"employee_number", "1001"},
                                                   {"starts_on", "2020-01-01"},
                                                   {"achieved_on", "2020-01-01"},
                                                   {"assurance", "employer_verified"},
                                                   {"method", "personnel_record"},
                                                   {"checker_role", "workforce_information"},
                                                   {"checked_on", "2020-01-01"}}};
    const auto issued = Issuing()(trust, std::span(&order, 1));
    EXPECT_TRUE(issued->front().ok()) << issued->front().fault().detail;
  }
  Result<EndEmployment::Ended> Leave(std::string_view request, const std::string& reason = "retirement") {
    EndEmployment end(store, *vault, trust_in_force, clock);
    return end({trust, Request(request), "1001", reason});
  }
};

TEST(Leaving, EndsWhatDependsOnTheEmploymentAndNothingElse) {
  LeavingWorld world;
  const auto ended = world.Leave("e1");
  ASSERT_TRUE(ended.ok()) << ended.fault().detail;
  EXPECT_EQ(ended->revoked.size(), 1U);
  EXPECT_EQ(ended->kept, 2U);
  EXPECT_EQ(world.Held(world.person), "current 3, revoked (left_organisation) 1");
  EXPECT_EQ(world.Leave("e1")->revoked, ended->revoked) << "sent twice";
  EXPECT_TRUE(world.Leave("e2")->revoked.empty()) << "has left already";
  EXPECT_FALSE(*WorksFor(world.store, world.trust.organisation, world.person));
  EXPECT_TRUE(*WorksFor(world.store, world.council.organisation, world.person));
  EXPECT_EQ(world.Audited("credential.revoked", "done", "left_organisation"), 1U);
  EXPECT_EQ(world.AllAudited().find("retirement"), std::string::npos) << "why somebody left is nobody's business";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Leaving, WhoHasLeftIsNotPresentedForByThatEmployer) {
  LeavingWorld world;
  ASSERT_TRUE(world.Leave("e1").ok());
  world.PublishNow();
  PresentPassport present = world.Presenting();
  EXPECT_EQ(WordsOf(present.Holdings(world.trust, world.code)), "not_found");
  EXPECT_EQ(WordsOf(present.Holdings(world.council, world.code)), "ok");
}

TEST(Leaving, TakesNoReasonThatSaysThePersonStays) {
  LeavingWorld world;
  EXPECT_EQ(WordsOf(world.Leave("e1", "still_employed")), "field_invalid");
  EXPECT_EQ(WordsOf(world.Leave("e1", "Not a word")), "word_unknown");
}

TEST(Leaving, EveryReasonForAChangeOfStandingIsTakenAndKept) {
  for (const char* const why : {"training_expired", "left_organisation", "issued_in_error", "no_longer_valid",
                                "suspected_invalid", "holder_deceased", "lost_passport"}) {
    DisputeWorld world(1, 0);
    const CredentialId credential = world.OfTrust();
    EXPECT_EQ(world.Suspend(world.trust, credential, StandingVerb::kSuspend, why), "ok") << why;
    EXPECT_EQ(world.store.FindCredential(world.trust.organisation, credential)->value().state_reason, why);
    EXPECT_EQ(world.Suspend(world.trust, credential, StandingVerb::kReinstate, "resolved"), "ok") << why;
    EXPECT_EQ(world.Suspend(world.trust, credential, StandingVerb::kRevoke, why), "ok") << why;
    EXPECT_EQ(world.store.FindCredential(world.trust.organisation, credential)->value().state_reason, why);
  }
}

}  // namespace
}  // namespace passport
