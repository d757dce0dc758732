#include "wallet-cli/outlook_words.h"

#include "terminal/plain_text.h"

namespace passport {
namespace {

void PrintRoleJson(WalletSession& session, const CarriedRole& role) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "counted_role", role.profile);
  AppendText(tree, line, "at", role.at);
  AppendText(tree, line, "because", role.receiver.empty() ? "named" : "share");
  if (!role.receiver_name.empty()) AppendText(tree, line, "receiver_name", role.receiver_name);
  session.PrintJson(line);
}

void TellRoles(WalletSession& session, const std::vector<CarriedRole>& counted) {
  std::ostream& out = session.world().output;
  if (counted.empty()) {
    out << "No role is known that you work in, so this is what runs out by itself. Name one: passport-wallet list "
           "--expiring --role ROLE\n";
    return;
  }
  out << "by the rules of\n";
  for (const CarriedRole& role : counted) {
    out << "- " << Plain(role.profile) << " at " << Plain(role.at) << " (" << Plain(WhyItCounts(role));
    out << (role.receiver.empty() ? "; no more: --forget-role " + Plain(role.profile) + ")\n" : ")\n");
  }
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

}  // namespace

void TellAhead(WalletSession& session, const RolesAhead& ahead) {
  TellRoles(session, ahead.counted);
  TellEnds(session, ahead.outlook);
  TellLacks(session, ahead.outlook);
  for (const std::string& line : ahead.left_out) session.world().errors << "left out: " << Plain(line) << "\n";
}

void PrintAheadJson(WalletSession& session, const RolesAhead& ahead) {
  for (const CarriedRole& role : ahead.counted) PrintRoleJson(session, role);
  for (const ComingEnd& end : ahead.outlook.ends) PrintEndJson(session, end, ahead.outlook);
  for (const Lack& lack : ahead.outlook.lacks) PrintLackJson(session, lack);
}

}  // namespace passport
