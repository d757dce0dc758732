#include "operator-cli/online/service_client.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "keys/secret_text.h"
#include "operator-cli/online/export_calls.h"
#include "operator-cli/online/from_wire.h"
#include "operator-cli/online/import_call.h"
#include "operator-cli/online/roster_call.h"
#include "operator-cli/online/service_client_parts.h"

namespace passport {

namespace v1 = staffpassport::v1;

ServiceClient::ServiceClient(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ServiceClient::ServiceClient(ServiceClient&&) noexcept = default;
ServiceClient& ServiceClient::operator=(ServiceClient&&) noexcept = default;
ServiceClient::~ServiceClient() = default;

Result<ServiceClient> ServiceClient::Connect(const Target& target, std::chrono::milliseconds wait) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = target.ca_pem;
  tls.pem_cert_chain = target.certificate_pem;
  tls.pem_private_key = std::string(TextOf(target.private_key_pem));
  grpc::ChannelArguments arguments;
  // Neither side decompresses anything: a small message that becomes a large one is an attack.
  arguments.SetInt(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);
  // Nobody between us and the service: a proxy of the environment would see who calls whom.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // When the service was restarted we want to know soon, not after two minutes of growing pauses.
  constexpr int kReconnectMaxMs = 2000;
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  const std::shared_ptr<grpc::Channel> channel =
      grpc::CreateCustomChannel(target.address, grpc::SslCredentials(tls), arguments);
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + wait)) {
    return Fault{Reason::kServiceUnreachable, "",
                 "no service answers at " + target.address +
                     ", or its certificate and ours do not fit together (ca.pem and NAME.pem)"};
  }
  return ServiceClient(std::make_unique<Parts>(target.address, channel));
}

Result<EnrolledAnswer> ServiceClient::EnrolPerson(std::string_view request_id, std::string_view employee_number,
                                                  const Secret& passport_code) {
  v1::EnrolPersonRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(std::string(employee_number));
  request.set_passport_code(std::string(TextOf(passport_code)));
  TRY_ASSIGN(const v1::EnrolPersonResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::EnrolPerson, request));
  return EnrolledAnswer{.person_id = response.person_id(), .passport_code = SecretOf(response.passport_code())};
}

Result<IssuedAnswer> ServiceClient::IssueCredential(std::string_view request_id, std::string_view employee_number,
                                                    const RecordText& record) {
  v1::IssueCredentialRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(std::string(employee_number));
  ToWire(record, *request.mutable_record());
  TRY_ASSIGN(const v1::IssueCredentialResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::IssueCredential, request));
  return IssuedAnswer{.credential_id = response.credential_id(),
                      .again = response.again(),
                      .unchanged = response.unchanged(),
                      .superseded_id = response.superseded_id()};
}

Result<CredentialAnswer> ServiceClient::GetCredential(std::string_view credential_id) {
  v1::GetCredentialRequest request;
  request.set_credential_id(std::string(credential_id));
  TRY_ASSIGN(const v1::GetCredentialResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::GetCredential, request));
  return FromWire(response.credential());
}

Result<CredentialPage> ServiceClient::ListCredentials(int page_size, std::string_view page_token,
                                                      std::string_view organisation) {
  v1::ListCredentialsRequest request;
  request.set_organisation(std::string(organisation));
  request.set_page_size(page_size);
  request.set_page_token(std::string(page_token));
  TRY_ASSIGN(const v1::ListCredentialsResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::ListCredentials, request));
  CredentialPage page{.credentials = {}, .next_page_token = response.next_page_token()};
  for (const v1::Credential& message : response.credentials()) {
    TRY_ASSIGN(CredentialAnswer credential, FromWire(message));
    page.credentials.push_back(std::move(credential));
  }
  return page;
}

Result<StandingAnswer> ServiceClient::RevokeCredential(std::string_view request_id, std::string_view credential_id,
                                                       std::string_view why) {
  return parts_->Change(&v1::IssuerService::Stub::RevokeCredential, request_id, credential_id, why);
}

Result<StandingAnswer> ServiceClient::SuspendCredential(std::string_view request_id, std::string_view credential_id,
                                                        std::string_view why) {
  return parts_->Change(&v1::IssuerService::Stub::SuspendCredential, request_id, credential_id, why);
}

Result<StandingAnswer> ServiceClient::ReinstateCredential(std::string_view request_id, std::string_view credential_id,
                                                          std::string_view why) {
  return parts_->Change(&v1::IssuerService::Stub::ReinstateCredential, request_id, credential_id, why);
}

Result<StagedAnswer> ServiceClient::StageImport(const ImportOpening& opening, const ImportSource& next,
                                                const ImportSink& answered) {
  ImportCall call(*parts_->issuer, parts_->address);
  return call.Run(opening, next, answered);
}

Result<RosterSummaryAnswer> ServiceClient::CheckRoster(const RosterQuestion& question, const RosterSource& next,
                                                       const RosterSink& answered) {
  RosterCall call(*parts_->roster, parts_->address);
  return call.Run(question, next, answered);
}

Result<void> ServiceClient::ReviewImport(std::string_view import_id, const ReviewSink& sink) {
  v1::ReviewImportRequest request;
  request.set_import_id(std::string(import_id));
  grpc::ClientContext context;
  const auto stream = parts_->issuer->ReviewImport(&context, request);
  v1::ReviewImportResponse response;
  const auto take = [&]() -> Result<void> {
    if (response.has_import()) {
      TRY_ASSIGN(const ImportReviewAnswer reviewed, FromWire(response.import()));
      sink.import(reviewed);
    } else if (response.has_draft()) {
      TRY_ASSIGN(const DraftAnswer draft, FromWire(response.draft()));
      sink.draft(draft);
    } else if (response.has_gone()) {
      TRY_ASSIGN(const CredentialAnswer gone, FromWire(response.gone()));
      sink.gone(gone);
    }
    return {};
  };
  Result<void> taken;
  while (taken.ok() && stream->Read(&response)) taken = take();
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = stream->Finish();
  TRY(taken);
  if (!status.ok()) return FaultOfStatus(status, parts_->address);
  return {};
}

Result<IssueAnswer> ServiceClient::IssueImport(std::string_view request_id, std::string_view import_id,
                                               std::uint64_t reviewed_revision,
                                               const std::function<void(const IssueAnswer&)>& progress) {
  v1::IssueImportRequest request;
  request.set_request_id(std::string(request_id));
  request.set_import_id(std::string(import_id));
  request.set_reviewed_revision(reviewed_revision);
  grpc::ClientContext context;
  const auto stream = parts_->issuer->IssueImport(&context, request);
  v1::IssueImportResponse response;
  Result<IssueAnswer> last = Fault{Reason::kServiceUnreachable, "", "the service said nothing"};
  while (stream->Read(&response)) {
    last = FromWire(response);
    if (last.ok()) progress(*last);
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, parts_->address);
  return last;
}

Result<std::uint64_t> ServiceClient::ResolveDraft(std::string_view request_id, std::string_view import_id,
                                                  std::uint64_t line, const DraftChoice& choice) {
  v1::ResolveDraftRequest request;
  request.set_request_id(std::string(request_id));
  request.set_import_id(std::string(import_id));
  request.set_line(line);
  if (choice.new_person) {
    request.set_new_person(true);
  } else if (choice.skip) {
    request.set_skip(true);
  } else {
    request.set_employee_number(choice.employee_number);
  }
  TRY_ASSIGN(const v1::ResolveDraftResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::ResolveDraft, request));
  return response.decided();
}

Result<ImportPage> ServiceClient::ListImports(int page_size, std::string_view page_token) {
  v1::ListImportsRequest request;
  request.set_page_size(page_size);
  request.set_page_token(std::string(page_token));
  TRY_ASSIGN(const v1::ListImportsResponse response,
             parts_->Call(*parts_->issuer, &v1::IssuerService::Stub::ListImports, request));
  ImportPage page{.imports = {}, .next_page_token = response.next_page_token()};
  for (const v1::Import& message : response.imports()) {
    TRY_ASSIGN(ImportAnswer import, FromWire(message));
    page.imports.push_back(std::move(import));
  }
  return page;
}

Result<std::vector<HoldingAnswer>> ServiceClient::ListHoldings(const Secret& passport_code) {
  v1::ListHoldingsRequest request;
  request.set_passport_code(std::string(TextOf(passport_code)));
  TRY_ASSIGN(const v1::ListHoldingsResponse response,
             parts_->Call(*parts_->holder, &v1::HolderService::Stub::ListHoldings, request));
  std::vector<HoldingAnswer> holdings;
  for (const v1::Holding& message : response.holdings()) {
    TRY_ASSIGN(HoldingAnswer holding, FromWire(message));
    holdings.push_back(std::move(holding));
  }
  return holdings;
}

Result<std::string> ServiceClient::Present(const Secret& passport_code, const PresentQuestion& question) {
  v1::PresentRequest request;
  request.set_passport_code(std::string(TextOf(passport_code)));
  request.set_audience(question.audience);
  request.set_nonce(question.nonce);
  request.set_purpose(question.purpose);
  request.set_profile(question.profile);
  request.set_day(question.day);
  request.set_engagement(question.employment ? v1::ENGAGEMENT_EMPLOYMENT : v1::ENGAGEMENT_PLACEMENT);
  for (const ShowingChoice& choice : question.show) {
    v1::Showing& showing = *request.add_show();
    showing.set_credential_id(choice.credential_id);
    for (const std::string& fact : choice.facts) showing.add_facts(fact);
  }
  TRY_ASSIGN(const v1::PresentResponse response,
             parts_->Call(*parts_->holder, &v1::HolderService::Stub::Present, request));
  return response.presentation();
}

Result<ChallengeAnswer> ServiceClient::CreateChallenge() {
  TRY_ASSIGN(
      const v1::CreateChallengeResponse response,
      parts_->Call(*parts_->verifier, &v1::VerifierService::Stub::CreateChallenge, v1::CreateChallengeRequest()));
  return ChallengeAnswer{.nonce = response.nonce(),
                         .audience = response.audience(),
                         .expires_at = Instant{response.expire_time().seconds()}};
}

Result<VerifiedAnswer> ServiceClient::VerifyPresentation(std::string_view nonce, std::string_view presentation,
                                                         std::string_view purpose, std::string_view agreement) {
  v1::VerifyPresentationRequest request;
  request.set_nonce(std::string(nonce));
  request.set_presentation(std::string(presentation));
  request.set_purpose(std::string(purpose));
  request.set_agreement(std::string(agreement));
  TRY_ASSIGN(const v1::VerifyPresentationResponse response,
             parts_->Call(*parts_->verifier, &v1::VerifierService::Stub::VerifyPresentation, request));
  TRY_ASSIGN(VerificationAnswer verification, FromWire(response.verification()));
  return VerifiedAnswer{.verification = std::move(verification),
                        .kept = {.receipt = response.receipt(), .reliance = response.reliance()}};
}

Result<RoleDecisionAnswer> ServiceClient::DecideRole(std::string_view nonce, std::string_view presentation,
                                                     std::string_view profile, const ShiftQuestion& shift) {
  v1::DecideRoleRequest request;
  request.set_nonce(std::string(nonce));
  request.set_presentation(std::string(presentation));
  request.set_profile(std::string(profile));
  ToWire(shift, request);
  TRY_ASSIGN(const v1::DecideRoleResponse response,
             parts_->Call(*parts_->verifier, &v1::VerifierService::Stub::DecideRole, request));
  TRY_ASSIGN(VerificationAnswer verification, FromWire(response.verification()));
  RoleDecisionAnswer answer{.verification = std::move(verification),
                            .decision = std::nullopt,
                            .kept = {.receipt = response.receipt(), .reliance = response.reliance()},
                            .overrides = {}};
  if (response.has_decision()) {
    TRY_ASSIGN(answer.decision, FromWire(response.decision()));
  }
  for (const v1::Override& message : response.overrides()) answer.overrides.push_back(FromWire(message));
  return answer;
}

Result<void> ServiceClient::OverrideDecision(std::string_view request_id, const OverrideEntry& entry) {
  v1::OverrideDecisionRequest request;
  request.set_request_id(std::string(request_id));
  request.set_reliance(entry.reliance);
  request.set_named_person(entry.named_person);
  request.set_reason(entry.reason);
  request.set_words(entry.words);
  request.mutable_end_time()->set_seconds(entry.until.seconds);
  TRY(parts_->Call(*parts_->verifier, &v1::VerifierService::Stub::OverrideDecision, request));
  return {};
}

Result<OverridePage> ServiceClient::ListOverrides(int page_size, std::string_view page_token) {
  v1::ListOverridesRequest request;
  request.set_page_size(page_size);
  request.set_page_token(std::string(page_token));
  TRY_ASSIGN(const v1::ListOverridesResponse response,
             parts_->Call(*parts_->verifier, &v1::VerifierService::Stub::ListOverrides, request));
  OverridePage page{.overrides = {}, .next_page_token = response.next_page_token()};
  for (const v1::Override& message : response.overrides()) page.overrides.push_back(FromWire(message));
  return page;
}

Result<void> ServiceClient::ExportEvidence(std::string_view employee_number, std::string_view subject,
                                           const EvidenceSink& line) {
  v1::ExportEvidenceRequest request;
  request.set_employee_number(std::string(employee_number));
  request.set_subject(std::string(subject));
  return ReadEvidenceLines(*parts_->verifier, request, parts_->address, line);
}

Result<void> ServiceClient::ExportAudit(bool whole, const EvidenceSink& line) {
  v1::ExportAuditRequest request;
  request.set_whole(whole);
  return ReadAuditLines(*parts_->audit, request, parts_->address, line);
}

}  // namespace passport
