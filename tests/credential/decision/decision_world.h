// Presentations for decisions: records of the nurse as verified presentations, made the only way there is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {

// One record somebody shows, and what its status list says of it.
struct Shown {
  std::string_view kind;
  std::vector<Record::Field> changes = {};
  std::uint8_t status = 0;                  // 0 valid, 1 revoked, 2 suspended, 3 not ours to know
  std::vector<std::string> keep_back = {};  // facts that are not disclosed
};

enum class RegistryAge { kFresh, kStale };

// All facts of each are shown but those kept back. The ids come back in the order of `shown`.
VerifiedPresentation Verified(const std::vector<Shown>& shown, std::vector<CredentialId>* ids = nullptr,
                              RegistryAge age = RegistryAge::kFresh);

// A profile of one requirement with these alternatives: {"kind":...},...
std::string ProfileText(std::string_view any_of, int expiring_within_days = 30);
RoleProfile Profile(std::string_view any_of, int expiring_within_days = 30);
CivilDay DayOf(std::string_view text);

}  // namespace passport
