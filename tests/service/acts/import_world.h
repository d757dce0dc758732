// A trust that takes in files: rows as a reader would hand them over.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "passport-service/acts/issue_import.h"
#include "passport-service/acts/resolve_draft.h"
#include "passport-service/acts/review_import.h"
#include "passport-service/acts/stage_import.h"
#include "tests/service/acts/acts_world.h"

namespace passport {

struct ImportWorld : ActsWorld {
  StageImport Staging() { return {store, *vault, clock, words}; }
  ReviewImport Reviewing() { return {store, *vault, clock}; }
  ResolveDraft Resolving() { return {store, *vault, clock}; }
  IssueImport IssuingImports() { return {store, *vault, clock, *issuing}; }

  ImportHeader Header(std::string_view file);
  // The import as it was staged, or the word of the fault. Verdicts of the rows are in `verdicts`.
  std::string Stage(const ImportHeader& header, const std::vector<StagedRow>& rows);
  // "new changed unchanged refused:record_field possible_match".
  std::string verdicts;
  std::optional<RequestId> import_id;
  std::uint64_t gone = 0;
  // "done", "waits" or the word of the fault; by another system of the trust unless it is said otherwise.
  std::string Issue(std::string_view system = "hr", Roles roles = {Role::kIssuerClerk, Role::kApprover});
  void HaveTwoPersonsSign();
  // What the approver says was reviewed; nothing unless a test says so.
  std::optional<std::uint64_t> reviewed;
  // What a review tells now.
  std::uint64_t ReviewedNow();
  IssueTally tally;
  // Stages and issues.
  std::string Take(std::string_view file, const std::vector<StagedRow>& rows);
  // One course of "1001" in a file that is staged and not issued, and told anew by a file that was issued since.
  void StageWhatIsOvertaken();
  std::size_t Current();  // credentials that are not revoked

  WordCheck words = [](const Record&, const CivilDay&) { return Result<void>(); };
};

// A course of a person, on its day.
StagedRow Course(std::uint64_t line, std::string_view employee_number, std::string_view subject,
                 std::string_view achieved_on = "2026-03-01");

}  // namespace passport
