// passport-wallet list
#include <algorithm>
#include <memory>

#include "credential/decision/outlook.h"
#include "credential/passport/carried_record.h"
#include "credential/vocabulary/instant_text.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

struct ListFlags {
  bool expiring = false;
  bool all = false;
  std::vector<std::string> roles;
  std::string at;
  bool employment = false;
};

Colour ColourOfState(std::string_view state) {
  if (state == "current") return Colour::kGood;
  return state == "suspended" ? Colour::kWarning : Colour::kBad;
}

void PrintCredentialJson(WalletSession& session, const CarriedCredential& credential) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "credential_id", credential.id);
  AppendText(tree, line, "kind", credential.kind);
  AppendText(tree, line, "issuer", credential.issuer);
  AppendText(tree, line, "issuer_name", credential.issuer_name);
  AppendText(tree, line, "state", credential.state);
  if (!credential.state_reason.empty()) AppendText(tree, line, "state_reason", credential.state_reason);
  line.Append("accepted", tree.Boolean(credential.accepted));
  if (const Result<Record> record = RecordOf(credential); record.ok()) {
    json::Value& facts = tree.Object();
    for (const Fact& fact : record->facts()) AppendText(tree, facts, fact.rule->name, fact.value);
    line.Append("facts", facts);
  }
  session.PrintJson(line);
}

Ending ListAll(WalletSession& session, const ListFlags& flags) {
  const Result<const CarriedPassport*> carried = session.Carried();
  if (!carried.ok()) return session.Refuse(carried.fault());
  Table table({"ID", "KIND", "WHAT", "ISSUED BY", "STATE"});
  std::size_t gone = 0;
  for (const CarriedCredential& credential : (*carried)->credentials) {
    if (credential.state == "revoked" && !flags.all) {
      ++gone;
      continue;
    }
    if (session.json()) {
      PrintCredentialJson(session, credential);
      continue;
    }
    const Result<Record> record = RecordOf(credential);
    table.Add({ShortId(credential.id), KindLabel(credential.kind), record.ok() ? ShortlyOf(*record) : "",
               credential.issuer_name, StateForPerson(credential.state)});
  }
  if (session.json()) return Ending::kDone;
  std::ostream& out = session.world().output;
  if ((*carried)->credentials.size() == gone)
    out << "no credentials; fetch what was issued for you: passport-wallet receive\n";
  table.Print(out, [&](std::size_t column, std::string_view cell) {
    return column == 4 ? session.In(ColourOfState(cell == "in force" ? "current" : cell), cell) : std::string(cell);
  });
  if (gone > 0) out << gone << " that were revoked are not shown; see --all\n";
  if ((*carried)->received_at) out << "as received on " << UtcText(*(*carried)->received_at) << "\n";
  return Ending::kDone;
}

void PrintEndJson(WalletSession& session, const ComingEnd& end, const Outlook& outlook) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "ends", end.last_day.Text());
  line.Append("within_days", tree.Integer(end.Within(outlook.today)));
  AppendText(tree, line, "role", end.profile);
  AppendText(tree, line, "requirement", end.requirement);
  AppendText(tree, line, "needs", end.needs);
  std::vector<std::string> ids;
  for (const CredentialId& id : end.relied_on) ids.push_back(id.text());
  AppendTexts(tree, line, "credential_ids", ids);
  AppendText(tree, line, "who", end.who);
  AppendText(tree, line, "how", end.how);
  session.PrintJson(line);
}

void PrintLackJson(WalletSession& session, const Lack& lack) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "lacking_from", lack.from.Text());
  AppendText(tree, line, "role", lack.profile);
  AppendText(tree, line, "requirement", lack.requirement);
  AppendText(tree, line, "needs", lack.needs);
  AppendText(tree, line, "outcome", WordOf(lack.outcome));
  AppendText(tree, line, "reason", WordOf(lack.reason));
  AppendText(tree, line, "who", lack.who);
  AppendText(tree, line, "how", lack.how);
  session.PrintJson(line);
}

void TellEnds(WalletSession& session, const Outlook& outlook) {
  std::ostream& out = session.world().output;
  if (outlook.ends.empty()) out << "nothing ends within " << kOutlookSteps.back() << " days\n";
  int told = 0;
  for (const ComingEnd& end : outlook.ends) {
    const int within = end.Within(outlook.today);
    if (within != told) {
      const Colour colour = within == kOutlookSteps.front() ? Colour::kBad : Colour::kWarning;
      out << session.In(colour, "ends within " + std::to_string(within) + " days") << "\n";
      told = within;
    }
    out << "- " << end.last_day.Text() << "  " << Plain(end.needs);
    out << (end.profile.empty() ? " (the credential itself)" : " (role " + Plain(end.profile) + ")");
    out << "\n    " << Plain(end.who) << ": " << Plain(end.how) << "\n";
  }
}

void TellLacks(WalletSession& session, const Outlook& outlook) {
  std::ostream& out = session.world().output;
  for (const Lack& lack : outlook.lacks) {
    const bool unsure = lack.outcome == Outcome::kCannotTell;
    out << session.In(unsure ? Colour::kWarning : Colour::kBad, unsure ? "cannot tell" : "lacking");
    if (lack.from > outlook.today) out << " from " << lack.from.Text();
    out << " for " << Plain(lack.profile) << ": " << Plain(lack.needs) << " [" << WordOf(lack.reason) << "]\n    "
        << Plain(lack.who) << ": " << Plain(lack.how) << "\n";
  }
}

Result<Outlook> LookAheadOf(WalletSession& session, const ListFlags& flags, std::vector<std::string>& left_out) {
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  TRY_ASSIGN(const PublishedTree* const tree, session.Tree());
  TRY_ASSIGN(const PublishedRules* const rules, session.Rules());
  const Instant now = session.world().clock();
  TRY_ASSIGN(const MyRecords mine, VerifyMine(*carried, *tree, now));
  left_out = mine.left_out;
  // Whose rule it is to be: the place that was named, else where the person works already, else anybody.
  std::string at = flags.at;
  for (const PresentedRecord& record : mine.records.records()) {
    if (at.empty() && record.record.kind().word == "employment") at = record.issuer.text();
  }
  if (at.empty() && !flags.roles.empty()) return Fault{Reason::kConfig, "", "say where the work is: --at ods:RC9"};
  const Result<OrganisationId> place = OrganisationId::Parse(at.empty() ? "ods:X" : at);
  if (!place.ok()) return Fault{Reason::kConfig, "", "--at is not the id of an organisation, like ods:RC9"};
  return LookAhead(flags.roles, [&](std::string_view id, const CivilDay& day) { return rules->InForce(id, day, now); },
                   rules->taxonomies(), mine.records,
                   {.receiver = *place,
                    .place = *place,
                    .engagement = flags.employment ? Engagement::kEmployment : Engagement::kPlacement,
                    .today = CivilDay::InLondon(now)});
}

Ending ListExpiring(WalletSession& session, const ListFlags& flags) {
  std::vector<std::string> left_out;
  const Result<Outlook> outlook = LookAheadOf(session, flags, left_out);
  if (!outlook.ok()) return session.Refuse(outlook.fault());
  if (session.json()) {
    for (const ComingEnd& end : outlook->ends) PrintEndJson(session, end, *outlook);
    for (const Lack& lack : outlook->lacks) PrintLackJson(session, lack);
  } else {
    TellEnds(session, *outlook);
    TellLacks(session, *outlook);
    for (const std::string& line : left_out) session.world().errors << "left out: " << Plain(line) << "\n";
  }
  const bool unsure = std::any_of(outlook->lacks.begin(), outlook->lacks.end(),
                                  [](const Lack& lack) { return lack.outcome == Outcome::kCannotTell; });
  const bool lacking = std::any_of(outlook->lacks.begin(), outlook->lacks.end(),
                                   [](const Lack& lack) { return lack.outcome == Outcome::kNotMet; });
  if (lacking) return Ending::kRefused;
  return unsure ? Ending::kCannotTell : Ending::kDone;
}

Ending List(WalletSession& session, const ListFlags& flags) {
  if (!flags.expiring && (!flags.roles.empty() || !flags.at.empty() || flags.employment))
    return session.Misuse("--role, --at and --new-employment go with --expiring");
  return flags.expiring ? ListExpiring(session, flags) : ListAll(session, flags);
}

}  // namespace

void AddListCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* list = program.add_subcommand("list", "what is in the passport; with --expiring what ends soon");
  const auto flags = std::make_shared<ListFlags>();
  list->add_flag("--all", flags->all, "also what was revoked");
  list->add_flag("--expiring", flags->expiring, "what ends within 7, 30 and 90 days, and what is lacking for a role");
  list->add_option("--role", flags->roles, "a role you work in or want, by its profile; repeat")
      ->allow_extra_args(false);
  list->add_option("--at", flags->at, "where the work is, like ods:RC9; your employer if not given");
  list->add_flag("--new-employment", flags->employment, "as a new employee there, not a placement");
  list->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return List(session, *flags); }; });
}

}  // namespace passport
