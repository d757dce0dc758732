#include "tests/service/acts/import_world.h"

#include <gtest/gtest.h>

namespace passport {

ImportHeader ImportWorld::Header(std::string_view file) {
  return {.by = trust, .file = Request(file), .source = "learning", .checker = "Example-Dunnock, Iris"};
}

std::string ImportWorld::Stage(const ImportHeader& header, const std::vector<StagedRow>& rows) {
  verdicts.clear();
  StageImport stage = Staging();
  const auto staging = stage(header);
  if (!staging.ok()) return WordsOf(staging);
  const auto answers = (*staging)->Take(rows);
  if (!answers.ok()) return WordsOf(answers);
  for (const RowVerdict& answer : *answers) {
    constexpr std::string_view kWords[] = {"new", "changed", "unchanged", "refused", "possible_match"};
    verdicts += (verdicts.empty() ? "" : " ") + std::string(kWords[static_cast<std::size_t>(answer.verdict)]);
    if (answer.verdict == DraftVerdict::kRefused) verdicts += ":" + std::string(WordOf(answer.why->reason));
  }
  const auto finished = (*staging)->Finish();
  if (!finished.ok()) return WordsOf(finished);
  gone = *finished;
  import_id = (*staging)->import().import;
  return "staged";
}

std::string ImportWorld::Issue(std::string_view system, Roles roles) {
  IssueImport act = IssuingImports();
  const auto issuing_now =
      act({{trust.organisation, std::string(system), roles}, Request("approve"), *import_id, reviewed});
  if (!issuing_now.ok()) return WordsOf(issuing_now);
  for (bool more = true; more;) {
    const Result<bool> step = (*issuing_now)->Step();
    tally = (*issuing_now)->tally();
    if (!step.ok()) return WordsOf(step);
    more = *step;
  }
  return (*issuing_now)->import().state == ImportState::kIssued ? "done" : "waits";
}

void ImportWorld::HaveTwoPersonsSign() {
  OrganisationRow row = **store.FindOrganisation(trust.organisation);
  row.two_person = true;
  ++row.revision;
  ASSERT_EQ(store.Apply({ReplaceOrganisation{row}}).outcome, CommitOutcome::kDone);
}

std::uint64_t ImportWorld::ReviewedNow() {
  ReviewImport act = Reviewing();
  const auto look = act({trust, *import_id});
  return look.ok() ? (*look)->import().drafts_revision : 0;
}

std::string ImportWorld::Take(std::string_view file, const std::vector<StagedRow>& rows) {
  const std::string staged = Stage(Header(file), rows);
  return staged == "staged" ? Issue() : staged;
}

void ImportWorld::StageWhatIsOvertaken() {
  ASSERT_EQ(Stage(Header("f1"), {Course(2, "1001", "fire_safety", "2026-04-01")}), "staged");
  const auto staged = import_id;
  ASSERT_EQ(Take("f2", {Course(2, "1001", "fire_safety", "2026-05-01")}), "done");
  import_id = staged;
}

std::size_t ImportWorld::Current() {
  const auto page = store.CredentialsOf(trust.organisation, "", 1000);
  std::size_t current = 0;
  for (const CredentialRow& row : page->rows) current += row.state == CredentialState::kRevoked ? 0 : 1;
  return current;
}

StagedRow Course(std::uint64_t line, std::string_view employee_number, std::string_view subject,
                 std::string_view achieved_on) {
  const IssueCredentials::Order order = TrainingOrder(
      "x", employee_number, {{"subject", std::string(subject)}, {"achieved_on", std::string(achieved_on)}});
  RowKeys keys;
  keys.employee_number = std::string(employee_number);
  return {.line = line, .part = 0, .keys = std::move(keys), .kind = order.kind, .fields = order.fields};
}

}  // namespace passport
