// passport-wallet list
#include <algorithm>
#include <memory>

#include "credential/passport/carried_record.h"
#include "credential/vocabulary/instant_text.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"
#include "wallet-cli/commands/wallet_commands.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/my_roles.h"
#include "wallet-cli/outlook_words.h"
#include "wallet-cli/person_words.h"

namespace passport {
namespace {

struct ListFlags {
  bool expiring = false;
  bool all = false;
  std::vector<std::string> roles;
  std::vector<std::string> forgotten;
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

// To be remembered in, where there is a file and nobody else is changing it. Of a passport that the service keeps roles
// are not remembered: other people may use this program.
PassportOnDisk* FileToRememberIn(WalletSession& session) {
  if (session.kept()) return nullptr;
  const Result<PassportOnDisk*> passport = session.Passport(PassportOnDisk::Intent::kChange);
  return passport.ok() ? *passport : nullptr;
}

// The place that was named, else where the person works already.
Result<std::string> PlaceOfWork(const ListFlags& flags, const MyRecords& mine) {
  std::string at = flags.at;
  for (const PresentedRecord& record : mine.records.records()) {
    if (at.empty() && record.record.kind().word == "employment") at = record.issuer.text();
  }
  if (at.empty()) return Fault{Reason::kConfig, "", "say where the work is: --at ods:RC9"};
  if (!OrganisationId::Parse(at).ok())
    return Fault{Reason::kConfig, "", "--at is not the id of an organisation, like ods:RC9"};
  return at;
}

Result<std::vector<CarriedRole>> RolesOf(WalletSession& session, const CarriedPassport& carried) {
  if (!session.kept()) return carried.roles;
  TRY_ASSIGN(PersonClient* const service, session.Service());
  TRY_ASSIGN(const std::vector<ShareAnswer> shares, session.Repeating([&] { return service->ListShares(); }));
  return WithSharesOf({}, shares);
}

Result<void> ForgetRoles(const ListFlags& flags, std::vector<CarriedRole>& roles) {
  for (const std::string& role : flags.forgotten) {
    if (!ForgetRole(roles, role))
      return Fault{Reason::kConfig, "",
                   "you have named no role " + role + "; see list --expiring for those that count"};
  }
  return {};
}

void Remember(WalletSession& session, PassportOnDisk* file, const std::vector<CarriedRole>& roles) {
  if (file != nullptr && file->carried().roles == roles) return;
  Result<void> saved = Fault{Reason::kStateConflict, "", "it is not remembered in a passport that the service keeps"};
  if (file != nullptr) {
    file->carried().roles = roles;
    saved = file->Save(session.world().random);
  }
  if (!saved.ok()) session.world().errors << "the roles are not remembered: " << Plain(saved.fault().detail) << "\n";
}

Result<RolesAhead> LookAheadOf(WalletSession& session, const ListFlags& flags) {
  const bool changes = !flags.roles.empty() || !flags.forgotten.empty();
  PassportOnDisk* const file = changes ? FileToRememberIn(session) : nullptr;
  TRY_ASSIGN(const CarriedPassport* const carried, session.Carried());
  TRY_ASSIGN(const PublishedTree* const tree, session.Tree());
  TRY_ASSIGN(const PublishedRules* const rules, session.Rules());
  const Instant now = session.world().clock();
  TRY_ASSIGN(const MyRecords mine, VerifyMine(*carried, *tree, now));
  TRY_ASSIGN(std::vector<CarriedRole> roles, RolesOf(session, *carried));
  TRY(ForgetRoles(flags, roles));
  if (!flags.roles.empty()) {
    TRY_ASSIGN(const std::string at, PlaceOfWork(flags, mine));
    for (const std::string& role : flags.roles) TRY(NameRole(roles, role, at));
  }
  const Engagement engagement = flags.employment ? Engagement::kEmployment : Engagement::kPlacement;
  TRY_ASSIGN(RolesAhead ahead, LookAheadOfRoles(roles, flags.roles, *rules, mine, engagement, now));
  if (changes) Remember(session, file, roles);
  ahead.left_out.insert(ahead.left_out.begin(), mine.left_out.begin(), mine.left_out.end());
  return ahead;
}

Ending ListExpiring(WalletSession& session, const ListFlags& flags) {
  const Result<RolesAhead> ahead = LookAheadOf(session, flags);
  if (!ahead.ok()) return session.Refuse(ahead.fault());
  session.json() ? PrintAheadJson(session, *ahead) : TellAhead(session, *ahead);
  const std::vector<Lack>& lacks = ahead->outlook.lacks;
  const auto has = [&](Outcome outcome) {
    return std::any_of(lacks.begin(), lacks.end(), [&](const Lack& lack) { return lack.outcome == outcome; });
  };
  if (has(Outcome::kNotMet)) return Ending::kRefused;
  return has(Outcome::kCannotTell) ? Ending::kCannotTell : Ending::kDone;
}

Ending List(WalletSession& session, const ListFlags& flags) {
  const bool about_roles = !flags.roles.empty() || !flags.forgotten.empty() || !flags.at.empty() || flags.employment;
  if (!flags.expiring && about_roles)
    return session.Misuse("--role, --forget-role, --at and --new-employment go with --expiring");
  return flags.expiring ? ListExpiring(session, flags) : ListAll(session, flags);
}

}  // namespace

void AddListCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* list = program.add_subcommand("list", "what is in the passport; with --expiring what ends soon");
  const auto flags = std::make_shared<ListFlags>();
  list->add_flag("--all", flags->all, "also what was revoked");
  list->add_flag("--expiring", flags->expiring, "what ends within 7, 30 and 90 days, and what is lacking for a role");
  list->add_option("--role", flags->roles, "a role you work in or want, by its profile; remembered; repeat")
      ->allow_extra_args(false);
  list->add_option("--forget-role", flags->forgotten, "a role you named once and that counts no more; repeat")
      ->allow_extra_args(false);
  list->add_option("--at", flags->at, "where the work is, like ods:RC9; your employer if not given");
  list->add_flag("--new-employment", flags->employment, "as a new employee there, not a placement");
  list->callback([flags, &chosen] { chosen = [flags](WalletSession& session) { return List(session, *flags); }; });
}

}  // namespace passport
