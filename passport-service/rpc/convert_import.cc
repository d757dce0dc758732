#include "passport-service/rpc/convert_import.h"

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

v1::ImportMode ToMessage(ImportMode mode) {
  return mode == ImportMode::kFull ? v1::IMPORT_MODE_FULL : v1::IMPORT_MODE_DELTA;
}

v1::ImportState ToMessage(ImportState state) {
  switch (state) {
    case ImportState::kStaging:
      return v1::IMPORT_STATE_STAGING;
    case ImportState::kStaged:
      return v1::IMPORT_STATE_STAGED;
    case ImportState::kIssuing:
      return v1::IMPORT_STATE_ISSUING;
    case ImportState::kIssued:
      return v1::IMPORT_STATE_ISSUED;
    case ImportState::kDropped:
      return v1::IMPORT_STATE_DROPPED;
  }
  return v1::IMPORT_STATE_UNSPECIFIED;
}

v1::DraftVerdict ToMessage(DraftVerdict verdict) {
  switch (verdict) {
    case DraftVerdict::kNew:
      return v1::DRAFT_VERDICT_NEW;
    case DraftVerdict::kChanged:
      return v1::DRAFT_VERDICT_CHANGED;
    case DraftVerdict::kUnchanged:
      return v1::DRAFT_VERDICT_UNCHANGED;
    case DraftVerdict::kRefused:
      return v1::DRAFT_VERDICT_REFUSED;
    case DraftVerdict::kPossibleMatch:
      return v1::DRAFT_VERDICT_POSSIBLE_MATCH;
  }
  return v1::DRAFT_VERDICT_UNSPECIFIED;
}

v1::DraftState ToMessage(DraftState state) {
  switch (state) {
    case DraftState::kOpen:
      return v1::DRAFT_STATE_OPEN;
    case DraftState::kIssued:
      return v1::DRAFT_STATE_ISSUED;
    case DraftState::kSkipped:
      return v1::DRAFT_STATE_SKIPPED;
  }
  return v1::DRAFT_STATE_UNSPECIFIED;
}

v1::RowPerson ToMessage(Whose whose) {
  switch (whose) {
    case Whose::kKnown:
      return v1::ROW_PERSON_KNOWN;
    case Whose::kToBeEnrolled:
      return v1::ROW_PERSON_TO_BE_ENROLLED;
    case Whose::kNotKnown:
      return v1::ROW_PERSON_NOT_KNOWN;
  }
  return v1::ROW_PERSON_UNSPECIFIED;
}

Result<RequestId> ToImportId(std::string_view text) {
  Result<RequestId> id = RequestId::Parse(text);
  if (!id.ok()) return Fault{Reason::kFieldInvalid, "", "import_id is not 1 to 64 base64url characters"};
  return id;
}

}  // namespace

Result<ImportHeader> ToHeader(const Caller& by, const v1::ImportHeader& header) {
  TRY_ASSIGN(const RequestId file, ToRequestId(header.request_id()));
  if (header.mode() != v1::IMPORT_MODE_DELTA && header.mode() != v1::IMPORT_MODE_FULL) {
    return Fault{Reason::kFieldInvalid, "", "mode is neither DELTA nor FULL"};
  }
  return ImportHeader{.by = by,
                      .file = file,
                      .source = header.source(),
                      .mode = header.mode() == v1::IMPORT_MODE_FULL ? ImportMode::kFull : ImportMode::kDelta,
                      .sequence = header.sequence(),
                      .checker = header.checker(),
                      .dry_run = header.dry_run(),
                      .enrol_unknown = header.enrol_unknown(),
                      .rows_expected = header.rows_expected()};
}

StagedRow ToRow(const v1::ImportRow& row) {
  const v1::MatchKeys& keys = row.keys();
  return {.line = row.line(),
          .part = row.part(),
          .keys = {.employee_number = row.employee_number(),
                   .assignment_number = keys.assignment_number(),
                   .national_insurance_number = keys.national_insurance_number(),
                   .registration_numbers = {keys.registration_numbers().begin(), keys.registration_numbers().end()},
                   .name = keys.name(),
                   .date_of_birth = keys.date_of_birth()},
          .kind = row.record().kind(),
          .fields = ToFields(row.record())};
}

Result<ReviewImport::Order> ToOrder(const Caller& by, const v1::ReviewImportRequest& request) {
  TRY_ASSIGN(const RequestId import, ToImportId(request.import_id()));
  return ReviewImport::Order{.by = by, .import = import};
}

Result<IssueImport::Order> ToOrder(const Caller& by, const v1::IssueImportRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const RequestId import, ToImportId(request.import_id()));
  IssueImport::Order order{.by = by, .request = id, .import = import, .reviewed = std::nullopt};
  if (request.reviewed_revision() != 0) order.reviewed = request.reviewed_revision();
  return order;
}

Result<ResolveDraft::Order> ToOrder(const Caller& by, const v1::ResolveDraftRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const RequestId import, ToImportId(request.import_id()));
  ResolveDraft::Order order{.by = by,
                            .request = id,
                            .import = import,
                            .line = request.line(),
                            .choice = ResolveDraft::Choice::kSkip,
                            .employee_number = {}};
  const Fault unchosen{Reason::kFieldInvalid, "", "choice is none of employee_number, new_person, skip"};
  switch (request.choice_case()) {
    case v1::ResolveDraftRequest::kEmployeeNumber:
      order.choice = ResolveDraft::Choice::kPerson;
      order.employee_number = request.employee_number();
      return order;
    case v1::ResolveDraftRequest::kNewPerson:
      if (!request.new_person()) return unchosen;
      order.choice = ResolveDraft::Choice::kNewPerson;
      return order;
    case v1::ResolveDraftRequest::kSkip:
      if (!request.skip()) return unchosen;
      return order;
    case v1::ResolveDraftRequest::CHOICE_NOT_SET:
      return unchosen;
  }
  return unchosen;
}

Result<ListImportsOrder> ToOrder(const Caller& by, const v1::ListImportsRequest& request) {
  if (request.page_size() < 0) return Fault{Reason::kFieldInvalid, "", "page_size is negative"};
  return ListImportsOrder{
      .by = by, .page_token = request.page_token(), .page_size = static_cast<std::size_t>(request.page_size())};
}

void Fill(const ImportRow& row, v1::Import& message) {
  message.set_import_id(row.import.text());
  message.set_source(row.source);
  message.set_mode(ToMessage(row.mode));
  message.set_sequence(row.sequence);
  message.set_state(ToMessage(row.state));
  message.set_prepared_by(row.prepared_by);
  message.set_approved_by(row.approved_by);
  *message.mutable_begin_time() = ToTimestamp(row.at);
}

void Fill(const RowVerdict& verdict, v1::ImportRowResult& result) {
  result.set_verdict(ToMessage(verdict.verdict));
  result.set_person(ToMessage(verdict.whose));
  if (verdict.why && verdict.why->reason == Reason::kNone) result.set_note(verdict.why->detail);
  if (verdict.why && verdict.why->reason != Reason::kNone) Fill(*verdict.why, *result.mutable_refusal());
  if (verdict.replaces) result.set_replaces_id(verdict.replaces->text());
}

void Fill(const ImportCounts& counts, std::uint64_t rows_expected, v1::ImportCounts& message) {
  message.set_rows(counts.rows);
  message.set_added(counts.Of(DraftVerdict::kNew));
  message.set_changed(counts.Of(DraftVerdict::kChanged));
  message.set_unchanged(counts.Of(DraftVerdict::kUnchanged));
  message.set_refused(counts.Of(DraftVerdict::kRefused));
  message.set_possible_matches(counts.Of(DraftVerdict::kPossibleMatch));
  message.set_rows_expected(rows_expected);
}

void Fill(const Review& look, v1::ReviewedImport& message) {
  Fill(look.import(), *message.mutable_import());
  message.set_checker(look.checker());
  message.set_reviewed_revision(look.import().drafts_revision);
}

void Fill(const ReviewedDraft& draft, v1::Draft& message) {
  const DraftRow& row = draft.row;
  message.set_line(row.line);
  message.set_part(row.part);
  message.set_verdict(ToMessage(row.verdict));
  message.set_state(ToMessage(row.state));
  message.set_employee_number(draft.content.keys.employee_number);
  if (row.person) message.set_person_id(row.person->text());
  message.mutable_record()->set_kind(row.kind);
  for (const auto& [name, value] : draft.content.fields) (*message.mutable_record()->mutable_fields())[name] = value;
  const bool unchanged = row.verdict == DraftVerdict::kUnchanged;
  if (row.supersedes && !unchanged) message.set_replaces_id(row.supersedes->text());
  if (row.supersedes && unchanged) message.set_credential_id(row.supersedes->text());
  if (row.credential) message.set_credential_id(row.credential->text());
  const Reason reason = ReasonOfWord(row.reason);
  if (reason == Reason::kNone) {
    message.set_note(row.detail);
  } else {
    Fill(Fault{reason, "", row.detail}, *message.mutable_refusal());
  }
}

void Fill(const IssueTally& tally, const ImportRow& import, bool end, v1::IssueImportResponse& message) {
  Fill(import, *message.mutable_import());
  message.set_issued(tally.issued);
  message.set_superseded(tally.superseded);
  message.set_unchanged(tally.unchanged);
  message.set_refused(tally.refused);
  message.set_changed(tally.changed);
  message.set_to_decide(tally.to_decide);
  message.set_to_enrol(tally.to_enrol);
  message.set_end(end);
}

void Fill(const ResolveDraft::Resolved& resolved, v1::ResolveDraftResponse& response) {
  response.set_decided(resolved.records);
}

void Fill(const Page<ImportRow>& page, v1::ListImportsResponse& response) {
  for (const ImportRow& row : page.rows) Fill(row, *response.add_imports());
  response.set_next_page_token(page.next);
}

}  // namespace passport
