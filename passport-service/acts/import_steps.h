// What the acts of an import share: the steps of a series, counts, and what an older file of the same source had
// signed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

// Of records, by what becomes of them.
struct ImportCounts {
  std::uint64_t rows = 0;
  std::array<std::uint64_t, 5> by_verdict{};  // by DraftVerdict
  std::uint64_t Of(DraftVerdict verdict) const { return by_verdict.at(static_cast<std::size_t>(verdict)); }
  void Add(DraftVerdict verdict) {
    ++rows;
    ++by_verdict.at(static_cast<std::size_t>(verdict));
  }
  void Move(DraftVerdict from, DraftVerdict to) {
    --by_verdict.at(static_cast<std::size_t>(from));
    ++by_verdict.at(static_cast<std::size_t>(to));
  }
};

// A delta file must follow the last one that was issued, a full one may leave numbers out; a file without a number is
// no part of a series. Fails with kOutOfStep, and as the store does.
Result<void> CheckStep(Store& store, const ImportRow& import);

// The import of the caller's. Fails with kNotFound, and as the store does.
Result<ImportRow> FindImportOf(Store& store, const OrganisationId& organisation, const RequestId& import);

// The reason of that word; kNone for an empty one or one of a newer version.
Reason ReasonOfWord(std::string_view word);

// True for reasons that say the service can not do it now; all others are about what was asked.
bool IsOfService(Reason reason);

// Ids of credentials, the first 90 bits of each.
class CredentialSet {
 public:
  void Add(const CredentialId& id) { ids_.insert(KeyOf(id)); }
  bool Has(const CredentialId& id) const { return ids_.contains(KeyOf(id)); }

 private:
  static std::string KeyOf(const CredentialId& id) { return id.text().substr(0, 15); }  // 90 bits, no allocation
  std::unordered_set<std::string> ids_;
};

// The credentials a full file should have named and did not: those that were signed from files of the same source and
// are not revoked, without `named`. Reads all credentials of the organisation. Fails as the store and the visitor do.
Result<void> EachGone(Store& store, const ImportRow& import, const CredentialSet& named,
                      const std::function<Result<void>(const CredentialRow&)>& visit);

}  // namespace passport
