// Keys of people and what erases: what each change expects and does, on every store.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kExists = Reason::kAlreadyExists;
constexpr auto kMissing = Reason::kNotFound;
const DataOwner kAnnas{"ods:RC9", "person anna"};

TEST_P(StoreContract, AnOwnerHasOneDataKeyUntilItIsDropped) {
  EXPECT_FALSE(store().FindDataKey(kAnnas)->has_value());
  ASSERT_EQ(Apply({AddDataKey{SampleDataKey(kAnnas, 'a')}}), kDone);
  EXPECT_EQ(Apply({AddDataKey{SampleDataKey(kAnnas, 'b')}}), Refused(0, kExists));
  EXPECT_EQ(store().FindDataKey(kAnnas)->value().id, "aaaaaaaa");
  EXPECT_FALSE(store().FindDataKey({"ods:RC9", "person ann"})->has_value());
  EXPECT_EQ(Apply({ExpectDataKey{kAnnas}, AddDataKey{SampleDataKey({"service", "person anna"}, 'c')}}), kDone);
  EXPECT_EQ(Apply({DropDataKey{kAnnas}}), kDone);
  EXPECT_EQ(Apply({DropDataKey{kAnnas}}), kDone) << "gone is gone";
  EXPECT_EQ(Apply({ExpectDataKey{kAnnas}}), Refused(0, kMissing));
  EXPECT_EQ(Apply({AddDataKey{SampleDataKey(kAnnas, 'd')}}), kDone);
  EXPECT_THAT(store().AllDataKeys("", 10)->rows, SizeIs(2));
  EXPECT_TRUE(store().ForgetDeleted().ok());
}

TEST_P(StoreContract, AKeeperHasOneKey) {
  ASSERT_EQ(Apply({AddKeeperKey{{"ods:RC9", "sealed"}}}), kDone);
  EXPECT_EQ(Apply({AddKeeperKey{{"ods:RC9", "another"}}}), Refused(0, kExists));
  EXPECT_EQ(store().FindKeeperKey("ods:RC9")->value().sealed, "sealed");
  EXPECT_FALSE(store().FindKeeperKey("service")->has_value());
}

TEST_P(StoreContract, APersonGoesWhenNobodyEmploysThem) {
  const PersonRow anna = SamplePerson(Person("anna"));
  EXPECT_EQ(Apply({DropPerson{anna.id}}), Refused(0, kMissing));
  ASSERT_EQ(Apply({AddPerson{anna}, AddEmployment{SampleEmployment(trust_, "1", anna.id)},
                   AddEmployment{SampleEmployment(council_, "7", anna.id)}}),
            kDone);
  EXPECT_TRUE(*store().EmployedAnywhere(anna.id));
  EXPECT_EQ(Apply({DropEmployment{trust_, Sha256("1")}, DropPerson{anna.id}}), Refused(1, Reason::kStateConflict));
  EXPECT_TRUE(*store().Employs(trust_, anna.id)) << "all or none";
  ASSERT_EQ(Apply({DropEmployment{trust_, Sha256("1")}}), kDone);
  EXPECT_FALSE(*store().Employs(trust_, anna.id));
  EXPECT_EQ(Apply({DropEmployment{trust_, Sha256("1")}}), Refused(0, kMissing));
  // An employment of the same commit counts.
  EXPECT_EQ(Apply({DropEmployment{council_, Sha256("7")}, AddEmployment{SampleEmployment(trust_, "2", anna.id)},
                   DropPerson{anna.id}}),
            Refused(2, Reason::kStateConflict));
  ASSERT_EQ(Apply({DropEmployment{council_, Sha256("7")}, DropPerson{anna.id}}), kDone);
  EXPECT_FALSE(*store().EmployedAnywhere(anna.id));
  EXPECT_FALSE(store().FindPerson(anna.id)->has_value());
  EXPECT_FALSE(store().FindPersonByCode(anna.passport_code_hash)->has_value());
}

TEST_P(StoreContract, MatchKeysOfAPersonGoTogether) {
  const PersonId anna = Person("anna");
  const PersonId ben = Person("ben");
  for (const MatchKind kind : {MatchKind::kAssignmentNumber, MatchKind::kNationalInsuranceNumber,
                               MatchKind::kRegistrationNumber, MatchKind::kNameAndBirthDate, MatchKind::kBirthDate}) {
    ASSERT_EQ(Apply({AddMatchKey{{trust_, kind, Sha256("anna"), anna}}, AddMatchKey{{trust_, kind, Sha256("ben"), ben}},
                     AddMatchKey{{council_, kind, Sha256("anna"), anna}}}),
              kDone);
  }
  ASSERT_EQ(Apply({DropMatchKeys{trust_, anna}}), kDone);
  EXPECT_EQ(Apply({DropMatchKeys{trust_, anna}}), kDone);
  EXPECT_THAT(*store().FindMatches(trust_, MatchKind::kNationalInsuranceNumber, Sha256("anna")), IsEmpty());
  EXPECT_THAT(*store().MatchKeysOf(trust_, anna, MatchKind::kBirthDate), IsEmpty());
  EXPECT_THAT(*store().FindMatches(trust_, MatchKind::kNameAndBirthDate, Sha256("ben")), SizeIs(1));
  EXPECT_THAT(*store().FindMatches(council_, MatchKind::kBirthDate, Sha256("anna")), SizeIs(1));
  EXPECT_THAT(store().AllMatchKeys("", 100)->rows, SizeIs(10));
}

TEST_P(StoreContract, ForgettingTakesTheTextAndLeavesTheRow) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  const Story story{trust_, 0};
  ASSERT_EQ(Apply(story.Intend()), kDone);
  ASSERT_EQ(Apply(story.Issue()), kDone);
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "a")}, AddOverride{SampleOverride(trust_, "o", 1)}}), kDone);
  for (int twice = 0; twice < 2; ++twice) {
    ASSERT_EQ(Apply({ForgetToken{trust_, story.credential()}, ForgetReceipt{trust_, 1},
                     ForgetOverrideWords{trust_, Request("o")}}),
              kDone);
  }
  EXPECT_TRUE(store().FindCredential(trust_, story.credential())->value().sealed_token.empty());
  EXPECT_EQ(store().FindCredential(trust_, story.credential())->value().slot, story.slot());
  EXPECT_TRUE(store().FindReliance(trust_, 1)->value().entry.sealed_receipt.empty());
  EXPECT_EQ(store().FindReliance(trust_, 1)->value().entry.outcome, SampleReliance(trust_, "a").outcome);
  EXPECT_TRUE(store().OverridesOn(trust_, 1)->front().sealed_words.empty());
  EXPECT_EQ(Apply({ForgetToken{trust_, Credential("none")}}), Refused(0, kMissing));
  EXPECT_EQ(Apply({ForgetReceipt{trust_, 2}}), Refused(0, kMissing));
  EXPECT_EQ(Apply({ForgetOverrideWords{trust_, Request("none")}}), Refused(0, kMissing));
}

TEST_P(StoreContract, ADraftIsDroppedOnce) {
  const ImportRow import = SampleImport(trust_, "i");
  ASSERT_EQ(Apply({AddImport{import}, PutDraft{SampleDraft(import, 1)}, PutDraft{SampleDraft(import, 2)}}), kDone);
  EXPECT_EQ(Apply({DropDraft{trust_, import.import, 1, 0}}), kDone);
  EXPECT_EQ(Apply({DropDraft{trust_, import.import, 1, 0}}), Refused(0, kMissing));
  EXPECT_THAT(store().AllDrafts("", 10)->rows, SizeIs(1));
}

TEST_P(StoreContract, StandingRecordsAreListedByPerson) {
  const CredentialRow first = Story{trust_, 0}.row();
  CredentialRow other = Story{trust_, 1}.row();
  other.person = Person("other");
  ASSERT_EQ(Apply({PutStandingRecord{.row = SampleStanding(first, "a"), .replaces = {}},
                   PutStandingRecord{.row = SampleStanding(first, "b"), .replaces = {}},
                   PutStandingRecord{.row = SampleStanding(other, "a"), .replaces = {}}}),
            kDone);
  EXPECT_THAT(store().StandingRecordsOf(trust_, first.person, "", 10)->rows, SizeIs(2));
  EXPECT_THAT(store().StandingRecordsOf(trust_, Person("nobody"), "", 10)->rows, IsEmpty());
  EXPECT_THAT(store().StandingRecordsOf(council_, first.person, "", 10)->rows, IsEmpty());
}

}  // namespace
}  // namespace passport::test
