// That an employer made sure who somebody is: how, by whom and when. Evidence of the employer, no fact of a passport.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"

namespace passport {

struct IdentityCheck {
  std::string method;      // word of the list identity_method
  std::string checked_by;  // 1 to 200 bytes
  CivilDay checked_on;
  bool operator==(const IdentityCheck&) const = default;
};

// Fails with kFieldInvalid when the day is in the future or more than `days_old_max` days ago or the name is none, and
// with kWordUnknown when the method is no word of the list. While no such list is in force words are not judged, shapes
// are.
Result<void> CheckIdentity(const IdentityCheck& check, const CurrentTrust& trust, Instant now, int days_old_max);

// As it stands in sealed text. Reading fails with kStoreUnavailable.
std::string TextOf(const IdentityCheck& check);
Result<IdentityCheck> ReadIdentityCheck(std::string_view text);

// Where it was recorded: for one employee of one employer. The number's key is made if there is none. Fails as
// PersonVault::Seal.
struct CheckedEmployee {
  OrganisationId organisation;
  Digest number;
  std::string id;  // of the invitation or request it was made for
};
Result<AddIdentityCheck> KeepIdentityCheck(PersonVault& vault, const CheckedEmployee& of, const IdentityCheck& check,
                                           Instant now);
// Nothing when it was erased.
Result<std::optional<IdentityCheck>> OpenIdentityCheck(PersonVault& vault, const IdentityCheckRow& row);

}  // namespace passport
