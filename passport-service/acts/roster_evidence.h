// What an employer may judge somebody by on its roster, without the person handing anything over at the door: the
// credentials it has issued to them itself, and what they have shared with it for this purpose.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "credential/presentation/roster_records.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"

namespace passport {

// A share whose records are among those that count, as it was read.
struct ServedShare {
  ShareId id;
  std::uint64_t revision;
};
// One that was looked into, and what was given did not hold.
struct UnservedShare {
  ShareId id;
  Reason why;
};
struct RosterEvidence {
  RosterRecords records;
  std::vector<ServedShare> shares;
};

// For one call: one employer, one purpose, one snapshot. What was verified is remembered for kRememberedTime, by what
// exactly it was made of: a share that changed since or a credential that came is another thing. One thread.
class FindRosterEvidence {
 public:
  static constexpr Seconds kRememberedTime{60};
  // Of one person. Of shares the newest count; more credentials of one employer than that are refused.
  static constexpr std::size_t kSharesMax = 16;
  static constexpr std::size_t kOwnMax = 256;
  struct Terms {
    OrganisationId employer;
    std::string purpose;
    Known known;
    std::size_t remembered_max;  // people; then all are forgotten
  };
  // All outlive it.
  FindRosterEvidence(Store& store, PersonVault& vault, Terms terms)
      : store_(store), vault_(vault), terms_(std::move(terms)) {}

  struct Found {
    std::shared_ptr<const RosterEvidence> evidence;  // null: nothing counts, see `why_not`
    std::optional<Fault> why_not = {};
    std::vector<UnservedShare> unserved = {};
    // A share that would count is being renewed, so there is more to the person than was found.
    bool renewing = false;
  };
  // What counts for somebody known to the employer under a number, for a duty that starts then. Fails with kNotFound
  // (no such employee of this employer), kStateConflict (has left; no key at present), kLimit, and as store and key
  // store do.
  Result<Found> OfEmployee(std::string_view number, std::string_view profile, Instant starts_at, Instant now);
  // What one share shows. Fails with kNotFound (also for another's), kStateConflict (not given, renewing, over),
  // kNotPermitted (for another purpose or profile, or not given to be kept), and likewise.
  Result<Found> OfShare(std::string_view share, std::string_view profile, Instant now);
  std::size_t remembered() const { return remembered_.size(); }

 private:
  struct Parts {
    std::string subject;
    std::vector<CredentialRow> own;
    std::vector<ShareRow> shares;
    bool renewing = false;
  };
  struct Remembered {
    Found found;
    Instant at;
  };
  Result<std::string> PresentKey(const PersonId& person, std::vector<std::string>& past_keys);
  Result<void> AddOwn(const PersonId& person, Parts& parts);
  Result<void> AddShares(std::string_view profile, Instant now, Parts& parts);
  Result<bool> IsBeingRenewed(const std::vector<std::string>& past_keys, std::string_view profile);
  std::optional<Fault> WhyNotServing(const ShareRow& row, std::string_view profile, Instant now) const;
  Result<Found> Verify(const Parts& parts, Instant now);
  Result<std::optional<HeldRecords>> VerifyOwn(const CredentialRow& row, std::string_view subject, Instant now);
  Result<std::optional<VerifiedPresentation>> VerifyShared(const ShareRow& row, Instant now);
  Result<Found> VerifyAnew(const Parts& parts, Instant now);

  Store& store_;
  PersonVault& vault_;
  const Terms terms_;
  std::unordered_map<std::string, Remembered> remembered_;
};

}  // namespace passport
