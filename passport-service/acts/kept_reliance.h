// That somebody relied on a presentation: a signed receipt for their file, and a row in their chain of reliance.
#pragma once

#include <optional>
#include <string>

#include "credential/decision/decision.h"
#include "credential/evidence/receipt.h"
#include "keys/key_store.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

// The shift in question. Nothing named: today in London, at the receiver's own place, as a placement.
struct AskedShift {
  std::optional<CivilDay> day = {};  // a whole day; or
  std::optional<Instant> starts_at = {};
  std::optional<Instant> ends_at = {};
  std::optional<OrganisationId> place = {};
  Engagement engagement = Engagement::kPlacement;
};
// Fails with kFieldInvalid.
Result<Duty> DutyOf(const OrganisationId& receiver, const AskedShift& shift, Instant now);

// A word of a purpose, or empty.
bool IsPurposeWord(std::string_view text);
// A word of the list agreement_type, or a reference of the employers' own: 1 to 40, or empty. Fails with kFieldInvalid.
Result<void> CheckAgreement(std::string_view text);

class KeptReliance {
 public:
  struct Made {
    std::string receipt;  // docs/formats/receipt.md
    RelianceEntry entry;
  };
  KeptReliance(Store& store, const KeyStore& keys, PersonVault& vault) : store_(store), keys_(keys), vault_(vault) {}
  // Signs the receipt and makes the row that keeps it; `share` is the one that was looked into, or empty. Fails with
  // kSigning or kKeyState, and as store and key store do.
  Result<Made> Make(const Reliance& reliance, const VerifiedPresentation& presentation,
                    const std::optional<Decision>& decision, const std::string& share, Instant now);
  // The same of a line of a roster; `shares` are those whose records count, parted by spaces, or empty.
  Result<Made> Make(const Reliance& reliance, const RosterRecords& records, const Decision& decision,
                    const std::string& shares, Instant now);
  // The same of whoever was given the answer alone: the receipt tells nothing of the records or of why.
  Result<Made> MakeOfAnswer(const Reliance& reliance, const VerifiedPresentation& presentation,
                            const Decision& decision, const std::string& share, Instant now);
  // The place a row was given in the chain of the receiver; the row is found again by its receipt. `last` is the last
  // link before it was written. Fails as the store does.
  Result<std::uint64_t> PlaceOf(const RelianceEntry& entry, const std::optional<RelianceLink>& last);

 private:
  Result<Made> Keep(const ReceiptContent& content, const std::string& share, Instant now);
  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
};

}  // namespace passport
