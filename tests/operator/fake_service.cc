#include "tests/operator/fake_service.h"

#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "keys/private_key.h"
#include "keys/secret_text.h"
#include "keys/system_random.h"
#include "keys/tls_certificates.h"
#include "operator-cli/command_line.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status RefusedStatus(grpc::StatusCode code, const std::string& wire_reason, const std::string& message) {
  google::rpc::ErrorInfo info;
  info.set_reason(wire_reason);
  info.set_domain("staffpassport");
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message(message);
  status.add_details()->PackFrom(info);
  return {code, message, status.SerializeAsString()};
}

namespace {

Instant Now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

void WriteOwn(const std::string& path, std::string_view text) {
  std::ofstream(path) << text;
  chmod(path.c_str(), 0600);
}

class Registrar final : public v1::RegistrarService::Service {
 public:
  explicit Registrar(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status EnrolOrganisation(grpc::ServerContext*, const v1::EnrolOrganisationRequest* request,
                                 v1::EnrolOrganisationResponse*) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.organisation = request->organisation();
    if (behaviour_.failures_first-- > 0) return RefusedStatus(grpc::UNAVAILABLE, "STORE_UNAVAILABLE", "later");
    return behaviour_.status;
  }
  grpc::Status ProposeChange(grpc::ServerContext*, const v1::ProposeChangeRequest* request,
                             v1::ProposeChangeResponse* response) override {
    behaviour_.propose = *request;
    response->set_number(12);
    return behaviour_.status;
  }
  grpc::Status ListProposals(grpc::ServerContext*, const v1::ListProposalsRequest* request,
                             v1::ListProposalsResponse* response) override {
    *response->add_proposals() = behaviour_.review.proposal();
    if (request->after_number() == 0) response->set_next_after_number(1);
    return behaviour_.status;
  }
  grpc::Status ReviewProposal(grpc::ServerContext*, const v1::ReviewProposalRequest*,
                              v1::ReviewProposalResponse* response) override {
    *response = behaviour_.review;
    return behaviour_.status;
  }
  grpc::Status SignProposal(grpc::ServerContext*, const v1::SignProposalRequest* request,
                            v1::SignProposalResponse* response) override {
    behaviour_.sign = *request;
    *response = behaviour_.signed_so;
    return behaviour_.status;
  }
  grpc::Status ListAffected(grpc::ServerContext*, const v1::ListAffectedRequest*,
                            grpc::ServerWriter<v1::ListAffectedResponse>* stream) override {
    for (const v1::ListAffectedResponse& message : behaviour_.affected) stream->Write(message);
    return behaviour_.status;
  }
  grpc::Status PutRules(grpc::ServerContext*, const v1::PutRulesRequest* request,
                        v1::PutRulesResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.put_rules = *request;
    for (const std::string& warning : behaviour_.warnings) response->add_warnings(warning);
    return behaviour_.status;
  }
  grpc::Status WithdrawRules(grpc::ServerContext*, const v1::WithdrawRulesRequest* request,
                             v1::WithdrawRulesResponse*) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.withdraw_rules = *request;
    return behaviour_.status;
  }
  grpc::Status CountReliances(grpc::ServerContext*, const v1::CountReliancesRequest* request,
                              v1::CountReliancesResponse* response) override {
    behaviour_.count = *request;
    *response = behaviour_.counted;
    return behaviour_.status;
  }
  grpc::Status Publish(grpc::ServerContext*, const v1::PublishRequest*, v1::PublishResponse* response) override {
    response->set_registry_sequence(7);
    response->set_files_written(3);
    return behaviour_.status;
  }

 private:
  FakeBehaviour& behaviour_;
};

class Issuer final : public v1::IssuerService::Service {
 public:
  explicit Issuer(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status EnrolPerson(grpc::ServerContext*, const v1::EnrolPersonRequest* request,
                           v1::EnrolPersonResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.passport_code = request->passport_code();
    if (!behaviour_.status.ok()) return behaviour_.status;
    if (!behaviour_.known_people.insert(request->employee_number()).second) {
      return RefusedStatus(grpc::ALREADY_EXISTS, "ALREADY_EXISTS", "It exists already.");
    }
    response->set_person_id("person-" + std::to_string(behaviour_.known_people.size()));
    if (request->passport_code().empty()) response->set_passport_code("code-of-" + request->employee_number());
    return grpc::Status::OK;
  }
  grpc::Status ReissueCredentials(grpc::ServerContext*, const v1::ReissueCredentialsRequest*,
                                  grpc::ServerWriter<v1::ReissueCredentialsResponse>* stream) override {
    for (const v1::ReissueCredentialsResponse& message : behaviour_.reissued) stream->Write(message);
    return behaviour_.status;
  }
  grpc::Status RevokeCredential(grpc::ServerContext*, const v1::RevokeCredentialRequest* request,
                                v1::RevokeCredentialResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    response->mutable_standing()->set_state(v1::CREDENTIAL_STATE_REVOKED);
    response->mutable_standing()->mutable_since()->set_seconds(1795335999);
    return behaviour_.status;
  }
  grpc::Status ListCredentials(grpc::ServerContext*, const v1::ListCredentialsRequest* request,
                               v1::ListCredentialsResponse* response) override {
    behaviour_.list_credentials = *request;
    v1::Credential& credential = *response->add_credentials();
    credential.set_credential_id(request->page_token().empty() ? "first" : "second");
    credential.set_kind("employment");
    credential.set_state(v1::CREDENTIAL_STATE_CURRENT);
    if (request->page_token().empty()) response->set_next_page_token("more");
    return behaviour_.status;
  }
  grpc::Status ReviewImport(grpc::ServerContext*, const v1::ReviewImportRequest*,
                            grpc::ServerWriter<v1::ReviewImportResponse>* stream) override {
    v1::ReviewImportResponse response;
    Fill(*response.mutable_import()->mutable_import());
    response.mutable_import()->set_reviewed_revision(7);
    stream->Write(response);
    return behaviour_.status;
  }
  grpc::Status IssueImport(grpc::ServerContext*, const v1::IssueImportRequest* request,
                           grpc::ServerWriter<v1::IssueImportResponse>* stream) override {
    behaviour_.issue = *request;
    if (request->reviewed_revision() != 7) {
      return RefusedStatus(grpc::FAILED_PRECONDITION, "STATE_CONFLICT",
                           "the import changed since it was reviewed; review it again");
    }
    v1::IssueImportResponse response;
    Fill(*response.mutable_import());
    response.set_issued(3);
    response.set_end(true);
    stream->Write(response);
    return behaviour_.status;
  }
  grpc::Status StageImport(grpc::ServerContext*,
                           grpc::ServerReaderWriter<v1::StageImportResponse, v1::StageImportRequest>* stream) override {
    ++behaviour_.streams;
    v1::StageImportRequest request;
    if (!stream->Read(&request)) return RefusedStatus(grpc::INVALID_ARGUMENT, "FIELD_INVALID", "header is missing");
    behaviour_.header = request.header();
    v1::StageImportResponse response;
    Fill(*response.mutable_opened());
    stream->Write(response);
    v1::ImportCounts counts;
    for (int batch = 1; stream->Read(&request); ++batch) {
      response.Clear();
      for (const v1::ImportRow& row : request.rows().rows()) {
        Settle(row, *response.mutable_progress()->add_results(), counts);
      }
      if (behaviour_.unfinished_streams > 0) {
        --behaviour_.unfinished_streams;
        return RefusedStatus(grpc::UNAVAILABLE, "STORE_UNAVAILABLE", "later");
      }
      if (behaviour_.streams == 1 && batch == behaviour_.break_stream_after_batches) {
        return {grpc::UNAVAILABLE, "the process was killed"};
      }
      stream->Write(response);
    }
    response.Clear();
    Fill(*response.mutable_summary()->mutable_import());
    *response.mutable_summary()->mutable_counts() = counts;
    stream->Write(response);
    return behaviour_.status;
  }

 private:
  void Fill(v1::Import& import) const {
    import.set_import_id("0123456789abcdef");
    import.set_source(behaviour_.header.source());
    import.set_mode(behaviour_.header.mode());
    import.set_state(v1::IMPORT_STATE_STAGED);
  }
  void Settle(const v1::ImportRow& row, v1::ImportRowResult& result, v1::ImportCounts& counts) {
    counts.set_rows(counts.rows() + 1);
    result.set_line(row.line());
    result.set_part(row.part());
    result.set_person(v1::ROW_PERSON_KNOWN);
    const std::set<std::string>& people = behaviour_.known_people;
    if (!people.empty() && !people.contains(row.employee_number())) {
      result.set_person(v1::ROW_PERSON_TO_BE_ENROLLED);
      if (!behaviour_.header.enrol_unknown()) {
        result.set_person(v1::ROW_PERSON_NOT_KNOWN);
        result.set_verdict(v1::DRAFT_VERDICT_REFUSED);
        result.mutable_refusal()->set_reason("NOT_FOUND");
        result.mutable_refusal()->set_detail("employee_number is not enrolled");
        counts.set_refused(counts.refused() + 1);
        return;
      }
    }
    const std::string place = std::to_string(row.line()) + "-" + std::to_string(row.part());
    behaviour_.staged_rows.insert(behaviour_.header.request_id() + place);
    result.set_verdict(v1::DRAFT_VERDICT_NEW);
    counts.set_added(counts.added() + 1);
  }

  FakeBehaviour& behaviour_;
};

class Holder final : public v1::HolderService::Service {
 public:
  explicit Holder(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status Present(grpc::ServerContext*, const v1::PresentRequest* request,
                       v1::PresentResponse* response) override {
    behaviour_.present = *request;
    behaviour_.passport_code = request->passport_code();
    response->set_presentation("a~b~c");
    return behaviour_.status;
  }

 private:
  FakeBehaviour& behaviour_;
};

class Verifier final : public v1::VerifierService::Service {
 public:
  explicit Verifier(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status CreateChallenge(grpc::ServerContext*, const v1::CreateChallengeRequest*,
                               v1::CreateChallengeResponse* response) override {
    response->set_nonce("-nonce");
    response->set_audience("ods:X0E");
    response->mutable_expire_time()->set_seconds(1795335999);
    return behaviour_.status;
  }
  grpc::Status VerifyPresentation(grpc::ServerContext*, const v1::VerifyPresentationRequest*,
                                  v1::VerifyPresentationResponse* response) override {
    *response->mutable_verification() = behaviour_.verification;
    Keep(*response);
    return behaviour_.status;
  }
  grpc::Status DecideRole(grpc::ServerContext*, const v1::DecideRoleRequest* request,
                          v1::DecideRoleResponse* response) override {
    behaviour_.decide = *request;
    *response->mutable_verification() = behaviour_.verification;
    *response->mutable_decision() = behaviour_.decision;
    Keep(*response);
    for (const v1::Override& each : behaviour_.overrides) *response->add_overrides() = each;
    return behaviour_.status;
  }
  grpc::Status OverrideDecision(grpc::ServerContext*, const v1::OverrideDecisionRequest* request,
                                v1::OverrideDecisionResponse*) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.override_decision = *request;
    return behaviour_.status;
  }
  grpc::Status ListOverrides(grpc::ServerContext*, const v1::ListOverridesRequest* request,
                             v1::ListOverridesResponse* response) override {
    // One a page.
    const std::size_t at = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (at < behaviour_.overrides.size()) *response->add_overrides() = behaviour_.overrides[at];
    if (at + 1 < behaviour_.overrides.size()) response->set_next_page_token(std::to_string(at + 1));
    return behaviour_.status;
  }
  grpc::Status ExportEvidence(grpc::ServerContext*, const v1::ExportEvidenceRequest* request,
                              grpc::ServerWriter<v1::ExportEvidenceResponse>* writer) override {
    behaviour_.evidence = *request;
    for (const std::string& line : behaviour_.evidence_lines) {
      v1::ExportEvidenceResponse response;
      response.set_line(line);
      writer->Write(response);
    }
    return behaviour_.evidence_status;
  }

 private:
  template <class Response>
  void Keep(Response& response) const {
    if (behaviour_.receipt.empty()) return;
    response.set_receipt(behaviour_.receipt);
    response.set_reliance(12);
  }
  FakeBehaviour& behaviour_;
};

// Each answer is the system that was asked for, with one certificate.
class System final : public v1::SystemService::Service {
 public:
  explicit System(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status PutSystem(grpc::ServerContext*, const v1::PutSystemRequest* request,
                         v1::PutSystemResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.put_system = *request;
    Fill(request->system(), *response->mutable_system());
    *response->mutable_system()->mutable_roles() = request->roles();
    return behaviour_.status;
  }
  grpc::Status RevokeSystem(grpc::ServerContext*, const v1::RevokeSystemRequest* request,
                            v1::RevokeSystemResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.revoke_system = *request;
    Fill(request->system(), *response->mutable_system());
    return behaviour_.status;
  }
  grpc::Status ListSystems(grpc::ServerContext*, const v1::ListSystemsRequest* request,
                           v1::ListSystemsResponse* response) override {
    behaviour_.list_systems = *request;
    Fill("hr-desk", *response->add_systems());
    response->mutable_systems(0)->add_roles(v1::ROLE_ISSUER_CLERK);
    response->mutable_systems(0)->add_roles(v1::ROLE_VERIFIER);
    v1::SystemCertificate& old = *response->mutable_systems(0)->add_certificates();
    old.set_public_key_sha256("0d1e");
    old.mutable_revoke_time()->set_seconds(1795335999);
    return behaviour_.status;
  }

 private:
  static void Fill(const std::string& name, v1::System& system) {
    system.set_organisation("ods:X0A");
    system.set_name(name);
    system.set_state(v1::SYSTEM_STATE_ACTIVE);
    v1::SystemCertificate& certificate = *system.add_certificates();
    certificate.set_public_key_sha256("ab12");
    certificate.mutable_end_time()->set_seconds(4'102'444'800);
  }
  FakeBehaviour& behaviour_;
};

// Two of five people have been gone for long enough.
class PersonalData final : public v1::PersonalDataService::Service {
 public:
  explicit PersonalData(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status ErasePerson(grpc::ServerContext*, const v1::ErasePersonRequest* request,
                           v1::ErasePersonResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.erase = *request;
    *response = behaviour_.erased;
    return behaviour_.status;
  }
  grpc::Status ReportRetention(grpc::ServerContext*, const v1::ReportRetentionRequest* request,
                               v1::ReportRetentionResponse* response) override {
    behaviour_.report_retention = *request;
    Fill(*response->add_lines());
    return behaviour_.status;
  }
  grpc::Status ApplyRetention(grpc::ServerContext*, const v1::ApplyRetentionRequest* request,
                              v1::ApplyRetentionResponse* response) override {
    behaviour_.apply_retention = *request;
    behaviour_.request_ids.push_back(request->request_id());
    Fill(*response->add_lines());
    return behaviour_.status;
  }

 private:
  static void Fill(v1::RetentionLine& line) {
    line.set_rule("leavers");
    line.set_what("person");
    line.set_keep_days(2192);
    line.set_kept(5);
    line.set_due(2);
    line.set_why("six years");
  }
  FakeBehaviour& behaviour_;
};

class Keys final : public v1::KeysService::Service {
 public:
  explicit Keys(FakeBehaviour& behaviour) : behaviour_(behaviour) {}
  grpc::Status CompromiseKey(grpc::ServerContext*, const v1::CompromiseKeyRequest* request,
                             v1::CompromiseKeyResponse* response) override {
    behaviour_.request_ids.push_back(request->request_id());
    behaviour_.compromise_key = *request;
    response->set_replaced_by(behaviour_.replaced_by);
    return behaviour_.status;
  }

 private:
  FakeBehaviour& behaviour_;
};

}  // namespace

struct FakeService::Parts {
  FakeBehaviour behaviour;
  Registrar registrar{behaviour};
  Issuer issuer{behaviour};
  Holder holder{behaviour};
  Verifier verifier{behaviour};
  System system{behaviour};
  PersonalData personal_data{behaviour};
  Keys keys{behaviour};
  FakePassportService passports{behaviour.passports};
  std::unique_ptr<grpc::Server> server;
  int port = 0;
};

FakeService::FakeService() : parts_(std::make_unique<Parts>()) {
  std::string pattern = ::testing::TempDir() + "fake-service-XXXXXX";
  folder_ = mkdtemp(pattern.data());
  SystemRandom random;
  const auto authority_of = [&] {
    return CertificateAuthority::Create("A test authority", Now(), 30,
                                        std::make_shared<PrivateKey>(PrivateKey::Generate().value()), random)
        .value();
  };
  const CertificateAuthority authority = authority_of();
  const CertificateAuthority other = authority_of();
  const CallerIdentity caller{OrganisationId::Parse("ods:X0A").value(), SystemName::Parse("hr").value()};
  const IssuedCertificate server =
      authority.IssueServer({"test", {"localhost"}, {"127.0.0.1"}}, Now(), 10, random).value();
  const IssuedCertificate client = authority.IssueClient(caller, Now(), 10, random).value();
  const IssuedCertificate stranger = other.IssueClient(caller, Now(), 10, random).value();
  WriteOwn(folder_ + "/ca.pem", authority.certificate_pem());
  WriteOwn(folder_ + "/client.pem", client.certificate_pem);
  WriteOwn(folder_ + "/client.key", TextOf(client.private_key_pem));
  WriteOwn(folder_ + "/stranger.pem", stranger.certificate_pem);
  WriteOwn(folder_ + "/stranger.key", TextOf(stranger.private_key_pem));

  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = authority.certificate_pem();
  tls.pem_key_cert_pairs.push_back({std::string(TextOf(server.private_key_pem)), server.certificate_pem});
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &parts_->port);
  builder.RegisterService(&parts_->registrar);
  builder.RegisterService(&parts_->issuer);
  builder.RegisterService(&parts_->holder);
  builder.RegisterService(&parts_->verifier);
  builder.RegisterService(&parts_->system);
  builder.RegisterService(&parts_->personal_data);
  builder.RegisterService(&parts_->keys);
  builder.RegisterService(&parts_->passports);
  parts_->server = builder.BuildAndStart();
}

FakeService::~FakeService() {
  Stop();
  std::filesystem::remove_all(folder_);
}

void FakeService::Stop() {
  if (parts_->server) parts_->server->Shutdown(std::chrono::system_clock::now());
}

FakeBehaviour& FakeService::behaviour() { return parts_->behaviour; }
std::string FakeService::address() const { return "127.0.0.1:" + std::to_string(parts_->port); }

TypedRun Type(const FakeService& service, std::vector<std::string> words, bool terminal) {
  words.insert(words.begin(), {"--server", service.address(), "--tls", service.tls()});
  return TypeBare(words, terminal);
}

TypedRun TypeBare(const std::vector<std::string>& words, bool terminal) {
  const std::vector<AddCommand> commands = {
      AddOrganisationCommand, AddSystemCommand,   AddRetentionCommand, AddTaxonomyCommand,  AddProfileCommand,
      AddRegistryCommand,     AddPersonCommand,   AddReviewCommand,    AddImportCommand,    AddIssueCommand,
      AddCredentialCommand,   AddHoldingCommand,  AddPresentCommand,   AddChallengeCommand, AddVerifyCommand,
      AddOverrideCommand,     AddEvidenceCommand, AddCountCommand,     AddReissueCommand,   AddKeysCommand,
      AddDisputeCommand};
  std::vector<const char*> pointers = {"passportctl"};
  for (const std::string& word : words) pointers.push_back(word.c_str());
  std::ostringstream output;
  std::ostringstream errors;
  SystemRandom random;
  Surroundings around{.input = -1,
                      .output = output,
                      .errors = errors,
                      .output_is_terminal = terminal,
                      .clock = [] { return Instant{1795335999}; },
                      .pause = [](std::chrono::milliseconds) {},
                      .random = random};
  const Ending ending = RunPassportctl(static_cast<int>(pointers.size()), pointers.data(), commands, around);
  return {ending, output.str(), errors.str()};
}

}  // namespace passport
