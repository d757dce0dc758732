// The calls of registrars and operators.
#include "operator-cli/online/from_wire.h"
#include "operator-cli/online/keys_wire.h"
#include "operator-cli/online/personal_data_wire.h"
#include "operator-cli/online/registry_call.h"
#include "operator-cli/online/registry_wire.h"
#include "operator-cli/online/service_client_parts.h"
#include "operator-cli/online/system_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<void> ServiceClient::EnrolOrganisation(std::string_view request_id, const OrganisationEntry& organisation) {
  v1::EnrolOrganisationRequest request;
  request.set_request_id(std::string(request_id));
  v1::Organisation& message = *request.mutable_organisation();
  message.set_organisation_id(organisation.id);
  message.set_legal_name(organisation.legal_name);
  message.set_type(organisation.type);
  for (const std::string& kind : organisation.record_kinds) message.add_record_kinds(kind);
  message.set_two_person(organisation.two_person);
  TRY(parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::EnrolOrganisation, request));
  return {};
}

Result<std::vector<std::string>> ServiceClient::PutRules(std::string_view request_id, RuleWord kind,
                                                         std::string_view json) {
  v1::PutRulesRequest request;
  request.set_request_id(std::string(request_id));
  request.set_kind(ToWire(kind));
  request.set_json(std::string(json));
  TRY_ASSIGN(const v1::PutRulesResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::PutRules, request));
  return std::vector<std::string>(response.warnings().begin(), response.warnings().end());
}

Result<void> ServiceClient::WithdrawRules(std::string_view request_id, RuleWord kind, std::string_view id,
                                          int version) {
  v1::WithdrawRulesRequest request;
  request.set_request_id(std::string(request_id));
  request.set_kind(ToWire(kind));
  request.set_id(std::string(id));
  request.set_version(version);
  TRY(parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::WithdrawRules, request));
  return {};
}

Result<std::vector<RoleCountsAnswer>> ServiceClient::CountReliances(std::string_view from, std::string_view through) {
  v1::CountReliancesRequest request;
  request.set_from(std::string(from));
  request.set_through(std::string(through));
  TRY_ASSIGN(const v1::CountReliancesResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::CountReliances, request));
  std::vector<RoleCountsAnswer> counts;
  for (const v1::RoleCounts& message : response.counts()) counts.push_back(FromWire(message));
  return counts;
}

Result<std::uint64_t> ServiceClient::ProposeChange(std::string_view request_id, std::string_view reason,
                                                   const std::vector<StepEntry>& steps) {
  v1::ProposeChangeRequest request;
  request.set_request_id(std::string(request_id));
  request.set_reason(std::string(reason));
  for (const StepEntry& step : steps) {
    TRY_ASSIGN(*request.add_steps(), ToWire(step));
  }
  TRY_ASSIGN(const v1::ProposeChangeResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::ProposeChange, request));
  return response.number();
}

Result<ProposalPage> ServiceClient::ListProposals(std::uint64_t after_number) {
  v1::ListProposalsRequest request;
  request.set_after_number(after_number);
  TRY_ASSIGN(const v1::ListProposalsResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::ListProposals, request));
  ProposalPage page{.proposals = {}, .next_after_number = response.next_after_number()};
  for (const v1::Proposal& message : response.proposals()) {
    TRY_ASSIGN(ProposalAnswer proposal, FromWire(message));
    page.proposals.push_back(std::move(proposal));
  }
  return page;
}

Result<ReviewAnswer> ServiceClient::ReviewProposal(std::uint64_t number) {
  v1::ReviewProposalRequest request;
  request.set_number(number);
  TRY_ASSIGN(const v1::ReviewProposalResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::ReviewProposal, request));
  return FromWire(response);
}

Result<SignedAnswer> ServiceClient::SignProposal(std::string_view request_id, std::uint64_t number,
                                                 std::string_view seen) {
  v1::SignProposalRequest request;
  request.set_request_id(std::string(request_id));
  request.set_number(number);
  request.set_seen(std::string(seen));
  TRY_ASSIGN(const v1::SignProposalResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::SignProposal, request));
  return FromWire(response);
}

Result<void> ServiceClient::RejectProposal(std::string_view request_id, std::uint64_t number, std::string_view reason) {
  v1::RejectProposalRequest request;
  request.set_request_id(std::string(request_id));
  request.set_number(number);
  request.set_reason(std::string(reason));
  TRY(parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::RejectProposal, request));
  return {};
}

Result<void> ServiceClient::ListAffected(std::string_view organisation, const AffectedSink& sink) {
  v1::ListAffectedRequest request;
  request.set_organisation(std::string(organisation));
  return ReadAffected(*parts_->registrar, request, parts_->address, sink);
}

Result<ReissueAnswer> ServiceClient::ReissueCredentials(std::string_view request_id,
                                                        const std::function<void(const ReissueAnswer&)>& progress) {
  v1::ReissueCredentialsRequest request;
  request.set_request_id(std::string(request_id));
  return ReadReissue(*parts_->issuer, request, parts_->address, progress);
}

Result<PublishAnswer> ServiceClient::Publish(std::string_view request_id) {
  v1::PublishRequest request;
  request.set_request_id(std::string(request_id));
  TRY_ASSIGN(const v1::PublishResponse response,
             parts_->Call(*parts_->registrar, &v1::RegistrarService::Stub::Publish, request));
  return PublishAnswer{.registry_sequence = response.registry_sequence(),
                       .files_written = response.files_written(),
                       .lists_signed = response.lists_signed(),
                       .snapshot_id = response.snapshot_id()};
}

Result<ErasureAnswer> ServiceClient::ErasePerson(std::string_view request_id, const ErasureEntry& entry) {
  TRY_ASSIGN(const v1::ErasePersonRequest request, ToWire(request_id, entry));
  using Stub = v1::PersonalDataService::Stub;
  TRY_ASSIGN(const v1::ErasePersonResponse response, parts_->Call(*parts_->personal_data, &Stub::ErasePerson, request));
  return FromWire(response);
}

Result<RetentionAnswer> ServiceClient::ReportRetention(std::string_view organisation) {
  v1::ReportRetentionRequest request;
  request.set_organisation(std::string(organisation));
  using Stub = v1::PersonalDataService::Stub;
  TRY_ASSIGN(const v1::ReportRetentionResponse response,
             parts_->Call(*parts_->personal_data, &Stub::ReportRetention, request));
  return FromWire(response);
}

Result<RetentionAnswer> ServiceClient::ApplyRetention(std::string_view request_id, std::string_view organisation) {
  v1::ApplyRetentionRequest request;
  request.set_organisation(std::string(organisation));
  request.set_request_id(std::string(request_id));
  using Stub = v1::PersonalDataService::Stub;
  TRY_ASSIGN(const v1::ApplyRetentionResponse response,
             parts_->Call(*parts_->personal_data, &Stub::ApplyRetention, request));
  return FromWire(response);
}

Result<SystemAnswer> ServiceClient::PutSystem(std::string_view request_id, const SystemEntry& entry) {
  TRY_ASSIGN(const v1::PutSystemRequest request, ToWire(request_id, entry));
  TRY_ASSIGN(const v1::PutSystemResponse response,
             parts_->Call(*parts_->system, &v1::SystemService::Stub::PutSystem, request));
  return FromWire(response.system());
}

Result<SystemAnswer> ServiceClient::RevokeSystem(std::string_view request_id, const SystemEnding& ending) {
  TRY_ASSIGN(const v1::RevokeSystemResponse response,
             parts_->Call(*parts_->system, &v1::SystemService::Stub::RevokeSystem, ToWire(request_id, ending)));
  return FromWire(response.system());
}

Result<std::vector<SystemAnswer>> ServiceClient::ListSystems(std::string_view organisation) {
  v1::ListSystemsRequest request;
  request.set_organisation(std::string(organisation));
  TRY_ASSIGN(const v1::ListSystemsResponse response,
             parts_->Call(*parts_->system, &v1::SystemService::Stub::ListSystems, request));
  std::vector<SystemAnswer> systems;
  for (const v1::System& message : response.systems()) {
    TRY_ASSIGN(SystemAnswer system, FromWire(message));
    systems.push_back(std::move(system));
  }
  return systems;
}

Result<std::vector<KeyAnswer>> ServiceClient::ListKeys(std::string_view owner) {
  v1::ListKeysRequest request;
  request.set_owner(std::string(owner));
  TRY_ASSIGN(const v1::ListKeysResponse response,
             parts_->Call(*parts_->keys, &v1::KeysService::Stub::ListKeys, request));
  std::vector<KeyAnswer> keys;
  for (const v1::KeyEntry& message : response.keys()) keys.push_back(FromWire(message));
  return keys;
}

Result<std::vector<KeyStepAnswer>> ServiceClient::PlanKeys(std::string_view owner) {
  v1::PlanKeysRequest request;
  request.set_owner(std::string(owner));
  TRY_ASSIGN(const v1::PlanKeysResponse response,
             parts_->Call(*parts_->keys, &v1::KeysService::Stub::PlanKeys, request));
  std::vector<KeyStepAnswer> steps;
  for (const v1::KeyStep& message : response.steps()) steps.push_back(FromWire(message));
  return steps;
}

Result<std::string> ServiceClient::RotateKey(std::string_view request_id, std::string_view owner,
                                             std::string_view role) {
  v1::RotateKeyRequest request;
  request.set_request_id(std::string(request_id));
  request.set_owner(std::string(owner));
  request.set_role(std::string(role));
  TRY_ASSIGN(const v1::RotateKeyResponse response,
             parts_->Call(*parts_->keys, &v1::KeysService::Stub::RotateKey, request));
  return response.kid();
}

Result<std::string> ServiceClient::CompromiseKey(std::string_view request_id, const KeyLoss& loss) {
  TRY_ASSIGN(const v1::CompromiseKeyResponse response,
             parts_->Call(*parts_->keys, &v1::KeysService::Stub::CompromiseKey, ToWire(request_id, loss)));
  return response.replaced_by();
}

}  // namespace passport
