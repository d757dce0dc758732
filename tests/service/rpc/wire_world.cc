#include "tests/service/rpc/wire_world.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <spdlog/sinks/ostream_sink.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <map>
#include <sstream>

#include "credential/crypto/jwk.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "keys/file_key_store.h"
#include "keys/private_key.h"
#include "keys/system_random.h"
#include "passport-service/publish/static_files.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

Secret SecretOf(std::string_view text) {
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

std::string TextOfSecret(const Secret& secret) {
  return {reinterpret_cast<const char*>(secret.bytes().data()), secret.size()};
}

template <class Write>
std::string Pem(const Write& write) {
  BIO* memory = BIO_new(BIO_s_mem());
  write(memory);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

void AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  ASSERT_NE(extension, nullptr) << value;
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// An authority that signs whatever it is asked to.
class OddAuthority {
 public:
  OddAuthority() : key_(EVP_EC_gen("P-256")), certificate_(Make(key_, nullptr)) {
    AddExtension(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate_, key_, EVP_sha256());
  }
  OddAuthority(const OddAuthority&) = delete;
  OddAuthority& operator=(const OddAuthority&) = delete;
  ~OddAuthority() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }
  std::string pem() const {
    return Pem([&](BIO* out) { PEM_write_bio_X509(out, certificate_); });
  }
  ClientIdentity Sign(const std::string& names, const std::string& use) const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = Make(key, certificate_);
    if (!names.empty()) AddExtension(certificate, certificate_, NID_subject_alt_name, names);
    AddExtension(certificate, certificate_, NID_ext_key_usage, use);
    X509_sign(certificate, key_, EVP_sha256());
    ClientIdentity identity{Pem([&](BIO* out) { PEM_write_bio_X509(out, certificate); }), Pem([&](BIO* out) {
                              PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
                            })};
    X509_free(certificate);
    EVP_PKEY_free(key);
    return identity;
  }

 private:
  static X509* Make(EVP_PKEY* key, X509* issuer) {
    static long serial = 1;
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    const std::string name = issuer == nullptr ? "odd authority" : "odd client";
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer == nullptr ? certificate : issuer));
    return certificate;
  }
  EVP_PKEY* key_;
  X509* certificate_;
};

CertificateAuthority MakeAuthority(Random& random) {
  auto key = std::make_shared<PrivateKey>(PrivateKey::Generate().value());
  return CertificateAuthority::Create("test authority", SystemClock().Now(), 30, key, random).value();
}

ClientIdentity ClientOf(const CertificateAuthority& authority, const std::string& organisation,
                        const std::string& system, Random& random) {
  const IssuedCertificate issued = authority
                                       .IssueClient({.organisation = OrganisationId::Parse(organisation).value(),
                                                     .system = SystemName::Parse(system).value()},
                                                    SystemClock().Now(), 1, random)
                                       .value();
  return {issued.certificate_pem, TextOfSecret(issued.private_key_pem)};
}

TlsFiles ServerFiles(const CertificateAuthority& authority, Random& random, std::string client_authority_pem) {
  const IssuedCertificate certificate =
      authority
          .IssueServer({.common_name = "test", .dns = {"localhost"}, .ip = {"127.0.0.1"}}, SystemClock().Now(), 1,
                       random)
          .value();
  return {.certificate = certificate.certificate_pem,
          .private_key = TextOfSecret(certificate.private_key_pem),
          .client_authority = std::move(client_authority_pem)};
}

FileKeyStore MakeKeys(const std::filesystem::path& folder, Random& random) {
  const Secret passphrase = SecretOf("a passphrase for tests");
  EXPECT_TRUE(FileKeyStore::Create(folder, passphrase, kLeastCost, random).ok());
  FileKeyStore keys = FileKeyStore::Open(folder, passphrase, kLeastCost, random).value();
  for (const KeyRole role : {KeyRole::kRegistry, KeyRole::kSeal, KeyRole::kReceipt, KeyRole::kIndex}) {
    EXPECT_TRUE(keys.Generate(KeyOwner::Service(), role, KeyState::kActive, SystemClock().Now()).ok());
  }
  return keys;
}

constexpr PublishTerms kTerms{.registry_lifetime = {86'400},
                              .status_lifetime = {86'400},
                              .status_ttl = {300},
                              .freshness = {.status_age_max = {900}, .registry_grace = {86'400}}};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "passport-test-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

struct WireWorld::Parts {
  TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  MemoryStore store;
  FileKeyStore keys = MakeKeys(folder.path() / "keys", random);
  PersonVault vault{store, keys, random};
  StaticFiles files = StaticFiles::Open(folder.path() / "published").value();
  CurrentTrust trust;
  AdmitCaller admit_caller{store, clock};
  AuditRefusal audit_refusal{store, clock};
  KeepKeys keep_keys{store, keys, trust, clock, kYearlyRotation};
  KeepSystems keep_systems{store, clock};
  RegistryEffects effects{store, keys, random, PublishedBase{"https://passport.example"}};
  EnrolOrganisation enrol_organisation{store, clock, effects};
  ProposeChange propose_change{store, clock, effects};
  ReadProposals read_proposals{store, keys, clock, effects};
  SignProposal sign_proposal{store, clock, effects};
  RejectProposal reject_proposal{store, clock};
  ListAffected list_affected{store, keys, clock};
  PutRules put_rules{store, clock};
  Publish publish{store, keys, files, trust, clock, random, kTerms};
  EnrolPerson enrol_person{store, keys, vault, random, clock};
  ErasePerson erase_person{store, vault, clock};
  ApplyRetention apply_retention{store, vault, clock, std::nullopt};
  WordCheck words = [this](const Record& record, const CivilDay& day) { return CheckWords(trust, record, day); };
  IssueCredentials issue_credentials{store, keys, vault, random, clock, Seconds{86'400}, words};
  ReissueCredentials reissue_credentials{store, keys, issue_credentials, clock};
  StageImport stage_import{store, vault, clock, words};
  ReviewImport review_import{store, vault, clock};
  ResolveDraft resolve_draft{store, vault, clock};
  IssueImport issue_import{store, vault, clock, issue_credentials};
  ReadCredentials read_credentials{store, vault, clock};
  ChangeStanding change_standing{store, vault, clock};
  PresentPassport present_passport{store, keys, vault, trust, clock};
  AskForPresentation ask_for_presentation{store, random, clock};
  CheckPresentation check_presentation{store, keys, vault, trust, clock};
  OverrideDecision override_decision{store, vault, trust, clock};
  ReadOverrides read_overrides{store, vault, clock};
  ReadEvidence read_evidence{store, keys, vault, clock};
  CountReliances count_reliances{store, clock};
  ExportAudit export_audit{store, keys, clock};
  AdmitHolder admit_holder{store, clock, {kPeopleName}};
  InvitePerson invite_person{store, vault, trust, random, clock};
  RenewShares renew_shares{store, keys, vault, trust, clock};
  RebindPassport rebind_passport{store, keys, vault, random, clock, issue_credentials, renew_shares.AsTurn()};
  RedeemInvitation redeem_invitation{store, vault, random, clock, BringsTheNewKey(vault, rebind_passport)};
  ReceiveRecords receive_records{store, keys, vault, clock};
  MovePassport move_passport{store, rebind_passport, clock};
  JoinPassport join_passport{store, rebind_passport, clock};
  ReportLoss report_loss{store, random, clock};
  ReplacePassport replace_passport{store, vault, trust, random, clock, rebind_passport};
  UndoReplacement undo_replacement{store, rebind_passport, clock};
  AcceptRecord accept_record{store, clock};
  DisputeRecord dispute_record{store, vault, clock};
  ReadDisputes read_disputes{store, vault, clock};
  SettleDispute settle_dispute{store, vault, clock};
  EndEmployment end_employment{store, vault, trust, clock};
  AskForShare ask_for_share{store, vault, random, trust, clock};
  ReadShareRequest read_share_request{store, vault, trust, clock};
  AnswerShare answer_share{store, keys, vault, trust, clock};
  LookAtShare look_at_share{store, keys, vault, trust, clock};
  EndShare end_share{store, vault, clock};
  RenewShare renew_share{store, vault, trust, clock};
  ListShares list_shares{store, clock};
  ListLooks list_looks{store, vault, trust, clock};
  ReadShareNotices read_share_notices{store, clock};
  ExportPassport export_passport{store, keys, vault, trust, clock};
  ErasePassport erase_passport{store, vault, clock, rebind_passport, apply_retention.rules()};
  IssueBadge issue_badge{store, keys, vault, random, clock};
  UnlockPassport unlock_passport{store, vault, trust, random, clock};
  CheckRoster check_roster{store, keys, vault, random, trust, clock, {}};
  CertificateAuthority authority = MakeAuthority(random);
  OddAuthority odd_authority;
  TlsFiles tls;
  struct Known {
    ClientIdentity identity;
    Roles roles;
    bool registered = false;
  };
  std::map<std::string, Known> clients;  // by organisation and system
  std::atomic<int> changes = 0;
  std::ostringstream log;
  std::unique_ptr<Server> server;
};

WireWorld::WireWorld(const ServerLimits& limits) : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  EXPECT_TRUE(p.enrol_organisation.EnrolRegistrar(OrganisationId::Parse(kRegistrar).value(), "The registrar").ok());
  p.tls = ServerFiles(p.authority, p.random, p.authority.certificate_pem() + p.odd_authority.pem());
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.listen_people = "127.0.0.1:0";
  options.tls = p.tls;
  options.limits = limits;
  options.log = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(p.log));
  options.changed = [&p] { ++p.changes; };
  const Acts acts{
      p.admit_caller,        p.audit_refusal,      p.keep_keys,        p.keep_systems,       p.enrol_organisation,
      p.propose_change,      p.read_proposals,     p.sign_proposal,    p.reject_proposal,    p.list_affected,
      p.reissue_credentials, p.put_rules,          p.publish,          p.enrol_person,       p.erase_person,
      p.apply_retention,     p.issue_credentials,  p.read_credentials, p.change_standing,    p.stage_import,
      p.review_import,       p.resolve_draft,      p.issue_import,     p.present_passport,   p.ask_for_presentation,
      p.check_presentation,  p.override_decision,  p.read_overrides,   p.read_evidence,      p.count_reliances,
      p.export_audit,        p.admit_holder,       p.invite_person,    p.redeem_invitation,  p.receive_records,
      p.move_passport,       p.join_passport,      p.report_loss,      p.replace_passport,   p.undo_replacement,
      p.accept_record,       p.dispute_record,     p.read_disputes,    p.settle_dispute,     p.end_employment,
      p.ask_for_share,       p.read_share_request, p.answer_share,     p.look_at_share,      p.end_share,
      p.renew_share,         p.list_shares,        p.list_looks,       p.read_share_notices, p.issue_badge,
      p.export_passport,     p.unlock_passport,    p.erase_passport,   p.check_roster};
  auto server = Server::Start(options, acts);
  EXPECT_TRUE(server.ok()) << (server.ok() ? "" : server.fault().detail);
  p.server = std::move(server).value();
}

WireWorld::~WireWorld() = default;

MemoryStore& WireWorld::store() { return parts_->store; }
Server& WireWorld::server() { return *parts_->server; }
Publish& WireWorld::publish() { return parts_->publish; }
std::string WireWorld::log() const { return parts_->log.str(); }
int WireWorld::changes() const { return parts_->changes; }
int WireWorld::port() const { return parts_->server->port(); }

ClientIdentity WireWorld::Client(const std::string& organisation, const std::string& system, Roles roles) const {
  const auto [at, fresh] = parts_->clients.try_emplace(organisation + " " + system);
  if (fresh) at->second = {Unregistered(organisation, system), roles};
  Register();
  return at->second.identity;
}

ClientIdentity WireWorld::Unregistered(const std::string& organisation, const std::string& system) const {
  return ClientOf(parts_->authority, organisation, system, parts_->random);
}

void WireWorld::Register() const {
  for (auto& [name, client] : parts_->clients) {
    if (client.registered) continue;
    client.registered = parts_->keep_systems.PutByHand(client.roles, client.identity.certificate_pem).ok();
  }
}

ClientIdentity WireWorld::OddClient(const std::string& names, const std::string& use) const {
  return parts_->odd_authority.Sign(names, use);
}

ClientIdentity WireWorld::Stranger(const std::string& organisation) const {
  return ClientOf(MakeAuthority(parts_->random), organisation, "hr", parts_->random);
}

std::shared_ptr<grpc::Channel> WireWorld::Connect(const ClientIdentity& identity) const {
  return ConnectTrusting(parts_->authority.certificate_pem(), identity);
}

TlsFiles WireWorld::Tls() const { return parts_->tls; }

WireWorld::OtherTls WireWorld::MakeOtherTls() const {
  const CertificateAuthority other = MakeAuthority(parts_->random);
  return {ServerFiles(other, parts_->random, parts_->tls.client_authority), other.certificate_pem()};
}

Instant SystemClockNow() { return SystemClock().Now(); }

std::shared_ptr<grpc::Channel> WireWorld::ConnectTrusting(const std::string& authority_pem,
                                                          const ClientIdentity& identity) const {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = authority_pem;
  tls.pem_private_key = identity.key_pem;
  tls.pem_cert_chain = identity.certificate_pem;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // no connection is shared between callers
  return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port()), grpc::SslCredentials(tls), arguments);
}

std::shared_ptr<grpc::Channel> WireWorld::ConnectAsPerson() const {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = parts_->authority.certificate_pem();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(parts_->server->people_port()),
                                   grpc::SslCredentials(tls), arguments);
}

void WireWorld::PutTaxonomies() {
  const auto registrar = v1::RegistrarService::NewStub(Connect(kRegistrar));
  for (const char* const name : {"training", "regulators", "workforce"}) {
    std::ifstream file(std::string("rules/taxonomies/") + name + ".json");
    v1::PutRulesRequest request;
    request.set_request_id(std::string("put-") + name);
    request.set_kind(v1::RULE_KIND_TAXONOMY);
    request.set_json({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    v1::PutRulesResponse response;
    const grpc::Status status = registrar->PutRules(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  EXPECT_TRUE(publish()().ok());
}

KeySet WireWorld::Pinned() const {
  const auto signer = parts_->keys.SignerFor(KeyOwner::Service(), KeyRole::kRegistry).value();
  KeySet pinned;
  pinned.Add(Thumbprint(signer->public_key().point()), signer->public_key());
  return pinned;
}

std::string WireWorld::Settle() {
  const auto registrar = v1::RegistrarService::NewStub(Connect(kRegistrar));
  const auto enrol = [&](const char* id, const std::vector<std::string>& kinds) {
    v1::EnrolOrganisationRequest request;
    request.set_request_id("enrol-" + std::string(id).substr(4));
    request.mutable_organisation()->set_organisation_id(id);
    request.mutable_organisation()->set_legal_name("An organisation");
    request.mutable_organisation()->set_type("nhs_trust");
    for (const std::string& kind : kinds) request.mutable_organisation()->add_record_kinds(kind);
    v1::EnrolOrganisationResponse response;
    const grpc::Status status = registrar->EnrolOrganisation(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  };
  enrol(kEmployer, {"mandatory_training", "employment"});
  enrol(kReceiver, {});
  Register();
  v1::EnrolPersonRequest person;
  person.set_request_id("person-1001");
  person.set_employee_number("1001");
  v1::EnrolPersonResponse enrolled;
  const grpc::Status status =
      v1::IssuerService::NewStub(Connect(kEmployer))->EnrolPerson(Soon().get(), person, &enrolled);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(publish()().ok());
  return enrolled.passport_code();
}

std::string WireWorld::IssueTraining(const std::string& request_id, const std::string& subject) {
  v1::IssueCredentialRequest request;
  request.set_request_id(request_id);
  request.set_employee_number("1001");
  *request.mutable_record() = TrainingRecord();
  (*request.mutable_record()->mutable_fields())["subject"] = subject;
  v1::IssueCredentialResponse response;
  const grpc::Status status =
      v1::IssuerService::NewStub(Connect(kEmployer))->IssueCredential(Soon().get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.credential_id();
}

std::unique_ptr<grpc::ClientContext> Soon(int seconds) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(seconds));
  return context;
}

std::string ErrorWord(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (!details.ParseFromString(status.error_details()) || details.details_size() == 0) return "";
  if (!details.details(0).UnpackTo(&info)) return "";
  EXPECT_EQ(info.domain(), "staffpassport");
  EXPECT_EQ(details.code(), static_cast<int>(status.error_code()));
  return info.reason();
}

v1::Record TrainingRecord(const std::string& level) {
  v1::Record record;
  record.set_kind("mandatory_training");
  auto& fields = *record.mutable_fields();
  fields["subject"] = "moving_and_handling";
  fields["level"] = level;
  fields["achieved_on"] = "2025-03-01";
  fields["assurance"] = "employer_verified";
  fields["method"] = "learning_record";
  fields["checker_role"] = "workforce_information";
  fields["checked_on"] = "2025-03-01";
  return record;
}

}  // namespace passport
