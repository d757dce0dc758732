#include "operator-cli/online/from_wire.h"

#include <algorithm>
#include <array>
#include <utility>

#include "operator-cli/online/fault_of_status.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::array<std::pair<std::string_view, v1::StandingReason>, 8> kStandingReasons = {{
    {"training_expired", v1::STANDING_REASON_TRAINING_EXPIRED},
    {"left_organisation", v1::STANDING_REASON_LEFT_ORGANISATION},
    {"issued_in_error", v1::STANDING_REASON_ISSUED_IN_ERROR},
    {"no_longer_valid", v1::STANDING_REASON_NO_LONGER_VALID},
    {"suspected_invalid", v1::STANDING_REASON_SUSPECTED_INVALID},
    {"holder_deceased", v1::STANDING_REASON_HOLDER_DECEASED},
    {"lost_passport", v1::STANDING_REASON_LOST_PASSPORT},
    {"resolved", v1::STANDING_REASON_RESOLVED},
}};

Fault Unknown(std::string_view what) {
  return {Reason::kSchemaNewer, "", "the service answers with a " + std::string(what) + " this program does not know"};
}

Instant ToInstant(const google::protobuf::Timestamp& at) { return {at.seconds()}; }

Result<std::string> StateWord(v1::CredentialState state) {
  if (state == v1::CREDENTIAL_STATE_CURRENT) return std::string("current");
  if (state == v1::CREDENTIAL_STATE_SUSPENDED) return std::string("suspended");
  if (state == v1::CREDENTIAL_STATE_REVOKED) return std::string("revoked");
  return Unknown("state");
}

Result<std::string> StandingWord(v1::Standing standing) {
  if (standing == v1::STANDING_GOOD) return std::string("good");
  if (standing == v1::STANDING_REVOKED) return std::string("revoked");
  if (standing == v1::STANDING_SUSPENDED) return std::string("suspended");
  if (standing == v1::STANDING_CANNOT_TELL) return std::string("cannot_tell");
  return Unknown("standing");
}

Result<VerdictAnswer> ToVerdict(v1::Verdict verdict) {
  if (verdict == v1::VERDICT_VALID) return VerdictAnswer::kValid;
  if (verdict == v1::VERDICT_NOT_VALID) return VerdictAnswer::kNotValid;
  if (verdict == v1::VERDICT_CANNOT_TELL) return VerdictAnswer::kCannotTell;
  return Unknown("verdict");
}

Result<RowVerdictAnswer> ToRowVerdict(v1::DraftVerdict verdict) {
  if (verdict == v1::DRAFT_VERDICT_NEW) return RowVerdictAnswer::kNew;
  if (verdict == v1::DRAFT_VERDICT_CHANGED) return RowVerdictAnswer::kChanged;
  if (verdict == v1::DRAFT_VERDICT_UNCHANGED) return RowVerdictAnswer::kUnchanged;
  if (verdict == v1::DRAFT_VERDICT_REFUSED) return RowVerdictAnswer::kRefused;
  if (verdict == v1::DRAFT_VERDICT_POSSIBLE_MATCH) return RowVerdictAnswer::kPossibleMatch;
  return Unknown("verdict on a row");
}

Result<RowPersonAnswer> ToRowPerson(v1::RowPerson person) {
  if (person == v1::ROW_PERSON_KNOWN) return RowPersonAnswer::kKnown;
  if (person == v1::ROW_PERSON_TO_BE_ENROLLED) return RowPersonAnswer::kToBeEnrolled;
  if (person == v1::ROW_PERSON_NOT_KNOWN) return RowPersonAnswer::kNotKnown;
  return Unknown("state of a row's person");
}

Result<std::string> StateWord(v1::ImportState state) {
  if (state == v1::IMPORT_STATE_STAGING) return std::string("staging");
  if (state == v1::IMPORT_STATE_STAGED) return std::string("staged");
  if (state == v1::IMPORT_STATE_ISSUING) return std::string("issuing");
  if (state == v1::IMPORT_STATE_ISSUED) return std::string("issued");
  if (state == v1::IMPORT_STATE_DROPPED) return std::string("dropped");
  return Unknown("state of an import");
}

Result<std::string> StateWord(v1::DraftState state) {
  if (state == v1::DRAFT_STATE_OPEN) return std::string("open");
  if (state == v1::DRAFT_STATE_ISSUED) return std::string("issued");
  if (state == v1::DRAFT_STATE_SKIPPED) return std::string("skipped");
  return Unknown("state of a draft");
}

Result<PresentedAnswer> ToPresented(const v1::PresentedRecord& message) {
  TRY_ASSIGN(std::string standing, StandingWord(message.standing()));
  PresentedAnswer presented{.credential_id = message.credential_id(),
                            .issuer = message.issuer(),
                            .record = FromWire(message.record()),
                            .standing = std::move(standing),
                            .standing_as_of = std::nullopt,
                            .responsible = {}};
  if (!message.responsible().empty())
    presented.responsible = message.responsible_name() + " (" + message.responsible() + ")";
  if (message.has_status_time()) presented.standing_as_of = ToInstant(message.status_time());
  return presented;
}

// Empty from a service of before it was said.
Result<std::string> HeldAsWord(v1::HeldAs held_as) {
  switch (held_as) {
    case v1::HELD_AS_UNSPECIFIED:
      return std::string();
    case v1::HELD_AS_KEPT:
      return std::string("kept");
    case v1::HELD_AS_FILE:
      return std::string("file");
    case v1::HELD_AS_WALLET:
      return std::string("wallet");
    default:
      return Unknown("held_as");
  }
}

template <class Messages>
SafeCounts ToCounts(const Messages& messages) {
  SafeCounts counts;
  for (const v1::WordCount& message : messages)
    counts[message.word()] = message.has_count() ? std::optional<std::uint64_t>(message.count()) : std::nullopt;
  return counts;
}

}  // namespace

Result<RoleAnswer> ToRole(v1::Outcome outcome) {
  if (outcome == v1::OUTCOME_MET) return RoleAnswer::kMet;
  if (outcome == v1::OUTCOME_MET_EXPIRING) return RoleAnswer::kMetExpiring;
  if (outcome == v1::OUTCOME_NOT_MET) return RoleAnswer::kNotMet;
  if (outcome == v1::OUTCOME_CANNOT_TELL) return RoleAnswer::kCannotTell;
  return Unknown("outcome");
}

Result<std::string> ToReasonWord(const std::string& wire_word) {
  const std::optional<Reason> known = ReasonOfWire(wire_word);
  if (!known && !wire_word.empty()) return Unknown("reason");
  return std::string(known ? WordOf(*known) : "");
}

Result<RequirementAnswer> ToRequirement(const v1::DecisionLine& line) {
  TRY_ASSIGN(const RoleAnswer outcome, ToRole(line.outcome()));
  TRY_ASSIGN(std::string reason, ToReasonWord(line.reason()));
  return RequirementAnswer{.requirement = line.requirement(),
                           .needs = line.needs(),
                           .outcome = outcome,
                           .reason = std::move(reason),
                           .relied_on = {line.relied_on().begin(), line.relied_on().end()},
                           .holds_through = line.holds_through(),
                           .who = line.who(),
                           .remedy = line.remedy()};
}

void ToWire(const RecordText& record, v1::Record& message) {
  message.set_kind(record.kind);
  for (const auto& [name, value] : record.fields) (*message.mutable_fields())[name] = value;
}

Result<v1::StandingReason> ToWire(std::string_view standing_reason) {
  std::string words;
  for (const auto& [word, reason] : kStandingReasons) {
    if (word == standing_reason) return reason;
    words += (words.empty() ? "" : ", ") + std::string(word);
  }
  return Fault{Reason::kFieldInvalid, "", "the reason is not one of " + words};
}

v1::RuleKind ToWire(RuleWord kind) {
  return kind == RuleWord::kTaxonomy ? v1::RULE_KIND_TAXONOMY : v1::RULE_KIND_ROLE_PROFILE;
}

void ToWire(const ShiftQuestion& shift, v1::DecideRoleRequest& request) {
  request.set_day(shift.day);
  if (shift.starts_at) request.mutable_start_time()->set_seconds(shift.starts_at->seconds);
  if (shift.ends_at) request.mutable_end_time()->set_seconds(shift.ends_at->seconds);
  request.set_place(shift.place);
  request.set_engagement(shift.employment ? v1::ENGAGEMENT_EMPLOYMENT : v1::ENGAGEMENT_PLACEMENT);
  request.set_purpose(shift.purpose);
  request.set_agreement(shift.agreement);
}

OverrideAnswer FromWire(const v1::Override& message) {
  return {.reliance = message.reliance(),
          .profile = message.profile(),
          .named_person = message.named_person(),
          .reason = message.reason(),
          .words = message.words(),
          .from = ToInstant(message.start_time()),
          .until = ToInstant(message.end_time())};
}

RoleCountsAnswer FromWire(const v1::RoleCounts& message) {
  RoleCountsAnswer counts{.employer = message.employer(),
                          .profile = message.profile(),
                          .people = {},
                          .outcomes = ToCounts(message.outcomes()),
                          .reasons = ToCounts(message.reasons()),
                          .not_repeated = ToCounts(message.not_repeated()),
                          .days_to_clear = {}};
  if (message.has_people()) counts.people = message.people();
  if (message.has_days_to_clear()) counts.days_to_clear = message.days_to_clear();
  return counts;
}

RecordText FromWire(const v1::Record& message) {
  return {.kind = message.kind(), .fields = {message.fields().begin(), message.fields().end()}};
}

Result<CredentialAnswer> FromWire(const v1::Credential& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  CredentialAnswer credential{.credential_id = message.credential_id(),
                              .person_id = message.person_id(),
                              .kind = message.kind(),
                              .state = std::move(state),
                              .state_reason = message.state_reason(),
                              .state_at = std::nullopt,
                              .issued_at = ToInstant(message.issue_time()),
                              .expires_at = ToInstant(message.expire_time()),
                              .request_id = message.request_id(),
                              .token = message.token()};
  if (message.has_state_time()) credential.state_at = ToInstant(message.state_time());
  return credential;
}

Result<StandingAnswer> FromWire(const v1::CredentialStanding& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  return StandingAnswer{.state = std::move(state), .since = ToInstant(message.since())};
}

Result<HoldingAnswer> FromWire(const v1::Holding& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  return HoldingAnswer{.credential_id = message.credential_id(),
                       .issuer = message.issuer(),
                       .state = std::move(state),
                       .record = FromWire(message.record())};
}

Result<RefusalAnswer> FromWire(const v1::Refusal& message) {
  const std::optional<Reason> reason = ReasonOfWire(message.reason());
  if (!reason) return Unknown("reason");
  return RefusalAnswer{.reason = *reason, .check = message.check(), .detail = message.detail()};
}

Result<VerificationAnswer> FromWire(const v1::Verification& message) {
  TRY_ASSIGN(const VerdictAnswer verdict, ToVerdict(message.verdict()));
  VerificationAnswer verification{.verdict = verdict,
                                  .refusal = std::nullopt,
                                  .records = {},
                                  .snapshot_id = message.presentation().snapshot_id(),
                                  .held_as = {}};
  if (message.has_presentation()) {
    TRY_ASSIGN(verification.held_as, HeldAsWord(message.presentation().held_as()));
  }
  if (message.has_refusal()) {
    TRY_ASSIGN(verification.refusal, FromWire(message.refusal()));
  }
  for (const v1::PresentedRecord& record : message.presentation().records()) {
    TRY_ASSIGN(PresentedAnswer presented, ToPresented(record));
    verification.records.push_back(std::move(presented));
  }
  return verification;
}

Result<DecisionAnswer> FromWire(const v1::Decision& message) {
  TRY_ASSIGN(const RoleAnswer outcome, ToRole(message.outcome()));
  DecisionAnswer decision{.outcome = outcome,
                          .profile = message.profile(),
                          .profile_version = message.profile_version(),
                          .day = message.day(),
                          .last_day = message.last_day(),
                          .holds_through = message.holds_through(),
                          .lines = {}};
  for (const v1::DecisionLine& line : message.lines()) {
    TRY_ASSIGN(RequirementAnswer requirement, ToRequirement(line));
    decision.lines.push_back(std::move(requirement));
  }
  return decision;
}

Result<ImportRowAnswer> FromWire(const v1::ImportRowResult& message) {
  TRY_ASSIGN(const RowVerdictAnswer verdict, ToRowVerdict(message.verdict()));
  TRY_ASSIGN(const RowPersonAnswer person, ToRowPerson(message.person()));
  ImportRowAnswer answer{.line = message.line(),
                         .part = message.part(),
                         .verdict = verdict,
                         .person = person,
                         .refusal = std::nullopt,
                         .note = message.note(),
                         .replaces_id = message.replaces_id()};
  if (message.has_refusal()) {
    TRY_ASSIGN(answer.refusal, FromWire(message.refusal()));
  }
  return answer;
}

Result<ImportAnswer> FromWire(const v1::Import& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  return ImportAnswer{.import_id = message.import_id(),
                      .source = message.source(),
                      .full = message.mode() == v1::IMPORT_MODE_FULL,
                      .sequence = message.sequence(),
                      .state = std::move(state),
                      .prepared_by = message.prepared_by(),
                      .approved_by = message.approved_by(),
                      .begun_at = ToInstant(message.begin_time())};
}

Result<ImportReviewAnswer> FromWire(const v1::ReviewedImport& message) {
  TRY_ASSIGN(ImportAnswer import, FromWire(message.import()));
  return ImportReviewAnswer{
      .import = std::move(import), .checker = message.checker(), .reviewed_revision = message.reviewed_revision()};
}

Result<StagedAnswer> FromWire(const v1::ImportSummary& message) {
  TRY_ASSIGN(ImportAnswer import, FromWire(message.import()));
  const v1::ImportCounts& counts = message.counts();
  return StagedAnswer{.import = std::move(import),
                      .counts = {.rows = counts.rows(),
                                 .added = counts.added(),
                                 .changed = counts.changed(),
                                 .unchanged = counts.unchanged(),
                                 .refused = counts.refused(),
                                 .possible_matches = counts.possible_matches()},
                      .gone = message.gone()};
}

Result<DraftAnswer> FromWire(const v1::Draft& message) {
  TRY_ASSIGN(const RowVerdictAnswer verdict, ToRowVerdict(message.verdict()));
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  DraftAnswer draft{.line = message.line(),
                    .part = message.part(),
                    .verdict = verdict,
                    .state = std::move(state),
                    .employee_number = message.employee_number(),
                    .person_id = message.person_id(),
                    .record = FromWire(message.record()),
                    .replaces_id = message.replaces_id(),
                    .credential_id = message.credential_id(),
                    .refusal = std::nullopt,
                    .note = message.note()};
  if (message.has_refusal()) {
    TRY_ASSIGN(draft.refusal, FromWire(message.refusal()));
  }
  return draft;
}

Result<IssueAnswer> FromWire(const v1::IssueImportResponse& message) {
  TRY_ASSIGN(ImportAnswer import, FromWire(message.import()));
  return IssueAnswer{.import = std::move(import),
                     .issued = message.issued(),
                     .superseded = message.superseded(),
                     .unchanged = message.unchanged(),
                     .refused = message.refused(),
                     .changed = message.changed(),
                     .to_decide = message.to_decide(),
                     .to_enrol = message.to_enrol(),
                     .end = message.end()};
}

}  // namespace passport
