// Files of records on their way in, as plain values: what is sent, and what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "operator-cli/online/answers.h"

namespace passport {

// A file of records, before its rows.
struct ImportOpening {
  std::string file_id;  // the same whenever the same file is read in the same way
  std::string source;   // "esr"
  bool full = false;
  std::uint32_t sequence = 0;  // 0: not numbered
  std::string checker;         // the person who answers for it, or empty
  bool dry_run = false;
  bool enrol_unknown = false;
  std::uint64_t rows_expected = 0;
};

// By what else the person of a row may be known; empty where the row does not say.
struct ImportKeys {
  std::string assignment_number;
  std::string national_insurance_number;
  std::vector<std::string> registration_numbers;
  std::string name;
  std::string date_of_birth;
};

// One record of an import.
struct ImportOrder {
  std::uint64_t line = 0;
  std::uint32_t part = 0;  // which record of the line
  std::string employee_number;
  ImportKeys keys;
  RecordText record;
};

enum class RowVerdictAnswer { kNew, kChanged, kUnchanged, kRefused, kPossibleMatch };
enum class RowPersonAnswer { kKnown, kToBeEnrolled, kNotKnown };

struct ImportRowAnswer {
  std::uint64_t line = 0;
  std::uint32_t part = 0;
  RowVerdictAnswer verdict = RowVerdictAnswer::kRefused;
  RowPersonAnswer person = RowPersonAnswer::kNotKnown;
  std::optional<RefusalAnswer> refusal;  // when refused or a possible match
  std::string note;                      // another row that makes this one count no more
  std::string replaces_id;               // when changed
};

struct ImportAnswer {
  std::string import_id;
  std::string source;
  bool full = false;
  std::uint32_t sequence = 0;
  std::string state;  // "staging", "staged", "issuing", "issued", "dropped"
  std::string prepared_by;
  std::string approved_by;
  Instant begun_at;
};

struct ImportCountsAnswer {
  std::uint64_t rows = 0;
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t refused = 0;
  std::uint64_t possible_matches = 0;
};

struct StagedAnswer {
  ImportAnswer import;
  ImportCountsAnswer counts;
  std::uint64_t gone = 0;  // facts a full file does not name any more
};

// What a review is of.
struct ImportReviewAnswer {
  ImportAnswer import;
  std::string checker;                  // or empty
  std::uint64_t reviewed_revision = 0;  // IssueImport asks for it
};

struct DraftAnswer {
  std::uint64_t line = 0;
  std::uint32_t part = 0;
  RowVerdictAnswer verdict = RowVerdictAnswer::kRefused;
  std::string state;  // "open", "issued", "skipped"
  std::string employee_number;
  std::string person_id;
  RecordText record;
  std::string replaces_id;
  std::string credential_id;
  std::optional<RefusalAnswer> refusal;
  std::string note;
};

struct ImportPage {
  std::vector<ImportAnswer> imports;
  std::string next_page_token;  // empty at the end
};

// What became of drafts since the call began.
struct IssueAnswer {
  ImportAnswer import;
  std::uint64_t issued = 0;
  std::uint64_t superseded = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t refused = 0;
  std::uint64_t changed = 0;
  std::uint64_t to_decide = 0;
  std::uint64_t to_enrol = 0;
  bool end = false;
};

// Whose row it is: exactly one.
struct DraftChoice {
  std::string employee_number;
  bool new_person = false;
  bool skip = false;
};

std::string_view WordOf(RowVerdictAnswer verdict);

}  // namespace passport
