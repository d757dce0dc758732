// A passport that the service keeps, and a service at hand: what the person sees before they agree, and what is made of
// what the service says.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "keys/private_key.h"
#include "keys/secret_text.h"
#include "keys/system_random.h"
#include "keys/tls_certificates.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "tests/wallet/wallet_world.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::HasSubstr;
using ::testing::Not;

class KeptWallet final : public v1::WalletService::Service {
 public:
  std::vector<CarriedCredential> credentials;
  std::vector<std::string> lines;  // of an export
  int erased = 0;

 private:
  grpc::Status ExportPassport(grpc::ServerContext*, const v1::ExportPassportRequest*,
                              grpc::ServerWriter<v1::ExportPassportResponse>* stream) override {
    for (const std::string& each : lines) {
      v1::ExportPassportResponse part;
      part.set_line(each);
      stream->Write(part);
    }
    return grpc::Status::OK;
  }
  grpc::Status ErasePassport(grpc::ServerContext*, const v1::ErasePassportRequest*,
                             v1::ErasePassportResponse* response) override {
    ++erased;
    v1::StillKept& credentials_of = *response->add_kept();
    credentials_of.set_what(v1::KEPT_OF_CREDENTIALS);
    credentials_of.set_organisation("ods:RC9");
    credentials_of.set_organisation_name("Example Trust");
    credentials_of.set_count(2);
    credentials_of.mutable_until_time()->set_seconds(1'795'300'000);
    credentials_of.set_why("Records are asked for.");
    credentials_of.set_source("An act");
    response->add_kept()->set_what(v1::KEPT_OF_AUDIT);
    return grpc::Status::OK;
  }
  grpc::Status Receive(grpc::ServerContext*, const v1::ReceiveRequest*,
                       grpc::ServerWriter<v1::ReceiveResponse>* stream) override {
    for (const CarriedCredential& each : credentials) {
      v1::ReceiveResponse part;
      part.mutable_credential()->set_credential_id(each.id);
      part.mutable_credential()->set_issuer(each.issuer);
      part.mutable_credential()->set_issuer_name(each.issuer_name);
      part.mutable_credential()->set_kind(each.kind);
      part.mutable_credential()->set_state(v1::CREDENTIAL_STATE_CURRENT);
      part.mutable_credential()->set_token(each.token);
      stream->Write(part);
    }
    v1::ReceiveResponse last;
    last.set_next_token("1");
    stream->Write(last);
    return grpc::Status::OK;
  }
};

class OneRequest final : public v1::ShareService::Service {
 public:
  int answered = 0;

 private:
  grpc::Status ReadShareRequest(grpc::ServerContext*, const v1::ReadShareRequestRequest*,
                                v1::ReadShareRequestResponse* response) override {
    v1::ShareRequest& request = *response->mutable_share_request();
    request.set_share_request_id("share-1");
    request.set_receiver("ons:E06000032");
    request.set_audience("ons:E06000032");
    request.set_nonce("n");
    request.set_purpose("shift");
    request.set_profile("nurse");
    request.set_day("2026-11-22");
    request.set_engagement(v1::ENGAGEMENT_PLACEMENT);
    request.set_answer_enough(true);
    return grpc::Status::OK;
  }
  grpc::Status ListMyShares(grpc::ServerContext*, const v1::ListMySharesRequest*,
                            v1::ListMySharesResponse* response) override {
    v1::Share& share = *response->add_shares();
    share.set_share_id("share-1");
    share.set_receiver("ons:E06000032");
    share.set_receiver_name("Example Council");
    share.set_profile("nurse");
    share.set_state(v1::SHARE_STATE_GIVEN);
    return grpc::Status::OK;
  }
  grpc::Status AnswerShareRequest(grpc::ServerContext*, const v1::AnswerShareRequestRequest* request,
                                  v1::AnswerShareRequestResponse* response) override {
    if (request->least()) ++answered;
    response->mutable_share()->set_share_id("share-1");
    response->mutable_share()->set_receiver("ons:E06000032");
    response->mutable_share()->set_state(v1::SHARE_STATE_GIVEN);
    return grpc::Status::OK;
  }
};

class KeptPresent : public ::testing::Test {
 protected:
  void SetUp() override {
    wallet_.credentials = world_.Open()->carried().credentials;
    SystemRandom random;
    const Instant now{
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    const auto key = std::make_shared<PrivateKey>(PrivateKey::Generate().value());
    const CertificateAuthority authority =
        CertificateAuthority::Create("A test authority", now, 30, key, random).value();
    const IssuedCertificate certificate =
        authority.IssueServer({"test", {"localhost"}, {"127.0.0.1"}}, now, 10, random).value();
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({std::string(TextOf(certificate.private_key_pem)), certificate.certificate_pem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
    builder.RegisterService(&wallet_);
    builder.RegisterService(&shares_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    world_.Write("ca.pem", authority.certificate_pem());
    world_.Write("anchor.jwk", WriteJwk(TrustWorld::Get().registry_key.public_key().point()));
  }
  void TearDown() override { server_->Shutdown(std::chrono::system_clock::now()); }
  Typed Type(const std::vector<std::string>& more, std::optional<bool> agrees = {}) {
    std::vector<std::string> words = {"--code-file", world_.Write("code", "ABCD-EFGH-JKMN-PQRS"),
                                      "--server",    "localhost:" + std::to_string(port_),
                                      "--ca",        world_.At("ca.pem")};
    words.insert(words.end(), more.begin(), more.end());
    return world_.TypeBare(words, agrees);
  }
  Typed Present(std::vector<std::string> more, std::optional<bool> agrees) {
    more.insert(more.end(), {"present", "https://passport.example/r/share-1", "--request-code-file",
                             world_.Write("request-code", "01ABCDEF")});
    return Type(more, agrees);
  }
  std::vector<std::string> Published() {
    return {"--published", world_.At("published"), "--anchor", world_.At("anchor.jwk")};
  }

  WalletWorld world_{{MakeRecord("identity_check"), MakeRecord("employment")}};
  KeptWallet wallet_;
  OneRequest shares_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(KeptPresent, ShowsWhatTheServiceWouldShowWhereTheRulesAreAtHand) {
  const Typed presented = Present(Published(), true);
  EXPECT_EQ(presented.exit_code, 0) << presented.errors;
  EXPECT_THAT(presented.output, HasSubstr("Example E06000032 (ons:E06000032) asks"));
  EXPECT_THAT(presented.output, HasSubstr("They would see this and no more:\n- Identity check"));
  EXPECT_THAT(presented.output, Not(HasSubstr("- Employment")));
  EXPECT_EQ(shares_.answered, 1);
}

TEST_F(KeptPresent, GivesNothingThePersonDoesNotAgreeTo) {
  EXPECT_EQ(Present(Published(), false).exit_code, 1);
  EXPECT_EQ(shares_.answered, 0);
}

TEST_F(KeptPresent, SaysSoWhereTheRulesAreNotAtHand) {
  const Typed presented = Present({}, true);
  EXPECT_EQ(presented.exit_code, 0) << presented.errors;
  EXPECT_THAT(presented.errors, HasSubstr("what they would see can not be told here"));
  EXPECT_THAT(presented.output, Not(HasSubstr("They would see this")));
  EXPECT_EQ(shares_.answered, 1);
}

TEST_F(KeptPresent, RolesOfLiveSharesCountForWhatEnds) {
  std::vector<std::string> words = Published();
  words.insert(words.end(), {"list", "--expiring"});
  const Typed listed = Type(words);
  EXPECT_EQ(listed.exit_code, 1) << "fire safety is lacking";
  EXPECT_THAT(listed.output, HasSubstr("- nurse at ons:E06000032 (Example Council has something of yours for it)"));
  EXPECT_THAT(listed.output, HasSubstr("lacking for nurse: fire safety"));
  words.insert(words.end(), {"--role", "nurse", "--at", "ods:RC9"});
  EXPECT_THAT(Type(words).errors, HasSubstr("not remembered in a passport that the service keeps"));
}

TEST_F(KeptPresent, IsErasedOnlyWhenThePersonAgreesAndWhatStaysIsToldInWords) {
  const Typed refused = Type({"erase"}, false);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.errors, HasSubstr("nothing was erased"));
  EXPECT_EQ(Type({"erase"}).exit_code, 64) << "nobody is there to be asked";
  EXPECT_EQ(wallet_.erased, 0);
  const Typed erased = Type({"erase"}, true);
  EXPECT_EQ(erased.exit_code, 0) << erased.errors;
  EXPECT_EQ(wallet_.erased, 1);
  EXPECT_THAT(erased.output,
              HasSubstr("- Example Trust (ods:RC9): 2 records it signed about you\n    until 2026-11-21, "
                        "as things stand\n    why: Records are asked for.\n    by: An act\n"));
  EXPECT_THAT(erased.output, HasSubstr("- the service: that something was done with your passport, and when\n"));
}

TEST_F(KeptPresent, AnExportThatIsNotWholeLeavesNoFile) {
  wallet_.lines = {R"({"line":"header","format":"staff_passport_export","version":1,"as_of":"2026-11-22T08:00:00Z"})"};
  const std::vector<std::string> words = {"export", "--everything-out", world_.At("all.jsonl"), "--everything-page",
                                          world_.At("all.html")};
  const Typed cut = Type(words);
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_THAT(cut.errors, HasSubstr("not whole"));
  EXPECT_FALSE(std::filesystem::exists(world_.At("all.jsonl")));
  EXPECT_FALSE(std::filesystem::exists(world_.At("all.html")));
  wallet_.lines.emplace_back(R"({"line":"end","lines":1})");
  EXPECT_EQ(Type(words).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(world_.At("all.html")));
}

}  // namespace
}  // namespace passport
