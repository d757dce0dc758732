// passportctl registry propose|list|review|sign|reject|affected
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

std::string NameOf(const SignatureAnswer& signature) { return signature.organisation + "/" + signature.system; }

std::string Signers(const ProposalAnswer& proposal) {
  std::string names;
  for (const SignatureAnswer& signature : proposal.signatures) names += (names.empty() ? "" : ", ") + NameOf(signature);
  return names;
}

json::Value& ToJson(json::Tree& tree, const ProposalAnswer& proposal) {
  json::Value& object = tree.Object();
  AppendNumber(tree, object, "proposal", proposal.number);
  AppendText(tree, object, "state", proposal.state);
  AppendText(tree, object, "proposed_by", NameOf(proposal.proposed_by));
  AppendText(tree, object, "proposed_at", UtcText(proposal.proposed_by.at));
  AppendText(tree, object, "reason", proposal.reason);
  AppendTexts(tree, object, "steps", proposal.steps);
  std::vector<std::string> names;
  for (const SignatureAnswer& signature : proposal.signatures) names.push_back(NameOf(signature));
  AppendTexts(tree, object, "signed_by", names);
  if (proposal.rejected_by) AppendText(tree, object, "rejected_by", NameOf(*proposal.rejected_by));
  return object;
}

Ending ListProposals(Session& session, bool open_only) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Table table({"PROPOSAL", "STATE", "ASKED BY", "SIGNED BY", "CHANGES"});
  std::uint64_t after = 0;
  do {
    const Result<ProposalPage> page = session.Repeating([&] { return (*service)->ListProposals(after); });
    if (!page.ok()) return session.Refuse(page.fault());
    for (const ProposalAnswer& proposal : page->proposals) {
      if (open_only && proposal.state != "open") continue;
      if (session.json()) {
        json::Tree tree;
        session.PrintJson(ToJson(tree, proposal));
        continue;
      }
      for (const std::string& step : proposal.steps) {
        const bool first = &step == &proposal.steps.front();
        table.Add({first ? std::to_string(proposal.number) : "", first ? proposal.state : "",
                   first ? NameOf(proposal.proposed_by) : "", first ? Signers(proposal) : "", step});
      }
    }
    after = page->next_after_number;
  } while (after != 0);
  table.Print(session.around().output);
  return Ending::kDone;
}

void PrintReview(std::ostream& out, const ReviewAnswer& review) {
  const ProposalAnswer& proposal = review.proposal;
  out << "proposal " << proposal.number << ", " << Plain(proposal.state) << ", asked by "
      << Plain(NameOf(proposal.proposed_by)) << " on " << UtcText(proposal.proposed_by.at) << " because "
      << Plain(proposal.reason) << "\n";
  for (const std::string& step : proposal.steps) out << "  " << Plain(step) << "\n";
  for (const SignatureAnswer& signature : proposal.signatures) {
    out << "signed by " << Plain(NameOf(signature)) << " on " << UtcText(signature.at) << "\n";
  }
  if (proposal.rejected_by) out << "rejected by " << Plain(NameOf(*proposal.rejected_by)) << "\n";
  if (proposal.state != "open") return;
  if (!review.obstacle.empty()) {
    out << "It can not take effect as the registry stands: " << Plain(review.obstacle) << "\n";
    return;
  }
  out << "What the registry would say anew:\n";
  for (const std::string& line : review.differences) out << "  " << Plain(line) << "\n";
  out << review.signatures_counted << " of " << review.signatures_needed << " signatures. To sign what is shown here:\n"
      << "passportctl registry sign " << proposal.number << " --seen " << Plain(review.seen) << "\n";
}

Ending Review(Session& session, std::uint64_t number) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<ReviewAnswer> review = session.Repeating([&] { return (*service)->ReviewProposal(number); });
  if (!review.ok()) return session.Refuse(review.fault());
  if (!session.json()) {
    PrintReview(session.around().output, *review);
    return Ending::kDone;
  }
  json::Tree tree;
  json::Value& line = ToJson(tree, review->proposal);
  AppendTexts(tree, line, "differences", review->differences);
  if (!review->obstacle.empty()) AppendText(tree, line, "obstacle", review->obstacle);
  AppendNumber(tree, line, "signatures_needed", review->signatures_needed);
  AppendNumber(tree, line, "signatures_counted", review->signatures_counted);
  AppendText(tree, line, "seen", review->seen);
  session.PrintJson(line);
  return Ending::kDone;
}

Ending Sign(Session& session, std::uint64_t number, const std::string& seen) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<SignedAnswer> done = session.Repeating([&] { return (*service)->SignProposal(id, number, seen); });
  if (!done.ok()) return session.Refuse(done.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "proposal", number);
    AppendText(tree, line, "state", done->state);
    AppendNumber(tree, line, "signatures_needed", done->signatures_needed);
    AppendNumber(tree, line, "signatures_counted", done->signatures_counted);
    session.PrintJson(line);
  } else if (done->state == "in_force") {
    session.around().output << "proposal " << number << " is in force; receivers see it after the next publication\n";
  } else {
    session.around().output << "signed; " << done->signatures_counted << " of " << done->signatures_needed
                            << " signatures. Another registrar's system must sign: passportctl registry review "
                            << number << "\n";
  }
  return Ending::kDone;
}

Ending Reject(Session& session, std::uint64_t number, const std::string& reason) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<void> done = session.Repeating([&] { return (*service)->RejectProposal(id, number, reason); });
  if (!done.ok()) return session.Refuse(done.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "proposal", number);
    AppendText(tree, line, "state", "rejected");
    session.PrintJson(line);
  } else {
    session.around().output << "proposal " << number << " is rejected; nothing has changed\n";
  }
  return Ending::kDone;
}

json::Value& ToJson(json::Tree& tree, const AffectedPersonAnswer& person) {
  json::Value& object = tree.Object();
  AppendText(tree, object, "organisation", person.organisation);
  AppendText(tree, object, "person_id", person.person_id);
  AppendTexts(tree, object, "credential_ids", person.credential_ids);
  return object;
}

json::Value& ToJson(json::Tree& tree, const AffectedOrganisationAnswer& sum) {
  json::Value& object = tree.Object();
  AppendText(tree, object, "organisation", sum.organisation);
  AppendText(tree, object, "state", sum.state);
  AppendNumber(tree, object, "keys", sum.keys);
  AppendNumber(tree, object, "credentials", sum.credentials);
  AppendNumber(tree, object, "people", sum.people);
  return object;
}

Ending Affected(Session& session, const std::string& organisation) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  std::ostream& out = session.around().output;
  const auto print = [&](const auto& answer) {
    json::Tree tree;
    session.PrintJson(ToJson(tree, answer));
  };
  const AffectedSink sink{.person =
                              [&](const AffectedPersonAnswer& person) {
                                if (session.json()) return print(person);
                                out << Plain(person.organisation) << "  person " << Plain(person.person_id) << "  "
                                    << person.credential_ids.size() << " credentials\n";
                              },
                          .organisation =
                              [&](const AffectedOrganisationAnswer& sum) {
                                if (session.json()) return print(sum);
                                out << Plain(sum.organisation) << " (" << Plain(sum.state) << "): " << sum.credentials
                                    << " credentials of " << sum.people << " people, " << sum.keys
                                    << " compromised keys\n";
                              }};
  const Result<void> told = (*service)->ListAffected(organisation, sink);
  if (!told.ok()) return session.Refuse(told.fault());
  if (!session.json()) out << "The organisation signs them again with: passportctl reissue\n";
  return Ending::kDone;
}

struct NumberFlags {
  std::uint64_t number = 0;
  std::string word;
};

CLI::App* AddNumbered(CLI::App& registry, const char* word, const char* meaning, NumberFlags& flags) {
  CLI::App* verb = registry.add_subcommand(word, meaning);
  verb->add_option("number", flags.number, "number of the proposal")->required();
  return verb;
}

}  // namespace

void AddRegistryCommand(CLI::App& program, Action& chosen) {
  CLI::App* registry = program.add_subcommand("registry", "who takes part and may issue what, and how it changes");
  registry->require_subcommand(1);
  AddProposeCommand(*registry, chosen);
  AddPublishCommand(*registry, chosen);
  AddRegistryDiffCommand(*registry, chosen);
  const auto flags = std::make_shared<NumberFlags>();

  CLI::App* list = registry->add_subcommand("list", "what was asked for, and what became of it");
  const auto open_only = std::make_shared<bool>(false);
  list->add_flag("--open", *open_only, "only what waits for signatures");
  list->callback(
      [open_only, &chosen] { chosen = [open_only](Session& session) { return ListProposals(session, *open_only); }; });
  AddNumbered(*registry, "review", "what a proposal would change", *flags)->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Review(session, flags->number); };
  });
  CLI::App* sign = AddNumbered(*registry, "sign", "sign what was reviewed (registrar)", *flags);
  sign->add_option("--seen", flags->word, "what the review printed: that it is this you saw")->required();
  sign->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Sign(session, flags->number, flags->word); }; });
  CLI::App* reject = AddNumbered(*registry, "reject", "end a proposal without effect, or take your own back", *flags);
  reject->add_option("--reason", flags->word, "why, one word of a-z 0-9 _")->required();
  reject->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Reject(session, flags->number, flags->word); }; });
  CLI::App* affected = registry->add_subcommand("affected", "whose credentials a lost key has made worthless");
  affected->add_option("--organisation", flags->word, "of one organisation; left out: of all you answer for");
  affected->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Affected(session, flags->word); }; });
}

}  // namespace passport
