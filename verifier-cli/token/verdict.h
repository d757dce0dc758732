// The answer about one token, for programs and for people (docs/formats/verification-policy.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "verifier-cli/exit_code.h"

namespace passport {

// Claims are there only when the token is valid (SDJWT-20).
struct TokenVerdict {
  std::optional<Fault> refused;   // nothing: valid
  std::string claims;             // the processed payload as JSON, numbers and order as issued
  bool status_unchecked = false;  // the token names a status list and nobody looked

  static TokenVerdict Refused(Fault fault) { return {.refused = std::move(fault), .claims = {}}; }
};

// The word of a reason in results of this command: a closed list that integrators switch over. Reasons about evidence
// that is stale or out of reach are "status" there.
std::string_view TokenReasonWord(Reason reason);

// Valid, not valid, or cannot tell: the status could not be established.
ExitCode ExitCodeOf(const TokenVerdict& verdict);

// Appends the members of the JSON result, without braces: "valid":true,"claims":{...}
// or "valid":false,"reason":"sig","check":"JWT-08","detail":"...".
void AppendJsonMembers(const TokenVerdict& verdict, std::string& out);

// Some lines for a reader at a terminal; control characters are escaped.
std::string ForPeople(const TokenVerdict& verdict);

}  // namespace passport
