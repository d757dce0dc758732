// How shares end with whatever else ends, and what of them is still seen, repeated and told.
#include <gmock/gmock.h>

#include "passport-service/acts/finish_erasures.h"
#include "passport-service/acts/rebind_passport.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using StoreFailure = MemoryStore::Failure;

struct ShareEndsWorld : ShareWorld {
  ErasePerson erase = Erasing();
  std::string Erase(const Caller& by, std::optional<std::string> number, std::optional<std::string> subject = {}) {
    return WordsOf(erase({.by = by,
                          .request = Request("erase-" + std::to_string(++requests)),
                          .employee_number = std::move(number),
                          .subject = std::move(subject),
                          .why = "person_asked"}));
  }
  // What anybody reads who has kept the row as it was.
  std::string Copied(const ShareRow& row) {
    const auto text = OpenShare(*vault, row);
    if (!text.ok()) return WordsOf(text);
    return text->has_value() ? "readable" : "gone";
  }
  ShareId GiveOnce() {
    AskForShare::Order order = ToAsk();
    order.keep_through.reset();
    const auto asked = Asking()(order);
    EXPECT_EQ(WordsOf(Answering()(ToAnswer(*asked))), "ok");
    return asked->share.row.id;
  }
  ShareId GiveAnswerAlone() {
    AskForShare::Order ask = ToAsk();
    ask.answer_enough = true;
    const auto asked = Asking()(ask);
    AnswerShare::Order order = ToAnswer(*asked);
    order.answer_only = true;
    EXPECT_EQ(WordsOf(Answering()(order)), "ok");
    return asked->share.row.id;
  }
  std::vector<std::string> Outcomes(std::optional<ShareId> share = {}) {
    std::vector<std::string> outcomes;
    const auto looks = ListingLooks()({ada_calls, std::move(share)});
    EXPECT_TRUE(looks.ok()) << looks.fault().detail;
    if (!looks.ok()) return outcomes;
    for (const SeenLook& look : *looks) outcomes.push_back(look.receiver.text() + " " + look.outcome);
    return outcomes;
  }
};

TEST(Share, EndsInTheWriteThatErasesThePersonWhereverTheProgramIsKilled) {
  for (const StoreFailure::When when : {StoreFailure::When::kBefore, StoreFailure::When::kAfter}) {
    bool whole = false;
    for (int at = 0; !whole; ++at) {
      ShareEndsWorld world;
      const ShareId share = world.Give();
      const ShareId other = world.Give();
      ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("end"), other}).ok());
      ASSERT_EQ(world.Look(share), "met");
      const ShareRow before = world.Row(share);
      world.store.OnApply([at, when, count = 0](const Changes&) mutable -> std::optional<StoreFailure> {
        const int now = count++;
        if (now < at) return std::nullopt;
        const auto how = now == at ? when : StoreFailure::When::kBefore;
        return StoreFailure{how, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
      });
      whole = world.Erase(world.trust, "1001") == "ok";
      world.store.OnApply({});
      EXPECT_EQ(world.House(), "clean") << "killed at write " << at;
      const std::string again = world.Erase(world.trust, "1001");
      EXPECT_TRUE(again == "ok" || again == "not_found") << again;
      EXPECT_FALSE(world.store.FindPerson(*world.ada_calls.person)->has_value());
      EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
      EXPECT_EQ(world.Row(share).ended_by, "erasure");
      EXPECT_FALSE(world.Row(share).person.has_value());
      EXPECT_FALSE(world.Row(other).person.has_value());
      EXPECT_EQ(world.Look(share), "state_conflict");
      EXPECT_EQ(world.Copied(before), "gone");
      EXPECT_EQ(world.House(), "clean") << at;
      ASSERT_LT(at, 40);
    }
  }
}

TEST(Share, OfSomebodyWhomAnotherEmployerHasGoesOnWhenOneErasesThem) {
  ShareEndsWorld world;
  EnrolPerson enrol = world.EnrolPeople();
  const Caller other{OrganisationId::Parse("ods:QHG").value(), "hr"};
  ASSERT_TRUE(enrol({other, Request("join"), "77", world.ada.code}).ok());
  const ShareId share = world.Give();
  ASSERT_EQ(world.Erase(world.trust, "1001"), "ok");
  EXPECT_EQ(world.Row(share).state, ShareState::kGiven);
  EXPECT_EQ(world.Row(share).person, world.ada_calls.person);
  world.PublishNow();
  EXPECT_EQ(world.Look(share), "not_met") << "what was shown is revoked";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, NothingIsAnsweredForWhoIsErasedAtTheSameTime) {
  ShareEndsWorld world;
  const AskForShare::Answer asked = world.Ask();
  AnswerShare::Order no = world.ToAnswer(asked);
  no.what = Decline{};
  const AnswerShare::Order yes = world.ToAnswer(asked);
  ASSERT_EQ(world.Erase(world.trust, "1001"), "ok");
  EXPECT_EQ(WordsOf(world.Answering()(yes)), "not_found");
  EXPECT_EQ(WordsOf(world.Answering()(no)), "not_found");
  EXPECT_FALSE(world.Row(asked.share.row.id).person.has_value());
  // The write itself insists on it, too.
  ShareEndsWorld other;
  const AskForShare::Answer open = other.Ask();
  bool expects = false;
  other.store.OnApply([&](const Changes& changes) -> std::optional<StoreFailure> {
    for (const Change& change : changes) expects = expects || std::get_if<ExpectPassport>(&change) != nullptr;
    return std::nullopt;
  });
  ASSERT_EQ(WordsOf(other.Answering()(other.ToAnswer(open))), "ok");
  EXPECT_TRUE(expects);
}

TEST(Share, EndsWhenItsReceiverErasesWhatItKeepsOfThePerson) {
  ShareEndsWorld world;
  const ShareId looked_at = world.Give();
  const ShareId never_looked_at = world.Give();
  ASSERT_EQ(world.Look(looked_at), "met");
  const std::string subject = world.Row(looked_at).subject;
  EXPECT_EQ(world.Erase(world.trust, {}, subject), "not_found") << "the trust was given nothing";
  EXPECT_EQ(world.Row(looked_at).state, ShareState::kGiven);
  ASSERT_EQ(world.Erase(world.council, {}, subject), "ok");
  for (const ShareId& share : {looked_at, never_looked_at}) {
    EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
    EXPECT_EQ(world.Row(share).ended_by, "erasure");
    EXPECT_EQ(world.Row(share).person, world.ada_calls.person) << "the person still sees that it was";
    EXPECT_EQ(world.Look(share), "state_conflict");
  }
  EXPECT_EQ(world.Erase(world.council, {}, subject), "not_found") << "it was done";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, ThatNobodyLookedAtIsErasedByItsReceiverToo) {
  ShareEndsWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(world.Erase(world.council, {}, world.Row(share).subject), "ok");
  EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
  EXPECT_EQ(world.Audited("subject.erased", "done", "person_asked"), 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, EndsWhenItsReceiverErasesOneOfItsOwnPeople) {
  ShareEndsWorld world;
  EnrolPerson enrol = world.EnrolPeople();
  ASSERT_TRUE(enrol({world.council, Request("second-job"), "C-9", world.ada.code}).ok());
  const ShareId share = world.Give();
  ASSERT_EQ(world.Erase(world.council, "C-9"), "ok");
  EXPECT_EQ(world.Row(share).state, ShareState::kEnded);
  EXPECT_TRUE(world.store.FindPerson(*world.ada_calls.person)->has_value()) << "the trust has her";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, CanNotBeOpenedFromACopyOnceItIsOver) {
  ShareEndsWorld world;
  const ShareId kept = world.Give();
  ASSERT_EQ(world.Look(kept), "met");
  const std::string subject = world.Row(kept).subject;
  const auto ended = [&](const ShareId& share, const auto& end) {
    const ShareRow before = world.Row(share);
    EXPECT_EQ(world.Copied(before), "readable");
    end(share);
    EXPECT_TRUE(world.Row(share).sealed.empty());
    EXPECT_FALSE(world.store.FindDataKey(owner::Share(before.receiver, share))->has_value());
    EXPECT_EQ(world.Copied(before), "gone");
  };
  ended(world.Give(), [&](const ShareId& share) {
    ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), share}).ok());
  });
  ended(world.Give(), [&](const ShareId& share) {
    ASSERT_TRUE(world.Ending()(EndShare::ByReceiver{world.council, Request("e2"), share}).ok());
  });
  ended(world.GiveOnce(), [&](const ShareId& share) { ASSERT_EQ(world.Look(share), "met"); });
  ended(world.GiveAnswerAlone(), [&](const ShareId& share) {
    ASSERT_EQ(world.Renewing()(*world.ada_calls.person, true)->ended, 2U);
    EXPECT_EQ(world.Row(share).ended_by, "loss");
  });
  ended(world.Give(), [&](const ShareId& share) {
    world.clock.now = *world.Row(share).due;
    ASSERT_EQ(world.Ending().Due(10).value().ended, 1U);
  });
  EXPECT_TRUE(world.store.FindDataKey(owner::Subject(world.council.organisation, subject))->has_value());
  ASSERT_FALSE(world.Reliances(world.council).empty());
  const auto looks = world.ListingLooks()({world.ada_calls, kept});
  ASSERT_TRUE(looks.ok());
  EXPECT_EQ(looks->front().records.size(), 1U) << "what was relied on stays and can be read";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, IsOverInAStoreThatWasPutBackWhereItWasOverOrItsPersonIsGone) {
  ShareEndsWorld world;
  const ShareId ended = world.Give();
  const ShareId goes_on = world.Give();
  const ShareRow before = world.Row(ended);
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), ended}).ok());
  // The row of an older version, beside the keys of the newest.
  ShareRow put_back = before;
  put_back.revision = world.Row(ended).revision + 1;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceShare{put_back}}).ok());
  ASSERT_EQ(world.Row(ended).state, ShareState::kGiven);
  EXPECT_EQ(FinishErasures(world.store, world.clock).value(), 1U);
  EXPECT_EQ(world.Row(ended).state, ShareState::kEnded);
  EXPECT_EQ(world.Row(goes_on).state, ShareState::kGiven);
  EXPECT_EQ(world.Look(goes_on), "met");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, RequestIdThatAnsweredOnceAnswersNothingElse) {
  ShareWorld world;
  const AskForShare::Answer asked = world.Ask();
  const AnswerShare::Order order = world.ToAnswer(asked);
  ASSERT_EQ(WordsOf(world.Answering()(order)), "ok");
  EXPECT_EQ(WordsOf(world.Answering()(order)), "ok") << "the same answer again";
  AnswerShare::Order other = order;
  other.what = Decline{};
  EXPECT_EQ(WordsOf(world.Answering()(other)), "request_reused");
  other = order;
  other.answer_only = true;
  EXPECT_EQ(WordsOf(world.Answering()(other)), "request_reused");
  other = order;
  other.what = GivePresentation{"another"};
  EXPECT_EQ(WordsOf(world.Answering()(other)), "request_reused");
  other = order;
  other.request = Request("another-id");
  EXPECT_EQ(WordsOf(world.Answering()(other)), "state_conflict") << "answered already";
  EXPECT_EQ(world.Row(asked.share.row.id).state, ShareState::kGiven);
}

TEST(Share, AnAnswerWhoseReplyWasLostIsFoundAgain) {
  for (const StoreFailure::When when : {StoreFailure::When::kBefore, StoreFailure::When::kAfter}) {
    ShareWorld world;
    const AskForShare::Answer asked = world.Ask();
    const AnswerShare::Order order = world.ToAnswer(asked);
    world.store.OnApply([when](const Changes& changes) -> std::optional<StoreFailure> {
      const bool answers = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
        return std::get_if<ReplaceShare>(&change) != nullptr;
      });
      if (!answers) return std::nullopt;
      return StoreFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const std::string first = WordsOf(world.Answering()(order));
    EXPECT_EQ(first, when == StoreFailure::When::kAfter ? "ok" : "outcome_unknown");
    world.store.OnApply({});
    EXPECT_EQ(WordsOf(world.Answering()(order)), "ok");
    EXPECT_EQ(world.Look(asked.share.row.id), "met");
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(Share, ShowsThePersonLooksThatCameToNothingAndLooksIntoAnAnswerAlone) {
  ShareEndsWorld world;
  const ShareId share = world.Give();
  const ShareId answer = world.GiveAnswerAlone();
  ASSERT_EQ(world.Look(share), "met");
  world.clock.now = world.clock.now + Seconds{60};
  ASSERT_EQ(world.Look(answer), "answer");
  world.clock.now = world.clock.now + Seconds{60};
  ASSERT_EQ(world.Withdraw(world.registrar, RuleKind::kRoleProfile, "mover", 1), "ok");
  world.PublishNow();
  ASSERT_EQ(world.Look(share), "withdrawn");
  const std::string council = world.council.organisation.text();
  EXPECT_THAT(world.Outcomes(), ElementsAre(council + " withdrawn", council + " met", council + " met"));
  EXPECT_THAT(world.Outcomes(answer), ElementsAre(council + " met"));
  const auto looks = world.ListingLooks()({world.ada_calls, share});
  ASSERT_EQ(looks->size(), 2U);
  EXPECT_EQ((*looks)[0].purpose, "placement");
  EXPECT_EQ((*looks)[0].share, share.text());
  EXPECT_FALSE((*looks)[0].receiver_name.empty());
  EXPECT_THAT((*looks)[0].records, IsEmpty()) << "nothing showed";
  EXPECT_EQ((*looks)[1].records.size(), 1U);
  // Nor is one lost when the share is over.
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), share}).ok());
  EXPECT_EQ(world.Outcomes(share).size(), 2U);
  const RelyingWorld::Holder ben = world.Hire("1002");
  EXPECT_THAT(world.ListingLooks()({world.Holder(ben), {}}).value(), IsEmpty());
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, AMalformedQuestionIsNoLook) {
  ShareEndsWorld world;
  const ShareId share = world.Give();
  LookAtShare::Order order = world.ToLook(share);
  order.agreement = std::string(41, 'a');
  EXPECT_EQ(WordsOf(world.Looking()(order)), "field_invalid");
  EXPECT_THAT(world.Outcomes(), IsEmpty());
}

TEST(Share, WhatIsLookedAtOnceIsShownAgainToTheSameRequestForAQuarterOfAnHour) {
  ShareEndsWorld world;
  const ShareId share = world.GiveOnce();
  LookAtShare::Order order = world.ToLook(share);
  order.request = Request("look-1");
  const auto first = world.Looking()(order);
  ASSERT_TRUE(first.ok()) << first.fault().detail;
  EXPECT_EQ(world.Look(share), "state_conflict") << "without the request";
  LookAtShare::Order other = order;
  other.request = Request("look-2");
  EXPECT_EQ(WordsOf(world.Looking()(other)), "state_conflict") << "another request";
  other = order;
  other.agreement = "other_employers";
  EXPECT_EQ(WordsOf(world.Looking()(other)), "request_reused");
  world.clock.now = world.clock.now + kLookAgainTime + Seconds{-1};
  const auto again = world.Looking()(order);
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_EQ(again->decision->outcome, first->decision->outcome);
  EXPECT_EQ(again->presentation->records().size(), first->presentation->records().size());
  EXPECT_EQ(world.Reliances(world.council).size(), 2U) << "each answer has its receipt";
  EXPECT_EQ(world.Outcomes(share).size(), 2U) << "and the person sees both";
  EXPECT_EQ(world.House(), "clean");
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(WordsOf(world.Looking()(order)), "state_conflict") << "the quarter of an hour is over";
  EXPECT_EQ(world.Row(share).state, ShareState::kLapsed);
  EXPECT_EQ(world.Row(share).ended_by, "receiver");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, WhatIsLookedAtOnceIsLookedAtOnceWhicheverWriteIsLost) {
  for (const StoreFailure::When when : {StoreFailure::When::kBefore, StoreFailure::When::kAfter}) {
    ShareEndsWorld world;
    const ShareId share = world.GiveOnce();
    LookAtShare::Order order = world.ToLook(share);
    order.request = Request("look-1");
    world.store.OnApply([when](const Changes& changes) -> std::optional<StoreFailure> {
      const bool relies = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
        return std::get_if<AppendReliance>(&change) != nullptr;
      });
      if (!relies) return std::nullopt;
      return StoreFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const std::string first = WordsOf(world.Looking()(order));
    EXPECT_EQ(first, when == StoreFailure::When::kAfter ? "ok" : "outcome_unknown");
    world.store.OnApply({});
    EXPECT_EQ(WordsOf(world.Looking()(order)), "ok") << "the answer was lost";
    LookAtShare::Order other = order;
    other.request = Request("look-2");
    EXPECT_EQ(WordsOf(world.Looking()(other)), "state_conflict");
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(Share, LookedAtOnceIsEndedByThePersonBeforeItIsShownAgain) {
  ShareEndsWorld world;
  const ShareId share = world.GiveOnce();
  LookAtShare::Order order = world.ToLook(share);
  order.request = Request("look-1");
  ASSERT_EQ(WordsOf(world.Looking()(order)), "ok");
  const ShareRow before = world.Row(share);
  ASSERT_TRUE(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("e1"), share}).ok());
  EXPECT_EQ(WordsOf(world.Looking()(order)), "state_conflict");
  EXPECT_EQ(world.Copied(before), "gone");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Share, ReceiversHearOfTheBaseOfTheirProfileAndOfTheWordsItIsWrittenIn) {
  ShareEndsWorld world;
  const std::string local = R"({"id":"council-mover","version":1,"title":"Mover","effective_from":"2026-01-01",
    "expiring_within_days":30,"organisation":"ons:E06000032","extends":{"profile":"mover"},"requirements":[
    {"id":"moving","needs":"moving and handling","any_of":[{"training":"moving_and_handling","level":2,
    "within_months":24}]}]})";
  ASSERT_EQ(world.Put(world.council, RuleKind::kRoleProfile, local), "ok");
  world.PublishNow();
  AskForShare::Order ask = world.ToAsk();
  ask.profile = "council-mover";
  const auto asked = world.Asking()(ask);
  ASSERT_TRUE(asked.ok()) << asked.fault().detail;
  ASSERT_EQ(WordsOf(world.Answering()(world.ToAnswer(*asked))), "ok");
  const std::string share = asked->share.row.id.text();
  const std::size_t before = world.Heard(0).size();
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(2)), "ok");
  EXPECT_THAT(world.Heard(before), ElementsAre(share)) << "the base has changed";
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kTaxonomy,
                      R"({"id":"local-words","version":1,"title":"Words","effective_from":"2026-01-01",
                         "words":[{"list":"method","word":"seen_in_person","label":"Seen"}]})"),
            "ok");
  EXPECT_THAT(world.Heard(before + 1), ElementsAre(share)) << "what words mean has changed";
  ASSERT_EQ(world.Withdraw(world.registrar, RuleKind::kRoleProfile, "mover", 2), "ok");
  EXPECT_THAT(world.Heard(before + 2), ElementsAre(share));
}

}  // namespace
}  // namespace passport
