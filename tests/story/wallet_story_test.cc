// A person with a program of their own, against the real service: invited, given what was issued, shown to a receiver,
// printed on a badge.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <span>

#include "keys/secret_text.h"
#include "operator-cli/online/target.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;
namespace v1 = staffpassport::v1;

constexpr std::string_view kMover =
    R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01","expiring_within_days":30,
        "requirements":[{"id":"moving","needs":"moving and handling level 2",
          "any_of":[{"training":"moving_and_handling","level":2,"within_months":240}]}]})";
constexpr std::chrono::seconds kWalletTime{60};

class WalletStory : public StoryHouse {
 protected:
  void SetUp() override {
    StoryHouse::SetUp();
    const std::string in = folder() + "/people";
    std::filesystem::create_directory(in);
    MakeHouse(in, {.programs = {},
                   .folder = {},
                   .registrar = {},
                   .registrar_name = {},
                   .run_flags = {"--listen-people", "127.0.0.1:0", "--people-port-file", folder() + "/people-port"}});
    ASSERT_NO_FATAL_FAILURE(EnrolTheTrust());
    Write("passphrase", "long words of mine");
  }

  void EnrolTheTrust() {
    const std::vector<std::string> callers = {std::string(kStoryRegistrar), std::string(kStoryTrust)};
    ASSERT_TRUE(service().MakeCertificates(callers).ok());
    const Result<void> started = service().Start();
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    ASSERT_TRUE(service().RegisterSystems(std::span(callers).first(1), RegistrarRoles()).ok());
    Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
    ASSERT_TRUE(registrar.ok()) << registrar.fault().detail;
    const Result<void> enrolled = registrar->EnrolOrganisation(
        "enrol-trust", {.id = std::string(kStoryTrust),
                        .legal_name = "A trust (fictional)",
                        .type = "nhs_trust",
                        .record_kinds = {"mandatory_training", "identity_check", "employment"}});
    ASSERT_TRUE(enrolled.ok()) << enrolled.fault().detail;
    ASSERT_TRUE(service().RegisterSystems(std::span(callers).last(1), DeskRoles()).ok());
    for (const std::string name : {"training", "regulators", "workforce"}) {
      const Result<std::string> text = ReadWholeFile("rules/taxonomies/" + name + ".json");
      ASSERT_TRUE(text.ok());
      const auto put = registrar->PutRules("put-" + name, RuleWord::kTaxonomy, *text);
      ASSERT_TRUE(put.ok()) << put.fault().detail;
    }
    const auto put = registrar->PutRules("put-mover", RuleWord::kRoleProfile, kMover);
    ASSERT_TRUE(put.ok()) << put.fault().detail;
    ASSERT_TRUE(registrar->Publish("publish-1").ok());
  }

  std::string Write(const std::string& name, std::string_view text) {
    const std::string path = folder() + "/" + name;
    EXPECT_TRUE(WriteWholeFile(path, std::string(text) + "\n").ok());
    EXPECT_EQ(chmod(path.c_str(), 0600), 0);
    return path;
  }

  // As the trust's desk.
  v1::InvitePersonResponse Invite() {
    const Result<Target> target = ReadTarget(service().address(), service().client_folder(kStoryTrust));
    EXPECT_TRUE(target.ok());
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = target->ca_pem;
    tls.pem_cert_chain = target->certificate_pem;
    tls.pem_private_key = std::string(TextOf(target->private_key_pem));
    const auto stub = v1::PassportService::NewStub(grpc::CreateChannel(service().address(), grpc::SslCredentials(tls)));
    v1::InvitePersonRequest request;
    request.set_request_id("invite-1");
    request.set_employee_number("1001");
    request.mutable_identity()->set_method("identity_document_in_person");
    request.mutable_identity()->set_checked_by("R. Tester");
    request.mutable_identity()->set_checked_on(Today());
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kWalletTime);
    v1::InvitePersonResponse response;
    const grpc::Status status = stub->InvitePerson(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  static std::string Today() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return CivilDay::InLondon({std::chrono::duration_cast<std::chrono::seconds>(since).count()}).Text();
  }

  std::string passport() const { return folder() + "/my.passport"; }
  std::string PeoplePort() {
    const Result<std::string> port = ReadWholeFile(folder() + "/people-port");
    EXPECT_TRUE(port.ok());
    return port.ok() ? port->substr(0, port->find('\n')) : "";
  }

  ProcessEnd Wallet(std::vector<std::string> words) {
    words.insert(words.begin(), {"--file", passport(), "--passphrase-file", folder() + "/passphrase"});
    const Result<ProcessEnd> end = RunProcess(
        {.program = service().Program("passport-wallet"), .words = std::move(words), .log = ""}, In(kWalletTime));
    EXPECT_TRUE(end.ok()) << (end.ok() ? "" : end.fault().detail);
    return end.ok() ? *end : ProcessEnd{};
  }
  void ExpectDone(const ProcessEnd& end) { EXPECT_EQ(end.exit_code, 0) << end.errors << end.output; }

  // With the passport of somebody who was invited and took it up.
  void TakeUpInvitation() {
    const v1::InvitePersonResponse invitation = Invite();
    Write("invitation-code", invitation.code());
    const ProcessEnd end =
        Wallet({"init", "https://passport.example/i/" + invitation.invitation(), "--invitation-code-file",
                folder() + "/invitation-code", "--code-out", folder() + "/passport-code", "--server",
                "127.0.0.1:" + PeoplePort(), "--ca", service().tls() + "/ca.pem", "--published", service().published(),
                "--anchor", service().anchor(), "--json"});
    ExpectDone(end);
  }

  std::string Issue(ServiceClient& trust, const std::string& request, RecordText record) {
    const Result<IssuedAnswer> issued = trust.IssueCredential(request, "1001", record);
    EXPECT_TRUE(issued.ok()) << (issued.ok() ? "" : issued.fault().detail);
    return issued.ok() ? issued->credential_id : "";
  }
  void IssueRecords(ServiceClient& trust) {
    Issue(trust, "issue-1",
          {.kind = "identity_check",
           .fields = {{"given_names", "Amara"},
                      {"family_name", "Okafor"},
                      {"date_of_birth", "1990-02-03"},
                      {"document_types", "passport"},
                      {"achieved_on", "2026-01-10"},
                      {"assurance", "employer_verified"},
                      {"method", "documents_seen"},
                      {"checker_role", "hr_officer"},
                      {"checked_on", "2026-01-10"}}});
    Issue(trust, "issue-2",
          {.kind = "mandatory_training",
           .fields = {{"subject", "moving_and_handling"},
                      {"level", "2"},
                      {"framework", "cstf"},
                      {"provider", "Testy Courses"},
                      {"achieved_on", "2026-03-01"},
                      {"assurance", "employer_verified"},
                      {"method", "learning_record"},
                      {"checker_role", "workforce_information"},
                      {"checked_on", "2026-03-01"}}});
  }
};

TEST_F(WalletStory, GoesFromAnInvitationToAVerifiedPresentation) {
  ASSERT_NO_FATAL_FAILURE(TakeUpInvitation());
  ServiceClient trust = Trust();
  IssueRecords(trust);

  const ProcessEnd received = Wallet({"receive"});
  ExpectDone(received);
  EXPECT_THAT(received.output, HasSubstr("Identity check"));
  EXPECT_THAT(received.output, HasSubstr("in force"));
  const ProcessEnd nothing = Wallet({"receive"});
  EXPECT_THAT(nothing.output, HasSubstr("nothing new"));
  const ProcessEnd listed = Wallet({"list", "--json"});
  ExpectDone(listed);
  EXPECT_THAT(listed.output, HasSubstr("\"family_name\":\"Okafor\""));

  const auto challenge = trust.CreateChallenge();
  ASSERT_TRUE(challenge.ok());
  const std::string shown = folder() + "/shown.json";
  const ProcessEnd presented = Wallet({"present", "--audience", challenge->audience, "--nonce", challenge->nonce,
                                       "--purpose", "shift", "--profile", "mover", "--out", shown, "--yes"});
  ExpectDone(presented);
  EXPECT_THAT(presented.output, HasSubstr("They would see this and no more"));
  const Result<std::string> presentation = ReadWholeFile(shown);
  ASSERT_TRUE(presentation.ok());
  const auto decided = trust.DecideRole(challenge->nonce, *presentation, "mover", {});
  ASSERT_TRUE(decided.ok()) << decided.fault().detail;
  EXPECT_EQ(WordOf(decided->verification.verdict), "valid");
  ASSERT_EQ(decided->verification.records.size(), 1U);
  EXPECT_EQ(decided->verification.records.front().record.kind, "mandatory_training");
  ASSERT_TRUE(decided->decision.has_value());
  EXPECT_EQ(WordOf(decided->decision->outcome), "met");
}

TEST_F(WalletStory, GivesNothingWithoutAnAnswerOfThePerson) {
  ASSERT_NO_FATAL_FAILURE(TakeUpInvitation());
  ServiceClient trust = Trust();
  IssueRecords(trust);
  ExpectDone(Wallet({"receive"}));
  const std::string shown = folder() + "/shown.json";
  // No terminal to ask at, and no --yes.
  const ProcessEnd end = Wallet({"present", "--audience", std::string(kStoryTrust), "--nonce", "n", "--purpose",
                                 "shift", "--profile", "mover", "--out", shown});
  EXPECT_EQ(end.exit_code, 64) << end.output << end.errors;
  EXPECT_FALSE(std::filesystem::exists(shown));
}

TEST_F(WalletStory, SaysApartWhatIsWrongWithAPassport) {
  ASSERT_NO_FATAL_FAILURE(TakeUpInvitation());
  Write("passphrase", "other words");
  const ProcessEnd wrong = Wallet({"list"});
  EXPECT_EQ(wrong.exit_code, 64);
  EXPECT_THAT(wrong.errors, HasSubstr("passphrase"));
  const Result<std::string> text = ReadWholeFile(passport());
  ASSERT_TRUE(text.ok());
  ASSERT_TRUE(WriteWholeFile(passport(), text->substr(0, text->size() / 2)).ok());
  const ProcessEnd cut = Wallet({"list"});
  EXPECT_EQ(cut.exit_code, 64);
  EXPECT_THAT(cut.errors, HasSubstr("cut short"));
}

TEST_F(WalletStory, HasABadgeThatIsCheckedWithoutTheServiceAndEnds) {
  ASSERT_NO_FATAL_FAILURE(TakeUpInvitation());
  ServiceClient trust = Trust();
  IssueRecords(trust);
  const std::string photo = Write("photo", "not really a photo");
  const std::string badge = folder() + "/badge.txt";
  const ToolAnswer issued =
      Type(std::string(kStoryTrust),
           {"badge", "issue", "--employee-number", "1001", "--name", "Amara Okafor", "--role", "Community nurse",
            "--through", CivilDay::Parse(Today())->PlusDays(60).Text(), "--photo", photo, "--employer",
            "A trust (fictional)", "--card", folder() + "/card.html", "--badge-out", badge});
  ASSERT_EQ(issued.exit_code, 0) << issued.output;
  const Result<std::string> card = ReadWholeFile(folder() + "/card.html");
  ASSERT_TRUE(card.ok());
  EXPECT_THAT(*card, HasSubstr("<h1>Amara Okafor</h1>"));
  const auto check = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"badge",           badge, "--published", service().published(), "--anchor",
                                      service().anchor()};
    words.insert(words.end(), more.begin(), more.end());
    const Result<ToolAnswer> answer = AskVerifier(service(), std::move(words));
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.fault().detail);
    return answer.ok() ? answer->exit_code : -1;
  };
  EXPECT_EQ(check({"--photo", photo}), 0);
  EXPECT_EQ(check({"--photo", badge}), 1);
  ExpectDone(Wallet({"receive"}));
  ExpectDone(Wallet({"export", "--page", folder() + "/page.html", "--out", folder() + "/export.jsonl"}));
  const Result<std::string> page = ReadWholeFile(folder() + "/page.html");
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(*page, HasSubstr("The code is a signed badge"));

  const Result<ToolLine> line = LastLine(issued, "");
  ASSERT_TRUE(line.ok());
  const auto revoked = trust.RevokeCredential("revoke-1", line->texts.at("credential_id"), "left_organisation");
  ASSERT_TRUE(revoked.ok()) << revoked.fault().detail;
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-2").ok());
  EXPECT_EQ(check({}), 1);
}

}  // namespace
}  // namespace passport
