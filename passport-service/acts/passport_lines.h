// The lines of an export of a passport (docs/formats/passport-export.md): what is known of a person, each as one JSON
// object. Pure: everything sealed comes opened; nothing stands for what was erased.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "passport-service/acts/identity_check.h"
#include "passport-service/acts/list_shares.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/ports/store.h"

namespace passport {

struct NamedOrganisation {
  OrganisationId id;
  std::string legal_name;
};

struct ExportedCredential {
  const CredentialRow& row;
  NamedOrganisation issuer;
  CredentialState state;  // suspended too while the key it was signed with is lost
  std::string reason;
  std::optional<std::string> token;
  bool accepted = false;
};

std::string FirstLine(const PersonRow& person, HeldAs held_as, Instant now);
std::string LineOfKey(const HolderKeyRow& row);
std::string LineOfEmployment(const EmploymentRow& row, const NamedOrganisation& employer,
                             const std::optional<std::string>& number, const std::optional<std::string>& why);
std::string LineOfIdentityCheck(const IdentityCheckRow& row, const NamedOrganisation& employer,
                                const std::optional<IdentityCheck>& check);
// Never its id: that opens it, with the code.
std::string LineOfInvitation(const InvitationRow& row, const NamedOrganisation& employer);
std::string LineOfCredential(const ExportedCredential& credential);
std::string LineOfDispute(const DisputeRow& row, const NamedOrganisation& issuer,
                          const std::optional<std::string>& words, const std::optional<std::string>& answer);
std::string LineOfShare(const ShareRow& row, const NamedOrganisation& receiver);
std::string LineOfLook(const RelianceRow& row, const SeenLook& look, const NamedOrganisation& receiver);
// One that was not relied on.
std::string LineOfLook(const ShareRow& share, const SeenLook& look, const NamedOrganisation& receiver);
std::string LineOfOverride(const Override& override_made, const NamedOrganisation& receiver);
std::string LineOfRebinding(const RebindingRow& row);
// `lines`: how many came before it.
std::string LastLine(std::uint64_t lines);

}  // namespace passport
