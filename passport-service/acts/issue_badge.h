// Signs a badge for one of an organisation's people (docs/formats/badge.md).
//
// Durable like a credential: intent, slot and audit row before the signature, the badge with its audit row, event and
// answer before the caller hears yes. It stands among the credentials of its issuer under the kind "badge", so it is
// revoked as they are (ChangeStanding). It is bound to no holder key: a move or a loss leaves it alone.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "credential/badge/badge.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/acts/slot_runs.h"
#include "passport-service/ports/clock.h"

namespace passport {

class IssueBadge {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;
    std::string name;  // a word of it is one of the name on an identity check that the caller has signed
    std::string role;
    CivilDay valid_through;
    std::optional<Digest> photo;
  };
  struct Issued {
    CredentialId credential;
    std::string badge;  // the text for the code
  };
  IssueBadge(Store& store, KeyStore& keys, PersonVault& vault, Random& random, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), clock_(clock), slots_(store, random) {}
  // Fails with kCallerUnknown; kSecondPerson where the organisation has the two-person rule; kNotPermitted when it may
  // not say who works for it; kFieldInvalid; kNotFound (nobody who works for it, or a badge erased meanwhile);
  // kRecordMissing when no identity check stands that the caller has signed, or one it took over; kRecordField when the
  // name is on none of these: what others have signed is not asked, or names could be tried against it; kLimit past
  // 600 bytes; kRequestReused, kOutcomeUnknown (also while the same request is under way), kKeyState, kSigning,
  // kStatusListFull, and as the store does.
  Result<Issued> operator()(const Order& order);

 private:
  struct Job;
  class Hold;
  Result<Issued> Again(const OrganisationId& organisation, const std::string& id);
  Result<void> CheckName(const OrganisationRow& organisation, const PersonId& person, std::string_view name,
                         Instant now);
  Result<bool> IsOwn(const OrganisationRow& organisation, const OrganisationId& issuer, Instant now);
  Result<Badge> Sign(const OrganisationRow& organisation, const Job& job, std::string& kid);
  Result<void> Intend(const OrganisationRow& organisation, Job& job);
  Result<Issued> Keep(const OrganisationRow& organisation, const Job& job, const Badge& badge, const std::string& kid);

  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  const Clock& clock_;
  SlotRuns slots_;
  std::mutex mutex_;
  std::set<std::pair<OrganisationId, RequestId>> in_hand_;
};

}  // namespace passport
