// A service whose rules are published and whose receivers have begun to rely on passports.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/service/acts/acts_world.h"

namespace passport {

struct RelyingWorld : ActsWorld {
  // Somebody of the trust with one course in moving and handling.
  struct Holder {
    std::string code;
    CredentialId training;
  };
  // `mirror` sees every change before it is made.
  explicit RelyingWorld(MemoryStore::FailureHook mirror = {});
  Holder Hire(std::string_view employee_number, std::string_view trained_on = "2026-03-01");
  // Presents, and is checked for the role today; stops at the first fault.
  Result<CheckPresentation::Answer> Rely(const Caller& receiver, const Holder& holder,
                                         std::optional<std::string> profile = "mover");
  // "met" or the word of the fault.
  std::string Decided(const Caller& receiver, const Holder& holder);
  std::vector<RelianceRow> Reliances(const Caller& receiver);
  // The key receivers have pinned.
  KeySet Pinned();
};

// A ward manager lets somebody go on under supervision.
OverrideDecision::Order OverrideOrder(const Caller& by, std::string_view request, std::uint64_t reliance,
                                      Instant until);

}  // namespace passport
