// The program from the outside: exit codes, what it says, what it leaves.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "credential/passport/holder_proof.h"
#include "keys/file_key_store.h"
#include "keys/private_key.h"
#include "keys/system_random.h"
#include "passport-service/system_clock.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "tests/service/commands/service_process.h"
#include "tests/support/openssl_command.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;

std::unique_ptr<grpc::ClientContext> Soon() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  return context;
}

unsigned ModeOf(const std::filesystem::path& path) {
  return static_cast<unsigned>(std::filesystem::status(path).permissions());
}

std::size_t ResidentBytes(pid_t pid) {
  std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

grpc::Status Publish(const ServiceProcess& service, const std::string& id) {
  v1::PublishRequest request;
  request.set_request_id(id);
  v1::PublishResponse response;
  return v1::RegistrarService::NewStub(service.Connect("tls", "registrar"))->Publish(Soon().get(), request, &response);
}

// Enrols ods:X0A with a certificate in the folder "hr".
void EnrolEmployer(const ServiceProcess& service) {
  ASSERT_EQ(service
                .Run({"certificate", "--keys", service.folder() / "keys", "--passphrase-file",
                      service.folder() / "passphrase", "--tls", service.folder() / "tls", "--organisation", "ods:X0A",
                      "--system", "hr", "--out", service.folder() / "hr"})
                .code,
            0);
  v1::EnrolOrganisationRequest request;
  request.set_request_id("enrol");
  request.mutable_organisation()->set_organisation_id("ods:X0A");
  request.mutable_organisation()->set_legal_name("A trust");
  request.mutable_organisation()->set_type("nhs_trust");
  request.mutable_organisation()->add_record_kinds("mandatory_training");
  v1::EnrolOrganisationResponse response;
  const grpc::Status status = v1::RegistrarService::NewStub(service.Connect("tls", "registrar"))
                                  ->EnrolOrganisation(Soon().get(), request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  v1::PutSystemRequest put;
  put.set_request_id("hr");
  put.set_organisation("ods:X0A");
  put.set_system("hr");
  put.add_roles(v1::ROLE_ISSUER_CLERK);
  put.add_roles(v1::ROLE_VERIFIER);
  put.set_certificate_pem(ReadWhole(service.folder() / "hr" / "client.pem"));
  v1::PutSystemResponse system;
  const grpc::Status may_call =
      v1::SystemService::NewStub(service.Connect("tls", "registrar"))->PutSystem(Soon().get(), put, &system);
  ASSERT_TRUE(may_call.ok()) << may_call.error_message();
}

// The words with another value for one flag.
std::vector<std::string> With(std::vector<std::string> words, const std::string& flag, const std::string& value) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == flag) words[i + 1] = value;
  }
  return words;
}

TEST(PassportService, InitMakesAServiceWithItsSecretsClosedAndCheckFindsItWhole) {
  const ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  for (const char* name : {"ca.pem", "server.pem", "server.key", "registrar.pem", "registrar.key", "anchor.jwk"}) {
    EXPECT_TRUE(std::filesystem::exists(service.folder() / "tls" / name)) << name;
  }
  EXPECT_EQ(ModeOf(service.folder() / "tls/server.key"), 0600U);
  EXPECT_EQ(ModeOf(service.folder() / "tls/registrar.key"), 0600U);
  EXPECT_EQ(ModeOf(service.folder() / "keys"), 0700U);
  const Ended check = service.Run({"check", "--data", service.folder() / "data"});
  EXPECT_EQ(check.code, 0) << check.errors;
  EXPECT_NE(check.output.find("organisations 1\n"), std::string::npos);
  EXPECT_NE(check.output.find("violations 0\n"), std::string::npos);
  EXPECT_EQ(service.Init().code, 65);  // there is one already
}

TEST(PassportService, AnInitThatCanNotFinishLeavesNothing) {
  const ServiceProcess service;
  const Ended ended = service.Run({"init", "--data", service.folder() / "data", "--keys", service.folder() / "keys",
                                   "--published", service.folder() / "published", "--registrar", "ods:X0R", "--name",
                                   std::string(200, 'n'), "--base-uri", "https://passport.example", "--passphrase-file",
                                   service.folder() / "passphrase", "--tls-out", service.folder() / "tls"});
  EXPECT_EQ(ended.code, 64) << ended.errors;
  EXPECT_FALSE(std::filesystem::exists(service.folder() / "data"));
  EXPECT_FALSE(std::filesystem::exists(service.folder() / "keys"));
  EXPECT_FALSE(std::filesystem::exists(service.folder() / "tls"));
}

TEST(PassportService, EveryReasonNotToStartHasItsExitCodeAndNamesTheThing) {
  ServiceProcess service;
  const auto& folder = service.folder();
  EXPECT_EQ(service.Run({}).code, 64);
  EXPECT_EQ(service.Run({"frobnicate"}).code, 64);
  EXPECT_EQ(service.Run({"run", "--data", "x"}).code, 64);
  EXPECT_EQ(service.Run({"--help"}).code, 0);
  EXPECT_EQ(service.Run(service.RunWords()).code, 71);  // no TLS files
  ASSERT_EQ(service.Init().code, 0);

  const auto with = [&](const std::string& flag, const std::string& value) {
    return service.Run(With(service.RunWords(), flag, value));
  };
  const Ended missing = with("--data", folder / "nowhere");
  EXPECT_EQ(missing.code, 65);
  EXPECT_NE(missing.errors.find("nowhere"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
  WriteWhole(folder / "wrong", "another passphrase\n");
  EXPECT_EQ(with("--passphrase-file", folder / "wrong").code, 68);
  EXPECT_EQ(with("--passphrase-file", folder / "nothing").code, 68);
  EXPECT_EQ(with("--keys", folder / "nothing").code, 67);
  std::filesystem::permissions(folder / "keys", std::filesystem::perms(0755));
  EXPECT_EQ(service.Run(service.RunWords()).code, 67);
  std::filesystem::permissions(folder / "keys", std::filesystem::perms(0700));
  std::filesystem::permissions(folder / "tls/server.key", std::filesystem::perms(0644));
  EXPECT_EQ(service.Run(service.RunWords()).code, 71);
  std::filesystem::permissions(folder / "tls/server.key", std::filesystem::perms(0600));
  WriteWhole(folder / "bad.json", R"({"data": 7})");
  EXPECT_EQ(service.Run({"run", "--config", folder / "bad.json"}).code, 64);
  EXPECT_EQ(with("--listen", "127.0.0.1").code, 72);
  EXPECT_EQ(with("--listen", "no.such.host.invalid:0").code, 72);

  ASSERT_TRUE(service.Start());
  EXPECT_EQ(with("--listen", "127.0.0.1:0").code, 65);  // the data folder is in use
  EXPECT_EQ(service.Run({"check", "--data", folder / "data"}).code, 65);
  const std::string taken = "127.0.0.1:" + std::to_string(service.port());
  ServiceProcess other;
  ASSERT_EQ(other.Init().code, 0);
  const Ended busy = other.Run(With(other.RunWords(), "--listen", taken));
  EXPECT_EQ(busy.code, 72);
  EXPECT_NE(busy.errors.find(taken), std::string::npos) << busy.errors;
  EXPECT_EQ(service.Stop(SIGTERM).code, 0);
}

// The keys of the service that have a role, by their ids.
std::vector<std::string> ServiceKeys(const ServiceProcess& service, KeyRole role) {
  constexpr std::string_view kWords = "a passphrase for tests";
  const Secret words(std::span(reinterpret_cast<const std::uint8_t*>(kWords.data()), kWords.size()));
  SystemRandom random;
  const FileKeyStore keys = FileKeyStore::Open(service.folder() / "keys", words, kProductionCost, random).value();
  std::vector<std::string> kids;
  for (const KeyInfo& info : keys.List()) {
    if (info.owner == KeyOwner::Service() && info.role == role) kids.push_back(info.kid);
  }
  return kids;
}

TEST(PassportService, AKeyStoreOfYesterdayGetsTheKeysItNeverHad) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  const std::vector<std::string> registry = ServiceKeys(service, KeyRole::kRegistry);
  for (const KeyRole role : {KeyRole::kReceipt, KeyRole::kIndex}) {
    for (const std::string& kid : ServiceKeys(service, role))
      ASSERT_TRUE(std::filesystem::remove(service.folder() / "keys" / (kid + ".key")));
    ASSERT_TRUE(ServiceKeys(service, role).empty());
  }
  ASSERT_TRUE(service.Start());
  EXPECT_EQ(service.Stop(SIGTERM).code, 0);
  const std::vector<std::string> receipt = ServiceKeys(service, KeyRole::kReceipt);
  ASSERT_EQ(receipt.size(), 1U);
  EXPECT_EQ(ServiceKeys(service, KeyRole::kIndex).size(), 1U);
  EXPECT_EQ(ServiceKeys(service, KeyRole::kRegistry), registry);
  ASSERT_TRUE(service.Start());
  EXPECT_EQ(service.Stop(SIGTERM).code, 0);
  EXPECT_EQ(ServiceKeys(service, KeyRole::kReceipt), receipt) << "once";
}

TEST(PassportService, PeopleHaveAPortOfTheirOwn) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  const auto wallet = v1::WalletService::NewStub(service.ConnectAsPerson());
  v1::RedeemResponse response;
  const grpc::Status status = wallet->Redeem(Soon().get(), v1::RedeemRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << status.error_message();
  const auto registrar = v1::RegistrarService::NewStub(service.ConnectAsPerson());
  v1::PublishRequest request;
  request.set_request_id("p");
  v1::PublishResponse published;
  EXPECT_EQ(registrar->Publish(Soon().get(), request, &published).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(service.Stop(SIGTERM).code, 0);
  EXPECT_THAT(ReadWhole(service.folder() / "run.out"),
              ::testing::HasSubstr("for people on port " + std::to_string(service.people_port())));
}

TEST(PassportService, OneCallIsOneLineWithoutPersonalData) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  EnrolEmployer(service);
  const auto issuer = v1::IssuerService::NewStub(service.Connect("hr", "client"));
  v1::EnrolPersonRequest request;
  request.set_request_id("person-1");
  request.set_employee_number("SECRET-77");
  v1::EnrolPersonResponse response;
  ASSERT_TRUE(issuer->EnrolPerson(Soon().get(), request, &response).ok());
  request.set_request_id("has blank SECRET");
  EXPECT_FALSE(issuer->EnrolPerson(Soon().get(), request, &response).ok());
  const Ended ended = service.Stop(SIGINT);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_NE(ended.errors.find("call EnrolPerson by ods:X0A/hr done"), std::string::npos) << ended.errors;
  EXPECT_NE(ended.errors.find("request person-1"), std::string::npos) << ended.errors;
  EXPECT_NE(ended.errors.find("call EnrolPerson by ods:X0A/hr field_invalid"), std::string::npos) << ended.errors;
  EXPECT_EQ(ended.errors.find("SECRET"), std::string::npos) << ended.errors;
  EXPECT_NE(ended.output.find("ready on port"), std::string::npos);
}

std::vector<std::string> CertificateWords(const ServiceProcess& service, const std::string& out) {
  return {"certificate",
          "--keys",
          service.folder() / "keys",
          "--passphrase-file",
          service.folder() / "passphrase",
          "--tls",
          service.folder() / "tls",
          "--out",
          service.folder() / out};
}

std::vector<std::string> Joined(std::vector<std::string> words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The key is made by openssl, as a system elsewhere would make it.
TEST(PassportService, ASystemElsewhereKeepsTheKeyItMade) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  OpensslCommand openssl;
  const auto ask = [&](const std::string& curve) {
    const ProcessEnd made = openssl.Run({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + curve,
                                         "-nodes", "-keyout", "own.key", "-subj", "/CN=somebody else"});
    EXPECT_EQ(made.exit_code, 0) << made.errors;
    std::ofstream(service.folder() / "own.csr") << made.output;
  };
  const std::vector<std::string> whose = {"--organisation", "ods:X0A", "--system", "hr"};
  const auto certify = [&](const std::vector<std::string>& more) {
    return service.Run(
        Joined(Joined(CertificateWords(service, "hr"), more), {"--request", service.folder() / "own.csr"}));
  };
  ask("P-256");
  EXPECT_EQ(certify({"--server"}).code, 64);
  ASSERT_EQ(certify(whose).code, 0);
  EXPECT_FALSE(std::filesystem::exists(service.folder() / "hr" / "client.key"));
  const std::string certificate = ReadWhole(service.folder() / "hr" / "client.pem");
  openssl.Write("client.pem", certificate);
  const ProcessEnd own = openssl.Run({"pkey", "-in", "own.key", "-pubout"});
  EXPECT_EQ(openssl.Run({"x509", "-in", "client.pem", "-noout", "-pubkey"}).output, own.output);
  const ProcessEnd text = openssl.Run({"x509", "-in", "client.pem", "-noout", "-text"});
  EXPECT_NE(text.output.find("URI:spiffe://staff-passport/org/ods:X0A/sys/hr"), std::string::npos) << text.output;
  EXPECT_EQ(text.output.find("somebody else"), std::string::npos) << "who signs it says whose it is";

  ask("P-384");
  const Ended other_curve = certify(whose);
  EXPECT_EQ(other_curve.code, 71) << other_curve.errors;
  EXPECT_NE(other_curve.errors.find("own.csr"), std::string::npos) << other_curve.errors;
  std::ofstream(service.folder() / "own.csr") << "no request";
  EXPECT_EQ(certify(whose).code, 71);
  EXPECT_EQ(ReadWhole(service.folder() / "hr" / "client.pem"), certificate) << "the good one stays";
}

TEST(PassportService, ARegistrarThatLostItsKeysIsLetInByHand) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_EQ(
      service.Run(Joined(CertificateWords(service, "new"), {"--organisation", "ods:X0R", "--system", "new-desk"})).code,
      0);
  const std::vector<std::string> words = {
      "register", "--data", service.folder() / "data", "--certificate", service.folder() / "new/client.pem", "--role"};
  EXPECT_EQ(service.Run(Joined(words, {"boss"})).code, 64);
  const Ended registered = service.Run(Joined(words, {"registrar", "--role", "operator"}));
  EXPECT_EQ(registered.code, 0) << registered.errors;
  EXPECT_EQ(registered.output, "system new-desk of ods:X0R may call with this certificate as registrar operator\n");
  EXPECT_NE(service.Run(With(Joined(words, {"registrar"}), "--certificate", service.folder() / "tls/server.pem")).code,
            0)
      << "it names no system";
  ASSERT_TRUE(service.Start());
  v1::PublishRequest request;
  request.set_request_id("p1");
  v1::PublishResponse response;
  EXPECT_TRUE(
      v1::RegistrarService::NewStub(service.Connect("new", "client"))->Publish(Soon().get(), request, &response).ok());
}

// Waits until the log says so.
bool Says(const ServiceProcess& service, const std::string& words) {
  for (int tries = 0; tries < 200; ++tries) {
    if (ReadWhole(service.folder() / "run.err").find(words) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST(PassportService, TlsFilesAreReplacedWithoutARestartAndBadOnesAreNotUsed) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  const auto open = v1::RegistrarService::NewStub(service.Connect("tls", "registrar"));
  const std::string key = ReadWhole(service.folder() / "tls/server.key");
  WriteWhole(service.folder() / "tls/server.key", ReadWhole(service.folder() / "tls/registrar.key"));
  EXPECT_TRUE(Says(service, "the server's private key is not that of its certificate"));
  EXPECT_TRUE(Publish(service, "during").ok()) << "new connections get the files of before";
  WriteWhole(service.folder() / "tls/server.key", key);
  ASSERT_EQ(service.Run(Joined(CertificateWords(service, "tls"), {"--server"})).code, 0);
  EXPECT_TRUE(Says(service, "TLS files replaced"));
  EXPECT_TRUE(Publish(service, "after").ok());
  v1::PublishRequest request;
  request.set_request_id("open");
  v1::PublishResponse response;
  EXPECT_TRUE(open->Publish(Soon().get(), request, &response).ok()) << "the connection of before";
}

TEST(PassportService, AProofIsForAHostOfItsCertificateAndOfTheNextOne) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  SystemRandom random;
  PrivateKey nobodys = PrivateKey::Generate().value();
  const auto is_for_it = [&](const std::string& host) {
    const v1::ListMyDisputesRequest request;
    const auto proof = MakeHolderProof(host, {.path = "/staffpassport.v1.WalletService/ListMyDisputes", .request = ""},
                                       SystemClock().Now(), random, nobodys);
    const auto context = Soon();
    context->AddMetadata("dpop", proof.value());
    v1::ListMyDisputesResponse response;
    const grpc::Status status =
        v1::WalletService::NewStub(service.ConnectAsPerson())->ListMyDisputes(context.get(), request, &response);
    EXPECT_FALSE(status.ok());
    return status.error_message().find("for another service") == std::string::npos;
  };
  EXPECT_TRUE(is_for_it("localhost"));
  EXPECT_FALSE(is_for_it("passport.example"));
  const std::vector<std::string> named = {"--server", "--dns", "localhost", "passport.example"};
  ASSERT_EQ(service.Run(Joined(CertificateWords(service, "tls"), named)).code, 0);
  ASSERT_TRUE(Says(service, "TLS files replaced"));
  EXPECT_TRUE(is_for_it("passport.example"));
  EXPECT_FALSE(is_for_it("evil.example"));
}

TEST(PassportService, ABombOfGzipIsRefusedWithoutUnpacking) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  EnrolEmployer(service);
  const auto stub = v1::VerifierService::NewStub(service.Connect("hr", "client"));
  v1::CreateChallengeResponse challenge;
  ASSERT_TRUE(stub->CreateChallenge(Soon().get(), {}, &challenge).ok());
  const std::size_t before = ResidentBytes(service.pid());
  const auto context = Soon();
  context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::VerifyPresentationRequest request;
  request.set_nonce(challenge.nonce());
  request.set_presentation(std::string(std::size_t{256} << 20, 'a'));
  v1::VerifyPresentationResponse response;
  EXPECT_EQ(stub->VerifyPresentation(context.get(), request, &response).error_code(), grpc::StatusCode::INTERNAL);
  const std::size_t after = ResidentBytes(service.pid());
  EXPECT_LT(after, before + (std::size_t{32} << 20));
  EXPECT_TRUE(Publish(service, "still-there").ok());
}

TEST(PassportService, SigtermLetsAnImportEndAndNothingAcknowledgedIsLost) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  ASSERT_TRUE(service.Start());
  EnrolEmployer(service);
  const auto channel = service.Connect("hr", "client");
  const auto issuer = v1::IssuerService::NewStub(channel);
  v1::EnrolPersonRequest person;
  person.set_request_id("person-1");
  person.set_employee_number("1001");
  v1::EnrolPersonResponse enrolled;
  ASSERT_TRUE(issuer->EnrolPerson(Soon().get(), person, &enrolled).ok());
  const auto context = Soon();
  auto stream = issuer->StageImport(context.get());
  v1::StageImportRequest request;
  v1::StageImportResponse response;
  request.mutable_header()->set_request_id("file-1");
  request.mutable_header()->set_source("learning");
  request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  const auto import = [&](std::uint64_t line) {
    v1::ImportRow& row = request.mutable_rows()->rows_size() > 0 ? *request.mutable_rows()->mutable_rows(0)
                                                                 : *request.mutable_rows()->add_rows();
    row.set_line(line);
    row.set_employee_number("1001");
    row.mutable_record()->set_kind("mandatory_training");
    auto& fields = *row.mutable_record()->mutable_fields();
    fields["subject"] = "course_" + std::to_string(line);
    fields["level"] = "1";
    fields["achieved_on"] = "2025-03-01";
    fields["assurance"] = "employer_verified";
    fields["method"] = "learning_record";
    fields["checker_role"] = "workforce_information";
    fields["checked_on"] = "2025-03-01";
    return stream->Write(request) && stream->Read(&response) &&
           response.progress().results(0).verdict() == v1::DRAFT_VERDICT_NEW;
  };
  ASSERT_TRUE(import(2));
  std::thread stopping([&] { EXPECT_EQ(service.Stop(SIGTERM).code, 0); });
  EXPECT_TRUE(import(3));
  stream->WritesDone();
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.summary().import().state(), v1::IMPORT_STATE_STAGED);
  EXPECT_TRUE(stream->Finish().ok());
  stopping.join();
  const Ended check = service.Run({"check", "--data", service.folder() / "data"});
  EXPECT_EQ(check.code, 0) << check.output << check.errors;
}

}  // namespace
}  // namespace passport
