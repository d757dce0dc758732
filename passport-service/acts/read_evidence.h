// What an organisation relied on, for an inspector: of one person or of everybody, with the proof that nothing is
// missing (docs/formats/evidence.md).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "credential/evidence/evidence_file.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ReadEvidence {
 public:
  // One of them, or neither for the whole organisation.
  struct Order {
    Caller by;
    std::optional<std::string> employee_number;  // one of the caller's own people
    std::optional<std::string> subject;          // thumbprint of a holder's key
  };
  // An export under way: what was there when it began, not what comes while it runs.
  struct Export {
    OrganisationId organisation;
    std::optional<std::string> subject;
    std::uint64_t count = 0;  // links in the chain
    std::string signed_head;
    std::string registry_token;     // the registry in force, so that the export can be checked alone
    std::set<RequestId> overrides;  // those that stand in it
    std::uint64_t done = 0;         // links read so far
    std::uint64_t after = 0;        // of the last one read: its place in the chain that is walked
  };
  struct Item {
    EvidenceItem item;
    std::vector<EvidenceOverride> overrides;
  };
  ReadEvidence(Store& store, const KeyStore& keys, PersonVault& vault, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), clock_(clock) {}
  // On record before anything is read. Fails with kCallerUnknown, kNotFound (person), kFieldInvalid (both named),
  // kRegistryStale (nothing published yet), kKeyState or kSigning, and as the store does.
  Result<Export> Begin(const Order& order);
  // The next items, at most `limit`; none at the end. Fails with kEvidence when a stored receipt does not hold, and as
  // store and key store do.
  Result<std::vector<Item>> Next(Export& under_way, std::size_t limit);

 private:
  Result<std::optional<std::string>> SubjectOf(const OrganisationRow& caller, const Order& order);
  // Which overrides stand in the export and what they come to; all of them are read, one page at a time.
  Result<void> Tally(Export& under_way, const std::optional<RelianceLink>& last, EvidenceHead& head);
  // Of the links that stand in the export; all of them are read, one page at a time.
  Result<std::uint64_t> CountErased(const Export& under_way);
  Result<Page<RelianceRow>> RowsAfter(const Export& under_way, std::uint64_t after, std::size_t limit);
  Result<Item> Open(const RelianceRow& row, const Export& under_way);
  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
