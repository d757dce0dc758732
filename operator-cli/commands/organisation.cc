// passportctl organisation enrol
#include <memory>

#include "operator-cli/commands/commands.h"

namespace passport {
namespace {

Ending Enrol(Session& session, const OrganisationEntry& organisation) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<void> enrolled = session.Repeating([&] { return (*service)->EnrolOrganisation(id, organisation); });
  if (!enrolled.ok()) return session.Refuse(enrolled.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "organisation", organisation.id);
    session.PrintJson(line);
  } else {
    session.around().output << "enrolled; receivers see it after the next publication\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddOrganisationCommand(CLI::App& program, Action& chosen) {
  CLI::App* organisation = program.add_subcommand("organisation", "who takes part (registrar)");
  organisation->require_subcommand(1);
  CLI::App* enrol = organisation->add_subcommand("enrol", "take an organisation into the registry");
  const auto entry = std::make_shared<OrganisationEntry>();
  enrol->add_option("--id", entry->id, "scheme and value, ods:X0A")->required();
  enrol->add_option("--name", entry->legal_name, "its name in law")->required();
  enrol->add_option("--type", entry->type, "nhs_trust, council, gp_practice, care_provider, charity, icb")->required();
  AddRepeated(*enrol, "--kind", entry->record_kinds, "a kind of record it may issue; repeat; none: it only verifies");
  enrol->add_flag("--two-person", entry->two_person, "what one of its systems prepared, another one must approve");
  enrol->callback([entry, &chosen] { chosen = [entry](Session& session) { return Enrol(session, *entry); }; });
}

}  // namespace passport
