#include <gmock/gmock.h>

#include <thread>

#include "credential/evidence/derived_answer.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/share_code.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kMoverFacts = {"achieved_on", "assurance", "method", "checker_role", "checked_on"};

TEST(Share, IsAskedForAsTheProfileNeedsItGivenAndLookedAt) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  EXPECT_EQ(asked.share.purpose_label, "Temporary placement");
  ASSERT_EQ(asked.share.row.asked.size(), 1U);
  EXPECT_EQ(asked.share.row.asked[0].kind, "mandatory_training");
  EXPECT_FALSE(asked.share.row.asked[0].needs.empty());
  const auto read = world.Reading()({world.ada_calls, asked.share.row.id, asked.code});
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_EQ(read->receiver_name, world.store.FindOrganisation(world.council.organisation)->value().legal_name);
  ASSERT_EQ(WordsOf(world.Answering()(world.ToAnswer(asked))), "ok");
  EXPECT_EQ(world.Look(asked.share.row.id), "met");
  EXPECT_EQ(world.Look(asked.share.row.id), "met") << "again and again, until the day";
  const std::vector<RelianceRow> rows = world.Reliances(world.council);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].entry.share, asked.share.row.id.text());
  EXPECT_EQ(rows[0].entry.purpose, "placement");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, HoldsNoMoreThanWasAsked) {
  ShareWorld world;
  const ShareId share = world.Give();
  const auto seen = world.Looking()(world.ToLook(share));
  ASSERT_TRUE(seen.ok());
  const std::vector<std::string> asked = world.Row(share).asked[0].facts;
  for (const PresentedRecord& record : seen->presentation->records()) {
    for (const Fact& fact : record.record.facts())
      EXPECT_THAT(asked, ::testing::Contains(std::string(fact.rule->name)));
  }
}

TEST(Share, IsNotAskedForByAPurposeProfileOrDayThatIsNone) {
  ShareWorld world;
  const auto asking = [&](auto change) {
    AskForShare::Order order = world.ToAsk();
    change(order);
    return WordsOf(world.Asking()(order));
  };
  using Order = AskForShare::Order;
  EXPECT_EQ(asking([](Order& order) { order.purpose = "curiosity"; }), "word_unknown");
  EXPECT_EQ(asking([](Order& order) { order.profile = "nobody"; }), "not_found");
  EXPECT_EQ(asking([](Order& order) { order.profile = {}; }), "field_invalid");
  EXPECT_EQ(asking([](Order& order) { order.kinds = {"shoes"}; }), "record_kind");
  EXPECT_EQ(asking([](Order& order) { order.keep_through = order.keep_through->PlusDays(371); }), "field_invalid");
  EXPECT_EQ(asking([](Order& order) { order.keep_through = order.keep_through->PlusDays(370); }), "ok");
  EXPECT_EQ(asking([](Order& order) { order.keep_through = order.keep_through->PlusDays(-31); }), "field_invalid");
  EXPECT_EQ(asking([](Order& order) { order.purpose = "inspection"; }), "field_invalid") << "it may not be kept";
  EXPECT_EQ(asking([](Order& order) { order.open_for = Seconds{59}; }), "field_invalid");
  const CivilDay today = CivilDay::InLondon(world.clock.now);
  EXPECT_EQ(asking([&](Order& order) { order.day = today.PlusDays(401); }), "field_invalid");
  EXPECT_EQ(asking([&](Order& order) { order.day = today.PlusDays(400); }), "ok");
  EXPECT_EQ(asking([&](Order& order) { order.by = world.stranger; }), "caller_unknown");
}

TEST(Share, ThatAsksForMoreThanThePurposeNeedsIsRefusedAndFlagged) {
  ShareWorld world;
  AskForShare::Order order = world.ToAsk();
  order.kinds = {"mandatory_training", "criminal_record_check"};
  EXPECT_EQ(WordsOf(world.Asking()(order)), "asks_too_much");
  EXPECT_EQ(world.Audited("share.asked_too_much", "asks_too_much", "placement"), 1U);
  order = world.ToAsk();
  order.profile = {};
  order.kinds = {"work_health_clearance"};
  EXPECT_EQ(WordsOf(world.Asking()(order)), "asks_too_much") << "no purpose asks for that without a profile";
  order = world.ToAsk();
  order.purpose = "volunteering";
  EXPECT_EQ(WordsOf(world.Asking()(order)), "asks_too_much") << "only the profile of volunteers";
  EXPECT_EQ(world.Audited("share.asked_too_much", "asks_too_much"), 3U);
  order = world.ToAsk();
  order.kinds = {"mandatory_training"};
  EXPECT_EQ(WordsOf(world.Asking()(order)), "ok");
}

// What an organisation adds for itself is asked by itself alone.
std::string VolunteerAt(std::string_view organisation, std::string_view id) {
  return R"({"id":")" + std::string(id) + R"(","version":1,"title":"Volunteer here","effective_from":"2026-01-01",
    "expiring_within_days":30,"organisation":")" +
         std::string(organisation) + R"(","extends":{"profile":"volunteer"},"requirements":[{"id":"moving",
    "needs":"moving and handling","any_of":[{"training":"moving_and_handling","level":2,"within_months":12}]}]})";
}

TEST(Share, ALocalProfileWidensAPurposeForItsOwnOrganisationAlone) {
  ShareWorld world;
  const std::string volunteer =
      R"({"id":"volunteer","version":1,"title":"Volunteer","effective_from":"2026-01-01","expiring_within_days":30,
      "requirements":[{"id":"identity","needs":"identity checked","any_of":[{"kind":"identity_check"}]}]})";
  const auto put_own = [&](const Caller& by, const std::string& id) {
    return world.Put(by, RuleKind::kRoleProfile, VolunteerAt(by.organisation.text(), id));
  };
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, volunteer), "ok");
  ASSERT_EQ(put_own(world.council, "volunteer-council"), "ok");
  ASSERT_EQ(put_own(world.trust, "volunteer-trust"), "ok");
  world.PublishNow();
  const auto asking = [&](const std::string& profile) {
    AskForShare::Order order = world.ToAsk();
    order.purpose = "volunteering";
    order.profile = profile;
    return WordsOf(world.Asking()(order));
  };
  EXPECT_EQ(asking("volunteer"), "ok");
  EXPECT_EQ(asking("volunteer-council"), "ok") << "its own";
  EXPECT_EQ(asking("volunteer-trust"), "asks_too_much") << "another organisation's additions";
}

TEST(Share, IsAskedForOnceWithOneRequestId) {
  ShareWorld world;
  const AskForShare::Order order = world.ToAsk();
  const auto first = world.Asking()(order);
  const auto again = world.Asking()(order);
  EXPECT_EQ(first->share.row.id, again->share.row.id);
  EXPECT_EQ(first->code, again->code);
  AskForShare::Order other = order;
  other.purpose = "shift";
  EXPECT_EQ(WordsOf(world.Asking()(other)), "request_reused");
}

TEST(Share, LinkIsDeadAfterTenWrongCodes) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  const auto with = [&](const std::string& code) {
    return WordsOf(world.Reading()({world.ada_calls, asked.share.row.id, code}));
  };
  EXPECT_EQ(WordsOf(world.Reading()({world.ada_calls, ShareId::Parse("none").value(), asked.code})), "not_found");
  for (int i = 0; i < 9; ++i) EXPECT_EQ(with("00000000"), "not_found");
  EXPECT_EQ(with(asked.code), "ok");
  EXPECT_EQ(with("00000000"), "not_found");
  EXPECT_EQ(with(asked.code), "not_found") << "ten guesses are all there are";
}

TEST(Share, CodeIsReadAsPeopleWriteIt) {
  EXPECT_TRUE(SameCode("01AB-CDEF", "01ABCDEF"));
  EXPECT_TRUE(SameCode("oiab cdef", "01ABCDEF"));
  EXPECT_FALSE(SameCode("01ABCDE", "01ABCDEF"));
  EXPECT_FALSE(SameCode("01ABCDEFF", "01ABCDEF"));
  EXPECT_FALSE(SameCode("01ABCDEG", "01ABCDEF"));
  EXPECT_FALSE(SameCode("", ""));
}

TEST(Share, IsGivenByAPresentationForThisRequestAlone) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  const ShareRow& row = asked.share.row;
  const auto giving = [&](const std::string& text) {
    AnswerShare::Order order = world.ToAnswer(asked);
    order.what = GivePresentation{text};
    return WordsOf(world.Answering()(order));
  };
  EXPECT_EQ(giving("{}"), "malformed");
  EXPECT_EQ(giving(world.Present(row, kMoverFacts, "ods:RC9")), "kb_aud") << "another audience";
  EXPECT_EQ(giving(world.Present(row, kMoverFacts, "", "stale")), "kb_nonce");
  EXPECT_EQ(giving(world.Present(row, kMoverFacts, "", world.Ask().share.row.nonce)), "kb_nonce") << "another request";
  EXPECT_EQ(giving(world.Present(row, kMoverFacts, "", "", "shift")), "claims") << "another purpose";
  EXPECT_EQ(giving(world.Present(row, kMoverFacts, "", "", "", "another")), "claims") << "another transaction";
  EXPECT_EQ(giving(world.Present(row, {"achieved_on", "provider"})), "claims") << "more than was asked";
  const std::string stale = world.Present(row, kMoverFacts);
  world.clock.now = world.clock.now + Seconds{301};
  EXPECT_EQ(giving(stale), "kb_time");
  EXPECT_EQ(giving(world.Present(row, kMoverFacts)), "ok");
  EXPECT_EQ(giving(world.Present(row, kMoverFacts)), "state_conflict") << "a replay";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, IsNotGivenByAnotherHolder) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  const RelyingWorld::Holder ben = world.Hire("1002");
  AnswerShare::Order order = world.ToAnswer(asked);
  order.by = world.Holder(ben);
  order.what = GivePresentation{world.Present(asked.share.row, kMoverFacts)};
  EXPECT_EQ(WordsOf(world.Answering()(order)), "holder_mismatch");
  order = world.ToAnswer(asked);
  order.by.held_as = HeldAs::kWallet;
  EXPECT_EQ(WordsOf(world.Answering()(order)), "state_conflict") << "the service has no such key";
}

TEST(Share, OfTwoDevicesThatAnswerAtOnceExactlyOneWins) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  std::vector<AnswerShare::Order> orders = {world.ToAnswer(asked), world.ToAnswer(asked)};
  std::vector<std::string> words(orders.size());
  std::vector<std::thread> devices;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    devices.emplace_back([&, i] { words[i] = WordsOf(world.Answering()(orders[i])); });
  }
  for (std::thread& each : devices) each.join();
  EXPECT_THAT(words, ::testing::UnorderedElementsAre("ok", "state_conflict"));
  const std::size_t winner = words[0] == "ok" ? 0 : 1;
  EXPECT_EQ(WordsOf(world.Answering()(orders[winner])), "ok") << "the same answer again";
}

TEST(Share, CanBeDeclinedAndIsOverWhenNobodyAnswers) {
  ShareWorld world;
  const AskForShare::Answer declined = world.Ask();
  AnswerShare::Order order = world.ToAnswer(declined);
  order.what = Decline{};
  EXPECT_EQ(world.Answering()(order)->row.state, ShareState::kDeclined);
  EXPECT_EQ(world.Look(declined.share.row.id), "state_conflict");
  const AskForShare::Answer late = world.Ask();
  world.clock.now = world.clock.now + Seconds{3'600};
  EXPECT_EQ(WordsOf(world.Answering()(world.ToAnswer(late))), "state_conflict");
  EXPECT_EQ(world.Ending().Due(10)->ended, 1U);
  EXPECT_EQ(world.Row(late.share.row.id).state, ShareState::kLapsed);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, EndsByTheHolderAndTheReceiverCanNoLongerReadIt) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(world.Look(share), "met");
  const RelyingWorld::Holder ben = world.Hire("1002");
  EXPECT_EQ(WordsOf(world.Ending()(EndShare::ByHolder{world.Holder(ben), Request("e0"), share})), "not_found");
  EXPECT_EQ(WordsOf(world.Ending()(EndShare::ByReceiver{world.trust, Request("e0"), share})), "not_found");
  const auto ended = world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), share});
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(ended->row.ended_by, "holder");
  EXPECT_TRUE(world.Row(share).sealed.empty());
  EXPECT_EQ(world.Look(share), "state_conflict");
  EXPECT_EQ(world.Reliances(world.council).size(), 1U) << "what was relied on stays";
  EXPECT_EQ(world.Ending()(EndShare::ByReceiver{world.council, Request("e2"), share})->row.ended_by, "holder");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, LapsesAfterItsDay) {
  ShareWorld world;
  const ShareId share = world.Give();
  world.clock.now = world.Row(share).keep_through->PlusDays(1).StartInLondon() - Seconds{1};
  world.PublishNow();
  EXPECT_EQ(world.Look(share), "met");
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Look(share), "state_conflict");
  EXPECT_EQ(world.Row(share).ended_by, "day");
  EXPECT_EQ(world.Audited("share.lapsed", "done"), 1U);
}

TEST(Share, WithoutADayIsLookedAtOnce) {
  ShareWorld world;
  AskForShare::Order order = world.ToAsk();
  order.keep_through.reset();
  const auto asked = world.Asking()(order);
  ASSERT_EQ(WordsOf(world.Answering()(world.ToAnswer(*asked))), "ok");
  EXPECT_EQ(world.Look(asked->share.row.id), "met");
  EXPECT_EQ(world.Look(asked->share.row.id), "state_conflict");
}

TEST(Share, ThatIsLookedAtOnceWaitsForItsDayButNotForLong) {
  ShareWorld world;
  const Instant given_at = world.clock.now;
  const auto due_of = [&](int days_ahead) {
    AskForShare::Order order = world.ToAsk();
    order.keep_through.reset();
    order.day = CivilDay::InLondon(given_at).PlusDays(days_ahead);
    const auto asked = world.Asking()(order);
    EXPECT_EQ(WordsOf(world.Answering()(world.ToAnswer(*asked))), "ok");
    return *world.Row(asked->share.row.id).due;
  };
  EXPECT_EQ(due_of(0), given_at + Seconds{86'400}) << "a day at the least";
  EXPECT_EQ(due_of(3), CivilDay::InLondon(given_at).PlusDays(4).StartInLondon());
  EXPECT_EQ(due_of(300), given_at + kLookOnceMax);
}

TEST(Share, RowOfOneThatIsOverGoesInTheEnd) {
  ShareWorld world;
  const AskForShare::Answer declined = world.Ask();
  AnswerShare::Order no = world.ToAnswer(declined);
  no.what = Decline{};
  ASSERT_EQ(WordsOf(world.Answering()(no)), "ok");
  const ShareId given = world.Give();
  ASSERT_EQ(world.Look(given), "met");
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), given}).ok());
  EXPECT_EQ(world.House(), "clean");
  const auto is_there = [&](const ShareId& share) { return world.store.FindShare(share)->has_value(); };
  world.clock.now = world.clock.now + kUngivenKept - Seconds{1};
  EXPECT_EQ(world.Ending().Due(10).value().ended, 0U);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Ending().Due(10).value().ended, 1U);
  EXPECT_FALSE(is_there(declined.share.row.id));
  EXPECT_TRUE(is_there(given)) << "something was given: the person sees it for longer";
  world.clock.now = world.clock.now + kOverKept;
  EXPECT_EQ(world.Ending().Due(10).value().ended, 1U);
  EXPECT_FALSE(is_there(given));
  EXPECT_EQ(world.Reliances(world.council).size(), 1U) << "what was relied on stays";
  EXPECT_EQ(world.Audited("share.forgotten", "done"), 2U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, IsJudgedByWhatIsKnownNow) {
  ShareWorld world;
  const ShareId share = world.Give();
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(change({world.trust, Request("r1"), world.ada.training, StandingVerb::kRevoke, "issued_in_error"}).ok());
  world.PublishNow();
  EXPECT_EQ(world.Look(share), "not_met");
}

TEST(Share, ShowsThePersonEveryLook) {
  ShareWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(world.Look(share), "met");
  world.clock.now = world.clock.now + Seconds{60};
  ASSERT_EQ(world.Decided(world.trust, world.ada), "met") << "a presentation of its own, to another organisation";
  const auto looks = world.ListingLooks()({world.ada_calls, {}});
  ASSERT_TRUE(looks.ok()) << looks.fault().detail;
  ASSERT_EQ(looks->size(), 2U);
  EXPECT_EQ((*looks)[0].receiver, world.trust.organisation);
  EXPECT_EQ((*looks)[0].share, "");
  EXPECT_EQ((*looks)[1].receiver, world.council.organisation);
  EXPECT_EQ((*looks)[1].share, share.text());
  EXPECT_EQ((*looks)[1].purpose, "placement");
  EXPECT_EQ((*looks)[1].outcome, "met");
  ASSERT_EQ((*looks)[1].records.size(), 1U);
  EXPECT_THAT((*looks)[1].records[0].facts, ::testing::Contains("achieved_on"));
  EXPECT_EQ(world.ListingLooks()({world.ada_calls, share})->size(), 1U);
  const RelyingWorld::Holder ben = world.Hire("1002");
  EXPECT_THAT(world.ListingLooks()({world.Holder(ben), {}}).value(), IsEmpty());
  EXPECT_EQ(WordsOf(world.ListingLooks()({world.Holder(ben), share})), "not_found");
}

TEST(Share, IsListedForBothSides) {
  ShareWorld world;
  const ShareId share = world.Give();
  world.Ask();
  EXPECT_EQ(world.Listing().Of(world.council, "", 0)->rows.size(), 2U);
  EXPECT_EQ(world.Listing().Of(world.trust, "", 0)->rows.size(), 0U);
  const auto mine = world.Listing().Of(world.ada_calls);
  ASSERT_EQ(mine->size(), 1U);
  EXPECT_EQ(mine->front().row.id, share);
}

TEST(Share, AnswerAloneHoldsNoRecords) {
  ShareWorld world;
  AskForShare::Order ask = world.ToAsk();
  AnswerShare::Order order = world.ToAnswer(*world.Asking()(ask));
  order.answer_only = true;
  EXPECT_EQ(WordsOf(world.Answering()(order)), "state_conflict") << "the receiver did not say that it is enough";
  ask = world.ToAsk();
  ask.answer_enough = true;
  const auto asked = world.Asking()(ask);
  order = world.ToAnswer(*asked);
  order.answer_only = true;
  ASSERT_EQ(WordsOf(world.Answering()(order)), "ok");
  const auto seen = world.Looking()(world.ToLook(asked->share.row.id));
  ASSERT_TRUE(seen.ok());
  EXPECT_FALSE(seen->presentation.has_value());
  const Known known = world.trust_in_force.Get();
  const auto answer = ReadDerivedAnswer(seen->derived, known.trust->registry(), world.clock.now);
  ASSERT_TRUE(answer.ok()) << answer.fault().detail;
  EXPECT_EQ(answer->outcome, Outcome::kMet);
  EXPECT_EQ(answer->receiver, world.council.organisation);
  EXPECT_EQ(answer->nonce, asked->share.row.nonce);
  EXPECT_EQ(seen->derived.find(world.ada.training.text()), std::string::npos);
  const auto late = ReadDerivedAnswer(seen->derived, known.trust->registry(), answer->expires_at);
  EXPECT_EQ(WordsOf(late), "time");
}

TEST(Share, OfAPersonAreFoundInBoundedMemory) {
  ShareWorld world;
  ASSERT_EQ(world.Look(world.Give()), "met");
  const RelianceRow look = world.Reliances(world.council).front();
  NewestLooks newest(3);
  std::size_t most = 0;
  for (int i = 0; i < 100; ++i) {
    RelianceRow row = look;
    row.entry.at = look.entry.at + Seconds{(i * 37) % 100};
    newest.Add(std::move(row));
    most = std::max(most, newest.held());
  }
  EXPECT_LE(most, 6U);
  const std::vector<RelianceRow> kept = std::move(newest).Take();
  ASSERT_EQ(kept.size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kept[static_cast<std::size_t>(i)].entry.at, look.entry.at + Seconds{99 - i});
}

TEST(Share, IsRenewedUnderTheNewKeyOrEnds) {
  ShareWorld world;
  const ShareId share = world.Give();
  const ShareId other = world.Give();
  EXPECT_EQ(world.Renewing()(*world.ada_calls.person, false)->renewed, 0U) << "the key is the same";
  EXPECT_EQ(world.Row(share).state, ShareState::kGiven);
  ASSERT_EQ(world.Renewing()(*world.ada_calls.person, true)->ended, 2U);
  EXPECT_EQ(world.Row(share).ended_by, "loss");
  EXPECT_EQ(world.Look(other), "state_conflict");
  EXPECT_EQ(world.House(), "clean");
}

// A world in which a loss takes the shares along.
struct LossOfAShareWorld : ShareWorld {
  RenewShares renew_shares = Renewing();
  RebindPassport rebinding{store, *keys, *vault, random, clock, *issuing, renew_shares.AsTurn()};
  Result<RebindPassport::Outcome> Lose(bool end_shares) {
    return rebinding({.person = *ada_calls.person,
                      .why = RebindingReason::kLost,
                      .request = "lost-1",
                      .held_as = HeldAs::kKept,
                      .end_shares = end_shares},
                     {});
  }
};

TEST(Share, GoesOnAfterALossUnderTheNewKeyAndComesBackWhenTheLossIsTakenBack) {
  LossOfAShareWorld world;
  const ShareId share = world.Give();
  const std::string subject = world.Row(share).subject;
  ASSERT_EQ(WordsOf(world.Lose(false)), "ok");
  EXPECT_NE(world.Row(share).subject, subject);
  EXPECT_EQ(world.Look(share), "met");
  const auto loss = world.store.FindRebinding(*world.ada_calls.person);
  ASSERT_TRUE(loss.ok() && loss->has_value());
  ASSERT_EQ(WordsOf(world.rebinding.Undo(**loss, "undo-1", {})), "ok");
  EXPECT_EQ(world.Row(share).subject, subject);
  EXPECT_EQ(world.Look(share), "met");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, EndsWithALossWhereThePersonChoosesSo) {
  LossOfAShareWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(WordsOf(world.Lose(true)), "ok");
  EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
  EXPECT_EQ(world.Row(share).ended_by, "loss");
  EXPECT_EQ(world.Reliances(world.council).size(), 0U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, ThatCanNotBeShownAgainWaitsAndDoesNotHoldUpThePassport) {
  LossOfAShareWorld world;
  const ShareId damaged = world.Give();
  const ShareId good = world.Give();
  ShareRow row = world.Row(damaged);
  row.sealed.back() = static_cast<char>(row.sealed.back() ^ 1);
  ++row.revision;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceShare{row}}).ok());
  ASSERT_EQ(WordsOf(world.Lose(false)), "ok");
  EXPECT_EQ(world.store.FindRebinding(*world.ada_calls.person)->value().state, RebindingState::kUndoable);
  EXPECT_EQ(world.Row(damaged).state, ShareState::kRenewing);
  EXPECT_EQ(world.Look(good), "met");
  EXPECT_EQ(world.Audited("share.renewed", "done"), 1U);
  EXPECT_NE(world.AllAudited().find(damaged.text()), std::string::npos) << "somebody can look after it";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, WaitsForTheWalletAfterTheKeyWasReplaced) {
  ShareWorld world;
  const ShareId share = world.Give();
  HolderCaller by = world.ada_calls;
  const std::string kept = KeptThumbprint(*world.vault, world.store.FindPerson(*by.person)->value()).value();
  // The passport is bound to a key of a wallet now.
  const auto apply = [&](const Changes& changes) { ASSERT_TRUE(ApplyNow(world.store, changes).ok()); };
  apply({EndHolderKey{kept, world.clock.now, "moved"}, AddHolderKey{{.thumbprint = "wallet-key",
                                                                     .person = *by.person,
                                                                     .held_as = HeldAs::kWallet,
                                                                     .from = world.clock.now,
                                                                     .until = {},
                                                                     .end_reason = {}}}});
  EXPECT_EQ(world.Renewing()(*world.ada_calls.person, false)->renewing, 1U);
  EXPECT_EQ(world.Look(share), "state_conflict");
  EXPECT_EQ(world.Row(share).state, ShareState::kRenewing);
  // The key that waits in this test is the old one, good again: it is at hand.
  apply({EndHolderKey{"wallet-key", world.clock.now, "lost"}, ReviveHolderKey{kept}});
  const auto renew = [&](const std::string& thumbprint) {
    by.key = ProvenKey{.point = {}, .thumbprint = thumbprint};
    return WordsOf(world.RenewingOne()({by, Request("n1"), share, world.Present(world.Row(share), kMoverFacts)}));
  };
  EXPECT_EQ(renew("wallet-key"), "holder_mismatch") << "presented with another key than the call was proved with";
  EXPECT_EQ(renew(kept), "ok");
  EXPECT_EQ(world.Look(share), "met");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, AuditHoldsOpaqueIdsAlone) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  ASSERT_EQ(WordsOf(world.Answering()(world.ToAnswer(asked))), "ok");
  ASSERT_EQ(world.Look(asked.share.row.id), "met");
  const std::string all = world.AllAudited();
  EXPECT_EQ(all.find(asked.code), std::string::npos);
  EXPECT_EQ(world.Audited("share.given", "done", "placement"), 1U);
  EXPECT_EQ(world.Audited("share.looked", "none"), 1U);
}

}  // namespace
}  // namespace passport
