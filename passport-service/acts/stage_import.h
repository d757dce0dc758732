// Takes in a file of records: says of each what would become of it, and keeps it as a draft until somebody issues it.
//
// Nothing is signed. A draft is sealed and kept with its verdict; sending the same file again answers from the drafts
// and adds what is missing, so a staging that was cut off is gone on with by sending the file again. A dry run says the
// same and keeps nothing. A file whose import was issued is compared with what stands now, like in a dry run.
//
// Within one file a fact may occur more than once, as courses do that were repeated: the row with the latest
// `achieved_on` counts, the others are unchanged ("line N says it with a later day").
#pragma once

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "passport-service/acts/check_words.h"
#include "passport-service/acts/fact_digest.h"
#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/import_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

struct ImportHeader {
  Caller by;
  RequestId file;      // the caller's own id for this file as it is to be read; the same file has the same
  std::string source;  // 1 to 40 of a-z 0-9 '-': which series of files
  ImportMode mode = ImportMode::kDelta;
  std::uint32_t sequence = 0;  // 0: not numbered
  std::string checker;         // the person who answers for what the file says; at most 120 bytes, may be empty
  bool dry_run = false;
  bool enrol_unknown = false;       // people who are not known will be enrolled: no reason to refuse
  std::uint64_t rows_expected = 0;  // 0: not said
};

struct StagedRow {
  std::uint64_t line = 0;
  std::uint32_t part = 0;
  RowKeys keys;
  std::string kind;
  std::vector<Record::Field> fields;
};

enum class Whose { kKnown, kToBeEnrolled, kNotKnown };
struct RowVerdict {
  DraftVerdict verdict = DraftVerdict::kRefused;
  Whose whose = Whose::kNotKnown;
  std::optional<Fault> why;  // refused, possible match, or unchanged because of another row
  std::optional<CredentialId> replaces;
};

// A row that was answered earlier and counts no more, because a later one says the same fact with a later day.
struct RevisedRow {
  std::uint64_t line;
  std::uint32_t part;
};

// One file on its way. One thread.
class Staging {
 public:
  static constexpr std::size_t kRowsMax = 500;           // of one batch
  static constexpr std::size_t kRecordsMax = 2'000'000;  // of one file: some 120 bytes of memory each

  // One verdict a row, in order; durable when it returns, unless it is a dry run. Fails as a whole with kLimit,
  // kFieldInvalid (lines that do not ascend, a record larger than any row), and as the store does: then the file is
  // sent again.
  Result<std::vector<RowVerdict>> Take(std::span<const StagedRow> rows);
  // Rows of earlier answers that changed since the last Take began.
  const std::vector<RevisedRow>& revised() const { return revised_; }
  // All rows were taken: the import is staged. Returns how many facts a full file does not name any more. Fails with
  // kStateConflict when fewer or more rows came than were announced, and as the store does.
  Result<std::uint64_t> Finish();

  const ImportRow& import() const { return import_; }
  const ImportCounts& counts() const { return counts_; }

 private:
  friend class StageImport;
  struct Judged;
  struct Answered {
    std::uint64_t line;
    std::uint32_t part;
    DraftVerdict verdict;
  };
  // A fact of this file and the row that tells it best so far.
  struct Told {
    std::uint64_t line;
    std::uint32_t part;
    CivilDay day;
    std::uint64_t content;
  };
  Staging(Store& store, PersonVault& vault, const Clock& clock, const WordCheck& words, OrganisationRow caller,
          ImportHeader header, ImportRow import, bool keeps, bool again)
      : store_(store),
        vault_(vault),
        clock_(clock),
        words_(words),
        caller_(std::move(caller)),
        header_(std::move(header)),
        import_(std::move(import)),
        keeps_(keeps),
        again_(again) {}
  Result<Judged> Judge(const StagedRow& row, Instant now);
  Result<void> JudgeFact(const StagedRow& row, const Record& record, Judged& judged, Instant now);
  Result<void> Revise(std::uint64_t line, std::uint32_t part, DraftVerdict to, std::string reason, std::string detail,
                      Changes& changes);
  Answered* FindAnswered(std::uint64_t line, std::uint32_t part);
  Result<bool> AnswerFromDraft(const StagedRow& row, Judged& judged);
  Result<void> CompareWithFile(const StagedRow& row, Judged& judged, Changes& changes);
  Result<void> EnsureKeys(std::span<const StagedRow> rows);
  Result<DraftRow> DraftOf(const StagedRow& row, const Judged& judged) const;

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  const WordCheck& words_;
  OrganisationRow caller_;
  ImportHeader header_;
  ImportRow import_;
  bool keeps_;  // drafts are kept or were kept before
  bool again_;  // there may be drafts already
  ImportCounts counts_;
  std::unordered_map<std::string, Told> told_;  // by 15 bytes of a keyed digest
  std::vector<Answered> answered_;              // ascending
  CredentialSet named_;                         // credentials the file names; for full files
  std::vector<RevisedRow> revised_;
};

class StageImport {
 public:
  // All outlive it and every Staging.
  StageImport(Store& store, PersonVault& vault, const Clock& clock, WordCheck words)
      : store_(store), vault_(vault), clock_(clock), words_(std::move(words)) {}
  // Fails with kCallerUnknown, kFieldInvalid, kOutOfStep, kRequestReused (the same file with other terms),
  // kSecondPerson (another system has begun to stage it and the organisation has the two-person rule), and as the store
  // does.
  Result<std::unique_ptr<Staging>> operator()(const ImportHeader& header);

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  WordCheck words_;
};

}  // namespace passport
