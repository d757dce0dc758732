#include "passport-service/acts/import_steps.h"

#include <map>

#include "passport-service/acts/import_draft.h"

namespace passport {

Result<void> CheckStep(Store& store, const ImportRow& import) {
  if (import.sequence == 0) return {};
  TRY_ASSIGN(const std::optional<ImportSeriesRow> last, store.FindImportSeries(import.organisation, import.source));
  const std::uint32_t number = last ? last->sequence : 0;
  if (last && last->import == import.import) return {};
  if (import.mode == ImportMode::kFull && import.sequence > number) return {};
  if (import.mode == ImportMode::kDelta && import.sequence == number + 1) return {};
  return Fault{Reason::kOutOfStep, "",
               "sequence " + std::to_string(import.sequence) + " does not follow " + std::to_string(number) +
                   ", the last file of this source that was issued"};
}

Result<ImportRow> FindImportOf(Store& store, const OrganisationId& organisation, const RequestId& import) {
  TRY_ASSIGN(std::optional<ImportRow> row, store.FindImport(organisation, import));
  if (!row) return Fault{Reason::kNotFound, "", "no such import of this organisation"};
  return std::move(*row);
}

Reason ReasonOfWord(std::string_view word) {
  for (const ReasonText& text : AllReasons()) {
    if (text.word == word) return text.reason;
  }
  return Reason::kNone;
}

bool IsOfService(Reason reason) {
  return reason == Reason::kOutcomeUnknown || reason == Reason::kStoreUnavailable || reason == Reason::kStoreFull ||
         reason == Reason::kStatusListFull || reason == Reason::kSigning || reason == Reason::kKeyState ||
         reason == Reason::kKeyStore || reason == Reason::kPassphrase || reason == Reason::kClockBack ||
         reason == Reason::kDeadline;
}

Result<void> EachGone(Store& store, const ImportRow& import, const CredentialSet& named,
                      const std::function<Result<void>(const CredentialRow&)>& visit) {
  constexpr std::size_t kPage = 500;
  std::map<RequestId, bool> of_source;  // imports, by whether they are of this source
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store.CredentialsOf(import.organisation, after, kPage));
    for (const CredentialRow& row : page.rows) {
      const std::optional<RequestId> from = ImportOfRequest(row.request);
      if (row.state == CredentialState::kRevoked || !from || *from == import.import || named.Has(row.id)) continue;
      auto known = of_source.find(*from);
      if (known == of_source.end()) {
        TRY_ASSIGN(const std::optional<ImportRow> other, store.FindImport(import.organisation, *from));
        known = of_source.emplace(*from, other && other->source == import.source).first;
      }
      if (known->second) TRY(visit(row));
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

}  // namespace passport
