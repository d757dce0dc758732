// A receipt: what was decided, on what, when, by which rule; signed, for the receiver's own file
// (docs/formats/receipt.md).
//
// It can be checked alone, years later and offline: it names the records it rests on by the digest of their signing
// input, their issuers, keys and the age of their statuses, and the registry keeps the keys that signed receipts for
// good. That an issuer's key was retired since, or its organisation has ended, changes nothing of what was true then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jws.h"
#include "credential/crypto/signer.h"
#include "credential/decision/decision.h"
#include "credential/presentation/roster_records.h"
#include "credential/trust/trust_registry.h"

namespace passport {

inline constexpr std::string_view kReceiptTyp = "dsp-receipt+jwt";
inline constexpr std::size_t kReceiptBytesMax = 512 * 1024;

// One record as it was relied on or looked at.
struct ReceiptRecord {
  CredentialId credential;
  std::string kind;  // word of the record kind
  OrganisationId issuer;
  std::string issuer_name;
  std::string issuer_kid;
  std::optional<ResponsibleParty> responsible = {};  // who answered for the issuer's records by then
  Instant issued_at;
  std::string standing;  // "good", "revoked", "suspended", "cannot_tell"
  Instant status_as_of;
  std::vector<Record::Field> facts;  // as disclosed
};
struct ReceiptLine {
  std::string requirement;
  std::string needs;
  std::string outcome;  // word of an Outcome
  std::string reason;   // word of a Reason
  std::vector<CredentialId> relied_on;
  std::optional<CivilDay> holds_through;
};

// Everything a receipt says.
struct ReceiptContent {
  OrganisationId receiver;     // who relied on it
  std::string subject = {};    // thumbprint of the holder's key
  std::string purpose = {};    // word of the list relying_purpose; empty when nobody named one
  std::string agreement = {};  // under which other employers' checks are relied on; may be empty, 200 bytes
  std::optional<std::string> profile = {};  // nothing: verified, no role decided
  int profile_version = 0;
  std::string profile_digest = {};  // base64url SHA-256
  std::string place = {};
  std::string engagement = {};
  std::optional<Instant> starts_at = {};
  std::optional<Instant> ends_at = {};
  std::string outcome = {};  // of the decision, or of verifying: "good", "revoked", "suspended", "cannot_tell"
  std::string snapshot_id = {};
  std::uint64_t registry_sequence = 0;
  Instant decided_at = {};
  std::vector<ReceiptLine> lines = {};
  std::vector<ReceiptRecord> records = {};
};

// What the receiver of a presentation relied on.
struct Reliance {
  OrganisationId receiver;
  std::string purpose;
  std::string agreement;
};
ReceiptContent MakeReceipt(const Reliance& reliance, const VerifiedPresentation& presentation,
                           const std::optional<Decision>& decision);
// Of what was decided on a roster.
ReceiptContent MakeReceipt(const Reliance& reliance, const RosterRecords& records, const Decision& decision);
// Of whoever was given the answer alone: what was decided, when and by which version of the profile, and nothing of the
// records or of why. One line stands for the whole of the profile; where it is not met its reason is a general one.
ReceiptContent MakeAnswerReceipt(const Reliance& reliance, const VerifiedPresentation& presentation,
                                 const Decision& decision);

// Signs nothing that ReadReceipt would refuse: fails with kEvidence or kLimit then, and as the signer does.
Result<std::string> SignReceipt(const ReceiptContent& content, KeyReference key, Signer& receipt_key);

// Reads a receipt and proves it: signed by a key the registry lists for receipts, at a time when that key was in use,
// not compromised, and true to itself (the outcome follows from the lines, lines rely on records that are there, no day
// after the end). Fails with kEvidence naming what does not hold, kMalformed or kLimit.
Result<ReceiptContent> ReadReceipt(std::string_view token, const TrustRegistry& registry);
// The same for a receipt that a good key vouches to have stood in a chain at that time: it still counts when its own
// key was compromised later.
Result<ReceiptContent> ReadChainedReceipt(std::string_view token, const TrustRegistry& registry, Instant chained_at);

}  // namespace passport
