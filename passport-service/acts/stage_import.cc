#include "passport-service/acts/stage_import.h"

#include <algorithm>
#include <cstring>

#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/standing_fact.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

constexpr std::size_t kCheckerBytesMax = 120;
constexpr std::size_t kSourceBytesMax = 40;
constexpr std::size_t kFieldsMax = 64;
constexpr std::size_t kFieldBytesMax = 1024;

bool IsSource(std::string_view text) {
  return !text.empty() && text.size() <= kSourceBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<void> CheckHeader(const ImportHeader& header) {
  if (!IsSource(header.source)) {
    return Fault{Reason::kFieldInvalid, "", "source is not 1 to 40 of a-z, 0-9 and '-'"};
  }
  if (header.checker.size() > kCheckerBytesMax || HasControls(header.checker)) {
    return Fault{Reason::kFieldInvalid, "", "checker is not at most 120 printable bytes"};
  }
  return {};
}

Result<void> CheckSameTerms(const ImportRow& row, const ImportHeader& header) {
  const bool same = row.source == header.source && row.mode == header.mode && row.sequence == header.sequence;
  if (same) return {};
  return Fault{Reason::kRequestReused, "", "the file was staged with another source, mode or sequence"};
}

// What is larger than any row of a file is not kept as a draft.
Result<void> CheckSize(const StagedRow& row) {
  const bool small = std::all_of(row.fields.begin(), row.fields.end(), [](const Record::Field& field) {
    return field.first.size() <= kFieldBytesMax && field.second.size() <= kFieldBytesMax;
  });
  if (row.fields.size() > kFieldsMax || !small) {
    return Fault{Reason::kFieldInvalid, "", "a record has more than 64 fields, or one of more than 1024 bytes"};
  }
  return {};
}

// What a row says apart from who looked at it and when.
std::vector<Record::Field> Said(const std::vector<Record::Field>& fields) {
  std::vector<Record::Field> said;
  for (const Record::Field& field : fields) {
    if (!IsAboutTheCheck(field.first)) said.push_back(field);
  }
  return said;
}

// A kind nobody knows is not kept as if it were one.
std::string KindOf(const StagedRow& row) { return FindRecordKind(row.kind) == nullptr ? "unknown" : row.kind; }

std::uint64_t FirstBytes(const Digest& digest) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, digest.data(), sizeof bytes);
  return bytes;
}

std::string LineText(std::uint64_t line) { return "line " + std::to_string(line); }

}  // namespace

// What is known of one row once it was judged.
struct Staging::Judged {
  RowVerdict answer;
  std::optional<PersonId> person;
  std::optional<CredentialId> stands;  // unchanged: the credential that says so already
  std::string fact;                    // key of told_; empty when the row tells no fact
  std::optional<CivilDay> day;
  std::uint64_t content = 0;
  bool from_draft = false;
};

Result<bool> Staging::AnswerFromDraft(const StagedRow& row, Judged& judged) {
  TRY_ASSIGN(const std::optional<DraftRow> draft, store_.FindDraft(caller_.id, import_.import, row.line, row.part));
  if (!draft) {
    if (import_.state == ImportState::kStaging) return false;
    return Fault{Reason::kStateConflict, "", "the import was staged without this row"};
  }
  TRY_ASSIGN(const DraftContent content, OpenContent(vault_, *draft));
  const bool same = draft->kind == KindOf(row) && content.keys == row.keys && Said(content.fields) == Said(row.fields);
  if (!same) {
    return Fault{Reason::kRequestReused, "", "the row is another one than was staged in its place"};
  }
  judged.from_draft = true;
  judged.person = draft->person;
  judged.answer.verdict = draft->state == DraftState::kIssued ? DraftVerdict::kUnchanged : draft->verdict;
  if (draft->verdict == DraftVerdict::kUnchanged) {
    judged.stands = draft->supersedes;
  } else {
    judged.answer.replaces = draft->supersedes;
  }
  if (draft->credential) judged.stands = draft->credential;
  judged.answer.whose = draft->person ? Whose::kKnown : Whose::kNotKnown;
  if (!draft->person && draft->verdict == DraftVerdict::kNew) {
    TRY_ASSIGN(const std::optional<EmploymentRow> known,
               FindEmployee(store_, vault_, caller_.id, row.keys.employee_number));
    judged.answer.whose = known ? Whose::kKnown : Whose::kToBeEnrolled;
  }
  if (!draft->reason.empty() || !draft->detail.empty()) {
    judged.answer.why = Fault{ReasonOfWord(draft->reason), "", draft->detail};
  }
  return true;
}

Result<void> Staging::JudgeFact(const StagedRow& row, const Record& record, Judged& judged, Instant now) {
  std::string whose = "number " + row.keys.employee_number;
  if (judged.person) {
    whose = "person " + judged.person->text();
    TRY_ASSIGN(const FactDigests digests, DigestFact(vault_, caller_.id, *judged.person, record));
    judged.content = FirstBytes(digests.content);
    if (!judged.from_draft) {
      TRY_ASSIGN(const StandingFact standing, FindStanding(store_, caller_.id, *judged.person, row.kind, digests, now));
      judged.answer.verdict = standing.verdict;
      if (standing.row && standing.verdict == DraftVerdict::kChanged) judged.answer.replaces = standing.row->id;
      if (standing.row && standing.verdict == DraftVerdict::kUnchanged) judged.stands = standing.row->id;
    }
  } else {
    std::string facts;
    for (const Fact& fact : record.facts()) {
      if (!IsAboutTheCheck(fact.rule->name)) facts += std::string(fact.rule->name) + "=" + fact.value + "\n";
    }
    judged.content = FirstBytes(Sha256(facts));
  }
  TRY_ASSIGN(const Digest fact, vault_.IndexDigest("fact of a file", whose + "\n" + record.Identity()));
  constexpr std::size_t kKeyBytes = 15;  // 120 bits, and no allocation
  judged.fact.assign(fact.begin(), fact.begin() + kKeyBytes);
  judged.day = record.Day("achieved_on");
  return {};
}

Result<Staging::Judged> Staging::Judge(const StagedRow& row, Instant now) {
  Judged judged;
  TRY(CheckRowKeys(row.keys));
  if (again_) TRY(AnswerFromDraft(row, judged));
  if (judged.from_draft && judged.answer.verdict == DraftVerdict::kRefused) return judged;
  const RecordKind* kind = FindRecordKind(row.kind);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  if (!MayIssue(caller_, row.kind, now)) {
    return Fault{Reason::kNotPermitted, "", "the organisation may not issue this kind"};
  }
  TRY_ASSIGN(const Record record, Record::Make(*kind, row.fields));
  const CivilDay today = CivilDay::InLondon(now);
  TRY(CheckDays(record, today));
  TRY(words_(record, today));
  if (!judged.from_draft) {
    TRY_ASSIGN(const PersonMatch match, MatchPerson(store_, vault_, caller_.id, row.keys, std::nullopt));
    if (match.against) return Fault{Reason::kPersonConflict, "", *match.against};
    judged.person = match.person;
    judged.answer.whose = match.person ? Whose::kKnown : Whose::kToBeEnrolled;
    judged.answer.verdict = DraftVerdict::kNew;
    if (!match.may_be.empty()) {
      judged.answer.verdict = DraftVerdict::kPossibleMatch;
      judged.answer.whose = Whose::kNotKnown;
      judged.answer.why = Fault{Reason::kPossibleMatch, "",
                                "name and date_of_birth are those of " + std::to_string(match.may_be.size()) +
                                    (match.may_be.size() == 1 ? " person" : " people") + " known under other numbers"};
    } else if (!match.person && !header_.enrol_unknown) {
      return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
    }
  }
  TRY(JudgeFact(row, record, judged, now));
  return judged;
}

Staging::Answered* Staging::FindAnswered(std::uint64_t line, std::uint32_t part) {
  const auto place = [](const Answered& answered) { return std::pair(answered.line, answered.part); };
  const auto found = std::lower_bound(answered_.begin(), answered_.end(), std::pair(line, part),
                                      [&](const Answered& answered, const auto& at) { return place(answered) < at; });
  const bool there = found != answered_.end() && place(*found) == std::pair(line, part);
  return there ? &*found : nullptr;
}

// A row that was answered counts no more.
Result<void> Staging::Revise(std::uint64_t line, std::uint32_t part, DraftVerdict to, std::string reason,
                             std::string detail, Changes& changes) {
  Answered* const answered = FindAnswered(line, part);
  if (answered == nullptr || answered->verdict == DraftVerdict::kRefused || answered->verdict == to) return {};
  counts_.Move(answered->verdict, to);
  answered->verdict = to;
  revised_.push_back({.line = line, .part = part});
  if (!keeps_ || import_.state != ImportState::kStaging) return {};
  // It may stand in the changes of this very batch.
  std::optional<DraftRow> draft;
  for (const Change& change : changes) {
    const auto* put = std::get_if<PutDraft>(&change);
    if (put != nullptr && put->row.line == line && put->row.part == part) draft = put->row;
  }
  if (!draft) {
    TRY_ASSIGN(draft, store_.FindDraft(caller_.id, import_.import, line, part));
  }
  if (!draft) return Fault{Reason::kStoreUnavailable, "", "a draft of the import is not there"};
  draft->verdict = to;
  draft->state = DraftState::kSkipped;
  draft->supersedes.reset();
  draft->reason = std::move(reason);
  draft->detail = std::move(detail);
  changes.emplace_back(PutDraft{std::move(*draft)});
  return {};
}

// The row of a file that tells a fact with the latest day counts.
Result<void> Staging::CompareWithFile(const StagedRow& row, Judged& judged, Changes& changes) {
  if (judged.fact.empty() || !judged.day || judged.answer.verdict == DraftVerdict::kRefused) return {};
  const Told told{.line = row.line, .part = row.part, .day = *judged.day, .content = judged.content};
  const auto [before, first] = told_.emplace(judged.fact, told);
  if (first) return {};
  Told& best = before->second;
  if (best.content != told.content && best.day <= told.day) {
    TRY(Revise(best.line, best.part, DraftVerdict::kUnchanged, "", LineText(row.line) + " says it with a later day",
               changes));
    best = told;
    return {};
  }
  judged.answer.verdict = DraftVerdict::kUnchanged;
  judged.answer.replaces.reset();
  const std::string_view why = best.content == told.content ? " says the same" : " says it with a later day";
  judged.answer.why = Fault{Reason::kNone, "", LineText(best.line) + std::string(why)};
  return {};
}

Result<DraftRow> Staging::DraftOf(const StagedRow& row, const Judged& judged) const {
  const DraftVerdict verdict = judged.answer.verdict;
  const bool open = verdict != DraftVerdict::kRefused && verdict != DraftVerdict::kUnchanged;
  DraftRow draft{.organisation = caller_.id,
                 .import = import_.import,
                 .line = row.line,
                 .part = row.part,
                 .request = DraftRequest(import_.import, row.line, row.part),
                 .verdict = verdict,
                 .state = open ? DraftState::kOpen : DraftState::kSkipped,
                 .kind = KindOf(row),
                 .person = judged.person,
                 .sealed_fields = {},
                 .supersedes = judged.stands ? judged.stands : judged.answer.replaces,
                 .reason = {},
                 .detail = {},
                 .credential = {},
                 .number = {}};
  TRY_ASSIGN(draft.number, EmployeeNumberDigest(vault_, caller_.id, row.keys.employee_number));
  if (judged.answer.why) {
    if (judged.answer.why->reason != Reason::kNone) draft.reason = std::string(WordOf(judged.answer.why->reason));
    draft.detail = judged.answer.why->detail;
  }
  TRY_ASSIGN(draft.sealed_fields, SealContent(vault_, draft, {.keys = row.keys, .fields = row.fields}));
  return draft;
}

// In one write for all rows of a batch.
Result<void> Staging::EnsureKeys(std::span<const StagedRow> rows) {
  std::vector<DataOwner> owners;
  for (const StagedRow& row : rows) {
    TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, caller_.id, row.keys.employee_number));
    owners.push_back(owner::Employee(caller_.id, number));
  }
  return vault_.Ensure(owners);
}

Result<std::vector<RowVerdict>> Staging::Take(std::span<const StagedRow> rows) {
  if (rows.size() > kRowsMax) return Fault{Reason::kLimit, "", "more than 500 rows in one batch"};
  if (counts_.rows + rows.size() > kRecordsMax)
    return Fault{Reason::kLimit, "", "more than 2000000 records in one file"};
  const Instant now = clock_.Now();
  if (keeps_ && import_.state == ImportState::kStaging) TRY(EnsureKeys(rows));
  revised_.clear();
  std::vector<RowVerdict> answers;
  Changes changes;
  for (const StagedRow& row : rows) {
    TRY(CheckSize(row));
    const bool ascends =
        answered_.empty() || std::pair(answered_.back().line, answered_.back().part) < std::pair(row.line, row.part);
    if (!ascends) return Fault{Reason::kFieldInvalid, "", "line and part do not ascend"};
    Result<Judged> result = Judge(row, now);
    if (!result.ok() && IsOfService(result.fault().reason)) return std::move(result).fault();
    Judged judged;
    if (result.ok()) {
      judged = std::move(result).value();
      TRY(CompareWithFile(row, judged, changes));
    } else {
      judged.answer.why = std::move(result).fault();
    }
    counts_.Add(judged.answer.verdict);
    answered_.push_back({.line = row.line, .part = row.part, .verdict = judged.answer.verdict});
    if (judged.answer.replaces) named_.Add(*judged.answer.replaces);
    if (judged.stands) named_.Add(*judged.stands);
    if (keeps_ && !judged.from_draft && import_.state == ImportState::kStaging) {
      TRY_ASSIGN(DraftRow draft, DraftOf(row, judged));
      changes.emplace_back(PutDraft{std::move(draft)});
    }
    answers.push_back(std::move(judged.answer));
  }
  if (!changes.empty()) TRY(ApplyNow(store_, changes));
  return answers;
}

Result<std::uint64_t> Staging::Finish() {
  if (header_.rows_expected != 0 && header_.rows_expected != counts_.rows) {
    return Fault{Reason::kStateConflict, "", "the file is not whole: other rows came than were announced"};
  }
  std::uint64_t gone = 0;
  if (import_.mode == ImportMode::kFull) {
    TRY(EachGone(store_, import_, named_, [&](const CredentialRow&) -> Result<void> {
      ++gone;
      return {};
    }));
  }
  if (!keeps_ || import_.state != ImportState::kStaging) return gone;
  ImportRow staged = import_;
  staged.state = ImportState::kStaged;
  ++staged.revision;
  ++staged.drafts_revision;  // a review before this end did not show all
  TRY(ApplyNow(store_, {ReplaceImport{staged}, Audited(clock_.Now(), header_.by,
                                                       {.what = "import.staged", .object = import_.import.text()})}));
  import_ = std::move(staged);
  return gone;
}

Result<std::unique_ptr<Staging>> StageImport::operator()(const ImportHeader& header) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(OrganisationRow caller, FindCaller(store_, header.by));
  TRY(CheckHeader(header));
  TRY_ASSIGN(const RequestId id, ImportIdOf(vault_, caller.id, header.file));
  TRY_ASSIGN(const std::optional<ImportRow> known, store_.FindImport(caller.id, id));
  ImportRow import{.organisation = caller.id,
                   .import = id,
                   .source = header.source,
                   .mode = header.mode,
                   .sequence = header.sequence,
                   .state = ImportState::kStaging,
                   .prepared_by = header.by.system,
                   .approved_by = {},
                   .sealed_checker = {},
                   .at = now,
                   .revision = 0,
                   .drafts_revision = 1};
  if (known) {
    TRY(CheckSameTerms(*known, header));
    if (caller.two_person && !header.dry_run && known->prepared_by != header.by.system) {
      return Fault{Reason::kSecondPerson, "", "another system stages this file; it is the one to approve it"};
    }
    import = *known;
  }
  const bool compares = header.dry_run || import.state == ImportState::kIssued;
  if (import.state != ImportState::kIssued) TRY(CheckStep(store_, import));
  if (!known && !compares) {
    TRY_ASSIGN(import.sealed_checker, SealChecker(vault_, import, header.checker));
    TRY(ApplyNow(store_, {AddImport{import}, Audited(now, header.by, {.what = "import.begun", .object = id.text()})}));
  } else {
    const std::string action = compares ? "import.compared" : "import.resumed";
    TRY(ApplyNow(store_, {Audited(now, header.by, {.what = action, .object = id.text()})}));
  }
  return std::unique_ptr<Staging>(new Staging(store_, vault_, clock_, words_, std::move(caller), header,
                                              std::move(import), !compares, known.has_value() && !compares));
}

}  // namespace passport
