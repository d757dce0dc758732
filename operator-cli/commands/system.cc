// passportctl system add, revoke, list
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

struct AddFlags {
  SystemEntry entry;
  std::string certificate_file;
};

std::string JoinedWords(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void PrintJsonLine(Session& session, const SystemAnswer& system) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "organisation", system.organisation);
  AppendText(tree, line, "system", system.name);
  AppendTexts(tree, line, "roles", system.roles);
  AppendText(tree, line, "state", system.revoked ? "revoked" : "active");
  json::Value& certificates = tree.Array();
  for (const SystemCertificateAnswer& certificate : system.certificates) {
    json::Value& object = tree.Object();
    AppendText(tree, object, "public_key_sha256", certificate.public_key_sha256);
    AppendText(tree, object, "from", UtcText(certificate.from));
    if (certificate.until) AppendText(tree, object, "until", UtcText(*certificate.until));
    if (certificate.revoked_at) AppendText(tree, object, "revoked_at", UtcText(*certificate.revoked_at));
    certificates.Append(object);
  }
  line.Append("certificates", certificates);
  session.PrintJson(line);
}

Ending Say(Session& session, const Result<SystemAnswer>& system, std::string_view what) {
  if (!system.ok()) return session.Refuse(system.fault());
  if (session.json()) {
    PrintJsonLine(session, *system);
  } else {
    session.around().output << "system " << Plain(system->name) << " of " << Plain(system->organisation) << " " << what
                            << "\n";
  }
  return Ending::kDone;
}

Ending Add(Session& session, AddFlags flags) {
  if (!flags.certificate_file.empty()) {
    Result<std::string> pem = ReadText(flags.certificate_file, session.around().input, kCertificateFileBytesMax);
    if (!pem.ok()) return session.Refuse(pem.fault());
    flags.entry.certificate_pem = std::move(pem).value();
  }
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const auto put = session.Repeating([&] { return (*service)->PutSystem(id, flags.entry); });
  return Say(session, put, "may call as " + JoinedWords(flags.entry.roles));
}

Ending Revoke(Session& session, const SystemEnding& ending) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const auto revoked = session.Repeating([&] { return (*service)->RevokeSystem(id, ending); });
  return Say(session, revoked,
             ending.public_key_sha256.empty() ? "may not call any more" : "may not use that certificate any more");
}

std::string StateOf(const SystemAnswer& system, const SystemCertificateAnswer& certificate, Instant now) {
  if (certificate.revoked_at) return "revoked " + UtcText(*certificate.revoked_at);
  if (certificate.until && *certificate.until <= now) return "ended " + UtcText(*certificate.until);
  if (system.revoked) return "system revoked";
  return certificate.until ? "until " + UtcText(*certificate.until) : "in use";
}

Ending ListSystems(Session& session, const std::string& organisation) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const auto systems = session.Repeating([&] { return (*service)->ListSystems(organisation); });
  if (!systems.ok()) return session.Refuse(systems.fault());
  Table table({"SYSTEM", "MAY", "CERTIFICATE (SHA-256 OF ITS PUBLIC KEY)", "STATE"});
  for (const SystemAnswer& system : *systems) {
    if (session.json()) PrintJsonLine(session, system);
    for (const SystemCertificateAnswer& certificate : system.certificates) {
      table.Add({system.name, JoinedWords(system.roles), certificate.public_key_sha256,
                 StateOf(system, certificate, session.around().clock())});
    }
  }
  if (!session.json()) table.Print(session.around().output);
  return Ending::kDone;
}

constexpr const char* kOrganisationMeaning = "whose system, ods:X0A (registrar); yours if left out";

void AddAdd(CLI::App& system, Action& chosen) {
  CLI::App* add =
      system.add_subcommand("add", "let a system call, change what it may do, or give it a new certificate");
  const auto flags = std::make_shared<AddFlags>();
  add->add_option("--organisation", flags->entry.organisation, kOrganisationMeaning);
  add->add_option("--system", flags->entry.system, "its name, as in the certificate: hr-desk")->required();
  AddRepeated(*add, "--role", flags->entry.roles,
              "all it may do from now on; repeat: issuer_clerk (sign records), approver (sign what another prepared), "
              "verifier (check people), roster_reader (ask for rosters), auditor (read what was done), operator (keep "
              "systems and keys), registrar (keep the registry)")
      ->required();
  add->add_option("--certificate", flags->certificate_file,
                  "client.pem, made with: passport-service certificate; needed for a new system");
  add->callback([flags, &chosen] { chosen = [flags](Session& session) { return Add(session, *flags); }; });
}

void AddRevoke(CLI::App& system, Action& chosen) {
  CLI::App* revoke = system.add_subcommand("revoke", "end a system, or one certificate of it, from now on");
  const auto ending = std::make_shared<SystemEnding>();
  revoke->add_option("--organisation", ending->organisation, kOrganisationMeaning);
  revoke->add_option("--system", ending->system, "its name")->required();
  revoke->add_option("--certificate", ending->public_key_sha256,
                     "only this one: the value that list shows; the whole system if left out");
  revoke->add_option("--why", ending->why, "a word: key_leaked, replaced, contract_ended")->required();
  revoke->callback([ending, &chosen] { chosen = [ending](Session& session) { return Revoke(session, *ending); }; });
}

void AddList(CLI::App& system, Action& chosen) {
  CLI::App* list = system.add_subcommand("list", "which systems may call, as what, with which certificates");
  const auto organisation = std::make_shared<std::string>();
  list->add_option("--organisation", *organisation, kOrganisationMeaning);
  list->callback([organisation, &chosen] {
    chosen = [organisation](Session& session) { return ListSystems(session, *organisation); };
  });
}

}  // namespace

void AddSystemCommand(CLI::App& program, Action& chosen) {
  CLI::App* system =
      program.add_subcommand("system", "which of your systems may call, and what they may do (operator)");
  system->require_subcommand(1);
  AddAdd(*system, chosen);
  AddRevoke(*system, chosen);
  AddList(*system, chosen);
}

}  // namespace passport
