#include "passport-service/rpc/convert_registry.h"

#include <algorithm>
#include <charconv>

#include "credential/crypto/digest_text.h"
#include "passport-service/acts/proposal_words.h"
#include "passport-service/rpc/convert_system.h"
#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Fault BadEntry(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

// A moment that is not named is the earliest there is: steps begin no sooner than they take effect.
template <class Message>
Result<Instant> Beginning(const Message& message) {
  TRY_ASSIGN(const std::optional<Instant> at, ToMoment(message.has_start_time(), message.start_time(), "start_time"));
  return at.value_or(Instant{});
}

Result<std::vector<AllowedKind>> ToKinds(const google::protobuf::RepeatedPtrField<v1::KindWindow>& messages) {
  std::vector<AllowedKind> kinds;
  for (const v1::KindWindow& message : messages) {
    AllowedKind kind{.word = message.record_kind(), .from = {}, .until = {}};
    TRY_ASSIGN(kind.from, Beginning(message));
    TRY_ASSIGN(kind.until, ToMoment(message.has_end_time(), message.end_time(), "end_time"));
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

Result<ProposedSystem> ToSystem(const v1::NewSystem& message) {
  ProposedSystem system{.name = message.name(), .roles = {}, .certificates = {}};
  for (const int number : message.roles()) {
    TRY_ASSIGN(const Role role, ToRole(static_cast<v1::Role>(number)));
    system.roles.Add(role);
  }
  for (const std::string& text : message.public_key_sha256()) {
    const std::optional<Digest> digest = DigestOfHex(text);
    if (!digest) return BadEntry("public_key_sha256 is not 64 of 0-9 a-f");
    system.certificates.push_back(*digest);
  }
  return system;
}

Result<RegistryStepKind> ToChange(const v1::EnrolmentStep& message) {
  Enrolment change{.legal_name = message.legal_name(),
                   .type = message.type(),
                   .kinds = {},
                   .two_person = message.two_person(),
                   .registrar = message.registrar(),
                   .systems = {}};
  TRY_ASSIGN(change.kinds, ToKinds(message.kinds()));
  for (const v1::NewSystem& system : message.systems()) {
    TRY_ASSIGN(ProposedSystem one, ToSystem(system));
    change.systems.push_back(std::move(one));
  }
  return RegistryStepKind(std::move(change));
}

Result<RegistryStepKind> ToChange(const v1::AmendmentStep& message) {
  Amendment change;
  if (message.has_legal_name()) change.legal_name = message.legal_name();
  if (message.has_type()) change.type = message.type();
  if (message.has_two_person()) change.two_person = message.two_person();
  if (message.has_registrars_needed()) change.registrars_needed = message.registrars_needed();
  TRY_ASSIGN(change.kinds, ToKinds(message.kinds()));
  for (const v1::KindEnd& end : message.ends()) {
    TRY_ASSIGN(const std::optional<Instant> at, ToMoment(end.has_end_time(), end.end_time(), "end_time"));
    change.ends.push_back({.word = end.record_kind(), .at = at.value_or(Instant{})});
  }
  return RegistryStepKind(std::move(change));
}

Result<RegistryStepKind> ToChange(const v1::StateStep& message) {
  const int last = static_cast<int>(EntryState::kCompromised);
  const int number = static_cast<int>(message.state()) - 1;
  if (number < 0 || number > last) return BadEntry("state is unspecified or not known");
  StateChange change{.state = static_cast<EntryState>(number), .since = {}, .reason = message.reason()};
  TRY_ASSIGN(change.since, Beginning(message));
  // "Since it takes effect" of a compromise is now at the latest, and now is what everybody agrees on.
  if (change.state == EntryState::kCompromised && !message.has_start_time()) {
    return BadEntry("start_time is missing: since when is it compromised?");
  }
  return RegistryStepKind(std::move(change));
}

Result<RegistryStepKind> ToChange(const v1::SuccessionStep& message) {
  const int last = static_cast<int>(SuccessionKind::kSplit);
  const int number = static_cast<int>(message.kind()) - 1;
  if (number < 0 || number > last) return BadEntry("kind of succession is unspecified or not known");
  TRY_ASSIGN(OrganisationId successor, OrganisationId::Parse(message.successor_id()));
  TRY_ASSIGN(const Instant at, Beginning(message));
  return RegistryStepKind(Succession{static_cast<SuccessionKind>(number), std::move(successor), at});
}

Result<RegistryStepKind> ToChange(const v1::RegistrarStep& message) {
  TRY_ASSIGN(OrganisationId successor, OrganisationId::Parse(message.successor_id()));
  return RegistryStepKind(RegistrarReplacement{std::move(successor)});
}

Result<RegistryStepKind> ChangeOf(const v1::RegistryStep& message) {
  switch (message.change_case()) {
    case v1::RegistryStep::kEnrolment:
      return ToChange(message.enrolment());
    case v1::RegistryStep::kAmendment:
      return ToChange(message.amendment());
    case v1::RegistryStep::kState:
      return ToChange(message.state());
    case v1::RegistryStep::kSuccession:
      return ToChange(message.succession());
    case v1::RegistryStep::kRegistrar:
      return ToChange(message.registrar());
    case v1::RegistryStep::CHANGE_NOT_SET:
      break;
  }
  return BadEntry("a step does not say what is to be so");
}

v1::ProposalState ToMessage(ProposalState state) {
  switch (state) {
    case ProposalState::kOpen:
      return v1::PROPOSAL_STATE_OPEN;
    case ProposalState::kInForce:
      return v1::PROPOSAL_STATE_IN_FORCE;
    case ProposalState::kRejected:
      return v1::PROPOSAL_STATE_REJECTED;
  }
  return v1::PROPOSAL_STATE_UNSPECIFIED;
}

void FillSignature(const ProposalSignature& signature, v1::ProposalSignature& message) {
  message.set_organisation_id(signature.organisation.text());
  message.set_system(signature.system);
  *message.mutable_sign_time() = ToTimestamp(signature.at);
}

}  // namespace

Result<RegistryStep> ToStep(const v1::RegistryStep& message) {
  TRY_ASSIGN(OrganisationId organisation, OrganisationId::Parse(message.organisation_id()));
  TRY_ASSIGN(RegistryStepKind change, ChangeOf(message));
  return RegistryStep{std::move(organisation), std::move(change)};
}

Result<ProposeChange::Order> ToOrder(const Caller& by, const v1::ProposeChangeRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  ProposeChange::Order order{.by = by, .request = id, .reason = request.reason(), .steps = {}};
  if (request.steps_size() > static_cast<int>(kStepsMax)) return Fault{Reason::kLimit, "", "more than 16 steps"};
  for (const v1::RegistryStep& message : request.steps()) {
    TRY_ASSIGN(RegistryStep step, ToStep(message));
    order.steps.push_back(std::move(step));
  }
  return order;
}

Result<ProposalListing> ToOrder(const Caller& by, const v1::ListProposalsRequest& request) {
  return ProposalListing{by, request.after_number(), static_cast<std::size_t>(std::max(request.page_size(), 0))};
}

Result<ProposalQuestion> ToOrder(const Caller& by, const v1::ReviewProposalRequest& request) {
  return ProposalQuestion{by, request.number()};
}

Result<SignProposal::Order> ToOrder(const Caller& by, const v1::SignProposalRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  const std::optional<Digest> seen = DigestOfHex(request.seen());
  if (!seen) return BadEntry("seen is not 64 of 0-9 a-f, as the review gave it");
  return SignProposal::Order{.by = by, .request = id, .number = request.number(), .seen = *seen};
}

Result<RejectProposal::Order> ToOrder(const Caller& by, const v1::RejectProposalRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  return RejectProposal::Order{.by = by, .request = id, .number = request.number(), .reason = request.reason()};
}

Result<ListAffected::Order> ToOrder(const Caller& by, const v1::ListAffectedRequest& request) {
  ListAffected::Order order{.by = by, .organisation = {}};
  if (request.organisation().empty()) return order;
  TRY_ASSIGN(order.organisation, OrganisationId::Parse(request.organisation()));
  return order;
}

void Fill(const ProposalNumber& proposal, v1::ProposeChangeResponse& response) { response.set_number(proposal.number); }

void Fill(const ProposalRow& row, v1::Proposal& message) {
  message.set_number(row.number);
  FillSignature({row.by, row.by_system, row.at}, *message.mutable_proposed_by());
  message.set_reason(row.reason);
  for (const RegistryStep& step : row.steps) message.add_steps(WordsOf(step));
  message.set_state(ToMessage(row.state));
  for (const ProposalSignature& signature : row.signatures) FillSignature(signature, *message.add_signatures());
  if (row.rejected) FillSignature(*row.rejected, *message.mutable_rejected_by());
}

void Fill(const Page<ProposalRow>& page, v1::ListProposalsResponse& response) {
  for (const ProposalRow& row : page.rows) Fill(row, *response.add_proposals());
  if (!page.next.empty()) response.set_next_after_number(page.rows.back().number);
}

void Fill(const ProposalReview& review, v1::ReviewProposalResponse& response) {
  Fill(review.proposal, *response.mutable_proposal());
  for (const std::string& line : review.diff) response.add_differences(line);
  if (review.obstacle) response.set_obstacle(review.obstacle->detail);
  response.set_signatures_needed(review.signatures_needed);
  response.set_signatures_counted(review.signatures_counted);
  response.set_seen(HexOf(review.seen));
}

void Fill(const SignProposal::Answer& answer, v1::SignProposalResponse& response) {
  response.set_state(ToMessage(answer.state));
  response.set_signatures_counted(answer.counted);
  response.set_signatures_needed(answer.needed);
}

void Fill(const AffectedPerson& person, v1::AffectedPerson& message) {
  message.set_organisation_id(person.organisation.text());
  message.set_person_id(person.person.text());
  for (const CredentialId& credential : person.credentials) message.add_credential_ids(credential.text());
}

void Fill(const AffectedOrganisation& organisation, v1::AffectedOrganisation& message) {
  message.set_organisation_id(organisation.organisation.text());
  message.set_state(static_cast<v1::OrganisationState>(static_cast<int>(organisation.state) + 1));
  message.set_keys(organisation.keys);
  message.set_credentials(organisation.credentials);
  message.set_people(organisation.people);
}

void Fill(const ReissueCredentials::Report& report, v1::ReissueCredentialsResponse& response) {
  response.set_looked_at(report.looked_at);
  response.set_reissued(report.reissued);
  for (const auto& [reason, count] : report.left) {
    v1::LeftCredentials& left = *response.add_left();
    left.set_reason(reason);
    left.set_count(count);
  }
}

}  // namespace passport
