// A presentation that was verified: the only thing decisions are made on.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "credential/presentation/presentation.h"
#include "credential/record/record.h"
#include "credential/trust/trust_snapshot.h"
#include "credential/vocabulary/held_as.h"
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
  kCannotTell,  // status too old, unknown or damaged, issuer suspended or compromised; see standing_reason
};

// Who answers today for what another organisation issued before it was merged, acquired, renamed or split.
struct ResponsibleParty {
  OrganisationId id;
  std::string name;  // as the registry lists it
};
std::string_view WordOf(Standing standing);  // "good", "revoked", "suspended", "cannot_tell"

// One record that was verified: authentic, issued with authority, in time.
struct PresentedRecord {
  CredentialId credential;
  OrganisationId issuer;
  std::string issuer_name;  // as the registry lists it
  std::string issuer_type;
  std::optional<ResponsibleParty> responsible;  // nothing: the issuer itself
  std::string issuer_kid;                       // names the key that signed it; empty when the credential names none
  Record record;                                // the facts that were disclosed
  std::string holder;                           // thumbprint of the holder key it is bound to
  HeldAs held_as;                               // where that key is, as the issuer says
  Instant issued_at;
  std::optional<Instant> expires_at;
  Standing standing;
  Reason standing_reason;  // kNone when good
  Instant status_as_of;    // age of the evidence; meaningful when good, revoked or suspended
};

// Records that were verified against one snapshot: the only thing decisions are made on, so deciding on unchecked data
// does not compile.
class VerifiedRecords {
 public:
  const std::vector<PresentedRecord>& records() const { return records_; }
  const std::string& snapshot_id() const { return snapshot_id_; }
  std::uint64_t registry_sequence() const { return registry_sequence_; }
  Instant verified_at() const { return verified_at_; }
  // kNone when the registry is fresh, else kRegistryStale: then nothing here is more than "cannot tell".
  Reason registry_standing() const { return registry_standing_; }
  // The worst of all: kGood only when every record and the registry are.
  Standing WorstStanding() const;
  Reason WorstReason() const;

 protected:
  VerifiedRecords() = default;
  std::vector<PresentedRecord> records_;
  std::string snapshot_id_;
  std::uint64_t registry_sequence_ = 0;
  Instant verified_at_;
  Reason registry_standing_ = Reason::kNone;
};

// Records whose holder has proven to this receiver that they are theirs: just now, or when they gave what is kept. Made
// by VerifyPresentation and VerifyKeptPresentation alone.
class VerifiedPresentation : public VerifiedRecords {
 public:
  const std::string& holder() const { return holder_; }    // thumbprint of the one holder key
  const std::string& purpose() const { return purpose_; }  // as the holder's proof names it; may be empty
  // Hash of the transaction data the holder agreed to, as the proof names it; empty for none. Whoever asked compares
  // it.
  const std::string& transaction() const { return transaction_; }
  // Where the one holder key is. Issuers that disagree are taken at the word by which most people besides the holder
  // could use it: kept before file before wallet.
  HeldAs held_as() const;

 private:
  friend Result<VerifiedPresentation> VerifyPresentationGiven(const Presentation&, const Expectation&,
                                                              std::optional<Instant>, const TrustSnapshot&, Instant);
  VerifiedPresentation() = default;
  std::string holder_;
  std::string purpose_;
  std::string transaction_;
};

// Records somebody keeps, without a proof of the holder: enough to say what a profile would answer, not to rely on it.
// Made by VerifyHeld alone.
class HeldRecords : public VerifiedRecords {
  friend Result<HeldRecords> VerifyHeld(std::span<const std::string>, const TrustSnapshot&, Seconds, Instant);
  HeldRecords() = default;
};

// Verifies every credential with its proof against one snapshot. One that does not hold fails the whole presentation,
// with the reason of the token checks and its position in the detail; so do different holders (kHolderMismatch),
// different purposes or transactions (kClaims), a credential twice (kMalformed), a type that is no kind of record
// (kVct). Revoked, suspended and unknown statuses do not fail: they stand beside the record. Pure: the nonce is
// consumed by whoever handed it out.
Result<VerifiedPresentation> VerifyPresentation(const Presentation& presentation, const Expectation& expected,
                                                const TrustSnapshot& snapshot, Instant now);

// A presentation that was verified when it was given and is looked at again: times of credentials and proofs are judged
// as of then, everything else by what is known now. A credential that has run out since stands as "cannot tell"
// (kTime) in place of good. Fails as VerifyPresentation does.
Result<VerifiedPresentation> VerifyKeptPresentation(const Presentation& presentation, const Expectation& expected,
                                                    Instant given_at, const TrustSnapshot& snapshot, Instant now);

// Verifies credentials (SD-JWT VC texts with the disclosures at hand) without a proof of the holder; none at all is an
// empty passport, not a fault. Fails as VerifyPresentation does, but for the proof: one that is there all the same is a
// presentation, not a credential to hold (kMalformed); one bound to no holder is kKbKey.
Result<HeldRecords> VerifyHeld(std::span<const std::string> credentials, const TrustSnapshot& snapshot, Seconds leeway,
                               Instant now);

}  // namespace passport
