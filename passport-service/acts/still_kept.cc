#include "passport-service/acts/still_kept.h"

#include <algorithm>
#include <map>
#include <utility>

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/share_steps.h"

namespace passport {
namespace {

constexpr std::size_t kStillKeptPage = 200;

// When something ended that is kept for a while after.
struct Ends {
  std::uint64_t count = 0;
  Instant last{};

  void Add(Instant end, std::uint64_t more = 1) {
    last = count == 0 ? end : std::max(last, end);
    count += more;
  }
};

struct KeptThings {
  std::map<OrganisationId, Ends> signed_by;                      // all credentials, also without their text
  std::map<std::pair<OrganisationId, std::string>, Ends> texts;  // by issuer and kind
  std::map<OrganisationId, Ends> relied_by;
};

StillKept KeptBy(KeptOf what, const OrganisationRow& by, const Ends& ends, const RetentionRule* rule) {
  StillKept kept{.what = what, .keeper = by.id, .keeper_name = by.legal_name, .count = ends.count};
  if (rule == nullptr) return kept;
  kept.until = KeptUntil(*rule, ends.last);
  kept.rule = rule->id;
  kept.why = rule->why;
  kept.source = rule->source;
  return kept;
}

Result<void> GatherSigned(Store& store, PersonVault& vault, const PersonId& person, KeptThings& things) {
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store.CredentialsHeldBy(person, after, kStillKeptPage));
    for (const CredentialRow& row : page.rows) {
      const Instant end = EndOf(row);
      things.signed_by[row.organisation].Add(end);
      TRY_ASSIGN(const bool readable, vault.Keeps(owner::Credential(row.organisation, row.id), row.sealed_token));
      if (readable) things.texts[{row.organisation, row.kind}].Add(end);
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> GatherReliedOn(Store& store, PersonVault& vault, const PersonId& person, KeptThings& things) {
  TRY_ASSIGN(const std::vector<std::string> keys, ThumbprintsOf(store, vault, person));
  for (const std::string& key : keys) {
    TRY_ASSIGN(const std::vector<OrganisationId> reliers, store.ReliersOn(key));
    for (const OrganisationId& relier : reliers) {
      TRY_ASSIGN(const std::optional<DataKeyRow> sealed, store.FindDataKey(owner::Subject(relier, key)));
      TRY_ASSIGN(const std::optional<RelianceLink> last, store.LastLinkOn(relier, key));
      if (sealed && last) things.relied_by[relier].Add(last->at, last->subject_sequence);
    }
  }
  return {};
}

// Kinds that one rule speaks of are one line.
void AddTexts(const OrganisationRow& by, const KeptThings& things, const std::optional<RetentionRules>& rules,
              std::vector<StillKept>& all) {
  std::map<const RetentionRule*, Ends> ends;
  for (const auto& [of, each] : things.texts) {
    if (of.first != by.id) continue;
    ends[rules ? &rules->ForCredential(of.second) : nullptr].Add(each.last, each.count);
  }
  const std::size_t from = all.size();
  for (const auto& [rule, each] : ends) all.push_back(KeptBy(KeptOf::kCredentials, by, each, rule));
  std::sort(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(),
            [](const StillKept& a, const StillKept& b) { return a.rule < b.rule; });
}

// The number stays as long as an employer's rows name it.
void AddOfService(const std::vector<StillKept>& all, std::vector<StillKept>& of_service) {
  StillKept passport{.what = KeptOf::kPassport,
                     .why = "Rows that organisations must keep name it. It goes with the last employer's."};
  bool known = true;
  for (const StillKept& each : all) {
    if (each.what != KeptOf::kPeople) continue;
    known = known && each.until.has_value();
    if (each.until) passport.until = passport.until ? std::max(*passport.until, *each.until) : *each.until;
  }
  if (!known) passport.until.reset();
  of_service.push_back(std::move(passport));
  of_service.push_back({.what = KeptOf::kAudit,
                        .why = "It proves what was done and by whom, and says nothing of you but your number in the "
                               "service."});
}

}  // namespace

Result<std::vector<StillKept>> FindStillKept(Store& store, PersonVault& vault,
                                             const std::optional<RetentionRules>& rules, const PersonRow& person) {
  KeptThings things;
  TRY(GatherSigned(store, vault, person.id, things));
  TRY(GatherReliedOn(store, vault, person.id, things));
  std::vector<StillKept> all;
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store.AllOrganisations());
  for (const OrganisationRow& each : organisations) {
    TRY_ASSIGN(const std::vector<EmploymentRow> employments, store.EmploymentsOf(each.id, person.id));
    if (!employments.empty()) {
      const auto ended = things.signed_by.find(each.id);
      const Ends ends{.count = 0, .last = ended == things.signed_by.end() ? person.enrolled_at : ended->second.last};
      all.push_back(KeptBy(KeptOf::kPeople, each, ends, rules ? &rules->For(Kept::kPerson) : nullptr));
    }
    AddTexts(each, things, rules, all);
    const auto relied = things.relied_by.find(each.id);
    if (relied == things.relied_by.end()) continue;
    all.push_back(KeptBy(KeptOf::kReliances, each, relied->second, rules ? &rules->For(Kept::kSubject) : nullptr));
  }
  std::vector<StillKept> of_service;
  AddOfService(all, of_service);
  all.insert(all.end(), of_service.begin(), of_service.end());
  return all;
}

}  // namespace passport
