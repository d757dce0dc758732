// What one employer may judge one person by on its roster: what it has issued itself, and what the person has shared
// with it.
#pragma once

#include <string>
#include <vector>

#include "credential/presentation/verified_presentation.h"

namespace passport {

// Records of one holder, all verified against one snapshot. Made by JoinForRoster alone.
class RosterRecords : public VerifiedRecords {
 public:
  const std::string& holder() const { return holder_; }  // thumbprint of the one holder key

 private:
  friend Result<RosterRecords> JoinForRoster(const OrganisationId&, const std::vector<HeldRecords>&,
                                             const std::vector<VerifiedPresentation>&);
  RosterRecords() = default;
  std::string holder_;
};

// Joins what `employer` issued, of which it needs no proof of the holder to rely on it, with what was given to it. A
// credential that is there more than once is taken once, where it shows most. Fails with kIssuer when somebody else
// issued one of `own`, kHolderMismatch when the records are of more than one holder, kConfig when they were verified
// against more than one snapshot, and kRecordMissing when there are none.
Result<RosterRecords> JoinForRoster(const OrganisationId& employer, const std::vector<HeldRecords>& own,
                                    const std::vector<VerifiedPresentation>& shared);

}  // namespace passport
