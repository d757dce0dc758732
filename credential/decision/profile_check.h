// A role profile read by somebody careful: what it says in plain words, and what is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// The profile in plain words: "Needs all of these: 1. identity checked by an employer: an identity check, assurance at
// least employer verified. 2. one of: ...". One line a requirement, indented lines for its parts.
std::vector<std::string> ExplainProfile(const RoleProfile& profile, const Terms& terms);

struct ProfileFinding {
  enum class Weight : std::uint8_t {
    kError,    // it must not be put in force: it can never be met, lets anybody in, or names what does not exist
    kWarning,  // an alternative or condition that changes nothing
  };
  Weight weight;
  std::string place;  // "requirement fire-safety, any_of 2"
  std::string words;  // what is wrong and what to do
};

// Contradictions (conditions that no record can meet together, a level the subject has not, an age of zero), branches
// that can never decide (an alternative that is stricter than one before it, or has the wrong engagement), words the
// taxonomy of `terms` does not know (subjects, parts, regulators, organisation types, vocabulary of facts).
std::vector<ProfileFinding> CheckProfile(const RoleProfile& profile, const Terms& terms);

}  // namespace passport
