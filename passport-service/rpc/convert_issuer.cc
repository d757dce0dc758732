#include "passport-service/rpc/convert_issuer.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

template <class Request>
Result<ChangeStanding::Order> ToStandingOrder(const Caller& by, const Request& request, StandingVerb verb) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const CredentialId credential, ToCredentialId(request.credential_id()));
  TRY_ASSIGN(std::string why, ToWord(request.reason()));
  return ChangeStanding::Order{.by = by, .request = id, .credential = credential, .verb = verb, .why = std::move(why)};
}

template <class Response>
void FillStanding(const ChangeStanding::Standing& standing, Response& response) {
  response.mutable_standing()->set_state(ToMessage(standing.state));
  *response.mutable_standing()->mutable_since() = ToTimestamp(standing.since);
}

}  // namespace

void FillCredential(const CredentialRow& row, v1::Credential& message) {
  message.set_credential_id(row.id.text());
  message.set_person_id(row.person.text());
  message.set_kind(row.kind);
  message.set_state(ToMessage(row.state));
  message.set_state_reason(row.state_reason);
  if (!row.state_reason.empty()) *message.mutable_state_time() = ToTimestamp(row.state_at);
  *message.mutable_issue_time() = ToTimestamp(row.issued_at);
  *message.mutable_expire_time() = ToTimestamp(row.expires_at);
  message.set_request_id(row.request.text());
}

Result<EnrolPerson::Order> ToOrder(const Caller& by, const v1::EnrolPersonRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  EnrolPerson::Order order{
      .by = by, .request = id, .employee_number = request.employee_number(), .passport_code = std::nullopt};
  if (!request.passport_code().empty()) order.passport_code = request.passport_code();
  return order;
}

Result<IssueOrder> ToOrder(const Caller& by, const v1::IssueCredentialRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  return IssueOrder{.by = by,
                    .order = {.request = id,
                              .employee_number = request.employee_number(),
                              .kind = request.record().kind(),
                              .fields = ToFields(request.record())}};
}

Result<GetOrder> ToOrder(const Caller& by, const v1::GetCredentialRequest& request) {
  TRY_ASSIGN(const CredentialId credential, ToCredentialId(request.credential_id()));
  return GetOrder{.by = by, .credential = credential};
}

Result<ListOrder> ToOrder(const Caller& by, const v1::ListCredentialsRequest& request) {
  if (request.page_size() < 0) return Fault{Reason::kFieldInvalid, "", "page_size is negative"};
  TRY_ASSIGN(std::optional<OrganisationId> organisation, ToOrganisationIfNamed(request.organisation()));
  return ListOrder{.by = by,
                   .organisation = std::move(organisation),
                   .page_token = request.page_token(),
                   .page_size = static_cast<std::size_t>(request.page_size())};
}

Result<ChangeStanding::Order> ToOrder(const Caller& by, const v1::RevokeCredentialRequest& request) {
  return ToStandingOrder(by, request, StandingVerb::kRevoke);
}
Result<ChangeStanding::Order> ToOrder(const Caller& by, const v1::SuspendCredentialRequest& request) {
  return ToStandingOrder(by, request, StandingVerb::kSuspend);
}
Result<ChangeStanding::Order> ToOrder(const Caller& by, const v1::ReinstateCredentialRequest& request) {
  return ToStandingOrder(by, request, StandingVerb::kReinstate);
}

void Fill(const EnrolPerson::Enrolled& enrolled, v1::EnrolPersonResponse& response) {
  response.set_person_id(enrolled.person.text());
  response.set_passport_code(enrolled.passport_code.value_or(""));
}

void Fill(const IssueCredentials::Issued& issued, v1::IssueCredentialResponse& response) {
  response.set_credential_id(issued.credential.text());
  response.set_again(issued.again);
  response.set_unchanged(issued.unchanged);
  if (issued.superseded) response.set_superseded_id(issued.superseded->text());
}

void Fill(const ReadCredentials::One& one, v1::GetCredentialResponse& response) {
  FillCredential(one.row, *response.mutable_credential());
  response.mutable_credential()->set_token(one.token);
}

void Fill(const Page<CredentialRow>& page, v1::ListCredentialsResponse& response) {
  for (const CredentialRow& row : page.rows) FillCredential(row, *response.add_credentials());
  response.set_next_page_token(page.next);
}

void Fill(const ChangeStanding::Standing& standing, v1::RevokeCredentialResponse& response) {
  FillStanding(standing, response);
}
void Fill(const ChangeStanding::Standing& standing, v1::SuspendCredentialResponse& response) {
  FillStanding(standing, response);
}
void Fill(const ChangeStanding::Standing& standing, v1::ReinstateCredentialResponse& response) {
  FillStanding(standing, response);
}

Result<IssueCredentials::Issued> IssueOne(IssueCredentials& issue, const IssueOrder& order) {
  TRY_ASSIGN(auto results, issue(order.by, std::span(&order.order, 1)));
  return std::move(results.at(0));
}

}  // namespace passport
