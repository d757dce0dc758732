#include "passport-service/acts/answers_for.h"

#include <set>

namespace passport {
namespace {

Fault HandedOver(const Succession& succession) {
  return {Reason::kNotPermitted, "", succession.successor.text() + " answers for it now"};
}

}  // namespace

Result<OrganisationId> AnswersFor(Organisations& organisations, const OrganisationRow& row, Instant now) {
  std::optional<OrganisationRow> at = row;
  std::set<OrganisationId> on_way = {row.id};
  while (const Succession* succession = SuccessionAt(*at, now)) {
    TRY_ASSIGN(at, organisations.FindOrganisation(OrganisationId(succession->successor)));
    if (!at) return Fault{Reason::kStoreUnavailable, "", "the successor of an organisation is not there"};
    // Refused when a succession is proposed; what stands in the store all the same must not hold a call for ever.
    if (!on_way.insert(at->id).second) {
      return Fault{Reason::kStoreUnavailable, "", "organisations succeed each other in a circle"};
    }
  }
  return at->id;
}

Result<CredentialRow> FindAnsweredFor(Store& store, const OrganisationRow& caller, const CredentialId& id,
                                      Instant now) {
  TRY_ASSIGN(std::optional<CredentialRow> own, store.FindCredential(caller.id, id));
  if (own) {
    const Succession* const succession = SuccessionAt(caller, now);
    if (succession == nullptr) return std::move(*own);
    return HandedOver(*succession);
  }
  TRY_ASSIGN(const std::vector<OrganisationRow> all, store.AllOrganisations());
  for (const OrganisationRow& row : all) {
    if (SuccessionAt(row, now) == nullptr) continue;
    TRY_ASSIGN(const OrganisationId answers, AnswersFor(store, row, now));
    if (answers != caller.id) continue;
    TRY_ASSIGN(std::optional<CredentialRow> taken_over, store.FindCredential(row.id, id));
    if (taken_over) return std::move(*taken_over);
  }
  return Fault{Reason::kNotFound, "", "no such credential of this organisation"};
}

Result<OrganisationId> FindKeeper(Organisations& organisations, const OrganisationRow& caller,
                                  const std::optional<OrganisationId>& named, Instant now) {
  if (!named || *named == caller.id) {
    const Succession* const succession = SuccessionAt(caller, now);
    if (succession == nullptr) return OrganisationId(caller.id);
    return HandedOver(*succession);
  }
  TRY_ASSIGN(const std::optional<OrganisationRow> row, organisations.FindOrganisation(*named));
  if (row) {
    TRY_ASSIGN(const OrganisationId answers, AnswersFor(organisations, *row, now));
    if (answers == caller.id) return OrganisationId(row->id);
  }
  return Fault{Reason::kNotFound, "", "no such organisation that you answer for"};
}

}  // namespace passport
