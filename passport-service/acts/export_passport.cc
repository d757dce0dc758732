#include "passport-service/acts/export_passport.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/lost_keys.h"
#include "passport-service/acts/passport_lines.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr std::size_t kPassportExportPage = 200;

}  // namespace

// One export on its way.
struct ExportPassport::Walk {
  struct Organisation {
    OrganisationRow row;
    LostKeys lost;
  };
  PersonRow person;
  Known known;  // as it was at the start
  Instant now;
  const Sink& sink;
  std::map<OrganisationId, Organisation> organisations = {};
  std::vector<DisputeRow> said = {};
  std::uint64_t lines = 0;

  Result<void> Put(const std::string& line) {
    ++lines;
    return sink(line);
  }
  NamedOrganisation Named(const OrganisationId& id) const {
    const auto at = organisations.find(id);
    return {.id = id, .legal_name = at == organisations.end() ? "" : at->second.row.legal_name};
  }
};

// Who never changed their key has no row of it.
Result<void> ExportPassport::WriteKeys(Walk& walk) {
  TRY_ASSIGN(const std::vector<HolderKeyRow> rows, store_.HolderKeysOf(walk.person.id));
  for (const HolderKeyRow& row : rows) TRY(walk.Put(LineOfKey(row)));
  if (walk.person.sealed_holder.empty()) return {};
  TRY_ASSIGN(const std::string now, KeptThumbprint(vault_, walk.person));
  const bool known =
      std::any_of(rows.begin(), rows.end(), [&](const HolderKeyRow& row) { return row.thumbprint == now; });
  if (known) return {};
  return walk.Put(LineOfKey({.thumbprint = now,
                             .person = walk.person.id,
                             .held_as = HeldAs::kKept,
                             .from = walk.person.enrolled_at,
                             .until = {},
                             .end_reason = {}}));
}

Result<void> ExportPassport::WriteEmployment(const EmploymentRow& row, Walk& walk) {
  const DataOwner employee = owner::Employee(row.organisation, row.number);
  const NamedOrganisation employer = walk.Named(row.organisation);
  TRY_ASSIGN(const std::optional<std::string> number, vault_.Open(employee, "employee number", row.sealed_number));
  std::optional<std::string> why;
  if (row.left_at) {
    TRY_ASSIGN(why, vault_.Open(employee, kLeavingContext, row.sealed_leaving));
  }
  TRY(walk.Put(LineOfEmployment(row, employer, number, why)));
  TRY_ASSIGN(const std::vector<IdentityCheckRow> checks, store_.IdentityChecksOf(row.organisation, row.number));
  for (const IdentityCheckRow& check : checks) {
    TRY_ASSIGN(const std::optional<IdentityCheck> opened, OpenIdentityCheck(vault_, check));
    TRY(walk.Put(LineOfIdentityCheck(check, employer, opened)));
  }
  TRY_ASSIGN(const std::vector<InvitationRow> invitations, store_.InvitationsFor(row.organisation, row.number));
  for (const InvitationRow& invitation : invitations) TRY(walk.Put(LineOfInvitation(invitation, employer)));
  return {};
}

Result<void> ExportPassport::WriteEmployments(Walk& walk) {
  for (const auto& [id, organisation] : walk.organisations) {
    TRY_ASSIGN(const std::vector<EmploymentRow> rows, store_.EmploymentsOf(id, walk.person.id));
    for (const EmploymentRow& row : rows) TRY(WriteEmployment(row, walk));
  }
  return {};
}

Result<void> ExportPassport::WriteCredentials(Walk& walk) {
  std::set<CredentialId> accepted;
  for (const DisputeRow& row : walk.said) {
    if (row.state == DisputeState::kAccepted) accepted.insert(row.credential);
  }
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsHeldBy(walk.person.id, after, kPassportExportPage));
    for (const CredentialRow& row : page.rows) {
      const auto issuer = walk.organisations.find(row.organisation);
      ExportedCredential credential{.row = row,
                                    .issuer = walk.Named(row.organisation),
                                    .state = row.state,
                                    .reason = row.state_reason,
                                    .token = {},
                                    .accepted = accepted.contains(row.id)};
      if (issuer != walk.organisations.end() && issuer->second.lost.Hit(row, walk.now)) {
        credential.state = CredentialState::kSuspended;
        credential.reason = WordOf(Reason::kCompromised);
      }
      TRY_ASSIGN(credential.token, OpenToken(vault_, row));
      TRY(walk.Put(LineOfCredential(credential)));
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> ExportPassport::WriteDisputes(Walk& walk) {
  for (const DisputeRow& row : walk.said) {
    if (row.state == DisputeState::kAccepted) continue;
    const DataOwner about = owner::Person(row.organisation, row.person);
    TRY_ASSIGN(const std::optional<std::string> words, vault_.Open(about, kDisputeWordsContext, row.sealed_words));
    TRY_ASSIGN(const std::optional<std::string> answer, vault_.Open(about, kDisputeAnswerContext, row.sealed_answer));
    TRY(walk.Put(LineOfDispute(row, walk.Named(row.organisation), words, answer)));
  }
  return {};
}

Result<void> ExportPassport::WriteShares(Walk& walk) {
  std::string after;
  do {
    TRY_ASSIGN(const Page<ShareRow> page, store_.SharesOfPerson(walk.person.id, after, kPassportExportPage));
    for (const ShareRow& row : page.rows) {
      const NamedOrganisation receiver = walk.Named(row.receiver);
      TRY(walk.Put(LineOfShare(row, receiver)));
      TRY_ASSIGN(const std::vector<SeenLook> looks, OtherLooks(store_, row, ListLooks::kLooksMax));
      for (const SeenLook& look : looks) TRY(walk.Put(LineOfLook(row, look, receiver)));
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> ExportPassport::WriteLooksOf(const OrganisationId& relier, const std::string& key, Walk& walk) {
  const NamedOrganisation receiver = walk.Named(relier);
  for (std::uint64_t after = 0;;) {
    TRY_ASSIGN(const Page<RelianceRow> page, store_.ReliancesOn(relier, key, after, kPassportExportPage));
    for (const RelianceRow& row : page.rows) {
      after = row.link.subject_sequence;
      TRY_ASSIGN(const SeenLook look, OpenLook(vault_, row, walk.known));
      TRY(walk.Put(LineOfLook(row, look, receiver)));
    }
    if (page.next.empty() || page.rows.empty()) break;
  }
  TRY_ASSIGN(std::vector<OverrideRow> overrides, store_.OverridesFor(relier, key));
  for (OverrideRow& row : overrides) {
    TRY_ASSIGN(const Override opened, OpenOverride(vault_, std::move(row)));
    TRY(walk.Put(LineOfOverride(opened, receiver)));
  }
  return {};
}

Result<void> ExportPassport::WriteLooks(Walk& walk) {
  TRY_ASSIGN(const std::vector<std::string> keys, ThumbprintsOf(store_, vault_, walk.person.id));
  for (const std::string& key : keys) {
    TRY_ASSIGN(const std::vector<OrganisationId> reliers, store_.ReliersOn(key));
    for (const OrganisationId& relier : reliers) TRY(WriteLooksOf(relier, key, walk));
  }
  return {};
}

Result<void> ExportPassport::operator()(const HolderCaller& by, const Sink& sink) {
  const Fault nobody{Reason::kHolderUnknown, "", "a good key or code must come with the call"};
  if (!by.person) return nobody;
  const Instant now = clock_.Now();
  TRY_ASSIGN(std::optional<PersonRow> person, store_.FindPerson(*by.person));
  if (!person) return nobody;
  Walk walk{.person = std::move(*person), .known = trust_.Get(), .now = now, .sink = sink};
  TRY(ApplyNow(store_, {AuditedOfPeople(now, by, {.what = "passport.exported", .object = by.person->text()})}));
  TRY_ASSIGN(std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  const std::vector<KeyInfo> keys = keys_.List();
  for (OrganisationRow& row : organisations) {
    const OrganisationId id = row.id;
    LostKeys lost = LostKeys::Of(row, keys, now);
    walk.organisations.emplace(id, Walk::Organisation{std::move(row), std::move(lost)});
  }
  TRY_ASSIGN(walk.said, store_.DisputesBy(*by.person));
  TRY(walk.Put(FirstLine(walk.person, by.held_as, now)));
  TRY(WriteKeys(walk));
  TRY(WriteEmployments(walk));
  TRY(WriteCredentials(walk));
  TRY(WriteDisputes(walk));
  TRY(WriteShares(walk));
  TRY(WriteLooks(walk));
  TRY_ASSIGN(const std::optional<RebindingRow> rebinding, store_.FindRebinding(*by.person));
  if (rebinding) TRY(walk.Put(LineOfRebinding(*rebinding)));
  return sink(LastLine(walk.lines));
}

}  // namespace passport
