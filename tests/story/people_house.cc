#include "tests/story/people_house.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <span>

#include "credential/vocabulary/instant.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kWalletTime{60};
constexpr std::string_view kMoverProfile =
    R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01","expiring_within_days":30,
        "requirements":[{"id":"moving","needs":"moving and handling level 2",
          "any_of":[{"training":"moving_and_handling","level":2,"within_months":240}]}]})";
constexpr std::string_view kWardenProfile =
    R"({"id":"warden","version":1,"title":"Warden","effective_from":"2026-01-01","expiring_within_days":30,
        "requirements":[{"id":"fire","needs":"fire safety in the last 12 months",
          "any_of":[{"training":"fire_safety","level":1,"within_months":12}]}]})";

void Append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
}

}  // namespace

void PeopleHouse::SetUp() {
  ASSERT_NO_FATAL_FAILURE(MakeFolder());
  std::filesystem::create_directory(At("service"));
  ServiceInFolder::Terms terms;
  terms.run_flags = {"--listen-people", "127.0.0.1:0", "--people-port-file", At("people-port")};
  Append(terms.run_flags, MoreRunFlags());
  terms.keeps_address = KeepsAddress();
  ASSERT_NO_FATAL_FAILURE(MakeHouse(At("service"), std::move(terms)));
  Write("passphrase", kStoryPassphrase);
  EnrolEverybody();
}

void PeopleHouse::EnrolEverybody() {
  const std::vector<std::string> callers = {std::string(kStoryRegistrar), std::string(kStoryTrust),
                                            std::string(kStoryPractice)};
  ASSERT_TRUE(service().MakeCertificates(callers).ok());
  const Result<void> started = service().Start();
  ASSERT_TRUE(started.ok()) << started.fault().detail;
  ASSERT_TRUE(service().RegisterSystems(std::span(callers).first(1), RegistrarRoles()).ok());
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok()) << registrar.fault().detail;
  const OrganisationEntry employers[] = {{.id = std::string(kStoryTrust),
                                          .legal_name = "A trust (fictional)",
                                          .type = "nhs_trust",
                                          .record_kinds = {"mandatory_training", "identity_check", "employment"}},
                                         {.id = std::string(kStoryPractice),
                                          .legal_name = "A practice (fictional)",
                                          .type = "gp_practice",
                                          .record_kinds = {"mandatory_training"}}};
  for (const OrganisationEntry& employer : employers) {
    const Result<void> enrolled = registrar->EnrolOrganisation("enrol-" + employer.type, employer);
    ASSERT_TRUE(enrolled.ok()) << enrolled.fault().detail;
  }
  ASSERT_TRUE(service().RegisterSystems(std::span(callers).subspan(1), DeskRoles()).ok());
  for (const std::string name : {"training", "regulators", "workforce"}) {
    const auto put =
        registrar->PutRules("put-" + name, RuleWord::kTaxonomy, Read("rules/taxonomies/" + name + ".json"));
    ASSERT_TRUE(put.ok()) << put.fault().detail;
  }
  ASSERT_TRUE(registrar->PutRules("put-mover", RuleWord::kRoleProfile, kMoverProfile).ok());
  ASSERT_TRUE(registrar->PutRules("put-warden", RuleWord::kRoleProfile, kWardenProfile).ok());
  ASSERT_TRUE(registrar->Publish("publish-1").ok());
}

std::string PeopleHouse::Write(std::string_view name, std::string_view text) const {
  std::string path = At(name);
  EXPECT_TRUE(WriteWholeFile(path, std::string(text) + "\n").ok());
  EXPECT_EQ(chmod(path.c_str(), 0600), 0);
  return path;
}

std::string PeopleHouse::Read(const std::string& path) {
  const Result<std::string> text = ReadWholeFile(path);
  EXPECT_TRUE(text.ok()) << path;
  return text.ok() ? *text : "";
}

std::string PeopleHouse::Today() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return CivilDay::InLondon({std::chrono::duration_cast<std::chrono::seconds>(since).count()}).Text();
}

std::string PeopleHouse::PeoplePort() const {
  const std::string port = Read(At("people-port"));
  return port.substr(0, port.find('\n'));
}

PeopleHouse::Where PeopleHouse::ServicePlace() {
  return {"--server", "127.0.0.1:" + PeoplePort(), "--ca", service().tls() + "/ca.pem"};
}

PeopleHouse::Where PeopleHouse::PublishedPlace() {
  return {"--published", service().published(), "--anchor", service().anchor()};
}

PeopleHouse::Where PeopleHouse::Kept(std::string_view code_name) {
  Where where = {"--code-file", At(code_name)};
  Append(where, ServicePlace());
  return where;
}

ProcessOrder PeopleHouse::WalletOrder(const Where& where, const std::vector<std::string>& words) const {
  // Its own passport is below the house, too.
  std::vector<std::string> all = {"XDG_DATA_HOME=" + At("home"), std::string(PASSPORT_PROGRAMS) + "/passport-wallet",
                                  "--passphrase-file", At("passphrase")};
  Append(all, where);
  Append(all, words);
  return {.program = "/usr/bin/env", .words = std::move(all), .log = ""};
}

ProcessEnd PeopleHouse::Wallet(const Where& where, const std::vector<std::string>& words) {
  const Result<ProcessEnd> end = RunProcess(WalletOrder(where, words), In(kWalletTime));
  EXPECT_TRUE(end.ok()) << (end.ok() ? "" : end.fault().detail);
  return end.ok() ? *end : ProcessEnd{.exit_code = -1, .signal = 0, .output = {}, .errors = {}};
}

void PeopleHouse::ExpectDone(const ProcessEnd& end) { EXPECT_EQ(end.exit_code, 0) << end.errors << end.output; }

ToolLine PeopleHouse::WalletLine(const Where& where, std::vector<std::string> words) {
  words.emplace_back("--json");
  const ProcessEnd end = Wallet(where, words);
  ExpectDone(end);
  const Result<ToolLine> line = LastLine({.exit_code = end.exit_code, .output = end.output}, "");
  EXPECT_TRUE(line.ok()) << end.output << end.errors;
  return line.ok() ? *line : ToolLine{};
}

std::size_t PeopleHouse::Listed(const Where& where, std::string_view part) {
  const ProcessEnd end = Wallet(where, {"list", "--json"});
  ExpectDone(end);
  std::size_t lines = 0;
  std::string_view rest = end.output;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    lines += line.find(part) == std::string_view::npos ? 0U : 1U;
  }
  return lines;
}

std::string PeopleHouse::Said(const ToolAnswer& answer, std::string_view member) {
  const Result<ToolLine> line = LastLine(answer, "");
  EXPECT_TRUE(line.ok() && line->texts.contains(std::string(member))) << answer.output;
  return line.ok() && line->texts.contains(std::string(member)) ? line->texts.at(std::string(member)) : "";
}

std::string PeopleHouse::Invite(std::string_view employer, const std::string& number, std::string_view code_name) {
  const ToolAnswer invited = Type(std::string(employer), {"person", "invite", "--employee-number", number, "--identity",
                                                          "identity_document_in_person", "--checked-by", "R. Tester",
                                                          "--checked-on", Today(), "--code-out", At(code_name)});
  EXPECT_EQ(invited.exit_code, 0) << invited.output;
  return Said(invited, "invitation");
}

std::string PeopleHouse::TakeUp(const Where& where, const std::string& invitation, std::string_view invitation_code,
                                std::string_view passport_code) {
  std::vector<std::string> words = {"init",
                                    "https://passport.example/i/" + invitation,
                                    "--invitation-code-file",
                                    At(invitation_code),
                                    "--code-out",
                                    At(passport_code)};
  Append(words, ServicePlace());
  Append(words, PublishedPlace());
  return WalletLine(where, words).texts["person_id"];
}

std::string PeopleHouse::TakeUpWithRecords(const Where& where, std::string_view passport_code) {
  std::string person = TakeUp(where, Invite(kStoryTrust, "1001", "invitation-code"), "invitation-code", passport_code);
  IssueIdentityCheck(kStoryTrust, "1001");
  Moving(kStoryTrust, "1001");
  ExpectDone(Wallet(where, {"receive"}));
  return person;
}

std::string PeopleHouse::IssueIdentityCheck(std::string_view employer, const std::string& number) {
  const ToolAnswer issued = Type(std::string(employer), {"issue",
                                                         "--employee-number",
                                                         number,
                                                         "--kind",
                                                         "identity_check",
                                                         "--field",
                                                         "given_names=Amara",
                                                         "--field",
                                                         "family_name=Okafor",
                                                         "--field",
                                                         "date_of_birth=1990-02-03",
                                                         "--field",
                                                         "document_types=passport",
                                                         "--field",
                                                         "achieved_on=2026-01-10",
                                                         "--field",
                                                         "assurance=employer_verified",
                                                         "--field",
                                                         "method=documents_seen",
                                                         "--field",
                                                         "checker_role=hr_officer",
                                                         "--field",
                                                         "checked_on=2026-01-10"});
  EXPECT_EQ(issued.exit_code, 0) << issued.output;
  return Said(issued, "credential_id");
}

std::string PeopleHouse::IssueTraining(std::string_view employer, const std::string& number, const std::string& subject,
                                       const std::string& level, const std::string& day) {
  const ToolAnswer issued = Type(std::string(employer), {"issue",
                                                         "--employee-number",
                                                         number,
                                                         "--kind",
                                                         "mandatory_training",
                                                         "--field",
                                                         "subject=" + subject,
                                                         "--field",
                                                         "level=" + level,
                                                         "--field",
                                                         "framework=cstf",
                                                         "--field",
                                                         "provider=Testy Courses",
                                                         "--field",
                                                         "achieved_on=" + day,
                                                         "--field",
                                                         "assurance=employer_verified",
                                                         "--field",
                                                         "method=learning_record",
                                                         "--field",
                                                         "checker_role=workforce_information",
                                                         "--field",
                                                         "checked_on=" + day});
  EXPECT_EQ(issued.exit_code, 0) << issued.output;
  return Said(issued, "credential_id");
}

std::string PeopleHouse::IssueEmployment(std::string_view employer, const std::string& number) {
  const ToolAnswer issued = Type(std::string(employer), {"issue",
                                                         "--employee-number",
                                                         number,
                                                         "--kind",
                                                         "employment",
                                                         "--field",
                                                         "position_title=Porter",
                                                         "--field",
                                                         "staff_group=estates_and_ancillary",
                                                         "--field",
                                                         "assignment_category=permanent",
                                                         "--field",
                                                         "full_time_equivalent=1.00",
                                                         "--field",
                                                         "starts_on=2025-01-01",
                                                         "--field",
                                                         "achieved_on=2025-01-01",
                                                         "--field",
                                                         "assurance=employer_verified",
                                                         "--field",
                                                         "method=employer_record",
                                                         "--field",
                                                         "checker_role=workforce_information",
                                                         "--field",
                                                         "checked_on=2025-01-01"});
  EXPECT_EQ(issued.exit_code, 0) << issued.output;
  return Said(issued, "credential_id");
}

std::vector<std::string> PeopleHouse::Replacing(const std::string& day, std::string_view code_name,
                                                const std::vector<std::string>& more) const {
  std::vector<std::string> words = {
      "person",       "lost",      "--employee-number", "1001", "--identity", "known_in_person",
      "--checked-by", "R. Tester", "--checked-on",      day,    "--code-out", At(code_name)};
  Append(words, more);
  return words;
}

std::string PeopleHouse::Challenge() {
  const ToolAnswer challenge = Type(std::string(kStoryTrust), {"challenge"});
  EXPECT_EQ(challenge.exit_code, 0) << challenge.output;
  return Said(challenge, "nonce");
}

std::vector<std::string> PeopleHouse::Presenting(const std::string& nonce, const std::string& out) const {
  return {"present", "--audience", std::string(kStoryTrust),
          "--nonce", nonce,        "--purpose",
          "shift",   "--profile",  "mover",
          "--out",   At(out),      "--yes"};
}

Shown PeopleHouse::Verify(const std::string& presentation, const std::string& nonce) {
  const ToolAnswer answer =
      Type(std::string(kStoryTrust), {"verify", presentation, "--nonce", nonce, "--role", "mover"});
  Shown shown;
  shown.exit_code = answer.exit_code;
  shown.said = answer.output;
  const Result<ToolLine> line = LastLine(answer, "");
  if (line.ok() && line->texts.contains("verdict")) shown.verdict = line->texts.at("verdict");
  if (line.ok() && line->texts.contains("held_as")) shown.held_as = line->texts.at("held_as");
  const Result<ToolLine> decision = LastLine(answer, "decision");
  if (decision.ok() && decision->texts.contains("outcome")) shown.outcome = decision->texts.at("outcome");
  constexpr std::string_view kStanding = "\"standing\":\"";
  const std::size_t at = answer.output.find(kStanding);
  if (at != std::string::npos) {
    const std::size_t begin = at + kStanding.size();
    shown.standing = answer.output.substr(begin, answer.output.find('"', begin) - begin);
  }
  return shown;
}

Shown PeopleHouse::Show(const Where& where) {
  const std::string nonce = Challenge();
  const std::string out = "shown-" + nonce;
  ExpectDone(Wallet(where, Presenting(nonce, out)));
  return Verify(At(out), nonce);
}

Shown PeopleHouse::ShowKept(std::string_view code_name) {
  const std::string nonce = Challenge();
  const std::string out = At("shown-" + nonce);
  const ToolAnswer made = Type(std::string(kStoryTrust), {"present", "--passport-code-file", At(code_name),
                                                          "--audience", std::string(kStoryTrust), "--nonce", nonce,
                                                          "--purpose", "shift", "--profile", "mover", "--out", out});
  EXPECT_EQ(made.exit_code, 0) << made.output;
  return Verify(out, nonce);
}

void PeopleHouse::ExpectDead(const Where& where) {
  const ProcessEnd refused = Wallet(where, {"receive", "--json"});
  EXPECT_EQ(refused.exit_code, 1) << refused.output << refused.errors;
  EXPECT_NE(refused.output.find("\"holder_unknown\""), std::string::npos) << refused.output << refused.errors;
}

}  // namespace passport
