// passport-wallet export
#include <memory>

#include "credential/badge/badge.h"
#include "credential/crypto/jwk.h"
#include "credential/passport/carried_record.h"
#include "paper/export_page.h"
#include "paper/passport_page.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/export_lines.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

struct ExportFlags {
  std::string out;
  std::string page;
  std::string all_out;
  std::string all_page;

  bool asks_the_service() const { return !all_out.empty() || !all_page.empty(); }
};

std::string HeldInWords(HeldAs held_as) {
  switch (held_as) {
    case HeldAs::kKept:
      return "by the service, on the person's behalf";
    case HeldAs::kFile:
      return "in a passport file of the person";
    case HeldAs::kWallet:
      return "in a program of the person";
  }
  return {};
}

std::string ValueForPage(const Fact& fact) {
  switch (fact.rule->shape) {
    case FieldShape::kFlag:
      return fact.value == "true" ? "yes" : "no";
    case FieldShape::kWord:
    case FieldShape::kChoice:
      return InPlainWords(fact.value);
    default:
      return fact.value;
  }
}

// "2026-03-01 by recruitment officer, documents seen, employer verified"
std::string CheckingForPage(const Record& record) {
  std::string text(record.Find("checked_on").value_or(""));
  if (const auto by = record.Find("checker_role")) text += (text.empty() ? "by " : " by ") + InPlainWords(*by);
  for (const std::string_view name : {"method", "assurance"}) {
    const auto value = record.Find(name);
    if (value) text += (text.empty() ? "" : ", ") + InPlainWords(*value);
  }
  return text;
}

std::vector<std::pair<std::string, std::string>> FactsForPage(const Record& record) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const Fact& fact : record.facts()) {
    const bool for_machines = fact.rule->shape == FieldShape::kDigest;
    if (!for_machines && !IsAboutChecking(fact.rule->name)) facts.emplace_back(fact.rule->label, ValueForPage(fact));
  }
  if (std::string checking = CheckingForPage(record); !checking.empty())
    facts.emplace_back("Checked", std::move(checking));
  return facts;
}

PassportPage PageOf(const CarriedPassport& carried, std::string holder, HeldAs held_as, Instant now) {
  PassportPage page{.name = {},
                    .held = HeldInWords(held_as),
                    .holder = std::move(holder),
                    .badge = {},
                    .made_at = now,
                    .records = {}};
  for (const CarriedCredential& credential : carried.credentials) {
    if (credential.state == "revoked") continue;
    // The newest badge in force comes last.
    if (credential.kind == kBadgeKind && credential.state == "current") page.badge = credential.token;
    const Result<Record> record = RecordOf(credential);
    if (!record.ok()) continue;
    const auto given = record->Find("given_names");
    const auto family = record->Find("family_name");
    if (page.name.empty() && credential.kind == "identity_check" && given && family)
      page.name = std::string(*given) + " " + std::string(*family);
    page.records.push_back({.kind = KindLabel(credential.kind),
                            .facts = FactsForPage(*record),
                            .issuer = credential.issuer_name.empty() ? credential.issuer : credential.issuer_name,
                            .state = StateForPerson(credential.state)});
  }
  return page;
}

Result<void> WriteLines(const std::string& path,
                        const std::function<Result<void>(const std::function<Result<void>(std::string_view)>&)>& make) {
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  Result<void> written = make([&](std::string_view line) { return file.Write(std::string(line) + "\n"); });
  if (written.ok()) written = file.Sync();
  // Half an export looks like a whole one.
  if (!written.ok()) RemoveFile(path);
  return written;
}

Result<void> WritePage(const std::string& path, std::string_view html) {
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  Result<void> written = file.Write(html);
  if (written.ok()) written = file.Sync();
  if (!written.ok()) RemoveFile(path);
  return written;
}

// The name of the key as it stands in what is carried: of one's own key, or of the key the service keeps, as the
// credentials name it.
Result<std::string> HolderName(WalletSession& session) {
  if (session.kept()) return std::string("kept by the service");
  TRY_ASSIGN(PassportOnDisk* const passport, session.Passport(PassportOnDisk::Intent::kRead));
  return Thumbprint(passport->key().public_key().point());
}

Result<void> ExportHere(WalletSession& session, const ExportFlags& flags) {
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  TRY_ASSIGN(const std::string holder, HolderName(session));
  const Instant now = session.world().clock();
  if (!flags.out.empty()) {
    TRY(WriteLines(flags.out, [&](const auto& line) { return ExportLines(*carried, holder, now, line); }));
  }
  if (flags.page.empty()) return {};
  const HeldAs held_as = session.kept() ? HeldAs::kKept : carried->held_as;
  TRY_ASSIGN(const std::string html, PassportPageHtml(PageOf(*carried, holder, held_as, now)));
  return WritePage(flags.page, html);
}

// The page reads every line, so that a file that is not whole is noticed also where no page is wanted. Its HTML.
Result<std::string> ReadEverything(PersonClient& service,
                                   const std::function<Result<void>(std::string_view line)>& also) {
  ExportPage page;
  TRY(service.Export([&](std::string_view line) -> Result<void> {
    const Result<void> taken = page.Take(line);
    return taken.ok() ? also(line) : taken;
  }));
  return page.Html();
}

Result<void> ExportEverything(WalletSession& session, const ExportFlags& flags) {
  TRY_ASSIGN(PersonClient* const service, session.Service());
  const auto no_file = [](std::string_view) -> Result<void> { return {}; };
  Result<std::string> html = Fault{};
  if (flags.all_out.empty()) {
    html = ReadEverything(*service, no_file);
  } else {
    TRY(WriteLines(flags.all_out, [&](const auto& line) -> Result<void> {
      html = ReadEverything(*service, line);
      return html.ok() ? Result<void>() : Result<void>(html.fault());
    }));
  }
  if (!html.ok()) return html.fault();
  return flags.all_page.empty() ? Result<void>() : WritePage(flags.all_page, *html);
}

Ending Export(WalletSession& session, const ExportFlags& flags) {
  if (flags.out.empty() && flags.page.empty() && !flags.asks_the_service()) {
    return session.Misuse(
        "say where to: --out FILE or --page FILE for what is in the passport, --everything-out FILE or "
        "--everything-page FILE for all that the service has about you");
  }
  if (!flags.out.empty() || !flags.page.empty()) {
    const Result<void> exported = ExportHere(session, flags);
    if (!exported.ok()) return session.Refuse(exported.fault());
  }
  if (flags.asks_the_service()) {
    const Result<void> exported = ExportEverything(session, flags);
    if (!exported.ok()) return session.Refuse(exported.fault());
  }
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    if (!flags.out.empty()) AppendText(tree, line, "out", flags.out);
    if (!flags.page.empty()) AppendText(tree, line, "page", flags.page);
    if (!flags.all_out.empty()) AppendText(tree, line, "everything_out", flags.all_out);
    if (!flags.all_page.empty()) AppendText(tree, line, "everything_page", flags.all_page);
    session.PrintJson(line);
    return Ending::kDone;
  }
  std::ostream& out = session.world().output;
  if (!flags.out.empty()) out << "everything in the passport is in " << Plain(flags.out) << "\n";
  if (!flags.page.empty()) out << "a page to read and print is in " << Plain(flags.page) << "\n";
  if (!flags.all_out.empty()) out << "everything the service has about you is in " << Plain(flags.all_out) << "\n";
  if (!flags.all_page.empty())
    out << "a page to read with everything the service has about you is in " << Plain(flags.all_page) << "\n";
  return Ending::kDone;
}

}  // namespace

void AddExportCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* command = program.add_subcommand("export", "take everything away: for machines, and as a page to print");
  const auto flags = std::make_shared<ExportFlags>();
  command->add_option("--out", flags->out, "new file, one JSON line for each credential");
  command->add_option("--page", flags->page, "new file, HTML that prints to one or two A4 pages");
  command->add_option("--everything-out", flags->all_out,
                      "new file, everything the service has about you (asks the service)");
  command->add_option("--everything-page", flags->all_page, "new file, the same as an HTML page to read");
  command->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return Export(session, *flags); }; });
}

}  // namespace passport
