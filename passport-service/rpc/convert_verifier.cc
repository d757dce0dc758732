#include "passport-service/rpc/convert_verifier.h"

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

void FillRecord(const PresentedRecord& record, v1::PresentedRecord& message) {
  message.set_credential_id(record.credential.text());
  message.set_issuer(record.issuer.text());
  if (record.responsible) {
    message.set_responsible(record.responsible->id.text());
    message.set_responsible_name(record.responsible->name);
  }
  Fill(record.record, *message.mutable_record());
  *message.mutable_issue_time() = ToTimestamp(record.issued_at);
  if (record.expires_at) *message.mutable_expire_time() = ToTimestamp(*record.expires_at);
  message.set_standing(ToMessage(record.standing));
  if (record.standing_reason != Reason::kNone) message.set_standing_reason(WireWord(record.standing_reason));
  if (record.standing != Standing::kCannotTell) *message.mutable_status_time() = ToTimestamp(record.status_as_of);
}

void FillJudgement(const Judgement& judgement, v1::Verification& message) {
  if (const Fault* fault = std::get_if<Fault>(&judgement)) return FillVerification(*fault, message);
  FillVerification(std::get<CheckPresentation::Answer>(judgement).presentation, message);
}

Result<void> CheckNonce(const std::string& nonce) {
  constexpr std::size_t kNonceBytesMax = 64;
  if (!nonce.empty() && nonce.size() <= kNonceBytesMax) return {};
  return Fault{Reason::kFieldInvalid, "", "nonce is not that of a challenge"};
}

}  // namespace

void FillVerification(const Fault& fault, v1::Verification& message) {
  message.set_verdict(v1::VERDICT_NOT_VALID);
  Fill(fault, *message.mutable_refusal());
}

void FillVerification(const VerifiedPresentation& verified, v1::Verification& message) {
  message.set_verdict(VerdictOf(verified.WorstStanding()));
  if (verified.WorstStanding() != Standing::kGood) {
    Fill(Fault{verified.WorstReason(), "", "the standing of the records says which"}, *message.mutable_refusal());
  }
  v1::VerifiedPresentation& presentation = *message.mutable_presentation();
  for (const PresentedRecord& record : verified.records()) FillRecord(record, *presentation.add_records());
  presentation.set_holder(verified.holder());
  presentation.set_purpose(verified.purpose());
  presentation.set_held_as(ToMessage(verified.held_as()));
  presentation.set_snapshot_id(verified.snapshot_id());
  *presentation.mutable_verify_time() = ToTimestamp(verified.verified_at());
}

void FillOverride(const Override& each, v1::Override& message) {
  message.set_reliance(each.row.reliance);
  message.set_named_person(each.named_person);
  message.set_reason(each.row.reason);
  message.set_words(each.words);
  *message.mutable_start_time() = ToTimestamp(each.row.from);
  *message.mutable_end_time() = ToTimestamp(each.row.until);
  message.set_profile(each.row.profile);
}

Result<Judgement> Judge(CheckPresentation& check, const CheckPresentation::Question& question) {
  Result<CheckPresentation::Answer> answer = check(question);
  if (answer.ok()) return Judgement(std::move(answer).value());
  if (WireOf(answer.fault().reason).concern == Concern::kPresentation) return Judgement(answer.fault());
  return std::move(answer).fault();
}

Result<AskOrder> ToOrder(const Caller& by, const v1::CreateChallengeRequest&) { return AskOrder{by}; }

Result<CheckPresentation::Question> ToOrder(const Caller& by, const v1::VerifyPresentationRequest& request) {
  TRY(CheckNonce(request.nonce()));
  return CheckPresentation::Question{.by = by,
                                     .nonce = request.nonce(),
                                     .presentation = request.presentation(),
                                     .profile = {},
                                     .shift = {},
                                     .purpose = request.purpose(),
                                     .agreement = request.agreement()};
}

Result<CheckPresentation::Question> ToOrder(const Caller& by, const v1::DecideRoleRequest& request) {
  TRY(CheckNonce(request.nonce()));
  if (request.profile().empty()) return Fault{Reason::kFieldInvalid, "", "profile is missing"};
  CheckPresentation::Shift shift;
  TRY_ASSIGN(shift.day, ToDay(request.day(), "day"));
  TRY_ASSIGN(shift.starts_at, ToMoment(request.has_start_time(), request.start_time(), "start_time"));
  TRY_ASSIGN(shift.ends_at, ToMoment(request.has_end_time(), request.end_time(), "end_time"));
  if (!request.place().empty()) {
    TRY_ASSIGN(shift.place, OrganisationId::Parse(request.place()));
  }
  TRY_ASSIGN(shift.engagement, ToEngagement(request.engagement()));
  return CheckPresentation::Question{.by = by,
                                     .nonce = request.nonce(),
                                     .presentation = request.presentation(),
                                     .profile = request.profile(),
                                     .shift = shift,
                                     .purpose = request.purpose(),
                                     .agreement = request.agreement()};
}

Result<OverrideDecision::Order> ToOrder(const Caller& by, const v1::OverrideDecisionRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const std::optional<Instant> until, ToMoment(request.has_end_time(), request.end_time(), "end_time"));
  if (!until) return Fault{Reason::kFieldInvalid, "", "end_time is missing"};
  return OverrideDecision::Order{.by = by,
                                 .request = id,
                                 .reliance = request.reliance(),
                                 .named_person = request.named_person(),
                                 .reason = request.reason(),
                                 .words = request.words(),
                                 .until = *until};
}

Result<OverridesOrder> ToOrder(const Caller& by, const v1::ListOverridesRequest& request) {
  if (request.page_size() < 0) return Fault{Reason::kFieldInvalid, "", "page_size is negative"};
  return OverridesOrder{
      .by = by, .after = request.page_token(), .limit = static_cast<std::size_t>(request.page_size())};
}

Result<ReadEvidence::Order> ToOrder(const Caller& by, const v1::ExportEvidenceRequest& request) {
  ReadEvidence::Order order{.by = by, .employee_number = {}, .subject = {}};
  if (!request.employee_number().empty()) order.employee_number = request.employee_number();
  if (!request.subject().empty()) order.subject = request.subject();
  return order;
}

void Fill(const AskForPresentation::Challenge& challenge, v1::CreateChallengeResponse& response) {
  response.set_nonce(challenge.nonce);
  response.set_audience(challenge.audience);
  *response.mutable_expire_time() = ToTimestamp(challenge.expires_at);
}

void Fill(const Judgement& judgement, v1::VerifyPresentationResponse& response) {
  FillJudgement(judgement, *response.mutable_verification());
  const auto* answer = std::get_if<CheckPresentation::Answer>(&judgement);
  if (answer == nullptr) return;
  response.set_receipt(answer->receipt);
  response.set_reliance(answer->reliance);
}

void Fill(const Judgement& judgement, v1::DecideRoleResponse& response) {
  FillJudgement(judgement, *response.mutable_verification());
  const auto* answer = std::get_if<CheckPresentation::Answer>(&judgement);
  if (answer == nullptr) return;
  if (answer->decision) Fill(*answer->decision, *response.mutable_decision());
  response.set_receipt(answer->receipt);
  response.set_reliance(answer->reliance);
  for (const Override& each : answer->overrides) FillOverride(each, *response.add_overrides());
}

void Fill(const Page<Override>& page, v1::ListOverridesResponse& response) {
  for (const Override& each : page.rows) FillOverride(each, *response.add_overrides());
  response.set_next_page_token(page.next);
}

void Fill(const Decision& decision, v1::Decision& message) {
  message.set_outcome(ToMessage(decision.outcome));
  message.set_profile(decision.profile);
  message.set_profile_version(decision.profile_version);
  message.set_day(decision.duty.first_day().Text());
  message.set_last_day(decision.duty.last_day().Text());
  message.set_snapshot_id(decision.snapshot_id);
  *message.mutable_decide_time() = ToTimestamp(decision.decided_at);
  if (const auto through = decision.holds_through()) message.set_holds_through(through->Text());
  for (const DecisionLine& line : decision.lines) Fill(line, *message.add_lines());
}

void Fill(const DecisionLine& line, v1::DecisionLine& message) {
  message.set_requirement(line.requirement);
  message.set_needs(line.needs);
  message.set_outcome(ToMessage(line.outcome));
  for (const CredentialId& credential : line.relied_on) message.add_relied_on(credential.text());
  if (line.holds_through) message.set_holds_through(line.holds_through->Text());
  if (line.reason != Reason::kNone) message.set_reason(WireWord(line.reason));
  message.set_who(line.who);
  message.set_remedy(line.how);
}

v1::Outcome ToMessage(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return v1::OUTCOME_MET;
    case Outcome::kMetExpiring:
      return v1::OUTCOME_MET_EXPIRING;
    case Outcome::kCannotTell:
      return v1::OUTCOME_CANNOT_TELL;
    case Outcome::kNotMet:
      return v1::OUTCOME_NOT_MET;
  }
  return v1::OUTCOME_CANNOT_TELL;
}

v1::Standing ToMessage(Standing standing) {
  switch (standing) {
    case Standing::kGood:
      return v1::STANDING_GOOD;
    case Standing::kRevoked:
      return v1::STANDING_REVOKED;
    case Standing::kSuspended:
      return v1::STANDING_SUSPENDED;
    case Standing::kCannotTell:
      return v1::STANDING_CANNOT_TELL;
  }
  return v1::STANDING_CANNOT_TELL;
}

v1::Verdict VerdictOf(Standing worst) {
  switch (worst) {
    case Standing::kGood:
      return v1::VERDICT_VALID;
    case Standing::kRevoked:
    case Standing::kSuspended:
      return v1::VERDICT_NOT_VALID;
    case Standing::kCannotTell:
      return v1::VERDICT_CANNOT_TELL;
  }
  return v1::VERDICT_CANNOT_TELL;
}

}  // namespace passport
