// What somebody relied on.
#include <unordered_map>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {
namespace {

// Whether what is kept as the last link of a chain is the one its rows end with.
bool EndsWith(const std::optional<RelianceLink>& kept, const std::optional<RelianceLink>& last) {
  return kept.has_value() == last.has_value() && (!kept || kept->hash == last->hash);
}

}  // namespace

Result<void> HouseWalk::Reliances() {
  for (const auto& organisation : organisations_) TRY(Chain(organisation));
  return {};
}

Result<void> HouseWalk::Chain(const OrganisationId& organisation) {
  std::optional<RelianceLink> last;
  std::unordered_map<std::string, RelianceLink> last_on;
  for (bool more = true; more;) {
    TRY_ASSIGN(const auto page, store_.ReliancesOf(organisation, last ? last->sequence : 0, kPageRows));
    for (const RelianceRow& row : page.rows) {
      ++report_.reliances;
      const RelianceLink& link = row.link;
      const std::string name = "reliance " + std::to_string(link.sequence) + " of " + organisation.text();
      const RelianceLink& before = last_on[link.subject];  // of the person; empty at first
      const std::uint64_t passed = last ? last->sequence : 0;
      if (link.sequence != passed + 1) Violation(name + " comes after a gap");
      if (link.sequence <= passed) return {};  // in the place of another: going on after it would never end
      if (link.previous != (last ? last->hash : Digest{}))
        Violation(name + " does not hold the hash of the one before");
      if (link.subject_sequence != before.subject_sequence + 1) Violation(name + " comes after a gap for its person");
      if (link.subject_previous != before.hash) Violation(name + " does not hold the hash of the person's one before");
      if (link.hash != LinkHash(organisation, link)) Violation(name + " does not have its hash");
      last_on[link.subject] = link;
      last = link;
    }
    more = !page.next.empty();
  }
  TRY_ASSIGN(const auto kept, store_.LastLink(organisation));
  if (!EndsWith(kept, last)) Violation("the chain of " + organisation.text() + " does not end with its last link");
  for (const auto& [subject, link] : last_on) {
    TRY_ASSIGN(const auto kept_on, store_.LastLinkOn(organisation, subject));
    TRY_ASSIGN(const auto listed, store_.ReliancesOn(organisation, subject, link.subject_sequence - 1, 2));
    if (!EndsWith(kept_on, link) || listed.rows.size() != 1 || listed.rows.front().link.hash != link.hash) {
      Violation("a person's chain of " + organisation.text() + " does not end with its last link");
    }
  }
  return {};
}

Result<void> HouseWalk::Overrides() {
  for (const auto& organisation : organisations_) {
    TRY(EachRow([&](const std::string& after) { return store_.OverridesOf(organisation, after, kPageRows); },
                [&](const OverrideRow& row) -> Result<void> {
                  ++report_.overrides;
                  TRY_ASSIGN(const auto reliance, store_.FindReliance(organisation, row.reliance));
                  if (!reliance) Violation("override " + row.id.text() + " stands beside nothing");
                  return {};
                }));
  }
  return {};
}

}  // namespace passport
