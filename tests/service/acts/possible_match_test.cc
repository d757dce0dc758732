// Rows of a file that may be of somebody known: a person says who it is, and until then nothing is signed.
#include <gtest/gtest.h>

#include <iostream>
#include <memory>

#include "passport-service/acts/rebind_passport.h"
#include "tests/service/acts/import_world.h"

namespace passport {
namespace {

int match_cases = 0;  // of this program; printed at the end

class PossibleMatch : public ::testing::Test {
 protected:
  void SetUp() override {
    ++match_cases;
    Restart();
  }
  static void TearDownTestSuite() {
    RecordProperty("cases", match_cases);
    std::cout << "PossibleMatch (acts): " << match_cases << " cases\n";
  }
  // A world in which two rows of the import wait for a decision.
  void Restart() {
    world_ = std::make_unique<ImportWorld>();
    world_->Enrol("1001");
    world_->Enrol("1002");
    rows_.clear();
    StagedRow known = Course(2, "1001", "fire_safety");
    known.keys.name = "example-avocet, florrie";
    known.keys.date_of_birth = "1975-07-13";
    ASSERT_EQ(world_->Take("f1", {known}), "done");
    for (std::uint64_t line = 2; line < 4; ++line) {
      StagedRow row = Course(line, "2001", line == 2 ? "fire_safety" : "lone_working");
      row.keys.name = "Example-Avocet, Florrie";
      row.keys.date_of_birth = "1975-07-13";
      rows_.push_back(row);
    }
    ASSERT_EQ(world_->Stage(world_->Header("f2"), rows_), "staged");
    ASSERT_EQ(world_->verdicts, "possible_match possible_match");
  }
  std::string Resolve(ResolveDraft::Choice choice, std::string_view employee_number, std::uint64_t line = 3,
                      std::string_view request = "resolve") {
    ResolveDraft resolve = world_->Resolving();
    const auto resolved = resolve({.by = world_->trust,
                                   .request = Request(request),
                                   .import = *world_->import_id,
                                   .line = line,
                                   .choice = choice,
                                   .employee_number = std::string(employee_number)});
    return resolved.ok() ? std::to_string(resolved->records) : WordsOf(resolved);
  }
  // The passport of one number goes up in that of a new one, after `before`. Whose they are then.
  template <class Before>
  PersonId JoinedInto(std::string_view from, std::string_view into, const Before& before) {
    const std::string code = world_->Enrol(into);
    before();
    RebindPassport rebind(world_->store, *world_->keys, *world_->vault, world_->random, world_->clock,
                          world_->Issuing(), [](const PersonId&, bool) { return Result<void>(); });
    const PersonRow stays = world_->store.FindPersonByCode(Sha256(code))->value();
    const PersonRow goes = world_->store.FindPerson(world_->Employee(from)->value().person)->value();
    EXPECT_EQ(WordsOf(rebind.Join(stays, goes, "join", {})), "ok");
    EXPECT_FALSE(world_->store.FindPerson(goes.id)->has_value());
    return stays.id;
  }
  std::unique_ptr<ImportWorld> world_;
  std::vector<StagedRow> rows_;
};

TEST_F(PossibleMatch, IsNeverJoinedOnAName) {
  EXPECT_EQ(world_->Issue(), "waits");
  EXPECT_EQ(world_->tally.to_decide, 2U);
  EXPECT_EQ(world_->Current(), 1U);
  EXPECT_EQ(world_->Take("f3", {Course(2, "2001", "fire_safety")}), "done");
  EXPECT_EQ(world_->verdicts, "refused:not_found");
}

TEST_F(PossibleMatch, IsTheKnownPersonWhenSomebodySaysSo) {
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001"), "2");
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001"), "2") << "asked again";
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->tally.issued, 1U) << "the other fact stood already";
  EXPECT_EQ(world_->Audited("import.resolved", "done", "person"), 1U);
  const auto one = world_->Employee("1001");
  const auto two = world_->Employee("2001");
  ASSERT_TRUE(two->has_value());
  EXPECT_EQ((*one)->person, (*two)->person);
  EXPECT_EQ(world_->House(), "clean");
}

// What was staged for a passport that was joined to another since is the other's, once somebody has said so again.
TEST_F(PossibleMatch, IsSignedToNobodyWhosePassportWasJoinedToAnother) {
  const PersonId into =
      JoinedInto("1001", "1009", [&] { ASSERT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001"), "2"); });
  EXPECT_EQ(world_->Issue(), "waits");
  EXPECT_EQ(world_->tally.to_decide, 1U) << "who it is has to be said again; the other fact stood already";
  EXPECT_EQ(world_->tally.refused, 0U);
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001", 3, "resolve-again"), "1");
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->Employee("2001")->value().person, into);
  EXPECT_EQ(world_->House(), "clean");
}

TEST_F(PossibleMatch, ARowOfANumberIsSignedToWhomThePassportWasJoined) {
  ASSERT_EQ(world_->Stage(world_->Header("f4"), {Course(2, "1001", "lone_working")}), "staged");
  const PersonId gone = world_->Employee("1001")->value().person;
  const PersonId into = JoinedInto("1001", "1009", [] {});
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->tally.issued, 1U);
  EXPECT_TRUE(world_->store.CredentialsHeldBy(gone, "", 10)->rows.empty()) << "nothing is signed to nobody";
  const auto held = world_->store.CredentialsHeldBy(into, "", 10);
  EXPECT_TRUE(std::any_of(held->rows.begin(), held->rows.end(), [](const CredentialRow& row) {
    return ImportOfRequest(row.request).has_value() && row.state == CredentialState::kCurrent;
  }));
  EXPECT_EQ(world_->House(), "clean");
}

TEST_F(PossibleMatch, IsSomebodyNewWhenSomebodySaysSo) {
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kNewPerson, ""), "2");
  EXPECT_EQ(world_->Issue(), "waits");
  EXPECT_EQ(world_->tally.to_enrol, 2U);
  world_->Enrol("2001");
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->tally.issued, 2U);
  EXPECT_EQ(world_->House(), "clean");
}

TEST_F(PossibleMatch, CanBeLeftOut) {
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kSkip, ""), "2");
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->Current(), 1U);
}

TEST_F(PossibleMatch, IsNotSomebodyOfWhomOtherwiseIsKnown) {
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "9999"), "not_found");
  StagedRow known = Course(2, "1002", "fire_safety");
  known.keys.date_of_birth = "1990-01-01";
  const auto import = world_->import_id;
  ASSERT_EQ(world_->Take("f4", {known}), "done");
  world_->import_id = import;
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1002"), "person_conflict");
}

// Each write of a decision is lost; the same request sent again decides for every row, once.
TEST_F(PossibleMatch, IsDecidedWholeWhateverWriteIsLost) {
  using Failure = MemoryStore::Failure;
  int failed_writes = 0;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    for (int at = 0; at < 4; ++at) {
      ++match_cases;
      Restart();
      bool fired = false;
      const auto lose = [&fired, at, when, count = 0](const Changes&) mutable -> std::optional<Failure> {
        if (count++ != at) return std::nullopt;
        fired = true;
        return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
      };
      world_->store.OnApply(lose);
      static_cast<void>(Resolve(ResolveDraft::Choice::kPerson, "1001"));
      world_->store.OnApply({});
      EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001"), "2") << at;
      EXPECT_EQ(world_->Audited("import.resolved", "done", "person"), 1U) << at;
      EXPECT_EQ(world_->Issue(), "done") << at;
      EXPECT_EQ(world_->House(), "clean") << at;
      failed_writes += fired ? 1 : 0;
    }
  }
  EXPECT_GE(failed_writes, 2);
}

// More rows of one person than are decided in one write, and the second write is lost.
TEST_F(PossibleMatch, OfManyRowsIsGoneOnWithByTheSameRequest) {
  constexpr std::uint64_t kRows = 1'300;
  std::vector<StagedRow> rows;
  for (std::uint64_t line = 2; line < 2 + kRows; ++line) {
    rows.push_back(rows_[0]);
    rows.back().line = line;
    for (Record::Field& field : rows.back().fields) {
      if (field.first == "subject") field.second = "course_" + std::to_string(line);
    }
  }
  StageImport stage = world_->Staging();
  const auto staging = stage(world_->Header("many"));
  ASSERT_TRUE(staging.ok());
  for (std::size_t at = 0; at < rows.size(); at += 100) {
    ASSERT_TRUE((*staging)->Take(std::span(rows).subspan(at, 100)).ok());
  }
  ASSERT_TRUE((*staging)->Finish().ok());
  world_->import_id = (*staging)->import().import;
  world_->store.OnApply([count = 0](const Changes&) mutable -> std::optional<MemoryStore::Failure> {
    if (count++ != 1) return std::nullopt;
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
  });
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kSkip, ""), "outcome_unknown");
  world_->store.OnApply({});
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kSkip, ""), "101") << "those that were left";
  EXPECT_EQ(world_->Issue(), "done") << "nothing waits";
}

// What was decided after somebody approved is not what was approved.
TEST_F(PossibleMatch, IsNotSignedByAnApprovalThatCameBefore) {
  std::vector<StagedRow> rows;
  for (std::uint64_t line = 2; line < 2 + Issuing::kBlock; ++line) {
    rows.push_back(Course(line, "1001", "course_" + std::to_string(line)));
  }
  rows.push_back(rows_[1]);
  rows.back().line = 500;
  ASSERT_EQ(world_->Stage(world_->Header("f5"), rows), "staged");
  IssueImport act = world_->IssuingImports();
  const Caller by{world_->trust.organisation, "hr"};
  const auto under_way = act({by, Request("approve"), *world_->import_id, world_->ReviewedNow()});
  ASSERT_TRUE(under_way.ok());
  ASSERT_EQ(WordsOf((*under_way)->Step()), "ok");
  EXPECT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001", 500), "1");
  EXPECT_EQ(WordsOf((*under_way)->Step()), "state_conflict");
  EXPECT_EQ(world_->Current(), 1 + Issuing::kBlock) << "the rows of the first block";
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_EQ(world_->Current(), 2 + Issuing::kBlock);
  EXPECT_EQ(world_->House(), "clean");
}

TEST_F(PossibleMatch, AReviewBeforeTheDecisionIsNotWhatIsApproved) {
  world_->reviewed = world_->ReviewedNow();
  ASSERT_EQ(Resolve(ResolveDraft::Choice::kPerson, "1001"), "2");
  EXPECT_EQ(world_->Issue(), "state_conflict");
  EXPECT_EQ(world_->Current(), 1U) << "nothing is signed";
  world_->reviewed = world_->ReviewedNow();
  EXPECT_EQ(world_->Issue(), "done");
  EXPECT_GT(world_->tally.issued, 0U);
}

TEST_F(PossibleMatch, OfTwoApprovalsAtOnceTheLaterGoesOn) {
  ASSERT_EQ(world_->Stage(world_->Header("f6"), {Course(2, "1001", "lone_working")}), "staged");
  IssueImport act = world_->IssuingImports();
  const Caller by{world_->trust.organisation, "hr"};
  const auto earlier = act({by, Request("approve-1"), *world_->import_id, {}});
  const auto later = act({by, Request("approve-2"), *world_->import_id, {}});
  ASSERT_TRUE(earlier.ok() && later.ok());
  EXPECT_EQ(WordsOf((*earlier)->Step()), "state_conflict");
  EXPECT_EQ(WordsOf((*later)->Step()), "ok");
  EXPECT_EQ((*later)->import().state, ImportState::kIssued);
  EXPECT_EQ(world_->Current(), 2U);
}

}  // namespace
}  // namespace passport
