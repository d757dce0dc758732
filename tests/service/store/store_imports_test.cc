// Files that are taken in: what each of their changes expects and does, on every store.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kConflict = Reason::kStateConflict;

TEST_P(StoreContract, AnOrganisationOfTwoPersonsStaysOne) {
  OrganisationRow row = SampleOrganisation(trust_);
  ASSERT_EQ(Apply({AddOrganisation{row}}), kDone);
  EXPECT_FALSE(store().FindOrganisation(trust_)->value().two_person);
  row.two_person = true;
  row.revision = 1;
  ASSERT_EQ(Apply({ReplaceOrganisation{row}}), kDone);
  EXPECT_TRUE(store().FindOrganisation(trust_)->value().two_person);
}

TEST_P(StoreContract, AVersionOfADocumentIsWithdrawnOnce) {
  const auto withdraw = [&](std::uint64_t version, Instant at) {
    return Apply({WithdrawDocument{"profile/a", version, at}});
  };
  EXPECT_EQ(withdraw(1, kNoon), Refused(0, Reason::kNotFound));
  for (const std::uint64_t version : {1U, 2U, 3U}) {
    ASSERT_EQ(Apply({PutDocument{{"profile/a", version, "text", kNoon}}}), kDone);
  }
  ASSERT_EQ(Apply({PutDocument{{"profile/ab", 1, "text", kNoon}}, PutDocument{{"taxonomy/a", 1, "text", kNoon}}}),
            kDone);
  EXPECT_EQ(withdraw(4, kNoon), Refused(0, Reason::kNotFound));
  EXPECT_EQ(withdraw(2, kNoon + Seconds{5}), kDone);
  EXPECT_EQ(withdraw(2, kNoon + Seconds{6}), Refused(0, kConflict));
  EXPECT_EQ(withdraw(3, kNoon + Seconds{7}), kDone);
  EXPECT_EQ(store().NewestDocument("profile/a")->value().withdrawn_at, kNoon + Seconds{7});
  EXPECT_EQ(Apply({PutDocument{{"profile/a", 4, "text", kNoon}}}), kDone);
  EXPECT_EQ(store().NewestDocument("profile/a")->value().withdrawn_at, std::nullopt);
  const auto versions = *store().DocumentVersions("profile/");
  ASSERT_EQ(versions.size(), 5U);
  for (std::uint64_t n = 0; n < 4; ++n) EXPECT_EQ(versions[n].version, n + 1);
  EXPECT_EQ(versions[0].withdrawn_at, std::nullopt);
  EXPECT_EQ(versions[1].withdrawn_at, kNoon + Seconds{5});
  EXPECT_EQ(versions[4].name, "profile/ab");
  EXPECT_EQ(store().DocumentVersions("profile/ab")->size(), 1U);
  EXPECT_THAT(*store().DocumentVersions("registry"), IsEmpty());
}

TEST_P(StoreContract, AStandingRecordIsPutInThePlaceOfWhatStands) {
  const CredentialRow first = Story{trust_, 0}.row();
  const CredentialRow second = Story{trust_, 1}.row();
  const StandingRecordRow standing = SampleStanding(first, "fire safety");
  const auto find = [&] {
    return *store().FindStandingRecord(trust_, standing.person, standing.kind, standing.identity);
  };
  EXPECT_EQ(find(), std::nullopt);
  EXPECT_EQ(Apply({PutStandingRecord{standing, second.id}}), Refused(0, kConflict));
  EXPECT_EQ(Apply({PutStandingRecord{standing, std::nullopt}}), kDone);
  EXPECT_EQ(Apply({PutStandingRecord{standing, std::nullopt}}), Refused(0, kConflict));
  EXPECT_EQ(find()->credential, first.id);
  EXPECT_EQ(Apply({PutStandingRecord{SampleStanding(second, "fire safety"), second.id}}), Refused(0, kConflict));
  EXPECT_EQ(Apply({PutStandingRecord{SampleStanding(second, "fire safety"), first.id}}), kDone);
  EXPECT_EQ(find()->credential, second.id);
  EXPECT_EQ(find()->content, SampleStanding(second, "fire safety").content);
  EXPECT_EQ(Apply({PutStandingRecord{SampleStanding(second, "food hygiene"), std::nullopt}}), kDone);
  StandingRecordRow elsewhere = standing;
  elsewhere.organisation = council_;
  EXPECT_EQ(Apply({PutStandingRecord{elsewhere, std::nullopt}}), kDone);
  EXPECT_EQ(store().AllStandingRecords("", 10)->rows.size(), 3U);
}

TEST_P(StoreContract, AStandingRecordIsDroppedWithItsCredential) {
  const CredentialRow first = Story{trust_, 0}.row();
  const StandingRecordRow row = SampleStanding(first, "fire safety");
  const auto drop = [&](const CredentialId& credential) {
    return Apply({DropStandingRecord{trust_, row.person, row.kind, row.identity, credential}});
  };
  EXPECT_EQ(drop(first.id), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({PutStandingRecord{row, std::nullopt}}), kDone);
  EXPECT_EQ(drop(Story{trust_, 1}.credential()), Refused(0, kConflict));
  EXPECT_EQ(drop(first.id), kDone);
  EXPECT_FALSE(store().FindStandingRecord(trust_, row.person, row.kind, row.identity)->has_value());
  EXPECT_EQ(drop(first.id), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({PutStandingRecord{row, std::nullopt}}), kDone);
}

TEST_P(StoreContract, AMatchKeyIsOfOnePersonUnlessManyMayHaveIt) {
  struct Case {
    MatchKind kind;
    bool shared;   // two people may have the same key
    bool several;  // a person may have two
  };
  for (const Case& one :
       {Case{MatchKind::kAssignmentNumber, false, true}, Case{MatchKind::kNationalInsuranceNumber, false, true},
        Case{MatchKind::kRegistrationNumber, false, true}, Case{MatchKind::kNameAndBirthDate, true, true},
        Case{MatchKind::kBirthDate, true, false}}) {
    SCOPED_TRACE(static_cast<int>(one.kind));
    const Digest key = Sha256("key");
    const auto add = [&](const OrganisationId& organisation, std::string_view text, std::string_view person) {
      return Apply({AddMatchKey{{organisation, one.kind, Sha256(text), Person(person)}}});
    };
    EXPECT_THAT(*store().FindMatches(trust_, one.kind, key), IsEmpty());
    EXPECT_EQ(add(trust_, "key", "ben"), kDone);
    EXPECT_EQ(add(trust_, "key", "ben"), kDone) << "the same again is no conflict";
    EXPECT_EQ(add(council_, "key", "carla"), kDone);
    const Outcome of_another = add(trust_, "key", "anna");
    const Outcome a_second = add(trust_, "other", "ben");
    EXPECT_EQ(of_another, one.shared ? kDone : Refused(0, kConflict));
    EXPECT_EQ(a_second, one.several ? kDone : Refused(0, kConflict));
    if (one.shared) {
      EXPECT_THAT(*store().FindMatches(trust_, one.kind, key), ElementsAre(Person("anna"), Person("ben")));
    } else {
      EXPECT_THAT(*store().FindMatches(trust_, one.kind, key), ElementsAre(Person("ben")));
    }
    EXPECT_THAT(*store().FindMatches(council_, one.kind, key), ElementsAre(Person("carla")));
    EXPECT_EQ(store().MatchKeysOf(trust_, Person("ben"), one.kind)->size(), one.several ? 2U : 1U);
    EXPECT_THAT(*store().MatchKeysOf(council_, Person("carla"), one.kind), ElementsAre(key));
    EXPECT_THAT(*store().MatchKeysOf(trust_, Person("carla"), one.kind), IsEmpty());
  }
}

TEST_P(StoreContract, TwoKeysOfOneBatchAreJudgedTogether) {
  const auto key = [&](MatchKind kind, std::string_view text, std::string_view person) {
    return AddMatchKey{{trust_, kind, Sha256(text), Person(person)}};
  };
  EXPECT_EQ(Apply({key(MatchKind::kBirthDate, "a", "anna"), key(MatchKind::kBirthDate, "b", "anna")}),
            Refused(1, kConflict));
  EXPECT_EQ(Apply({key(MatchKind::kAssignmentNumber, "a", "anna"), key(MatchKind::kAssignmentNumber, "a", "ben")}),
            Refused(1, kConflict));
  EXPECT_THAT(*store().MatchKeysOf(trust_, Person("anna"), MatchKind::kBirthDate), IsEmpty());
  EXPECT_THAT(*store().FindMatches(trust_, MatchKind::kAssignmentNumber, Sha256("a")), IsEmpty());
}

TEST_P(StoreContract, AnImportIsAddedOnceAndReplacedByItsNextRevision) {
  ImportRow row = SampleImport(trust_, "i");
  EXPECT_EQ(Apply({ReplaceImport{row}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({AddImport{row}}), kDone);
  EXPECT_EQ(Apply({AddImport{row}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({AddImport{SampleImport(council_, "i")}}), kDone);
  EXPECT_EQ(Apply({ReplaceImport{row}}), Refused(0, kConflict));
  row.revision = 2;
  EXPECT_EQ(Apply({ReplaceImport{row}}), Refused(0, kConflict));
  row.revision = 1;
  row.state = ImportState::kStaged;
  row.approved_by = "hr-lead";
  EXPECT_EQ(Apply({ReplaceImport{row}}), kDone);
  const auto stored = store().FindImport(trust_, row.import)->value();
  EXPECT_EQ(stored.state, ImportState::kStaged);
  EXPECT_EQ(stored.approved_by, "hr-lead");
  EXPECT_EQ(stored.sealed_checker, row.sealed_checker);
  EXPECT_EQ(store().FindImport(council_, row.import)->value().state, ImportState::kStaging);
  EXPECT_FALSE(store().FindImport(trust_, Request("j"))->has_value());
}

// Which changes of a draft an import takes in which state.
TEST_P(StoreContract, ADraftIsPutWhileStagingAndReplacedInReview) {
  struct Case {
    ImportState state;
    bool put;
    bool replace;
  };
  std::uint64_t number = 0;
  for (const Case& one : {Case{ImportState::kStaging, true, false}, Case{ImportState::kStaged, false, true},
                          Case{ImportState::kIssuing, false, true}, Case{ImportState::kIssued, false, false},
                          Case{ImportState::kDropped, false, false}}) {
    SCOPED_TRACE(static_cast<int>(one.state));
    ImportRow import = SampleImport(trust_, "i" + std::to_string(++number));
    ASSERT_EQ(Apply({AddImport{import}, PutDraft{SampleDraft(import, 1)}}), kDone);
    import.state = one.state;
    import.revision = 1;
    ASSERT_EQ(Apply({ReplaceImport{import}}), kDone);
    DraftRow draft = SampleDraft(import, 1);
    draft.verdict = DraftVerdict::kChanged;
    EXPECT_EQ(Apply({PutDraft{draft}}), one.put ? kDone : Refused(0, kConflict));
    EXPECT_EQ(Apply({PutDraft{SampleDraft(import, 2)}}), one.put ? kDone : Refused(0, kConflict));
    draft.person = Person("anna");
    EXPECT_EQ(Apply({ReplaceDraft{draft}}), one.replace ? kDone : Refused(0, kConflict));
    const auto stored = store().FindDraft(trust_, import.import, 1, 0)->value();
    EXPECT_EQ(stored.verdict, one.put || one.replace ? DraftVerdict::kChanged : DraftVerdict::kNew);
    EXPECT_EQ(stored.person.has_value(), one.replace);
  }
}

TEST_P(StoreContract, ADraftThatIsSettledIsNotReplaced) {
  ImportRow import = SampleImport(trust_, "i");
  DraftRow draft = SampleDraft(import, 1);
  EXPECT_EQ(Apply({PutDraft{draft}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({ReplaceDraft{draft}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddImport{import}, PutDraft{draft}, PutDraft{SampleDraft(import, 2)}}), kDone);
  import.state = ImportState::kIssuing;
  import.revision = 1;
  ASSERT_EQ(Apply({ReplaceImport{import}}), kDone);
  EXPECT_EQ(Apply({ReplaceDraft{SampleDraft(import, 3)}}), Refused(0, Reason::kNotFound));
  draft.state = DraftState::kIssued;
  draft.credential = Story{trust_, 0}.credential();
  EXPECT_EQ(Apply({ReplaceDraft{draft}}), kDone);
  EXPECT_EQ(Apply({ReplaceDraft{draft}}), Refused(0, kConflict));
  EXPECT_EQ(store().FindDraft(trust_, import.import, 1, 0)->value().credential, draft.credential);
  DraftRow skipped = SampleDraft(import, 2);
  skipped.state = DraftState::kSkipped;
  EXPECT_EQ(Apply({ReplaceDraft{skipped}}), kDone);
  EXPECT_EQ(Apply({ReplaceDraft{SampleDraft(import, 2)}}), Refused(0, kConflict));
}

TEST_P(StoreContract, ASeriesGoesOnFromWhereItStands) {
  const auto put = [&](const OrganisationId& organisation, std::uint32_t sequence, std::uint32_t replaces) {
    return Apply({PutImportSeries{{organisation, "esr", sequence, Request("i" + std::to_string(sequence))}, replaces}});
  };
  EXPECT_FALSE(store().FindImportSeries(trust_, "esr")->has_value());
  EXPECT_EQ(put(trust_, 7, 6), Refused(0, kConflict));
  EXPECT_EQ(put(trust_, 7, 0), kDone);
  EXPECT_EQ(put(trust_, 8, 0), Refused(0, kConflict));
  EXPECT_EQ(put(trust_, 8, 7), kDone);
  EXPECT_EQ(put(council_, 1, 0), kDone);
  EXPECT_EQ(store().FindImportSeries(trust_, "esr")->value().sequence, 8U);
  EXPECT_EQ(store().FindImportSeries(trust_, "esr")->value().import, Request("i8"));
  EXPECT_FALSE(store().FindImportSeries(trust_, "learning")->has_value());
  EXPECT_EQ(store().AllImportSeries("", 10)->rows.size(), 2U);
}

TEST_P(StoreContract, ARefusedCommitLeavesNothingOfAnImport) {
  const ImportRow import = SampleImport(trust_, "i");
  const StandingRecordRow standing = SampleStanding(Story{trust_, 0}.row(), "fire safety");
  ASSERT_EQ(Apply({PutDocument{{"profile/a", 1, "text", kNoon}}}), kDone);
  const Changes changes = {
      AddImport{import},
      PutDraft{SampleDraft(import, 1)},
      PutStandingRecord{standing, std::nullopt},
      AddMatchKey{{trust_, MatchKind::kBirthDate, Sha256("key"), Person("anna")}},
      PutImportSeries{{trust_, "esr", 7, import.import}, 0},
      WithdrawDocument{"profile/a", 1, kNoon},
      DropIntent{trust_, Request("none")},
  };
  EXPECT_EQ(Apply(changes), Refused(changes.size() - 1, Reason::kNotFound));
  EXPECT_FALSE(store().FindImport(trust_, import.import)->has_value());
  EXPECT_THAT(store().AllDrafts("", 10)->rows, IsEmpty());
  EXPECT_THAT(store().AllStandingRecords("", 10)->rows, IsEmpty());
  EXPECT_THAT(store().AllMatchKeys("", 10)->rows, IsEmpty());
  EXPECT_THAT(*store().MatchKeysOf(trust_, Person("anna"), MatchKind::kBirthDate), IsEmpty());
  EXPECT_FALSE(store().FindImportSeries(trust_, "esr")->has_value());
  EXPECT_EQ(store().NewestDocument("profile/a")->value().withdrawn_at, std::nullopt);
}

TEST_P(StoreContract, DraftsComeByLineAndPart) {
  const ImportRow import = SampleImport(trust_, "i");
  const ImportRow other = SampleImport(trust_, "ij");
  ASSERT_EQ(Apply({AddImport{import}, AddImport{other}, PutDraft{SampleDraft(other, 1)}}), kDone);
  for (const std::uint64_t line : {300U, 2U, 10U}) {
    for (const std::uint32_t part : {1U, 0U}) {
      DraftRow draft = SampleDraft(import, line);
      draft.part = part;
      ASSERT_EQ(Apply({PutDraft{draft}}), kDone);
    }
  }
  for (const std::size_t limit : {0U, 1U, 4U, 6U, 100U}) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
    std::string after;
    do {
      const auto page = store().DraftsOf(trust_, import.import, after, limit);
      ASSERT_TRUE(page.ok());
      for (const auto& row : page->rows) places.emplace_back(row.line, row.part);
      after = page->next;
    } while (!after.empty());
    using P = std::pair<std::uint64_t, std::uint32_t>;
    EXPECT_THAT(places, ElementsAre(P{2, 0}, P{2, 1}, P{10, 0}, P{10, 1}, P{300, 0}, P{300, 1})) << limit;
  }
  EXPECT_EQ(store().DraftsOf(trust_, import.import, "not a token!", 1).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(store().AllDrafts("", 100)->rows.size(), 7U);
  const auto first = store().ImportsOf(trust_, "", 1);
  ASSERT_EQ(first->rows.size(), 1U);
  EXPECT_EQ(store().ImportsOf(trust_, first->next, 5)->rows.front().import, other.import);
  EXPECT_THAT(store().ImportsOf(council_, "", 5)->rows, IsEmpty());
}

}  // namespace
}  // namespace passport::test
