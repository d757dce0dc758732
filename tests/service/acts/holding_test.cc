// How people come to hold a passport: who lets them in, what an invitation is good for, what they receive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "credential/crypto/jwk.h"
#include "credential/passport/held_credential.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/invite_person.h"
#include "passport-service/acts/receive_records.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/acts/sealed_person.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kOurName = "passport.example";
constexpr ProvenCall kReceiveCall{.path = "/staffpassport.v1.WalletService/Receive", .request = "request"};

struct HoldingWorld : ActsWorld {
  AdmitHolder admit{store, clock, {kOurName}};
  InvitePerson invite{store, *vault, trust_in_force, random, clock};
  RedeemInvitation redeem{store, *vault, random, clock, {}};
  ReceiveRecords receive{store, *keys, *vault, clock};
  IdentityCheck seen{.method = "identity_document_in_person",
                     .checked_by = "Orla Clerkson",
                     .checked_on = CivilDay::InLondon(clock.now)};

  InvitePerson::Order InviteOrder(const Caller& by, const std::string& request, const std::string& number) {
    return {.by = by, .request = Request(request), .employee_number = number, .identity = seen};
  }
  Invitation Invite(const Caller& by, const std::string& number) {
    return invite(InviteOrder(by, "invite-" + std::to_string(++requests), number)).value();
  }
  static HolderCaller With(const PrivateKey& key) {
    const P256Point point = key.public_key().point();
    return {.person = {}, .key = ProvenKey{.point = point, .thumbprint = Thumbprint(point)}};
  }
  RedeemOrder RedeemWith(const HolderCaller& by, const Invitation& invitation, const std::string& request = "r") {
    return {.by = by,
            .request = Request(request),
            .invitation = invitation.id,
            .code = invitation.code,
            .held_as = by.key ? std::optional(HeldAs::kWallet) : std::nullopt};
  }
  Result<HolderAdmission> AdmitWith(PrivateKey& key, HolderNeeds needs = HolderNeeds::kPassport) {
    return admit({.proof = MakeHolderProof(kOurName, kReceiveCall, clock.now, random, key).value(),
                  .passport_code = {},
                  .call = kReceiveCall,
                  .needs = needs});
  }
  Result<HolderAdmission> AdmitCode(const std::string& code, HolderNeeds needs = HolderNeeds::kPassport) {
    return admit({.proof = {}, .passport_code = code, .call = kReceiveCall, .needs = needs});
  }
  struct Given {
    std::string word;
    std::vector<Received> records;
    std::string token;
  };
  Given Receive(const PersonId& person, const std::string& since = "") {
    Given given;
    const auto token = receive({.by = {.person = person, .key = {}}, .since = since}, [&](const Received& record) {
      given.records.push_back(record);
      return Result<void>();
    });
    given.word = WordsOf(token);
    if (token.ok()) given.token = *token;
    return given;
  }
};

TEST(Holding, AnInvitationBindsAKeyToANewPassport) {
  HoldingWorld world;
  PrivateKey key = PrivateKey::Generate().value();
  const Invitation invitation = world.Invite(world.trust, "2001");
  EXPECT_THAT(invitation.code, SizeIs(8));
  EXPECT_EQ(invitation.expires_at, world.clock.now + kInvitationLength);
  const auto redeemed = world.redeem(world.RedeemWith(HoldingWorld::With(key), invitation));
  ASSERT_TRUE(redeemed.ok()) << redeemed.fault().detail;
  EXPECT_EQ(redeemed->organisation, world.trust.organisation);
  ASSERT_TRUE(redeemed->passport_code.has_value());
  const PersonRow person = world.store.FindPerson(redeemed->person)->value();
  const auto kept = OpenHolder(*world.vault, person);
  EXPECT_EQ(kept->jwk, WriteJwk(key.public_key().point()));
  EXPECT_THAT(kept->sealed, IsEmpty()) << "the private half is the person's";
  EXPECT_EQ(world.store.FindHolderKey(Thumbprint(key.public_key().point()))->value().held_as, HeldAs::kWallet);
  EXPECT_EQ(world.Employee("2001")->value().person, redeemed->person);
  EXPECT_EQ(world.AdmitWith(key)->caller.person, redeemed->person);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, WhoMadeSureIsKeptSealedForTheEmployee) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  ASSERT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))), "ok");
  const Digest number = world.Employee("2001")->value().number;
  const auto checks = world.store.IdentityChecksOf(world.trust.organisation, number);
  ASSERT_THAT(*checks, SizeIs(1));
  EXPECT_EQ(*OpenIdentityCheck(*world.vault, checks->front()).value(), world.seen);
  EXPECT_THAT(checks->front().sealed, Not(HasSubstr("Clerkson")));
  EXPECT_THAT(world.AllAudited(), Not(HasSubstr("Clerkson")));
}

TEST(Holding, AnInvitationIsRefusedForAnEmployeeWhoIsThereAndForWhatNobodyChecked) {
  HoldingWorld world;
  world.Enrol("1001");
  const auto word = [&](const InvitePerson::Order& order) { return WordsOf(world.invite(order)); };
  EXPECT_EQ(word(world.InviteOrder(world.trust, "i1", "1001")), "already_exists");
  EXPECT_EQ(word(world.InviteOrder(world.stranger, "i2", "2001")), "caller_unknown");
  EXPECT_EQ(word(world.InviteOrder(world.trust, "i3", "no spaces")), "field_invalid");
  InvitePerson::Order order = world.InviteOrder(world.trust, "i4", "2001");
  order.identity.checked_by.clear();
  EXPECT_EQ(word(order), "field_invalid");
  order.identity = world.seen;
  order.identity.checked_on = world.seen.checked_on.PlusDays(1);
  EXPECT_EQ(word(order), "field_invalid");
  order.identity.checked_on = world.seen.checked_on.PlusDays(-91);
  EXPECT_EQ(word(order), "field_invalid");
  order.identity = world.seen;
  order.length = Seconds{599};
  EXPECT_EQ(word(order), "field_invalid");
  order.length = Seconds{30 * 86'400 + 1};
  EXPECT_EQ(word(order), "field_invalid");
  order.length = kInvitationLength;
  world.PutTaxonomies();
  world.PublishNow();
  order.identity.method = "seemed_all_right";
  EXPECT_EQ(word(order), "word_unknown");
  order.identity.method = "right_to_work_check";
  EXPECT_EQ(word(order), "ok");
}

TEST(Holding, TheSameInvitationIsAnsweredWhileItIsOpenAndALaterOneTakesItsPlace) {
  HoldingWorld world;
  const InvitePerson::Order order = world.InviteOrder(world.trust, "i1", "2001");
  const Invitation first = world.invite(order).value();
  const Invitation again = world.invite(order).value();
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.code, first.code);
  InvitePerson::Order other = order;
  other.employee_number = "2002";
  EXPECT_EQ(WordsOf(world.invite(other)), "request_reused");
  const Invitation later = world.Invite(world.trust, "2001");
  const PrivateKey key = PrivateKey::Generate().value();
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), first))), "not_found");
  EXPECT_EQ(WordsOf(world.invite(order)), "state_conflict");
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), later))), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, AnInvitationEndsWithItsTimeAndLeavesNothing) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const Invitation invitation = world.Invite(world.trust, "2001");
  world.clock.now = invitation.expires_at;
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), invitation))), "not_found");
  world.seen.checked_on = CivilDay::InLondon(world.clock.now);
  world.Invite(world.trust, "2002");
  EXPECT_FALSE(world.store.FindInvitation(invitation.id)->has_value()) << "the next one takes it away";
  EXPECT_FALSE(world.store.FindDataKey(owner::Invitation(world.trust.organisation, invitation.id))->has_value());
}

TEST(Holding, ManyInvitationsAtOnceDoNotFailEachOther) {
  HoldingWorld world;
  const Invitation old = world.Invite(world.trust, "2001");
  world.clock.now = old.expires_at;
  world.seen.checked_on = CivilDay::InLondon(world.clock.now);
  std::vector<std::thread> clerks;
  std::vector<std::string> words(8);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool same = i % 2 == 0;
    const InvitePerson::Order order =
        world.InviteOrder(world.trust, same ? "same" : "own-" + std::to_string(i), "3001");
    clerks.emplace_back([&world, &words, order, i] { words[i] = WordsOf(world.invite(order)); });
  }
  for (std::thread& clerk : clerks) clerk.join();
  const auto rows = world.store.AllInvitations("", 100)->rows;
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                          [](const InvitationRow& row) { return row.state == InvitationState::kOpen; }),
            1);
  // Whose invitation was ended by a later one hears so when they ask again, and nothing else goes wrong.
  for (const std::string& word : words) EXPECT_TRUE(word == "ok" || word == "state_conflict") << word;
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ACodeIsTakenAsPeopleTypeIt) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const Invitation invitation = world.Invite(world.trust, "2001");
  RedeemOrder order = world.RedeemWith(HoldingWorld::With(key), invitation);
  std::string typed = " " + invitation.code.substr(0, 4) + "-" + invitation.code.substr(4);
  for (char& c : typed) {
    if (c == '0') c = 'o';
    if (c == '1') c = 'l';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  order.code = typed;
  EXPECT_EQ(WordsOf(world.redeem(order)), "ok");
}

TEST(Holding, ASecondJobIsTheSamePassport) {
  HoldingWorld world;
  PrivateKey key = PrivateKey::Generate().value();
  const auto first = world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001"), "a"));
  const HolderCaller known = world.AdmitWith(key, HolderNeeds::kAnyKey)->caller;
  const auto second = world.redeem(world.RedeemWith(known, world.Invite(world.council, "7"), "b"));
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  EXPECT_EQ(second->person, first->person);
  EXPECT_FALSE(second->passport_code.has_value()) << "they have one";
  EXPECT_TRUE(*world.store.Employs(world.council.organisation, first->person));
  // Also when it was admitted before the key was bound.
  const auto third = world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.council, "8"), "c"));
  EXPECT_EQ(third->person, first->person);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, OfAPassportInOnesOwnHandsTheKeyAloneJoinsAnEmployer) {
  HoldingWorld world;
  const std::string kept = world.Enrol("1001");
  const PrivateKey key = PrivateKey::Generate().value();
  const auto redeemed = world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")));
  ASSERT_TRUE(redeemed.ok());
  const Invitation second = world.Invite(world.council, "7");
  const HolderCaller by_its_code{.person = redeemed->person, .key = {}, .held_as = HeldAs::kWallet};
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(by_its_code, second, "a"))), "holder_unknown");
  // Let in while the service kept the key, which has gone elsewhere since.
  const HolderCaller of_before{.person = redeemed->person, .key = {}, .held_as = HeldAs::kKept};
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(of_before, second, "b"))), "holder_unknown");
  EXPECT_FALSE(*world.store.Employs(world.council.organisation, redeemed->person));
  const HolderCaller of_kept = world.AdmitCode(kept, HolderNeeds::kAnyKey)->caller;
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(of_kept, second, "c"))), "ok") << "the invitation is as good as ever";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, TwoEmployersAtOnceMakeOnePassportOfOneKeyAndTwoOfTwo) {
  HoldingWorld world;
  for (int round = 0; round < 20; ++round) {
    const PrivateKey key = PrivateKey::Generate().value();
    const bool one_key = round % 2 == 0;
    const PrivateKey other = PrivateKey::Generate().value();
    const std::string n = std::to_string(round);
    const Invitation of_trust = world.Invite(world.trust, "T" + n);
    const Invitation of_council = world.Invite(world.council, "T" + n);
    std::optional<Result<Redeemed>> first;
    std::thread at_once([&] { first = world.redeem(world.RedeemWith(HoldingWorld::With(key), of_trust, "t" + n)); });
    const auto second = world.redeem(world.RedeemWith(HoldingWorld::With(one_key ? key : other), of_council, "c" + n));
    at_once.join();
    ASSERT_TRUE(first->ok() && second.ok());
    EXPECT_EQ((*first)->person == second->person, one_key);
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, AFullMemoryOfProofsRefusesAndForgetsOnlyWhatIsNoLongerGood) {
  const Instant now{1'000};
  UsedProofs used(2);
  EXPECT_TRUE(used.Take(Sha256("a"), now + Seconds{10}, now));
  EXPECT_TRUE(used.Take(Sha256("b"), now + Seconds{20}, now));
  EXPECT_FALSE(used.Take(Sha256("c"), now + Seconds{30}, now + Seconds{10}));
  EXPECT_TRUE(used.Has(Sha256("a")));
  EXPECT_TRUE(used.Take(Sha256("c"), now + Seconds{30}, now + Seconds{11}));
  EXPECT_FALSE(used.Has(Sha256("a")));
  EXPECT_TRUE(used.Has(Sha256("b")));
}

TEST(Holding, OneInvitationRedeemedTwiceAtOnceIsRedeemedOnce) {
  HoldingWorld world;
  for (int round = 0; round < 20; ++round) {
    const PrivateKey key = PrivateKey::Generate().value();
    const PrivateKey other = PrivateKey::Generate().value();
    const Invitation invitation = world.Invite(world.trust, "T" + std::to_string(round));
    std::string first;
    std::thread at_once([&] { first = WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), invitation))); });
    const std::string second = WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(other), invitation)));
    at_once.join();
    EXPECT_TRUE((first == "ok") != (second == "ok")) << first << " " << second;
    EXPECT_TRUE(first == "not_found" || second == "not_found") << first << " " << second;
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ManyWrongCodesAtOnceAreEachCounted) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const Invitation invitation = world.Invite(world.trust, "2001");
  std::vector<std::thread> guessers;
  for (int i = 0; i < 12; ++i) {
    guessers.emplace_back([&, i] {
      RedeemOrder order = world.RedeemWith(HoldingWorld::With(key), invitation);
      order.code = "wrong" + std::to_string(100 + i);
      EXPECT_FALSE(world.redeem(order).ok());
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  for (int i = 0; i < 10; ++i) {
    RedeemOrder order = world.RedeemWith(HoldingWorld::With(key), invitation);
    order.code = "still wrong";
    EXPECT_EQ(WordsOf(world.redeem(order)), "not_found");
  }
  EXPECT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), invitation))), "not_found");
  EXPECT_EQ(world.store.FindInvitation(invitation.id)->value().wrong_tries, kInvitationTriesMax);
}

// The write failed before or after it happened; the same request settles it.
TEST(Holding, ARedemptionThatWasCutOffIsSettledByTheSameRequest) {
  for (const auto when : {MemoryStore::Failure::When::kBefore, MemoryStore::Failure::When::kAfter}) {
    HoldingWorld world;
    const PrivateKey key = PrivateKey::Generate().value();
    const RedeemOrder order = world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001"));
    world.store.OnApply([&](const Changes& changes) -> std::optional<MemoryStore::Failure> {
      for (const Change& change : changes) {
        if (std::holds_alternative<AddHolderKey>(change)) {
          return MemoryStore::Failure{when, CommitOutcome::kUnknown, Reason::kStoreUnavailable};
        }
      }
      return std::nullopt;
    });
    const auto first = world.redeem(order);
    world.store.OnApply({});
    const auto second = world.redeem(order);
    ASSERT_TRUE(second.ok()) << second.fault().detail;
    EXPECT_TRUE(second->passport_code.has_value());
    if (first.ok()) {
      EXPECT_EQ(first->passport_code, second->passport_code);
    }
    EXPECT_EQ(world.store.AllPeople("", 10)->rows.size(), 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(Holding, AProofIsTakenOnceAndNotFromBeforeTheStart) {
  HoldingWorld world;
  PrivateKey key = PrivateKey::Generate().value();
  ASSERT_EQ(WordsOf(world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))), "ok");
  const std::string proof = MakeHolderProof(kOurName, kReceiveCall, world.clock.now, world.random, key).value();
  const auto judge = [&](const std::string& sent) {
    return WordsOf(world.admit({.proof = sent, .passport_code = {}, .call = kReceiveCall}));
  };
  EXPECT_EQ(judge(proof), "ok");
  EXPECT_EQ(judge(proof), "kb_nonce");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(judge(proof), "kb_nonce") << "as long as it is good";
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(judge(proof), "kb_time");
  const std::string early =
      MakeHolderProof(kOurName, kReceiveCall, world.clock.now - Seconds{1}, world.random, key).value();
  AdmitHolder restarted(world.store, world.clock, {kOurName});
  EXPECT_EQ(WordsOf(restarted({.proof = early, .passport_code = {}, .call = kReceiveCall})), "kb_time");
  EXPECT_EQ(judge(early), "ok");
}

TEST(Holding, WhatOpensDependsOnWhatTheCallNeeds) {
  HoldingWorld world;
  const std::string kept = world.Enrol("1001");
  PrivateKey key = PrivateKey::Generate().value();
  PrivateKey unbound = PrivateKey::Generate().value();
  const auto redeemed = world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")));
  const std::string own = *redeemed->passport_code;
  const auto code = [&](const std::string& text, HolderNeeds needs) { return WordsOf(world.AdmitCode(text, needs)); };
  EXPECT_EQ(code(kept, HolderNeeds::kPassport), "ok");
  EXPECT_EQ(code(own, HolderNeeds::kPassport), "holder_unknown");
  EXPECT_EQ(code(own, HolderNeeds::kAnyCode), "ok");
  EXPECT_EQ(code(kept, HolderNeeds::kAnyKey), "ok");
  EXPECT_EQ(code(own, HolderNeeds::kAnyKey), "holder_unknown");
  EXPECT_EQ(code("another", HolderNeeds::kAnyKey), "holder_unknown");
  EXPECT_EQ(code("another", HolderNeeds::kActJudges), "ok");
  EXPECT_FALSE(world.AdmitCode("another", HolderNeeds::kActJudges)->caller.person.has_value());
  EXPECT_EQ(WordsOf(world.AdmitWith(unbound)), "holder_unknown");
  EXPECT_EQ(WordsOf(world.AdmitWith(unbound, HolderNeeds::kAnyCode)), "holder_unknown");
  EXPECT_EQ(WordsOf(world.AdmitWith(unbound, HolderNeeds::kAnyKey)), "ok");
  const auto admission = world.AdmitWith(key);
  EXPECT_EQ(admission->caller.held_as, HeldAs::kWallet);
  EXPECT_TRUE(world.admit.StillHolds(*admission).ok());
  const auto by_code = world.AdmitCode(kept);
  EXPECT_EQ(by_code->caller.held_as, HeldAs::kKept);
  EXPECT_TRUE(world.admit.StillHolds(*by_code).ok());
  const std::string thumbprint = Thumbprint(key.public_key().point());
  ASSERT_EQ(world.store.Apply({EndHolderKey{thumbprint, world.clock.now, "lost"}}).outcome, CommitOutcome::kDone);
  EXPECT_EQ(WordsOf(world.admit.StillHolds(*admission)), "holder_unknown");
  EXPECT_EQ(WordsOf(world.AdmitWith(key)), "holder_unknown");
}

TEST(Holding, ReceivesEverythingOnceAndWhatChangedSince) {
  HoldingWorld world;
  PrivateKey key = PrivateKey::Generate().value();
  const PersonId person =
      world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))->person;
  const CredentialId first = world.IssueTraining("2001");
  const CredentialId second = world.IssueTraining("2001", {{"subject", "fire_safety"}});
  world.PublishNow();
  HoldingWorld::Given given = world.Receive(person);
  ASSERT_THAT(given.records, SizeIs(2));
  const auto snapshot = world.trust_in_force.Get().trust;
  for (const Received& record : given.records) {
    const auto held = HeldCredential::Read(record.token, snapshot->registry(), world.clock.now, Seconds{60});
    ASSERT_TRUE(held.ok()) << held.fault().detail;
    const std::vector<std::string> none;
    EXPECT_TRUE(
        held->Present(none, {.audience = "ods:X", .nonce = "n", .made_at = world.clock.now, .purpose = {}}, key).ok());
  }
  EXPECT_EQ(world.Receive(person, given.token).token, given.token);
  EXPECT_THAT(world.Receive(person, given.token).records, IsEmpty());
  const auto row = world.store.FindCredential(world.trust.organisation, first)->value();
  // In the very second of the last time, and by a clock that was behind: time decides nothing.
  ASSERT_EQ(
      world.store
          .Apply({ChangeCredentialState{row.organisation, first, CredentialState::kCurrent, CredentialState::kSuspended,
                                        "suspected_invalid", world.clock.now - Seconds{500}},
                  SetStatus{row.slot, 2}})
          .outcome,
      CommitOutcome::kDone);
  given = world.Receive(person, given.token);
  ASSERT_THAT(given.records, SizeIs(1));
  EXPECT_EQ(given.records[0].row.id, first);
  EXPECT_EQ(given.records[0].state, CredentialState::kSuspended);
  EXPECT_EQ(given.records[0].reason, "suspected_invalid");
  EXPECT_THAT(given.records[0].token, Not(IsEmpty()));
  ASSERT_TRUE(world
                  .ChangingStandings()({.by = world.trust,
                                        .request = Request("rev"),
                                        .credential = second,
                                        .verb = StandingVerb::kRevoke,
                                        .why = "issued_in_error"})
                  .ok());
  const CredentialId third = world.IssueTraining("2001", {{"subject", "infection_prevention_and_control"}});
  given = world.Receive(person, given.token);
  ASSERT_THAT(given.records, SizeIs(2));
  for (const Received& record : given.records) {
    EXPECT_EQ(record.token.empty(), record.row.id == second);
    EXPECT_TRUE(record.row.id == second || record.row.id == third);
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ATokenOfAnotherKindIsRefusedAndOneOfSomebodyElseHidesNothing) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const PrivateKey other = PrivateKey::Generate().value();
  const PersonId anna =
      world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))->person;
  const PersonId ben =
      world.redeem(world.RedeemWith(HoldingWorld::With(other), world.Invite(world.trust, "2002")))->person;
  world.IssueTraining("2001");
  world.IssueTraining("2002");
  for (const char* const token : {"x", "AQ=", "Ag", "AQAA", "not a token", "AQAAAAAAAAAAAAAAAA\n"}) {
    EXPECT_EQ(world.Receive(anna, token).word, "field_invalid") << token;
  }
  EXPECT_EQ(world.Receive(anna, std::string(2'000'000, 'A')).word, "field_invalid");
  EXPECT_THAT(world.Receive(anna, "AQ").records, SizeIs(1)) << "the token of who had nothing";
  EXPECT_THAT(world.Receive(anna, world.Receive(ben).token).records, SizeIs(1));
}

TEST(Holding, WhatALostKeySignedIsToldWithTheReason) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const PersonId person =
      world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))->person;
  world.IssueTraining("2001");
  const std::string before = world.Receive(person).token;
  for (const KeyInfo& info : world.keys->List()) {
    if (info.owner == KeyOwner(world.trust.organisation) && info.role == KeyRole::kIssue) {
      ASSERT_TRUE(world.keys->ChangeState(info.kid, KeyState::kCompromised, world.clock.now).ok());
    }
  }
  const HoldingWorld::Given given = world.Receive(person, before);
  ASSERT_THAT(given.records, SizeIs(1));
  EXPECT_EQ(given.records[0].state, CredentialState::kSuspended);
  EXPECT_EQ(given.records[0].reason, "compromised");
  EXPECT_THAT(given.records[0].token, IsEmpty());
}

TEST(Holding, NothingIsGivenThatIsNotOnRecord) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const PersonId person =
      world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")))->person;
  world.IssueTraining("2001");
  world.store.OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreUnavailable};
  });
  const HoldingWorld::Given given = world.Receive(person);
  EXPECT_EQ(given.word, "store_unavailable");
  EXPECT_THAT(given.records, IsEmpty());
}

TEST(Holding, TheServiceDoesNotPresentWhatIsInOtherHands) {
  HoldingWorld world;
  const PrivateKey key = PrivateKey::Generate().value();
  const auto redeemed = world.redeem(world.RedeemWith(HoldingWorld::With(key), world.Invite(world.trust, "2001")));
  const CredentialId credential = world.IssueTraining("2001");
  world.PublishNow();
  const auto presented = world.PresentTo(world.Ask(), *redeemed->passport_code, {{credential, {}}});
  EXPECT_EQ(WordsOf(presented), "state_conflict");
}

TEST(Holding, AKeptPassportHasARowOfItsKey) {
  HoldingWorld world;
  world.Enrol("1001");
  const PersonId person = world.Employee("1001")->value().person;
  const auto rows = world.store.HolderKeysOf(person);
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_EQ(rows->front().held_as, HeldAs::kKept);
  const PersonRow row = world.store.FindPerson(person)->value();
  EXPECT_THAT(OpenHolder(*world.vault, row)->jwk, Not(IsEmpty()));
}

TEST(Holding, ErasureTakesKeysInvitationsAndChecks) {
  HoldingWorld world;
  PrivateKey key = PrivateKey::Generate().value();
  const Invitation invitation = world.Invite(world.trust, "2001");
  const PersonId person = world.redeem(world.RedeemWith(HoldingWorld::With(key), invitation))->person;
  const Digest number = world.Employee("2001")->value().number;
  const auto erased = world.Erasing()({.by = world.trust,
                                       .request = Request("erase"),
                                       .organisation = {},
                                       .employee_number = "2001",
                                       .subject = {},
                                       .why = "person_asked"});
  ASSERT_TRUE(erased.ok()) << erased.fault().detail;
  EXPECT_THAT(*world.store.HolderKeysOf(person), IsEmpty());
  EXPECT_THAT(*world.store.IdentityChecksOf(world.trust.organisation, number), IsEmpty());
  EXPECT_FALSE(world.store.FindInvitation(invitation.id)->has_value());
  EXPECT_EQ(WordsOf(world.AdmitWith(key)), "holder_unknown");
  EXPECT_EQ(world.House(), "clean");
}

}  // namespace
}  // namespace passport
