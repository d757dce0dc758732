// One order of IssueCredentials on its way, shared by its files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "passport-service/acts/issue_credentials.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {

// A fault ends it; the others go on.
struct IssueCredentials::Job {
  const Caller* by = nullptr;
  const Order* order = nullptr;
  std::optional<Fault> fault;
  std::optional<Issued> issued;
  Digest digest{};
  Digest number{};  // keyed digest of the employee number
  std::optional<PersonRow> person;
  std::optional<P256Point> holder;
  HeldAs held_as = HeldAs::kKept;
  std::optional<Record> record;
  FactDigests fact{};
  StandingFact standing;
  std::optional<Slot> slot;
  std::string status_uri;
  Instant expires_at;
  std::optional<Credential> credential;
  std::optional<PersonVault::Fresh> sealed;  // its token, with the key that goes with it
  std::string kid;                           // of the key that signed it
  std::optional<CredentialRow> renewed;      // the old credential of a renewal
  std::string suspended_for;                 // the issuer's reason, when what is renewed is suspended by it
  bool returns = false;                      // an employment of somebody who had left under this number
  bool intended = false;                     // the intent is durable
  std::optional<std::size_t> same_as;        // an equal order of this call, issued once for both

  bool in_round = false;  // in hand now

  bool waiting() const { return !fault && !issued && !same_as; }
  bool open() const { return in_round && waiting() && standing.verdict != DraftVerdict::kUnchanged; }
  bool stands() const { return in_round && waiting() && standing.verdict == DraftVerdict::kUnchanged; }
  std::string fact_text() const { return {fact.identity.begin(), fact.identity.end()}; }
};

// What the answer to an order is kept under; `digest` is that of everything it asks.
inline RequestKey KeyOf(const OrganisationRow& organisation, const IssueCredentials::Order& order,
                        const Digest& digest) {
  return {.by = organisation.id, .id = order.request, .digest = digest};
}

}  // namespace passport
