// A presentation that was verified: the only thing decisions are made on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "credential/presentation/presentation.h"
#include "credential/record/record.h"
#include "credential/trust/trust_snapshot.h"
#include "credential/vocabulary/identifiers.h"

namespace passport {

// What a receiver insists on. Nothing has a default; empty audience or nonce is kConfig (KB-10).
struct Expectation {
  std::string_view audience;
  std::string_view nonce;
  Seconds proof_age_max;  // of the holder's proof
  Seconds leeway;         // for clocks that differ
};

enum class Standing {
  kGood,
  kRevoked,
  kSuspended,
  kCannotTell,  // status too old, unknown or damaged; see standing_reason
};

// One record out of a presentation: authentic, issued with authority, in time.
struct PresentedRecord {
  CredentialId credential;
  OrganisationId issuer;
  Record record;  // the facts that were disclosed
  Instant issued_at;
  std::optional<Instant> expires_at;
  Standing standing;
  Reason standing_reason;  // kNone when good
  Instant status_as_of;    // age of the evidence; meaningful when good, revoked or suspended
};

// Made by VerifyPresentation alone, so deciding on unchecked data does not compile.
class VerifiedPresentation {
 public:
  const std::vector<PresentedRecord>& records() const { return records_; }
  const std::string& holder() const { return holder_; }    // thumbprint of the one holder key
  const std::string& purpose() const { return purpose_; }  // as the holder's proof names it; may be empty
  const std::string& snapshot_id() const { return snapshot_id_; }
  Instant verified_at() const { return verified_at_; }
  // kNone when the registry is fresh, else kRegistryStale: then nothing here is more than "cannot tell".
  Reason registry_standing() const { return registry_standing_; }
  // The worst of all: kGood only when every record and the registry are.
  Standing WorstStanding() const;
  Reason WorstReason() const;

 private:
  friend Result<VerifiedPresentation> VerifyPresentation(const Presentation&, const Expectation&, const TrustSnapshot&,
                                                         Instant);
  VerifiedPresentation() = default;
  std::vector<PresentedRecord> records_;
  std::string holder_;
  std::string purpose_;
  std::string snapshot_id_;
  Instant verified_at_;
  Reason registry_standing_ = Reason::kNone;
};

// Verifies every credential with its proof against one snapshot. One that does not hold fails the whole presentation,
// with the reason of the token checks and its position in the detail; so do different holders (kHolderMismatch),
// different purposes (kClaims), a credential twice (kMalformed), a type that is no kind of record (kVct). Revoked,
// suspended and unknown statuses do not fail: they stand beside the record. Pure: the nonce is consumed by whoever
// handed it out.
Result<VerifiedPresentation> VerifyPresentation(const Presentation& presentation, const Expectation& expected,
                                                const TrustSnapshot& snapshot, Instant now);

}  // namespace passport
