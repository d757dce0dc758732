// passport-wallet erase
#include "credential/vocabulary/instant_text.h"
#include "terminal/plain_text.h"
#include "wallet-cli/commands/wallet_commands.h"

namespace passport {
namespace {

// The last day: what is erased at the end of its time is there until then.
std::string LastDayOf(const Instant& until) { return CivilDay::InLondon(until).Text(); }

void PrintKeptJson(WalletSession& session, const StillKeptAnswer& kept) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "still_kept", kept.what);
  AppendText(tree, line, "organisation", kept.organisation);
  AppendText(tree, line, "organisation_name", kept.organisation_name);
  if (kept.count > 0) AppendNumber(tree, line, "count", kept.count);
  if (kept.until) AppendText(tree, line, "until", UtcText(*kept.until));
  AppendText(tree, line, "rule", kept.rule);
  AppendText(tree, line, "why", kept.why);
  AppendText(tree, line, "source", kept.source);
  session.PrintJson(line);
}

std::string CountOf(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string WhatIsKept(const StillKeptAnswer& kept) {
  if (kept.what == "people") return "that you worked there: your number, how you left, who checked who you are";
  if (kept.what == "credentials")
    return CountOf(kept.count, "record it signed about you", "records it signed about you");
  if (kept.what == "reliances")
    return CountOf(kept.count, "note of what it relied on about you", "notes of what it relied on about you");
  if (kept.what == "passport") return "the number of your passport, and the names of its keys and of its code";
  return "that something was done with your passport, and when";
}

void TellKept(WalletSession& session, const StillKeptAnswer& kept) {
  std::ostream& out = session.world().output;
  const std::string who = kept.organisation.empty() ? "the service"
                          : kept.organisation_name.empty()
                              ? Plain(kept.organisation)
                              : Plain(kept.organisation_name) + " (" + Plain(kept.organisation) + ")";
  out << "- " << who << ": " << WhatIsKept(kept) << "\n    ";
  if (kept.until) {
    out << "until " << LastDayOf(*kept.until) << ", as things stand";
  } else if (kept.organisation.empty()) {
    out << "no day is set";
  } else {
    out << "no rule says until when; ask them";
  }
  out << "\n";
  if (!kept.why.empty()) out << "    why: " << Plain(kept.why) << "\n";
  if (!kept.source.empty()) out << "    by: " << Plain(kept.source) << "\n";
}

Ending Erase(WalletSession& session) {
  const Result<PersonClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<bool> agreed = session.Agreed(
      "Nobody you have given something to can read it any more then, what you said of your records goes, and a key "
      "that the service keeps is gone for good. Take everything away before: passport-wallet export. Erase what the "
      "service keeps for you?");
  if (!agreed.ok()) return session.Refuse(agreed.fault());
  if (!*agreed) {
    session.world().errors << "passport-wallet: nothing was erased\n";
    return Ending::kRefused;
  }
  const std::string request = session.RequestId();
  const auto kept = session.Repeating([&] { return (*service)->Erase(request); });
  if (!kept.ok()) return session.Refuse(kept.fault());
  if (session.json()) {
    for (const StillKeptAnswer& each : *kept) PrintKeptJson(session, each);
    return Ending::kDone;
  }
  std::ostream& out = session.world().output;
  out << "erased: the key the service kept for you, what you have given, what you said of your records, invitations\n";
  if (!session.kept()) out << "The passport here, with its own key and records, is yours; delete it if you like.\n";
  out << "What organisations keep of you stays until its time is over. Ask them about it, by name:\n";
  for (const StillKeptAnswer& each : *kept) TellKept(session, each);
  return Ending::kDone;
}

}  // namespace

void AddEraseCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* erase = program.add_subcommand(
      "erase", "erase what the service keeps for you, when you work for nobody here any more; says what stays and why");
  erase->callback([&chosen] { chosen = Erase; });
}

}  // namespace passport
