// How people hold their passports: what each change expects and does, on every store.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kThere = Reason::kAlreadyExists;
constexpr auto kNowhere = Reason::kNotFound;
constexpr auto kOtherwise = Reason::kStateConflict;

std::vector<std::string> ThumbprintsOf(Store& store, const PersonId& person) {
  std::vector<std::string> thumbprints;
  const auto rows = store.HolderKeysOf(person);
  if (rows.ok()) {
    for (const HolderKeyRow& row : *rows) thumbprints.push_back(row.thumbprint);
  }
  return thumbprints;
}

TEST_P(StoreContract, APersonHasOneGoodHolderKey) {
  const PersonId anna = Person("anna");
  const PersonId ben = Person("ben");
  EXPECT_EQ(Apply({AddHolderKey{SampleHolderKey("k1", anna)}}), Refused(0, kNowhere)) << "nobody's";
  ASSERT_EQ(
      Apply({AddPerson{SamplePerson(anna)}, AddPerson{SamplePerson(ben)}, AddHolderKey{SampleHolderKey("k1", anna)}}),
      kDone);
  EXPECT_EQ(Apply({AddHolderKey{SampleHolderKey("k1", ben)}}), Refused(0, kThere));
  EXPECT_EQ(Apply({AddHolderKey{SampleHolderKey("k2", anna)}}), Refused(0, kOtherwise));
  EXPECT_EQ(Apply({AddHolderKey{SampleHolderKey("k", ben)}, AddHolderKey{SampleHolderKey("k3", ben)}}),
            Refused(1, kOtherwise));
  EXPECT_FALSE(store().FindHolderKey("k")->has_value()) << "all or none";
  ASSERT_EQ(Apply({EndHolderKey{"k1", kNoon + Seconds{5}, "moved"}, AddHolderKey{SampleHolderKey("k0", anna)}}), kDone);
  const HolderKeyRow ended = store().FindHolderKey("k1")->value();
  EXPECT_EQ(ended.until, kNoon + Seconds{5});
  EXPECT_EQ(ended.end_reason, "moved");
  EXPECT_EQ(ended.held_as, HeldAs::kWallet);
  EXPECT_FALSE(store().FindHolderKey("k0")->value().until.has_value());
  EXPECT_THAT(ThumbprintsOf(store(), anna), ElementsAre("k0", "k1"));
  EXPECT_THAT(ThumbprintsOf(store(), ben), IsEmpty());
  EXPECT_THAT(ThumbprintsOf(store(), Person("ann")), IsEmpty()) << "the beginning of a name is nobody";
  EXPECT_THAT(store().AllHolderKeys("", 1)->rows, SizeIs(1));
  EXPECT_FALSE(store().AllHolderKeys("", 1)->next.empty());
}

TEST_P(StoreContract, AHolderKeyEndsOnceAndIsGoodAgainWhenNoOtherIs) {
  const PersonId anna = Person("anna");
  ASSERT_EQ(Apply({AddPerson{SamplePerson(anna)}, AddHolderKey{SampleHolderKey("k1", anna)}}), kDone);
  EXPECT_EQ(Apply({EndHolderKey{"none", kNoon, "lost"}}), Refused(0, kNowhere));
  EXPECT_EQ(Apply({ReviveHolderKey{"none"}}), Refused(0, kNowhere));
  EXPECT_EQ(Apply({ReviveHolderKey{"k1"}}), Refused(0, kOtherwise)) << "it is good";
  ASSERT_EQ(Apply({EndHolderKey{"k1", kNoon, "lost"}}), kDone);
  EXPECT_EQ(Apply({EndHolderKey{"k1", kNoon, "lost"}}), Refused(0, kOtherwise));
  ASSERT_EQ(Apply({AddHolderKey{SampleHolderKey("k2", anna)}}), kDone);
  EXPECT_EQ(Apply({ReviveHolderKey{"k1"}}), Refused(0, kOtherwise)) << "another one is good";
  ASSERT_EQ(Apply({EndHolderKey{"k2", kNoon, "lost"}, ReviveHolderKey{"k1"}}), kDone);
  EXPECT_FALSE(store().FindHolderKey("k1")->value().until.has_value());
  EXPECT_TRUE(store().FindHolderKey("k1")->value().end_reason.empty());
  HolderKeyRow of_before = SampleHolderKey("k0", anna);
  of_before.until = kNoon;
  of_before.end_reason = "moved";
  EXPECT_EQ(Apply({AddHolderKey{of_before}}), kDone) << "beside a good one, because it has ended";
  EXPECT_EQ(Apply({AddHolderKey{SampleHolderKey("k3", anna)}}), Refused(0, kOtherwise));
}

TEST_P(StoreContract, HolderKeysGoWithThePerson) {
  const PersonId anna = Person("anna");
  const PersonId anne = Person("anne");
  ASSERT_EQ(
      Apply({AddPerson{SamplePerson(anna)}, AddPerson{SamplePerson(anne)}, AddHolderKey{SampleHolderKey("k1", anna)},
             EndHolderKey{"k1", kNoon, "lost"}, AddHolderKey{SampleHolderKey("k", anne)}}),
      kDone);
  // One of the same commit counts.
  ASSERT_EQ(Apply({AddHolderKey{SampleHolderKey("k2", anna)}, DropPerson{anna}}), kDone);
  EXPECT_FALSE(store().FindHolderKey("k1")->has_value());
  EXPECT_FALSE(store().FindHolderKey("k2")->has_value());
  EXPECT_THAT(ThumbprintsOf(store(), anna), IsEmpty());
  EXPECT_THAT(ThumbprintsOf(store(), anne), ElementsAre("k"));
  EXPECT_THAT(store().AllHolderKeys("", 10)->rows, SizeIs(1));
  ASSERT_EQ(Apply({AddPerson{SamplePerson(anna)}, AddHolderKey{SampleHolderKey("k1", anna)}}), kDone) << "free again";
}

TEST_P(StoreContract, APersonIsReplacedAndFoundByTheNewCodeAlone) {
  PersonRow anna = SamplePerson(Person("anna"));
  const Digest before = anna.passport_code_hash;
  const PersonRow ben = SamplePerson(Person("ben"));
  EXPECT_EQ(Apply({ReplacePerson{anna}}), Refused(0, kNowhere));
  ASSERT_EQ(Apply({AddPerson{anna}, AddPerson{ben}}), kDone);
  anna.passport_code_hash = ben.passport_code_hash;
  EXPECT_EQ(Apply({ReplacePerson{anna}}), Refused(0, kThere));
  anna.passport_code_hash = Sha256("another code");
  anna.sealed_holder = "sealed anew";
  ASSERT_EQ(Apply({ReplacePerson{anna}}), kDone);
  EXPECT_EQ(store().FindPersonByCode(anna.passport_code_hash)->value().id, anna.id);
  EXPECT_EQ(store().FindPerson(anna.id)->value().sealed_holder, "sealed anew");
  EXPECT_FALSE(store().FindPersonByCode(before)->has_value());
  anna.sealed_holder = "sealed once more";
  ASSERT_EQ(Apply({ReplacePerson{anna}}), kDone) << "with the code they have";
  EXPECT_EQ(store().FindPersonByCode(anna.passport_code_hash)->value().sealed_holder, "sealed once more");
  PersonRow cleo = SamplePerson(Person("cleo"));
  cleo.passport_code_hash = before;
  EXPECT_EQ(Apply({AddPerson{cleo}}), kDone) << "a code that is given up is free";
}

TEST_P(StoreContract, AnUnlockGoesWithItsTimeWithThePassportCodeAndWithThePerson) {
  PersonRow anna = SamplePerson(Person("anna"));
  const PersonRow ben = SamplePerson(Person("ben"));
  const UnlockRow row = SampleUnlock("u1", anna.id, trust_);
  const auto there = [&](const char* code) { return store().FindUnlock(Sha256(code))->has_value(); };
  EXPECT_EQ(Apply({AddUnlock{row}}), Refused(0, kNowhere)) << "nobody's";
  ASSERT_EQ(Apply({AddPerson{anna}, AddPerson{ben}, AddUnlock{row}, AddUnlock{SampleUnlock("b", ben.id, trust_)}}),
            kDone);
  EXPECT_EQ(Apply({AddUnlock{SampleUnlock("u1", ben.id, council_)}}), Refused(0, kThere));
  const auto found = store().FindUnlock(row.code);
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->person, anna.id);
  EXPECT_EQ((*found)->organisation, trust_);
  EXPECT_EQ((*found)->expires_at, row.expires_at);
  const auto first = store().AllUnlocks("", 1);
  ASSERT_TRUE(first.ok());
  ASSERT_THAT(first->rows, SizeIs(1));
  const auto rest = store().AllUnlocks(first->next, 5);
  ASSERT_THAT(rest->rows, SizeIs(1));
  EXPECT_NE(first->rows[0].person, rest->rows[0].person);

  UnlockRow later = SampleUnlock("u2", anna.id, council_);
  later.expires_at = row.expires_at + Seconds{1};
  EXPECT_EQ(Apply({PruneUnlocks{row.expires_at - Seconds{1}}, AddUnlock{later}}), kDone);
  EXPECT_TRUE(there("u1") && there("u2") && there("b"));
  EXPECT_EQ(Apply({PruneUnlocks{row.expires_at}}), kDone);
  EXPECT_FALSE(there("u1") || there("b"));
  EXPECT_TRUE(there("u2"));

  ASSERT_EQ(Apply({AddUnlock{SampleUnlock("b", ben.id, trust_)}, ReplacePerson{anna}}), kDone);
  EXPECT_TRUE(there("u2")) << "with the code they have";
  anna.passport_code_hash = Sha256("another code");
  ASSERT_EQ(Apply({ReplacePerson{anna}}), kDone);
  EXPECT_FALSE(there("u2"));
  EXPECT_TRUE(there("b")) << "of somebody else";
  ASSERT_EQ(Apply({DropPerson{ben.id}}), kDone);
  EXPECT_FALSE(there("b"));
}

// More than one commit clears away at once, and each of its own time: the person's next code ends what is left.
TEST_P(StoreContract, ManyUnlocksAreClearedAwayInTheOrderOfTheirTimes) {
  PersonRow anna = SamplePerson(Person("anna"));
  ASSERT_EQ(Apply({AddPerson{anna}}), kDone);
  std::vector<UnlockRow> rows;
  for (int i = 0; i < 20; ++i) {
    rows.push_back(SampleUnlock("many" + std::to_string(i), anna.id, trust_));
    rows.back().expires_at = Instant{1'000 + i * 7 % 20};
    ASSERT_EQ(Apply({AddUnlock{rows.back()}}), kDone);
  }
  const auto left = [&] { return store().AllUnlocks("", 100)->rows.size(); };
  for (int second = 0; second < 10; ++second) {
    ASSERT_EQ(Apply({PruneUnlocks{Instant{1'000 + second}}}), kDone);
    EXPECT_EQ(left(), 19U - static_cast<std::size_t>(second));
  }
  for (const UnlockRow& row : rows) {
    EXPECT_EQ(store().FindUnlock(row.code)->has_value(), row.expires_at.seconds >= 1'010);
  }
  // The same code again after it was cleared away.
  ASSERT_EQ(Apply({AddUnlock{rows.front()}}), kDone);
  anna.passport_code_hash = Sha256("another code");
  ASSERT_EQ(Apply({ReplacePerson{anna}}), kDone);
  EXPECT_EQ(left(), 0U);
  EXPECT_EQ(Apply({PruneUnlocks{Instant{2'000}}}), kDone);
}

TEST_P(StoreContract, AnInvitationIsFoundByIdByNumberAndWhenItHasExpired) {
  const InvitationRow first = SampleInvitation("i1", trust_);
  InvitationRow later = SampleInvitation("i0", trust_);
  later.expires_at = kNoon + Seconds{900};
  InvitationRow other = SampleInvitation("i2", council_);
  ASSERT_EQ(Apply({AddInvitation{first}, AddInvitation{later}, AddInvitation{other}}), kDone);
  EXPECT_EQ(Apply({AddInvitation{first}}), Refused(0, kThere));
  EXPECT_THAT(*store().InvitationsFor(trust_, first.number), SizeIs(2));
  EXPECT_THAT(*store().InvitationsFor(trust_, Sha256("1002")), IsEmpty());
  EXPECT_THAT(*store().ExpiredInvitations(kNoon + Seconds{599}, 9), IsEmpty());
  EXPECT_THAT(*store().ExpiredInvitations(kNoon + Seconds{600}, 9), SizeIs(2));
  EXPECT_THAT(*store().ExpiredInvitations(kNoon + Seconds{900}, 2), SizeIs(2)) << "no more than asked for";
  EXPECT_EQ(store().ExpiredInvitations(kNoon + Seconds{900}, 9)->back().id, "i0") << "the oldest first";
  ASSERT_EQ(Apply({DropInvitation{"i1"}}), kDone);
  EXPECT_EQ(Apply({DropInvitation{"i1"}}), Refused(0, kNowhere));
  EXPECT_FALSE(store().FindInvitation("i1")->has_value());
  EXPECT_THAT(*store().InvitationsFor(trust_, first.number), SizeIs(1));
  EXPECT_THAT(store().AllInvitations("", 9)->rows, SizeIs(2));
}

TEST_P(StoreContract, AnInvitationIsReplacedInStep) {
  InvitationRow row = SampleInvitation("i1", trust_);
  row.revision = 1;
  EXPECT_EQ(Apply({ReplaceInvitation{row}}), Refused(0, kNowhere));
  ASSERT_EQ(Apply({AddInvitation{SampleInvitation("i1", trust_)}}), kDone);
  row.state = InvitationState::kRedeemed;
  row.sealed.clear();
  ASSERT_EQ(Apply({ReplaceInvitation{row}}), kDone);
  EXPECT_EQ(store().FindInvitation("i1")->value().state, InvitationState::kRedeemed);
  EXPECT_EQ(Apply({ReplaceInvitation{row}}), Refused(0, kOtherwise)) << "somebody was first";
  row.revision = 2;
  row.expires_at = kNoon;
  EXPECT_EQ(Apply({ReplaceInvitation{row}}), Refused(0, kOtherwise)) << "it would be found elsewhere";
}

TEST_P(StoreContract, IdentityChecksAreKeptForAnEmployeeAndGoTogether) {
  IdentityCheckRow later = SampleIdentityCheck(trust_, "1001");
  later.at = kNoon + Seconds{1};
  ASSERT_EQ(Apply({AddIdentityCheck{later}, AddIdentityCheck{SampleIdentityCheck(trust_, "1001")},
                   AddIdentityCheck{SampleIdentityCheck(trust_, "1002")},
                   AddIdentityCheck{SampleIdentityCheck(council_, "1001")}}),
            kDone);
  EXPECT_EQ(Apply({AddIdentityCheck{later}}), Refused(0, kThere));
  EXPECT_THAT(*store().IdentityChecksOf(trust_, Sha256("1001")), SizeIs(2));
  EXPECT_EQ(store().IdentityChecksOf(trust_, Sha256("1001"))->back().at, later.at);
  ASSERT_EQ(Apply({DropIdentityChecks{trust_, Sha256("1001")}}), kDone);
  EXPECT_EQ(Apply({DropIdentityChecks{trust_, Sha256("1001")}}), kDone);
  EXPECT_THAT(*store().IdentityChecksOf(trust_, Sha256("1001")), IsEmpty());
  EXPECT_THAT(store().AllIdentityChecks("", 9)->rows, SizeIs(2));
}

}  // namespace
}  // namespace passport::test
