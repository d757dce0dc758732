// An invitation to a passport in a person's own hands: how it is made, opened and ended.
//
// The link names the invitation and is not secret; the code is told another way. Of the code a keyed digest is kept,
// and the code itself sealed while the invitation is open, so that the request that made it can be answered again.
// After kInvitationTriesMax wrong codes it is dead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/random.h"
#include "passport-service/acts/identity_check.h"

namespace passport {

inline constexpr std::uint32_t kInvitationTriesMax = 10;
inline constexpr Seconds kInvitationLengthMin{600};
inline constexpr Seconds kInvitationLengthMax{std::int64_t{30} * 86'400};
inline constexpr Seconds kInvitationLength{std::int64_t{7} * 86'400};

struct InvitationTerms {
  OrganisationId organisation;
  std::string employee_number;
  Digest number;  // EmployeeNumberDigest of it
  IdentityCheck identity;
  Seconds length = kInvitationLength;
  // After a loss: whose key the next one takes the place of, and by which rebinding. Both or neither.
  std::optional<PersonId> replaces = {};
  std::string rebinding = {};
};

// What a person is told.
struct Invitation {
  std::string id;
  std::string code;
  Instant expires_at;
};
struct FreshInvitation {
  Invitation invitation;
  Changes changes;                    // to be applied with whatever else is to be true
  std::vector<DataOwner> ended = {};  // for PersonVault::Forget, when they were applied
};
// Earlier ones that are open for the number end with it, and some that have expired go. Where another call was first
// with one of those, the changes are refused with kNotFound or kStateConflict: make another then. Fails as the vault
// and the store do.
Result<FreshInvitation> MakeInvitation(Store& store, PersonVault& vault, Random& random, const InvitationTerms& terms,
                                       Instant now);

// What an open invitation holds. Nothing when it is not open any more or was erased.
struct InvitationContent {
  std::string employee_number;
  std::string code;
  IdentityCheck identity;
};
Result<std::optional<InvitationContent>> OpenInvitation(PersonVault& vault, const InvitationRow& row);

// True if the code is the invitation's. Small letters and what is easily misread (O, I, L) are taken for what was
// meant.
Result<bool> IsCodeOf(const PersonVault& vault, const InvitationRow& row, std::string_view code);

// Puts an invitation that ends for good into its last state; what it held can not be opened afterwards. Call
// PersonVault::Forget with owner::Invitation when it was applied.
Changes EndInvitation(InvitationRow row, InvitationState state);
// The same without leaving a row.
Changes DropInvitationRow(const InvitationRow& row);

}  // namespace passport
