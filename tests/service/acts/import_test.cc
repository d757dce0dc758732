// Taking in files of records: what would become of each row, and what becomes of it.
#include <gtest/gtest.h>

#include <iostream>
#include <memory>

#include "tests/service/acts/import_world.h"

namespace passport {
namespace {

int import_cases = 0;  // of this program; printed at the end

class Import : public ::testing::Test {
 protected:
  void SetUp() override {
    ++import_cases;
    world_.Enrol("1001");
    world_.Enrol("1002");
  }
  static void TearDownTestSuite() {
    RecordProperty("cases", import_cases);
    std::cout << "Import (acts): " << import_cases << " cases\n";
  }
  ImportWorld world_;
};

TEST_F(Import, SignsNothingUntilItIsIssued) {
  EXPECT_EQ(world_.Stage(world_.Header("f1"), {Course(2, "1001", "fire_safety"), Course(3, "1002", "fire_safety")}),
            "staged");
  EXPECT_EQ(world_.verdicts, "new new");
  EXPECT_EQ(world_.Current(), 0U);
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.tally.issued, 2U);
  EXPECT_EQ(world_.Current(), 2U);
  EXPECT_EQ(world_.Audited("import.staged", "done"), 1U);
  EXPECT_EQ(world_.Audited("import.approved", "done"), 1U);
  EXPECT_EQ(world_.Audited("import.issued", "done"), 1U);
  EXPECT_EQ(world_.House(), "clean");
}

TEST_F(Import, ChangesNothingWhenTheSameFileComesAgain) {
  const std::vector<StagedRow> rows = {Course(2, "1001", "fire_safety"), Course(3, "1002", "fire_safety")};
  EXPECT_EQ(world_.Take("f1", rows), "done");
  EXPECT_EQ(world_.Take("f1", rows), "done");
  EXPECT_EQ(world_.verdicts, "unchanged unchanged");
  EXPECT_EQ(world_.tally.issued, 0U);
  // Under another name, and checked again on a later day.
  std::vector<StagedRow> later = rows;
  for (StagedRow& row : later) {
    for (Record::Field& field : row.fields) {
      if (field.first == "checked_on") field.second = "2026-11-20";
    }
  }
  EXPECT_EQ(world_.Take("f2", later), "done");
  EXPECT_EQ(world_.verdicts, "unchanged unchanged");
  EXPECT_EQ(world_.Current(), 2U);
  EXPECT_EQ(world_.CredentialsOf(world_.trust), 2U);
  EXPECT_EQ(world_.House(), "clean");
}

TEST_F(Import, ACorrectionTakesThePlaceOfTheOlderCredential) {
  EXPECT_EQ(world_.Take("f1", {Course(2, "1001", "fire_safety", "2026-03-01")}), "done");
  EXPECT_EQ(world_.Take("f2", {Course(2, "1001", "fire_safety", "2026-04-01")}), "done");
  EXPECT_EQ(world_.verdicts, "changed");
  EXPECT_EQ(world_.tally.superseded, 1U);
  const auto page = world_.store.CredentialsOf(world_.trust.organisation, "", 10);
  ASSERT_EQ(page->rows.size(), 2U);
  int superseded = 0;
  for (const CredentialRow& row : page->rows) {
    if (row.state != CredentialState::kRevoked) continue;
    ++superseded;
    EXPECT_EQ(row.state_reason, "superseded");
    EXPECT_EQ(world_.EntriesOfPeople(row.organisation), 1U);
    EXPECT_EQ(world_.EntryOf(row.slot), 1) << "the status list says so";
  }
  EXPECT_EQ(superseded, 1);
  EXPECT_EQ(world_.Audited("credential.superseded", "done"), 1U);
  EXPECT_EQ(world_.House(), "clean");
}

TEST_F(Import, OfOneFactInOneFileTheLatestDayCounts) {
  EXPECT_EQ(world_.Take(
                "f1", {Course(2, "1001", "fire_safety", "2024-03-01"), Course(3, "1001", "fire_safety", "2026-03-01"),
                       Course(4, "1001", "fire_safety", "2025-03-01"), Course(5, "1001", "fire_safety", "2026-03-01")}),
            "done");
  EXPECT_EQ(world_.verdicts, "new new unchanged unchanged") << "the first was revised after it was answered";
  EXPECT_EQ(world_.tally.issued, 1U);
  EXPECT_EQ(world_.CredentialsOf(world_.trust), 1U);
}

TEST_F(Import, SaysOfEachWrongRowWhyAndTakesTheOthers) {
  StagedRow kind = Course(4, "1001", "fire_safety");
  kind.kind = "shoe_size";
  StagedRow forbidden = Course(5, "1001", "fire_safety");
  forbidden.kind = "criminal_record_check";
  StagedRow level = Course(6, "1001", "lone_working");
  for (Record::Field& field : level.fields) {
    if (field.first == "level") field.second = "two";
  }
  EXPECT_EQ(world_.Take("f1", {Course(2, "1001", "moving_and_handling"), Course(3, "9999", "fire_safety"), kind,
                               forbidden, level, Course(7, "1001", "equality", "2027-01-01"), Course(8, "", "x"),
                               Course(9, "1002", "moving_and_handling")}),
            "done");
  EXPECT_EQ(world_.verdicts,
            "new refused:not_found refused:record_kind refused:not_permitted refused:record_field "
            "refused:record_field refused:field_invalid new");
  EXPECT_EQ(world_.Current(), 2U);
}

TEST_F(Import, RefusesWordsOfNoTaxonomyBeforeStagingAndBeforeIssuing) {
  world_.words = [](const Record& record, const CivilDay&) -> Result<void> {
    if (record.Find("subject") == "juggling") return Fault{Reason::kWordUnknown, "", "subject"};
    return {};
  };
  EXPECT_EQ(world_.Stage(world_.Header("f1"), {Course(2, "1001", "juggling")}), "staged");
  EXPECT_EQ(world_.verdicts, "refused:word_unknown");
}

TEST_F(Import, ADryRunSaysTheSameAndKeepsNothing) {
  ImportHeader header = world_.Header("f1");
  header.dry_run = true;
  EXPECT_EQ(world_.Stage(header, {Course(2, "1001", "fire_safety"), Course(3, "9999", "fire_safety")}), "staged");
  EXPECT_EQ(world_.verdicts, "new refused:not_found");
  EXPECT_TRUE(world_.store.ImportsOf(world_.trust.organisation, "", 10)->rows.empty());
  EXPECT_EQ(world_.Audited("import.compared", "done"), 1U);
  EXPECT_EQ(world_.Issue(), "not_found");
}

TEST_F(Import, APersonHasOneBirthDate) {
  StagedRow known = Course(2, "1001", "fire_safety");
  known.keys.date_of_birth = "1975-07-13";
  EXPECT_EQ(world_.Take("f1", {known}), "done");
  StagedRow other = Course(2, "1001", "lone_working");
  other.keys.date_of_birth = "1975-07-31";
  EXPECT_EQ(world_.Take("f2", {other}), "done");
  EXPECT_EQ(world_.verdicts, "refused:person_conflict");
  // Both in one file, and nothing known before: the second is refused when the first has been signed.
  StagedRow first = Course(2, "1002", "fire_safety");
  first.keys.date_of_birth = "1980-01-01";
  StagedRow second = Course(3, "1002", "lone_working");
  second.keys.date_of_birth = "1981-01-01";
  EXPECT_EQ(world_.Take("f3", {first, second}), "done");
  EXPECT_EQ(world_.tally.issued, 1U);
  EXPECT_EQ(world_.tally.refused, 1U);
}

TEST_F(Import, NumbersOfDifferentPeopleContradictEachOther) {
  StagedRow first = Course(2, "1001", "fire_safety");
  first.keys.national_insurance_number = "QQ123456C";
  EXPECT_EQ(world_.Take("f1", {first}), "done");
  StagedRow second = Course(2, "1002", "fire_safety");
  second.keys.national_insurance_number = "qq 12 34 56 c";
  EXPECT_EQ(world_.Take("f2", {second}), "done");
  EXPECT_EQ(world_.verdicts, "refused:person_conflict");
  // Under a number nobody knows it is the same person, who has this number too from now on.
  StagedRow third = Course(2, "1001-2", "lone_working");
  third.keys.national_insurance_number = "QQ123456C";
  EXPECT_EQ(world_.Take("f3", {third}), "done");
  EXPECT_EQ(world_.verdicts, "new");
  const auto one = world_.Employee("1001");
  const auto two = world_.Employee("1001-2");
  ASSERT_TRUE(two->has_value());
  EXPECT_EQ((*one)->person, (*two)->person);
  EXPECT_EQ(world_.House(), "clean");
}

struct StepCase {
  std::uint32_t last;
  ImportMode mode;
  std::uint32_t sequence;
  std::string_view expected;
};

TEST_F(Import, TakesTheFilesOfASeriesInStep) {
  const StepCase table[] = {
      {0, ImportMode::kDelta, 1, "staged"},      {0, ImportMode::kDelta, 2, "out_of_step"},
      {0, ImportMode::kFull, 7, "staged"},       {3, ImportMode::kDelta, 4, "staged"},
      {3, ImportMode::kDelta, 5, "out_of_step"}, {3, ImportMode::kDelta, 3, "out_of_step"},
      {3, ImportMode::kFull, 9, "staged"},       {3, ImportMode::kFull, 2, "out_of_step"},
      {3, ImportMode::kDelta, 0, "staged"},      {3, ImportMode::kFull, 3, "out_of_step"},
  };
  for (const StepCase& step : table) {
    ++import_cases;
    ImportWorld world;
    world.Enrol("1001");
    if (step.last > 0) {
      ImportHeader before = world.Header("before");
      before.mode = ImportMode::kFull;
      before.sequence = step.last;
      ASSERT_EQ(world.Stage(before, {Course(2, "1001", "fire_safety")}), "staged");
      ASSERT_EQ(world.Issue(), "done");
    }
    ImportHeader header = world.Header("now");
    header.mode = step.mode;
    header.sequence = step.sequence;
    EXPECT_EQ(world.Stage(header, {Course(2, "1001", "lone_working")}), step.expected)
        << "last " << step.last << ", then " << step.sequence;
  }
}

TEST_F(Import, AFullFileTellsWhatItNamesNoMoreAndRevokesNothing) {
  ImportHeader first = world_.Header("f1");
  first.mode = ImportMode::kFull;
  first.sequence = 1;
  ASSERT_EQ(world_.Stage(first, {Course(2, "1001", "fire_safety"), Course(3, "1001", "lone_working"),
                                 Course(4, "1002", "fire_safety")}),
            "staged");
  ASSERT_EQ(world_.Issue(), "done");
  ASSERT_EQ(world_.Take("beside", {Course(2, "1001", "conflict_resolution")}), "done");
  ImportHeader second = first;
  second.file = Request("f2");
  second.sequence = 2;
  ASSERT_EQ(world_.Stage(second, {Course(2, "1001", "fire_safety"), Course(3, "1002", "fire_safety", "2026-05-01")}),
            "staged");
  EXPECT_EQ(world_.verdicts, "unchanged changed");
  EXPECT_EQ(world_.gone, 2U) << "lone working, and the course of a file of this source beside the series";
  ReviewImport reviewing = world_.Reviewing();
  const auto review = reviewing({world_.trust, *world_.import_id});
  ASSERT_TRUE(review.ok());
  EXPECT_EQ((*review)->checker(), "Example-Dunnock, Iris");
  std::size_t drafts = 0;
  for (;;) {
    const auto page = (*review)->Next();
    ASSERT_TRUE(page.ok());
    if (page->empty()) break;
    drafts += page->size();
  }
  EXPECT_EQ(drafts, 2U);
  std::size_t gone = 0;
  EXPECT_TRUE((*review)
                  ->EachGone([&](const CredentialRow&) -> Result<void> {
                    ++gone;
                    return {};
                  })
                  .ok());
  EXPECT_EQ(gone, 2U);
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.Current(), 4U);
}

TEST_F(Import, ADraftThatIsNoLongerWhatWasReviewedIsShownAnew) {
  world_.StageWhatIsOvertaken();
  EXPECT_EQ(world_.Issue(), "waits");
  EXPECT_EQ(world_.tally.changed, 1U);
  EXPECT_EQ(world_.tally.issued, 0U);
  EXPECT_EQ(world_.Issue(), "done") << "now it is known what it takes the place of";
  EXPECT_EQ(world_.tally.superseded, 1U);
  EXPECT_EQ(world_.House(), "clean");
}

TEST_F(Import, ASuspendedCredentialIsNotUndoneByAFile) {
  ASSERT_EQ(world_.Take("f1", {Course(2, "1001", "fire_safety")}), "done");
  const CredentialRow row = world_.store.CredentialsOf(world_.trust.organisation, "", 1)->rows.front();
  ChangeStanding change = world_.ChangingStandings();
  ASSERT_TRUE(change({world_.trust, Request("s1"), row.id, StandingVerb::kSuspend, "suspected_invalid"}).ok());
  EXPECT_EQ(world_.Take("f2", {Course(2, "1001", "fire_safety", "2026-05-01")}), "done");
  EXPECT_EQ(world_.verdicts, "refused:state_conflict");
  ASSERT_TRUE(change({world_.trust, Request("s2"), row.id, StandingVerb::kRevoke, "no_longer_valid"}).ok());
  EXPECT_EQ(world_.Take("f3", {Course(2, "1001", "fire_safety", "2026-05-01")}), "done");
  EXPECT_EQ(world_.verdicts, "new");
  EXPECT_EQ(world_.House(), "clean");
}

// Who may do what where two must agree (organisation.two_person) and where one is enough.
TEST_F(Import, TwoPeopleWhereTheOrganisationSaysSo) {
  struct Case {
    bool two_person;
    std::string_view issued_by;
    std::string_view expected;
    Roles roles = {Role::kApprover};
  };
  const Case table[] = {{false, "hr", "done"},
                        {false, "registrar-desk", "done"},
                        {true, "hr", "second_person"},
                        {true, "registrar-desk", "done"},
                        {true, "registrar-desk", "second_person", {Role::kIssuerClerk}}};
  for (const Case& one : table) {
    ++import_cases;
    ImportWorld world;
    world.Enrol("1001");
    if (one.two_person) world.HaveTwoPersonsSign();
    ASSERT_EQ(world.Stage(world.Header("f1"), {Course(2, "1001", "fire_safety")}), "staged");
    world.reviewed = world.ReviewedNow();
    EXPECT_EQ(world.Issue(one.issued_by, one.roles), one.expected) << one.two_person << " " << one.issued_by;
    const IssueCredentials::Order order = TrainingOrder("alone", "1001");
    const auto alone = world.Issuing()(world.trust, std::span(&order, 1));
    EXPECT_EQ(alone.ok(), !one.two_person) << "one record by one person";
  }
}

TEST_F(Import, GoesOnWhereItWasCutOff) {
  std::vector<StagedRow> rows;
  for (std::uint64_t line = 2; line < 12; ++line)
    rows.push_back(Course(line, "1001", "subject_" + std::to_string(line)));
  StageImport stage = world_.Staging();
  {
    const auto cut_off = stage(world_.Header("f1"));
    ASSERT_TRUE(cut_off.ok());
    ASSERT_TRUE((*cut_off)->Take(std::span(rows).first(4)).ok());
    world_.import_id = (*cut_off)->import().import;
  }
  EXPECT_EQ(world_.Issue(), "state_conflict") << "not staged to its end";
  EXPECT_EQ(world_.Stage(world_.Header("f1"), rows), "staged");
  EXPECT_EQ(world_.verdicts, "new new new new new new new new new new");
  EXPECT_EQ(world_.Stage(world_.Header("f1"), rows), "staged") << "again";
  EXPECT_EQ(world_.Issue(), "done");
  EXPECT_EQ(world_.Current(), 10U);
  rows[3] = Course(5, "1001", "another");
  EXPECT_EQ(world_.Stage(world_.Header("f1"), rows), "staged") << "an issued file is compared with what stands";
  EXPECT_EQ(world_.verdicts,
            "unchanged unchanged unchanged new unchanged unchanged unchanged unchanged unchanged unchanged");
}

// Each write fails before it happened, and after it happened but was reported lost. Then the caller comes again.
TEST_F(Import, EndsWithOneCredentialARowWhateverSingleWriteIsLost) {
  using Failure = MemoryStore::Failure;
  constexpr Failure kLostBefore{Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
  constexpr Failure kLostAfter{Failure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
  int failed_writes = 0;
  for (const Failure& failure : {kLostBefore, kLostAfter}) {
    for (int at = 0; at < 40; ++at) {
      ++import_cases;
      ImportWorld world;
      world.Enrol("1001");
      ASSERT_EQ(world.Take("f0", {Course(2, "1001", "fire_safety", "2025-03-01")}), "done");
      bool fired = false;
      world.store.OnApply([&fired, at, failure, count = 0](const Changes&) mutable -> std::optional<Failure> {
        if (count++ != at) return std::nullopt;
        fired = true;
        return failure;
      });
      StagedRow row = Course(2, "1001", "fire_safety");
      row.keys.date_of_birth = "1975-07-13";
      const std::vector<StagedRow> rows = {row, Course(3, "1001", "lone_working")};
      std::string ended;
      for (int tries = 0; tries < 4 && ended != "done"; ++tries) ended = world.Take("f1", rows);
      world.store.OnApply({});
      EXPECT_EQ(ended, "done") << at;
      EXPECT_EQ(world.Current(), 2U) << at;
      EXPECT_EQ(world.House(), "clean") << at;
      if (!fired) break;
      ++failed_writes;
    }
  }
  EXPECT_GE(failed_writes, 12);
}

}  // namespace
}  // namespace passport
