// Passports bound to another key, and what people say of their records: what each change expects and does, on every
// store.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(StoreContract, APersonHasOneRebindingThatIsReplacedInOrder) {
  const PersonId anna = Person("anna");
  RebindingRow row = SampleRebinding(anna);
  EXPECT_EQ(Apply({PutRebinding{row}}), Refused(0, Reason::kNotFound)) << "nobody's";
  ASSERT_EQ(Apply({AddPerson{SamplePerson(anna)}, PutRebinding{row}}), kDone);
  EXPECT_EQ(Apply({PutRebinding{row}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(store().FindRebindingByCode(Sha256("before"))->value().person, anna);
  EXPECT_FALSE(store().FindRebindingByCode(Sha256("another"))->has_value());
  row.revision = 2;
  row.state = RebindingState::kDone;
  row.old_code = Sha256("another");
  row.undo_spent = true;
  row.invitation = "inv";
  ASSERT_EQ(Apply({PutRebinding{row}}), kDone);
  EXPECT_FALSE(store().FindRebindingByCode(Sha256("before"))->has_value());
  EXPECT_EQ(store().FindRebindingByCode(Sha256("another"))->value().state, RebindingState::kDone);
  EXPECT_EQ(store().FindRebinding(anna)->value().left_behind.size(), 2U);
  EXPECT_TRUE(store().FindRebinding(anna)->value().undo_spent);
  EXPECT_EQ(store().FindRebinding(anna)->value().invitation, "inv");
  EXPECT_THAT(store().AllRebindings("", 10)->rows, SizeIs(1));
  EXPECT_EQ(Apply({DropRebinding{anna, 1}}), Refused(0, Reason::kStateConflict)) << "as it was before";
  ASSERT_EQ(Apply({DropRebinding{anna, 2}}), kDone);
  EXPECT_EQ(Apply({DropRebinding{anna, 2}}), Refused(0, Reason::kNotFound));
  EXPECT_FALSE(store().FindRebindingByCode(Sha256("another"))->has_value());
}

TEST_P(StoreContract, APassportIsExpectedByItsCode) {
  const PersonRow anna = SamplePerson(Person("anna"));
  EXPECT_EQ(Apply({ExpectPassport{anna.id, anna.passport_code_hash}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddPerson{anna}}), kDone);
  EXPECT_EQ(Apply({ExpectPassport{anna.id, anna.passport_code_hash}}), kDone);
  EXPECT_EQ(Apply({ExpectPassport{anna.id, Sha256("another")}}), Refused(0, Reason::kStateConflict));
}

TEST_P(StoreContract, ADisputeIsFoundByIssuerAndByPerson) {
  const PersonId anna = Person("anna");
  const PersonId ben = Person("ben");
  DisputeRow row = SampleDispute("d1", trust_, anna);
  EXPECT_EQ(Apply({PutDispute{row}}), Refused(0, Reason::kNotFound)) << "nobody's";
  ASSERT_EQ(Apply({AddPerson{SamplePerson(anna)}, AddPerson{SamplePerson(ben)}, PutDispute{row},
                   PutDispute{SampleDispute("d2", council_, anna)}}),
            kDone);
  EXPECT_EQ(Apply({PutDispute{row}}), Refused(0, Reason::kStateConflict));
  EXPECT_THAT(store().DisputesOf(trust_, "", 10)->rows, SizeIs(1));
  EXPECT_THAT(*store().DisputesBy(anna), SizeIs(2));
  row.revision = 2;
  row.person = ben;
  ASSERT_EQ(Apply({PutDispute{row}}), kDone) << "two passports became one";
  EXPECT_THAT(*store().DisputesBy(anna), SizeIs(1));
  EXPECT_EQ(store().DisputesBy(ben)->front().id, "d1");
  EXPECT_FALSE(store().FindDispute(council_, "d1")->has_value());
  ASSERT_EQ(Apply({DropDispute{trust_, "d1"}}), kDone);
  EXPECT_EQ(Apply({DropDispute{trust_, "d1"}}), Refused(0, Reason::kNotFound));
  EXPECT_THAT(*store().DisputesBy(ben), IsEmpty());
}

TEST_P(StoreContract, RebindingAndDisputesGoWithThePerson) {
  const PersonId anna = Person("anna");
  ASSERT_EQ(Apply({AddPerson{SamplePerson(anna)}, PutRebinding{SampleRebinding(anna)},
                   PutDispute{SampleDispute("d1", trust_, anna)}}),
            kDone);
  ASSERT_EQ(Apply({PutDispute{SampleDispute("d2", trust_, anna)}, DropPerson{anna}}), kDone);
  EXPECT_FALSE(store().FindRebinding(anna)->has_value());
  EXPECT_FALSE(store().FindRebindingByCode(Sha256("before"))->has_value());
  EXPECT_THAT(store().DisputesOf(trust_, "", 10)->rows, IsEmpty());
  EXPECT_THAT(*store().DisputesBy(anna), IsEmpty());
}

TEST_P(StoreContract, AnEmploymentSaysThatThePersonHasLeft) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  const Digest number = SampleEmployment(trust_, "1001", Person("anna")).number;
  EXPECT_EQ(Apply({SetLeaving{council_, number, kNoon, "sealed"}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({SetLeaving{trust_, number, kNoon, "sealed"}}), kDone);
  EXPECT_EQ(store().FindEmployment(trust_, number)->value().left_at, kNoon);
  EXPECT_EQ(store().FindEmployment(trust_, number)->value().sealed_leaving, "sealed");
  ASSERT_EQ(Apply({SetLeaving{trust_, number, {}, {}}}), kDone);
  EXPECT_FALSE(store().FindEmployment(trust_, number)->value().left_at.has_value());
}

TEST_P(StoreContract, ACredentialPassesToAnotherPerson) {
  const PersonId anna = Person("anna");
  const PersonId ben = Person("ben");
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  const Story story{trust_, 0};
  ASSERT_EQ(Apply(story.Intend()), kDone);
  ASSERT_EQ(Apply(story.Issue()), kDone);
  const CredentialRow row = store().CredentialsOf(trust_, "", 1)->rows.front();
  EXPECT_EQ(Apply({PassCredential{trust_, row.id, anna, ben}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(Apply({PassCredential{council_, row.id, row.person, ben}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({PassCredential{trust_, row.id, row.person, ben}}), kDone);
  EXPECT_THAT(store().CredentialsHeldBy(ben, "", 10)->rows, SizeIs(1));
  EXPECT_THAT(store().CredentialsHeldBy(row.person, "", 10)->rows, IsEmpty());
  EXPECT_EQ(store().FindCredential(trust_, row.id)->value().person, ben);
}

}  // namespace
}  // namespace passport::test
