#include "credential/trust/registry_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "credential/trust/registry_members.h"

namespace passport {
namespace {

Fault ContentRefused(std::string_view what) { return RegistryRefused("TRUST-04", what); }

// Every key that the registry names, and whose: each stands once, in one role (TRUST-05, -08).
class KeysSeen {
 public:
  Result<void> AddRole(std::span<const RegistryKey> keys, const KeySet* foreign) {
    std::set<std::string_view> kids;
    for (const RegistryKey& key : keys) {
      if (!kids.insert(key.kid).second) return ContentRefused("a kid occurs twice in one role");
      if (!points_.insert(key.key.point()).second)
        return RegistryRefused("TRUST-05", "a key stands under two organisations or roles");
      if (foreign != nullptr && foreign->Holds(key.key))
        return RegistryRefused("TRUST-08", "the registry key stands in another role");
      if (!key.certificate.empty() && !certificates_.insert(key.certificate).second)
        return ContentRefused("a certificate occurs twice");
    }
    return {};
  }

 private:
  std::set<P256Point> points_;
  std::set<std::string_view> certificates_;
};

Result<void> CheckKinds(const RegistryOrganisation& organisation) {
  std::map<std::string_view, std::vector<const KindWindow*>> by_type;
  for (const KindWindow& kind : organisation.kinds) by_type[kind.vct].push_back(&kind);
  for (auto& [vct, windows] : by_type) {
    std::sort(windows.begin(), windows.end(),
              [](const KindWindow* a, const KindWindow* b) { return a->from < b->from; });
    const auto overlap = [](const KindWindow* a, const KindWindow* b) { return !a->until || *a->until > b->from; };
    if (std::adjacent_find(windows.begin(), windows.end(), overlap) != windows.end())
      return ContentRefused("two windows of one kind overlap");
  }
  return {};
}

Result<void> CheckHistory(const RegistryOrganisation& organisation) {
  const auto& history = organisation.history;
  const auto no_later = [](const StateChange& a, const StateChange& b) { return a.since >= b.since; };
  if (std::adjacent_find(history.begin(), history.end(), no_later) != history.end())
    return ContentRefused("states do not follow each other");
  const auto& successions = organisation.successions;
  const auto before = [](const Succession& a, const Succession& b) { return a.at < b.at; };
  if (!std::is_sorted(successions.begin(), successions.end(), before))
    return ContentRefused("successions do not follow each other");
  if (organisation.valid_until && *organisation.valid_until <= organisation.valid_from)
    return ContentRefused("an organisation ends before it begins");
  return {};
}

using ById = std::map<std::string_view, const RegistryOrganisation*>;

// From one organisation to whoever might ever answer for it, no way leads back.
Result<void> CheckSuccessors(const ById& organisations) {
  std::set<std::string_view> done;
  std::set<std::string_view> on_the_way;
  struct Step {
    const RegistryOrganisation* organisation;
    std::size_t next = 0;
  };
  for (const auto& [id, start] : organisations) {
    std::vector<Step> way{{start}};
    on_the_way = {id};
    while (!way.empty()) {
      Step& step = way.back();
      const RegistryOrganisation& here = *step.organisation;
      if (done.contains(here.id.text()) || step.next == here.successions.size()) {
        done.insert(here.id.text());
        on_the_way.erase(here.id.text());
        way.pop_back();
        continue;
      }
      const auto successor = organisations.find(here.successions[step.next++].successor.text());
      if (successor == organisations.end()) return ContentRefused("a successor is not listed");
      if (!on_the_way.insert(successor->first).second) {
        return ContentRefused("organisations succeed each other in a circle");
      }
      way.push_back({successor->second});
    }
  }
  return {};
}

// TRUST-04, -05, -08, -09: each id, issuer, prefix and key stands once, in one role.
Result<void> CheckOrganisations(const std::vector<RegistryOrganisation>& organisations, const KeySet& pinned,
                                KeysSeen& keys) {
  ById by_id;
  std::set<std::string_view> issuers;
  std::set<std::string_view> prefixes;
  for (const RegistryOrganisation& organisation : organisations) {
    if (!by_id.emplace(organisation.id.text(), &organisation).second) {
      return ContentRefused("an organisation occurs twice");
    }
    if (!organisation.issuer.empty() && !issuers.insert(organisation.issuer).second)
      return ContentRefused("an issuer occurs twice");
    if (!organisation.status_uri_prefix.empty() && !prefixes.insert(organisation.status_uri_prefix).second)
      return ContentRefused("a status prefix occurs twice");
    TRY(CheckKinds(organisation));
    TRY(CheckHistory(organisation));
    TRY(keys.AddRole(organisation.issue_keys, &pinned));
    TRY(keys.AddRole(organisation.status_keys, &pinned));
  }
  // Sorted, a prefix that holds others stands right before one of them.
  const auto inside = [](std::string_view outer, std::string_view inner) { return inner.starts_with(outer); };
  if (std::adjacent_find(prefixes.begin(), prefixes.end(), inside) != prefixes.end())
    return RegistryRefused("TRUST-09", "a status prefix lies inside another organisation's");
  return CheckSuccessors(by_id);
}

// TRUST-04: each version of a document stands once, at a path of its own.
Result<void> CheckDocuments(const std::vector<RegistryDocument>& documents) {
  std::set<std::tuple<DocumentKind, std::string_view, int>> versions;
  std::set<std::string_view> paths;
  for (const RegistryDocument& document : documents) {
    if (!versions.emplace(document.kind, document.id, document.version).second)
      return ContentRefused("a version of a document occurs twice");
    if (!paths.insert(document.path).second) return ContentRefused("two documents lie at one path");
  }
  return {};
}

}  // namespace

Result<void> CheckRegistry(const RegistryContent& content, const KeySet& pinned) {
  if (content.next_update <= content.issued_at)
    return RegistryRefused("TRUST-02", "next_update is not after issued_at");
  KeysSeen keys;
  TRY(keys.AddRole(content.registry_keys, nullptr));
  TRY(CheckOrganisations(content.organisations, pinned, keys));
  TRY(keys.AddRole(content.receipt_keys, &pinned));
  return CheckDocuments(content.documents);
}

}  // namespace passport
