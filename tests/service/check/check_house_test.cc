// Every rule of the house notices a breach.
#include "passport-service/check/check_house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passport-service/store/memory_store.h"
#include "tests/service/store/sample_rows.h"

namespace passport::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const OrganisationId kTrust = Organisation("ods:RC9");
const Story kStory{kTrust, 0};

// A house with one story up to where a test goes wrong.
class House : public ::testing::Test {
 protected:
  void SetUp() override { Do(Found(kTrust)); }
  void Do(const Changes& changes) { ASSERT_EQ(store_.Apply(changes).outcome, CommitOutcome::kDone); }
  std::vector<std::string> Violations() { return CheckHouse(store_)->violations; }
  // The changes without the one at `at`.
  static Changes Without(std::size_t at, Changes changes) {
    changes.erase(changes.begin() + static_cast<std::ptrdiff_t>(at));
    return changes;
  }
  MemoryStore store_;
};

TEST_F(House, AWholeStoryIsNoViolation) {
  EXPECT_THAT(Violations(), IsEmpty());
  Do(kStory.Intend());
  EXPECT_EQ(CheckHouse(store_)->intents, 1U);
  EXPECT_THAT(Violations(), IsEmpty());
  Do(kStory.Issue());
  EXPECT_THAT(Violations(), IsEmpty());
  Do(kStory.Suspend());
  EXPECT_THAT(Violations(), IsEmpty());
}

TEST_F(House, ACredentialWithoutAnswerIsFound) {
  Do(kStory.Intend());
  Do(Without(1, kStory.Issue()));
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("was never answered for")));
}

TEST_F(House, ACredentialWithoutAuditRowsIsFound) {
  Do(Without(2, kStory.Intend()));
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("no audit row credential.issue.intended")));
  Do(Without(3, kStory.Issue()));
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("credential.issue.intended"), HasSubstr("credential.issued")));
}

TEST_F(House, ASlotThatWasNeverHandedOutIsFound) {
  Do(Without(0, kStory.Intend()));
  Do(kStory.Issue());
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("a slot that was never handed out")));
}

TEST_F(House, ASlotUsedTwiceIsFound) {
  Do(kStory.Intend());
  Do(kStory.Issue());
  IntentRow twin = kStory.intent();
  twin.request = Request("twin");
  Do({AddIntent{twin}, AppendAudit{SampleAudit("credential.issue.intended", "twin")}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is used twice")));
}

TEST_F(House, AnIntentThatOutlivedItsCredentialIsFound) {
  Do(kStory.Intend());
  Do(Without(2, kStory.Issue()));
  EXPECT_THAT(Violations(),
              ElementsAre(HasSubstr("has a credential"), HasSubstr("has an answer"), HasSubstr("is used twice")));
}

TEST_F(House, AStateWithoutItsEntryIsFound) {
  Do(kStory.Intend());
  Do(kStory.Issue());
  Do(Without(1, kStory.Revoke()));
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("lacks the entry")));
  Do({SetStatus{kStory.slot(), 2}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("not its credential's state")));
}

TEST_F(House, AnEntryOutOfNowhereIsFound) {
  Do({SetStatus{kStory.slot(), 1}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("never handed out")));
  Do(kStory.Intend());
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("before it has a credential")));
  Do({DropIntent{kTrust, kStory.request()}});
  EXPECT_THAT(Violations(), IsEmpty());
  const Story second{kTrust, 1};
  Do(second.Intend());
  Do({DropIntent{kTrust, second.request()}, SetStatus{second.slot(), 2}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is not void")));
}

TEST_F(House, AnEmploymentOfNobodyIsFound) {
  Do({AddEmployment{SampleEmployment(kTrust, "1002", Person("nobody"))}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("has no person")));
  Do({AddEmployment{SampleEmployment(Organisation("ods:NO1"), "1", kStory.person())}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("has no organisation"), HasSubstr("has no person")));
}

TEST_F(House, AnUnlockedPassportOfNoOrganisationIsFound) {
  Do({AddUnlock{SampleUnlock("u", kStory.person(), kTrust)}});
  EXPECT_THAT(Violations(), IsEmpty());
  EXPECT_EQ(CheckHouse(store_)->unlocks, 1U);
  Do({AddUnlock{SampleUnlock("v", kStory.person(), Organisation("ods:NO1"))}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("an unlocked passport of person")));
}

// A share of the story's person, given to the trust, with its data key.
Changes GivenToTrust(ShareRow& row) {
  row = SampleShare(kTrust, "s1");
  const ShareRow asked = row;
  row.state = ShareState::kGiven;
  row.person = kStory.person();
  row.subject = "thumb";
  row.given_at = kNoon;
  row.sealed = "sealed";
  row.revision = 1;
  return {AddShare{asked}, AddDataKey{SampleDataKey({kTrust.text(), "share s1"}, 's')}, ReplaceShare{row}};
}

TEST_F(House, AShareOfNobodyIsFound) {
  ShareRow row = SampleShare(kTrust, "s1");
  Do(GivenToTrust(row));
  EXPECT_THAT(Violations(), IsEmpty());
  row.person = Person("nobody");
  ++row.revision;
  Do({ReplaceShare{row}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("share s1 has no person")));
}

TEST_F(House, AShareThatCanNotBeOpenedOrIsOverAndHoldsSomethingIsFound) {
  ShareRow row = SampleShare(kTrust, "s1");
  Do(GivenToTrust(row));
  Do({DropDataKey{{kTrust.text(), "share s1"}}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("share s1 can not be opened")));
  row.state = ShareState::kEnded;
  ++row.revision;
  Do({ReplaceShare{row}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("holds something it should not")));
}

TEST_F(House, AShareThatIsKeptAndWasLookedAtOnceIsFound) {
  ShareRow row = SampleShare(kTrust, "s1");
  Do(GivenToTrust(row));
  Do({AppendShareLook{row.id, kNoon, "answer"}, AppendShareLook{row.id, kNoon, "kb_nonce"}});
  EXPECT_THAT(Violations(), IsEmpty());
  row.looked_at = kNoon;
  ++row.revision;
  Do({ReplaceShare{row}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("was looked at once and should not be")));
}

TEST_F(House, AnInvitationThatEndedAndStillHoldsSomethingIsFound) {
  InvitationRow row = SampleInvitation("i", kTrust);
  Do({AddInvitation{row}});
  EXPECT_THAT(Violations(), IsEmpty());
  ++row.revision;
  row.state = InvitationState::kDead;
  Do({ReplaceInvitation{row}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("invitation i holds something and has ended")));
}

TEST_F(House, ACredentialThatIsGoodAndOlderThanTheKeyOfItsPersonIsFound) {
  Do(kStory.Intend());
  Do(kStory.Issue());
  HolderKeyRow key = SampleHolderKey("thumb", kStory.person());
  key.from = kStory.row().issued_at + Seconds{60};
  Do({AddHolderKey{key}});
  EXPECT_THAT(Violations(), IsEmpty()) << "clocks are put back";
  Do({EndHolderKey{"thumb", key.from, "lost"}});
  key.thumbprint = "later";
  key.from = key.from + Seconds{1};
  Do({AddHolderKey{key}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is good and older than the key")));
  RebindingRow row = SampleRebinding(kStory.person());
  row.state = RebindingState::kSigning;
  Do({PutRebinding{row}});
  EXPECT_THAT(Violations(), IsEmpty()) << "while it is signed again";
  row.state = RebindingState::kAwaitingKey;
  row.at = key.from;
  ++row.revision;
  Do({EndHolderKey{"later", key.from, "lost"}, PutRebinding{row}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is good and older than the key")));
}

TEST_F(House, AnIdentityCheckOfNobodyIsFound) {
  Do({AddIdentityCheck{SampleIdentityCheck(kTrust, "1001")}});
  EXPECT_THAT(Violations(), IsEmpty());
  Do({AddIdentityCheck{SampleIdentityCheck(kTrust, "none")}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is of nobody")));
}

TEST_F(House, ACredentialOfNobodyOrElsewhereIsFound) {
  CredentialRow row = kStory.row();
  row.person = Person("nobody");
  row.slot.list = 9;
  Do(kStory.Intend());
  Changes issue = kStory.Issue();
  issue[0] = AddCredential{row};
  Do(issue);
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("belongs to nobody"), HasSubstr("a status list that is not open")));
}

TEST_F(House, AListNoSlotsCanBeMadeOfIsFound) {
  StatusListRow list = SampleList(kTrust);
  list.number = 2;
  list.size = 1000;
  Do({OpenStatusList{list}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("no slots can be made of")));
}

// A house with an issued import and somebody who relied on it.
Changes WholeImport() {
  const CredentialRow credential = kStory.row();
  ImportRow import = SampleImport(kTrust, "i");
  DraftRow draft = SampleDraft(import, 1);
  draft.person = credential.person;
  draft.state = DraftState::kIssued;
  draft.credential = credential.id;
  Changes changes = {AddImport{import}, PutDraft{draft}};
  import.state = ImportState::kIssued;
  import.revision = 1;
  changes.emplace_back(ReplaceImport{import});
  changes.emplace_back(PutStandingRecord{SampleStanding(credential, "fire safety"), std::nullopt});
  changes.emplace_back(AddMatchKey{{kTrust, MatchKind::kBirthDate, Sha256("key"), credential.person}});
  changes.emplace_back(PutImportSeries{{kTrust, import.source, import.sequence, import.import}, 0});
  changes.emplace_back(AppendReliance{SampleReliance(kTrust, "a")});
  changes.emplace_back(AppendReliance{SampleReliance(kTrust, "b")});
  changes.emplace_back(AppendReliance{SampleReliance(kTrust, "a")});
  changes.emplace_back(AddOverride{SampleOverride(kTrust, "o", 3)});
  return changes;
}

TEST_F(House, AWholeImportAndWhatReliesOnItIsNoViolation) {
  Do(kStory.Intend());
  Do(kStory.Issue());
  Do(WholeImport());
  const auto report = *CheckHouse(store_);
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_EQ(report.imports, 1U);
  EXPECT_EQ(report.drafts, 1U);
  EXPECT_EQ(report.standing_records, 1U);
  EXPECT_EQ(report.match_keys, 1U);
  EXPECT_EQ(report.reliances, 3U);
  EXPECT_EQ(report.overrides, 1U);
  Do(kStory.Suspend());
  EXPECT_THAT(Violations(), IsEmpty()) << "what is suspended still stands for its fact";
}

TEST_F(House, AStandingRecordWithoutItsCredentialIsFound) {
  Do(kStory.Intend());
  Do(kStory.Issue());
  StandingRecordRow other_kind = SampleStanding(kStory.row(), "a");
  other_kind.kind = "employment";
  StandingRecordRow other_person = SampleStanding(kStory.row(), "a");
  other_person.person = Person("nobody");
  Do({PutStandingRecord{SampleStanding(Story{kTrust, 1}.row(), "a"), std::nullopt},
      PutStandingRecord{other_kind, std::nullopt}, PutStandingRecord{other_person, std::nullopt},
      PutStandingRecord{SampleStanding(kStory.row(), "b"), std::nullopt}});
  const auto other = HasSubstr("of another person or kind");
  EXPECT_THAT(Violations(), UnorderedElementsAre(HasSubstr("names a credential that does not exist"), other, other));
  Do(kStory.Revoke());
  EXPECT_THAT(Violations(), Contains(HasSubstr("names a credential that is revoked")));
}

TEST_F(House, AMatchKeyOfNobodyIsFound) {
  Do({AddMatchKey{{kTrust, MatchKind::kNameAndBirthDate, Sha256("key"), Person("nobody")}}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("is of nobody ods:RC9 employs")));
}

TEST_F(House, ADraftWithoutItsCredentialIsFound) {
  const ImportRow import = SampleImport(kTrust, "i");
  DraftRow issued = SampleDraft(import, 1);
  issued.state = DraftState::kIssued;
  DraftRow lost = SampleDraft(import, 2);
  lost.state = DraftState::kIssued;
  lost.credential = kStory.credential();
  DraftRow early = lost;
  early.line = 3;
  early.state = DraftState::kOpen;
  Do({AddImport{import}, PutDraft{issued}, PutDraft{lost}, PutDraft{early}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("draft 1.0 of import i is issued without a credential"),
                                        HasSubstr("draft 2.0 of import i names a credential that does not exist"),
                                        HasSubstr("draft 3.0 of import i is issued without a credential"),
                                        HasSubstr("draft 3.0 of import i names a credential that does not exist")));
}

TEST_F(House, ASeriesThatNamesNoIssuedImportIsFound) {
  const ImportRow import = SampleImport(kTrust, "i");
  Do({PutImportSeries{{kTrust, "esr", 7, import.import}, 0}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("names an import that does not exist")));
  Do({AddImport{import}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("names an import that was not issued")));
  ImportRow issued = import;
  issued.state = ImportState::kIssued;
  issued.revision = 1;
  issued.sequence = 6;
  Do({ReplaceImport{issued}});
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr("of another series or place in it")));
}

TEST_F(House, ViolationsAreCutOffButNotTheWalk) {
  Changes many;
  for (int n = 0; n < 150; ++n) {
    many.emplace_back(AddEmployment{SampleEmployment(kTrust, "x" + std::to_string(n), Person("nobody"))});
  }
  Do(many);
  EXPECT_EQ(Violations().size(), kViolationsMax);
  EXPECT_EQ(CheckHouse(store_)->employments, 151U);
}

}  // namespace
}  // namespace passport::test
