#include <gmock/gmock.h>

#include "passport-service/acts/check_roster.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/sealed_receipt.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The trust and the council each have Ada on their roster: the trust employs her, the council knows her as C7 and has
// what she shares with it.
struct RosterWorld : ShareWorld {
  RosterWorld() {
    trust.roles = council.roles = Roles{Role::kVerifier};
    EXPECT_EQ(WordsOf(EnrolPeople()({council, Request("enrol-c7"), "C7", ada.code})), "ok");
  }
  CheckRoster Checking() { return {store, *keys, *vault, random, trust_in_force, clock, terms}; }
  std::unique_ptr<Roster> Open(const Caller& by, const std::string& purpose = "placement") {
    auto opened = Checking()({.by = by, .purpose = purpose, .agreement = ""});
    EXPECT_TRUE(opened.ok()) << opened.fault().detail;
    return std::move(opened).value();
  }
  // Tomorrow, eight hours.
  RosterLine Line(const std::string& id) const {
    return {.id = id,
            .employee_number = {},
            .share = {},
            .profile = "mover",
            .place = {},
            .starts_at = clock.now + Seconds{86'400},
            .ends_at = clock.now + Seconds{86'400 + 8 * 3'600}};
  }
  RosterLine Employee(const std::string& number, const std::string& id = "l1") const {
    RosterLine line = Line(id);
    line.employee_number = number;
    return line;
  }
  RosterLine Of(const ShareId& share, const std::string& id = "l1") const {
    RosterLine line = Line(id);
    line.share = share.text();
    return line;
  }
  // "met", "not_met record_missing", or the word of the refusal.
  static std::string WordsOfLine(const RosterResult& result) {
    if (!result.decision) return std::string(WordOf(result.refused->reason));
    const Reason reason = FirstReason(*result.decision);
    std::string words(WordOf(result.decision->outcome));
    return reason == Reason::kNone ? words : words + " " + std::string(WordOf(reason));
  }
  static std::vector<std::string> Answers(Roster& roster, const std::vector<RosterLine>& lines) {
    const auto results = roster.Take(lines);
    if (!results.ok()) return {"call: " + WordsOf(results)};
    std::vector<std::string> words;
    for (const RosterResult& each : *results) words.push_back(WordsOfLine(each));
    return words;
  }
  std::string Answer(const Caller& by, const RosterLine& line, const std::string& purpose = "placement") {
    return Answers(*Open(by, purpose), {line}).front();
  }
  std::optional<std::string> Receipt(const RelianceRow& row) { return UnsealReceipt(*vault, row.entry).value(); }
  HeldRecords HeldOf(const RelyingWorld::Holder& of) {
    const CredentialRow row = store.FindCredential(trust.organisation, of.training)->value();
    const std::string token = *OpenToken(*vault, row).value();
    return VerifyHeld(std::span(&token, 1), *trust_in_force.Get().trust, Seconds{60}, clock.now).value();
  }
  RosterTerms terms;
};

TEST(Roster, AnswersForOnesOwnPeopleByOnesOwnRecords) {
  RosterWorld world;
  EXPECT_EQ(world.Answer(world.trust, world.Employee("1001")), "met");
  const std::vector<RelianceRow> rows = world.Reliances(world.trust);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].entry.share, "") << "nothing that was shared was looked into";
  EXPECT_EQ(rows[0].entry.purpose, "placement");
  EXPECT_EQ(rows[0].entry.profile, "mover");
  const auto receipt = ReadReceipt(*world.Receipt(rows[0]), world.trust_in_force.Get().trust->registry());
  ASSERT_TRUE(receipt.ok()) << receipt.fault().detail;
  EXPECT_EQ(receipt->outcome, "met");
  ASSERT_EQ(receipt->records.size(), 1U);
  EXPECT_EQ(receipt->records[0].credential, world.ada.training);
  EXPECT_EQ(world.Audited("roster.checked", "done", "placement"), 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Roster, AnswersForThePeopleOfOthersByWhatTheyShare) {
  RosterWorld world;
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7")), "record_missing") << "known, and nothing counts yet";
  const ShareId share = world.Give();
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "met");
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7")), "met");
  const std::vector<RelianceRow> rows = world.Reliances(world.council);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].entry.share, share.text());
  EXPECT_EQ(rows[1].entry.share, share.text());
  EXPECT_EQ(world.House(), "clean");
}

TEST(Roster, ThePersonSeesEveryLookIntoEveryShareThatServed) {
  RosterWorld world;
  const ShareId one = world.Give();
  world.clock.now = world.clock.now + Seconds{1};
  const ShareId other = world.Give();
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7")), "met");
  EXPECT_EQ(world.Reliances(world.council)[0].entry.share, other.text() + " " + one.text());
  for (const ShareId& share : {one, other}) {
    const auto looks = world.ListingLooks()({world.ada_calls, share});
    ASSERT_TRUE(looks.ok());
    ASSERT_EQ(looks->size(), 1U);
    EXPECT_EQ(looks->front().outcome, "met");
    ASSERT_EQ(looks->front().records.size(), 1U) << "a credential that is in two shares is taken once";
  }
}

TEST(Roster, KnowsNobodyByTheNumberOfAnotherEmployer) {
  RosterWorld world;
  world.Give();
  EXPECT_EQ(world.Answer(world.council, world.Employee("1001")), "not_found");
  EXPECT_EQ(world.Answer(world.trust, world.Employee("C7")), "not_found");
}

TEST(Roster, AnotherReceiversShareIsLikeNoneAtAll) {
  RosterWorld world;
  const ShareId share = world.Give();
  const auto theirs = world.Open(world.trust)->Take({world.Of(share)});
  const auto nowhere = world.Open(world.trust)->Take({world.Of(ShareId::Parse("none").value())});
  EXPECT_EQ(theirs->front().refused->reason, Reason::kNotFound);
  EXPECT_EQ(theirs->front().refused->detail, nowhere->front().refused->detail);
}

TEST(Roster, UsesAShareForItsOwnPurposeAndProfileAlone) {
  RosterWorld world;
  std::string healthy = MoverProfile();
  healthy.replace(healthy.find("mover"), 5, "lifter");
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, healthy), "ok");
  world.PublishNow();
  const ShareId share = world.Give();
  EXPECT_EQ(world.Answer(world.council, world.Of(share), "shift"), "not_permitted");
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7"), "shift"), "record_missing");
  RosterLine line = world.Of(share);
  line.profile = "lifter";
  EXPECT_EQ(world.Answer(world.council, line), "not_permitted");
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "met");
}

TEST(Roster, UsesNoShareThatWasGivenForOneLookOrAsAnAnswerAlone) {
  RosterWorld world;
  const auto give = [&](auto change) {
    AskForShare::Order ask = world.ToAsk();
    change(ask);
    const auto asked = world.Asking()(ask);
    AnswerShare::Order order = world.ToAnswer(*asked);
    order.answer_only = ask.answer_enough;
    EXPECT_EQ(WordsOf(world.Answering()(order)), "ok");
    return asked->share.row.id;
  };
  const ShareId once = give([](AskForShare::Order& ask) { ask.keep_through = {}; });
  const ShareId answer = give([](AskForShare::Order& ask) { ask.answer_enough = true; });
  EXPECT_EQ(world.Answer(world.council, world.Of(once)), "not_permitted");
  EXPECT_EQ(world.Answer(world.council, world.Of(answer)), "not_permitted");
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7")), "record_missing");
  EXPECT_EQ(world.Look(once), "met") << "nothing has looked";
}

TEST(Roster, UsesNoShareThatIsNotGivenOverOrBeingRenewed) {
  RosterWorld world;
  EXPECT_EQ(world.Answer(world.council, world.Of(world.Ask().share.row.id)), "state_conflict");
  const ShareId ended = world.Give();
  ASSERT_EQ(WordsOf(world.Ending()(EndShare::ByHolder{world.ada_calls, Request("end"), ended})), "ok");
  EXPECT_EQ(world.Answer(world.council, world.Of(ended)), "state_conflict");
  const ShareId share = world.Give();
  const PersonRow ada = world.store.FindPerson(*world.ada_calls.person)->value();
  const std::string kept = KeptThumbprint(*world.vault, ada).value();
  const Changes moved = {EndHolderKey{kept, world.clock.now, "moved"}, AddHolderKey{{.thumbprint = "wallet-key",
                                                                                     .person = ada.id,
                                                                                     .held_as = HeldAs::kWallet,
                                                                                     .from = world.clock.now,
                                                                                     .until = {},
                                                                                     .end_reason = {}}}};
  ASSERT_TRUE(ApplyNow(world.store, moved).ok());
  EXPECT_EQ(world.Renewing()(ada.id, false)->renewing, 1U);
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "state_conflict");
  EXPECT_EQ(world.Answer(world.trust, world.Employee("1001")), "record_missing") << "bound to a key that is given up";
}

TEST(Roster, ShareWhoseDayIsOverIsNotUsedAlthoughNobodyHasEndedItYet) {
  RosterWorld world;
  const ShareId share = world.Give();
  world.clock.now = *world.Row(share).due;
  world.PublishNow();
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "state_conflict");
}

TEST(Roster, EachBadLineSaysWhyAndTheOthersGoOn) {
  RosterWorld world;
  std::vector<RosterLine> lines;
  const auto add = [&](auto change) {
    lines.push_back(world.Employee("1001", "l" + std::to_string(lines.size())));
    change(lines.back());
  };
  const Instant now = world.clock.now;
  add([](RosterLine& line) { line.employee_number = "9999"; });
  add([](RosterLine& line) { line.employee_number = ""; });
  add([](RosterLine& line) { line.share = "both"; });
  add([](RosterLine& line) { line.profile = "nobody"; });
  add([](RosterLine& line) { line.profile = ""; });
  add([](RosterLine& line) { line.place = "here"; });
  add([](RosterLine& line) { line.ends_at = line.starts_at; });
  add([](RosterLine& line) { std::swap(line.starts_at, line.ends_at); });
  add([](RosterLine& line) { line.ends_at = *line.starts_at + Seconds{32 * 86'400}; });
  add([](RosterLine& line) { line.starts_at = {}; });
  add([&](RosterLine& line) { line.starts_at = now - Seconds{3'600}, line.ends_at = now; });
  const Seconds ten_years{std::int64_t{3'650} * 86'400};
  add([&](RosterLine& line) { line.starts_at = now + ten_years, line.ends_at = now + ten_years + Seconds{3'600}; });
  add([](RosterLine& line) { line.id = ""; });
  add([](RosterLine& line) { line.id = std::string(65, 'x'); });
  add([](RosterLine& line) { line.id = "l0"; });
  add([](RosterLine&) {});
  const std::unique_ptr<Roster> roster = world.Open(world.trust);
  EXPECT_THAT(RosterWorld::Answers(*roster, lines),
              ElementsAre("not_found", "field_invalid", "field_invalid", "not_found", "not_found", "field_invalid",
                          "field_invalid", "field_invalid", "field_invalid", "field_invalid", "field_invalid",
                          "field_invalid", "field_invalid", "field_invalid", "already_exists", "met"));
  EXPECT_EQ(roster->tally().lines, 16U);
  EXPECT_EQ(roster->tally().refused, 15U);
  EXPECT_EQ(roster->tally().met, 1U);
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("1001", "l15")}), ElementsAre("already_exists"));
  EXPECT_EQ(world.Reliances(world.trust).size(), 1U) << "of what was decided alone";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Roster, SaysWhereInTheCallALineStood) {
  RosterWorld world;
  const std::unique_ptr<Roster> roster = world.Open(world.trust);
  ASSERT_TRUE(roster->Take({world.Employee("1001", "a"), world.Employee("1001", "")}).ok());
  const auto results = roster->Take({world.Employee("9999", "c")});
  EXPECT_EQ(results->front().position, 3U);
  EXPECT_EQ(results->front().id, "c");
}

TEST(Roster, SomebodyWhoHasLeftIsNotOnTheRoster) {
  RosterWorld world;
  const Digest number = EmployeeNumberDigest(*world.vault, world.trust.organisation, "1001").value();
  ASSERT_TRUE(ApplyNow(world.store, {SetLeaving{world.trust.organisation, number, world.clock.now, "sealed"}}).ok());
  EXPECT_EQ(world.Answer(world.trust, world.Employee("1001")), "state_conflict");
}

TEST(Roster, OneCallSeesOneSnapshot) {
  RosterWorld world;
  const std::unique_ptr<Roster> before = world.Open(world.trust);
  ASSERT_EQ(WordsOf(world.ChangingStandings()(
                {world.trust, Request("revoke"), world.ada.training, StandingVerb::kRevoke, "issued_in_error"})),
            "ok");
  world.PublishNow();
  EXPECT_THAT(RosterWorld::Answers(*before, {world.Employee("1001")}), ElementsAre("met"));
  const std::unique_ptr<Roster> after = world.Open(world.trust);
  EXPECT_NE(after->snapshot_id(), before->snapshot_id());
  EXPECT_THAT(RosterWorld::Answers(*after, {world.Employee("1001")}), ElementsAre("not_met revoked"));
}

TEST(Roster, CannotTellOnceItsSnapshotIsTooOldAlsoWithinACall) {
  RosterWorld world;
  const std::unique_ptr<Roster> roster = world.Open(world.trust);
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("1001", "a")}), ElementsAre("met"));
  world.clock.now = world.clock.now + Seconds{86'400 + 3'601};
  RosterLine line = world.Employee("1001", "b");
  const std::vector<std::string> words = RosterWorld::Answers(*roster, {line});
  EXPECT_EQ(words.front().substr(0, 11), "cannot_tell") << words.front();
}

TEST(Roster, RecordThatWasReplacedStandsInNobodysWay) {
  RosterWorld world;
  world.IssueTraining("1001", {{"achieved_on", "2026-06-01"}, {"checked_on", "2026-06-01"}});
  world.PublishNow();
  EXPECT_EQ(world.Answer(world.trust, world.Employee("1001")), "met");
  const auto receipt =
      ReadReceipt(*world.Receipt(world.Reliances(world.trust)[0]), world.trust_in_force.Get().trust->registry());
  EXPECT_EQ(receipt->records.size(), 1U);
}

TEST(Roster, NothingIsAnsweredThatIsNotOnRecord) {
  RosterWorld world;
  for (const CommitOutcome outcome : {CommitOutcome::kUnknown, CommitOutcome::kRetry}) {
    const std::unique_ptr<Roster> roster = world.Open(world.trust);
    world.store.OnApply([&](const Changes&) {
      return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, outcome, Reason::kStoreFull};
    });
    EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("9999")}), ElementsAre("call: store_full"));
    EXPECT_EQ(roster->tally().lines, 0U);
    world.store.OnApply({});
  }
  EXPECT_THAT(world.Reliances(world.trust), IsEmpty());
}

TEST(Roster, ShareThatChangesMeanwhileIsJudgedAgainAndThenLeftToTheCaller) {
  RosterWorld world;
  const ShareId share = world.Give();
  int refused = 0;
  int refuse = 1;
  world.store.OnApply([&](const Changes& changes) -> std::optional<MemoryStore::Failure> {
    const bool expects = std::any_of(changes.begin(), changes.end(),
                                     [](const Change& change) { return std::holds_alternative<ExpectShare>(change); });
    if (!expects || refused == refuse) return std::nullopt;
    ++refused;
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRefused, Reason::kStateConflict};
  });
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "met");
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(world.Reliances(world.council).size(), 1U);
  refused = 0;
  refuse = 100;
  const std::unique_ptr<Roster> roster = world.Open(world.council);
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Of(share, "a"), world.Employee("9999", "b")}),
              ElementsAre("state_conflict", "not_found"));
  EXPECT_EQ(refused, 2);
  EXPECT_EQ(world.Reliances(world.council).size(), 1U);
}

TEST(Roster, ShareThatDoesNotHoldIsALookThePersonSees) {
  RosterWorld world;
  const ShareId share = world.Give();
  // What was given is read as it stands: with another challenge its proof does not hold.
  ShareRow row = world.Row(share);
  row.nonce = "another";
  ++row.revision;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceShare{row}}).ok());
  EXPECT_EQ(world.Answer(world.council, world.Of(share)), "kb_nonce");
  const auto looks = world.ListingLooks()({world.ada_calls, share});
  ASSERT_EQ(looks->size(), 1U);
  EXPECT_EQ(looks->front().outcome, "kb_nonce");
  EXPECT_EQ(world.Answer(world.council, world.Employee("C7")), "kb_nonce");
}

TEST(Roster, OpensForRegisteredPurposesAndExplainsToThoseWhoVerify) {
  RosterWorld world;
  const auto opening = [&](const Caller& by, const std::string& purpose, const std::string& agreement, bool explain) {
    return WordsOf(world.Checking()({.by = by, .purpose = purpose, .agreement = agreement, .explain = explain}));
  };
  EXPECT_EQ(opening(world.trust, "shift", "", true), "ok");
  EXPECT_EQ(opening(world.trust, "curiosity", "", false), "word_unknown");
  EXPECT_EQ(opening(world.trust, "", "", false), "word_unknown");
  EXPECT_EQ(opening(world.trust, "shift", "a b", false), "field_invalid");
  EXPECT_EQ(opening(world.stranger, "shift", "", false), "caller_unknown");
  Caller rota = world.trust;
  rota.roles = Roles{Role::kRosterReader};
  EXPECT_EQ(opening(rota, "shift", "", true), "not_permitted");
  EXPECT_EQ(opening(rota, "shift", "", false), "ok");
}

TEST(Roster, TakesBlocksOfOneToAHundredLinesAndSoManyInOneCall) {
  RosterWorld world;
  world.terms.lines_max = 3;
  const std::unique_ptr<Roster> roster = world.Open(world.trust);
  EXPECT_THAT(RosterWorld::Answers(*roster, {}), ElementsAre("call: field_invalid"));
  EXPECT_THAT(RosterWorld::Answers(*roster, std::vector<RosterLine>(101)), ElementsAre("call: field_invalid"));
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("9999", "a"), world.Employee("9999", "b")}),
              ElementsAre("not_found", "not_found"));
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("9999", "c"), world.Employee("9999", "d")}),
              ElementsAre("call: limit"));
  EXPECT_THAT(RosterWorld::Answers(*roster, {world.Employee("9999", "c")}), ElementsAre("not_found"))
      << "what was refused as a whole may be sent again";
}

TEST(Roster, RemembersWhatWasVerifiedUntilItChangesOrGrowsOld) {
  RosterWorld world;
  const ShareId share = world.Give();
  FindRosterEvidence find(world.store, *world.vault,
                          {.employer = world.council.organisation,
                           .purpose = "placement",
                           .known = world.trust_in_force.Get(),
                           .remembered_max = 2});
  const auto evidence = [&] { return find.OfShare(share.text(), "mover", world.clock.now)->evidence; };
  const auto first = evidence();
  EXPECT_EQ(evidence(), first);
  EXPECT_EQ(find.remembered(), 1U);
  world.clock.now = world.clock.now + Seconds{61};
  const auto later = evidence();
  EXPECT_NE(later, first);
  ShareRow row = world.Row(share);
  ++row.revision;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceShare{row}}).ok());
  EXPECT_NE(evidence(), later);
  EXPECT_EQ(find.remembered(), 2U);
  ++row.revision;
  ASSERT_TRUE(ApplyNow(world.store, {ReplaceShare{row}}).ok());
  (void)evidence();
  EXPECT_EQ(find.remembered(), 1U) << "no more than it may";
}

TEST(Roster, JoinsRecordsOfOneHolderAndTheEmployersOwnAlone) {
  RosterWorld world;
  const RelyingWorld::Holder ben = world.Hire("1002");
  const OrganisationId& trust = world.trust.organisation;
  const HeldRecords of_ada = world.HeldOf(world.ada);
  EXPECT_EQ(WordsOf(JoinForRoster(trust, {of_ada, of_ada}, {})), "ok");
  EXPECT_EQ(JoinForRoster(trust, {of_ada, of_ada}, {})->records().size(), 1U);
  EXPECT_EQ(WordsOf(JoinForRoster(trust, {of_ada, world.HeldOf(ben)}, {})), "holder_mismatch");
  EXPECT_EQ(WordsOf(JoinForRoster(world.council.organisation, {of_ada}, {})), "issuer");
  EXPECT_EQ(WordsOf(JoinForRoster(trust, {}, {})), "record_missing");
  ASSERT_EQ(WordsOf(world.ChangingStandings()(
                {world.trust, Request("revoke"), ben.training, StandingVerb::kRevoke, "issued_in_error"})),
            "ok");
  world.PublishNow();
  EXPECT_EQ(WordsOf(JoinForRoster(trust, {of_ada, world.HeldOf(world.ada)}, {})), "config") << "two snapshots";
}

TEST(Roster, HasARecordThatIsOwnAndSharedOnceWhereItShowsMost) {
  RosterWorld world;
  const auto seen = world.Looking()(world.ToLook(world.Give()));
  const HeldRecords own = world.HeldOf(world.ada);
  const auto joined = JoinForRoster(world.trust.organisation, {own}, {*seen->presentation});
  ASSERT_EQ(WordsOf(joined), "ok");
  ASSERT_EQ(joined->records().size(), 1U);
  EXPECT_EQ(joined->records()[0].record.facts().size(), own.records()[0].record.facts().size());
  EXPECT_GT(own.records()[0].record.facts().size(), seen->presentation->records()[0].record.facts().size());
}

TEST(Roster, NoticesAnIdThatComesAgainAmongVeryMany) {
  SeededRandom random(3);
  LineIds ids(random);
  constexpr std::size_t kMany = 200'000;
  for (std::size_t i = 0; i < kMany; ++i) ASSERT_TRUE(ids.Add("line-" + std::to_string(i))) << i;
  for (std::size_t i = 0; i < kMany; i += 1000) EXPECT_FALSE(ids.Add("line-" + std::to_string(i)));
  EXPECT_EQ(ids.size(), kMany);
  EXPECT_LE(ids.held_bytes(), kMany * 8 * 4) << "whatever the ids are";
}

TEST(Roster, AuditNamesNobody) {
  RosterWorld world;
  EXPECT_EQ(world.Answer(world.trust, world.Employee("1001", "shift-of-ada")), "met");
  const std::string all = world.AllAudited();
  EXPECT_EQ(all.find("1001"), std::string::npos);
  EXPECT_EQ(all.find("shift-of-ada"), std::string::npos);
  EXPECT_NE(all.find("1-decided-0-refused"), std::string::npos);
}

}  // namespace
}  // namespace passport
