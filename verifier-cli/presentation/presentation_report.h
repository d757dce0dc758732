// What passport-verify says about a presentation, for people and for programs (docs/formats/presentation-result.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/presentation/verified_presentation.h"
#include "verifier-cli/exit_code.h"

namespace passport {

// Either a fault, or what was verified and perhaps decided. `registry` names organisations.
struct PresentationReport {
  std::optional<Fault> refused;
  std::optional<VerifiedPresentation> verified;
  std::optional<Decision> decision;
  std::vector<std::string> problems;  // published files that were left out
  std::vector<std::string> too_old;   // a sentence for each thing that is, and since when
};

// Of the decision if there is one, else of the verification.
ExitCode ExitCodeOf(const PresentationReport& report);
// One line of JSON.
std::string JsonOf(const PresentationReport& report);
std::string TextFor(const PresentationReport& report, const TrustRegistry* registry);

}  // namespace passport
