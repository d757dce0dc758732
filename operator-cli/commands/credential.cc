// passportctl credential list|show|revoke|suspend|reinstate
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

struct CredentialFlags {
  std::string id;
  std::string why;
};

using ChangeStandingCall = Result<StandingAnswer> (ServiceClient::*)(std::string_view request_id,
                                                                     std::string_view credential_id,
                                                                     std::string_view why);

json::Value& ToJson(json::Tree& tree, const CredentialAnswer& credential) {
  json::Value& line = tree.Object();
  AppendText(tree, line, "credential_id", credential.credential_id);
  AppendText(tree, line, "person_id", credential.person_id);
  AppendText(tree, line, "kind", credential.kind);
  AppendText(tree, line, "state", credential.state);
  AppendText(tree, line, "state_reason", credential.state_reason);
  if (credential.state_at) AppendText(tree, line, "state_at", UtcText(*credential.state_at));
  AppendText(tree, line, "issued_at", UtcText(credential.issued_at));
  AppendText(tree, line, "expires_at", UtcText(credential.expires_at));
  AppendText(tree, line, "request_id", credential.request_id);
  if (!credential.token.empty()) AppendText(tree, line, "token", credential.token);
  return line;
}

Ending ListCredentials(Session& session, const std::string& organisation) {
  constexpr int kPageSize = 500;
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  std::string token;
  do {
    const Result<CredentialPage> page =
        session.Repeating([&] { return (*service)->ListCredentials(kPageSize, token, organisation); });
    if (!page.ok()) return session.Refuse(page.fault());
    Table table({"credential", "kind", "state", "issued", "person"});
    for (const CredentialAnswer& credential : page->credentials) {
      if (session.json()) {
        json::Tree tree;
        session.PrintJson(ToJson(tree, credential));
      } else {
        table.Add({credential.credential_id, credential.kind, credential.state, UtcText(credential.issued_at),
                   credential.person_id});
      }
    }
    table.Print(session.around().output);
    token = page->next_page_token;
  } while (!token.empty());
  return Ending::kDone;
}

Ending Show(Session& session, const std::string& id) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<CredentialAnswer> credential = session.Repeating([&] { return (*service)->GetCredential(id); });
  if (!credential.ok()) return session.Refuse(credential.fault());
  if (session.json()) {
    json::Tree tree;
    session.PrintJson(ToJson(tree, *credential));
    return Ending::kDone;
  }
  std::ostream& out = session.around().output;
  out << "credential  " << Plain(credential->credential_id) << "\nperson      " << Plain(credential->person_id)
      << "\nkind        " << Plain(credential->kind) << "\nstate       " << credential->state;
  if (!credential->state_reason.empty()) out << " (" << Plain(credential->state_reason) << ")";
  if (credential->state_at) out << " since " << UtcText(*credential->state_at);
  out << "\nissued      " << UtcText(credential->issued_at) << "\nexpires     " << UtcText(credential->expires_at)
      << "\nrequest     " << Plain(credential->request_id) << "\ntoken       " << Plain(credential->token) << "\n";
  return Ending::kDone;
}

Ending Change(Session& session, ChangeStandingCall change, const CredentialFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<StandingAnswer> standing =
      session.Repeating([&] { return ((*service)->*change)(id, flags.id, flags.why); });
  if (!standing.ok()) return session.Refuse(standing.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "credential_id", flags.id);
    AppendText(tree, line, "state", standing->state);
    AppendText(tree, line, "since", UtcText(standing->since));
    session.PrintJson(line);
  } else {
    session.around().output << standing->state << " since " << UtcText(standing->since)
                            << "; receivers see it after the next publication\n";
  }
  return Ending::kDone;
}

// An option and not an operand: an id may begin with '-'.
void AddId(CLI::App& command, std::string& id) { command.add_option("--id", id, "which credential")->required(); }

struct Verb {
  const char* name;
  const char* meaning;
  ChangeStandingCall change;
};

}  // namespace

void AddCredentialCommand(CLI::App& program, Action& chosen) {
  CLI::App* credential = program.add_subcommand("credential", "what the employer has signed");
  credential->require_subcommand(1);
  const auto organisation = std::make_shared<std::string>();
  CLI::App* list = credential->add_subcommand("list", "all of them");
  list->add_option("--organisation", *organisation, "those of an organisation that yours took over: ods:RC9");
  list->callback([organisation, &chosen] {
    chosen = [organisation](Session& session) { return ListCredentials(session, *organisation); };
  });
  const auto flags = std::make_shared<CredentialFlags>();
  CLI::App* show =
      credential->add_subcommand("show", "one of them, or of an organisation that yours took over, with its token");
  AddId(*show, flags->id);
  show->callback([flags, &chosen] { chosen = [flags](Session& session) { return Show(session, flags->id); }; });
  for (const Verb& verb : {Verb{"revoke", "end it for good", &ServiceClient::RevokeCredential},
                           Verb{"suspend", "take it out of use for now", &ServiceClient::SuspendCredential},
                           Verb{"reinstate", "put it back in use", &ServiceClient::ReinstateCredential}}) {
    CLI::App* command = credential->add_subcommand(verb.name, verb.meaning);
    AddId(*command, flags->id);
    command
        ->add_option("--reason", flags->why,
                     "training_expired, left_organisation, issued_in_error, no_longer_valid, suspected_invalid,\n"
                     "holder_deceased, lost_passport, resolved")
        ->required();
    command->callback([flags, change = verb.change, &chosen] {
      chosen = [flags, change](Session& session) { return Change(session, change, *flags); };
    });
  }
}

}  // namespace passport
