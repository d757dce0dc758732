#include "credential/credential/vc_claims.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace passport {

Result<void> CheckProtectedClaims(const DisclosureReport& report) {
  constexpr std::array<std::string_view, 9> kProtected = {"iss",           "nbf",      "exp",    "cnf",       "vct",
                                                          "vct#integrity", "aka_vcts", "status", kHeldAsClaim};
  for (const std::string_view touched : report.touched) {
    if (std::find(kProtected.begin(), kProtected.end(), touched) != kProtected.end()) {
      return Fault{Reason::kDisclosure, "SDVC-04", std::string(touched) + " is not in the clear"};
    }
  }
  return {};
}

Result<std::string_view> ReadVct(const json::Value& claims) {
  const json::Value* vct = claims.Find("vct");
  if (vct == nullptr || !vct->is_string() || vct->text()->empty()) {
    return Fault{Reason::kVct, "SDVC-02", "vct is not a string"};
  }
  return *vct->text();
}

Result<void> CheckAliases(const json::Value& claims, std::string_view vct) {
  const json::Value* aliases = claims.Find("aka_vcts");
  if (aliases == nullptr) return {};
  const Fault malformed{Reason::kMalformed, "SDVC-11", "aka_vcts is not an array of distinct other types"};
  if (!aliases->is_array() || aliases->size() == 0) return malformed;
  std::set<std::string_view> seen = {vct};
  for (const json::Value& alias : *aliases) {
    if (!alias.is_string() || !seen.insert(*alias.text()).second) return malformed;
  }
  return {};
}

Result<HeldAs> ReadHeldAs(const json::Value& claims) {
  const json::Value* claim = claims.Find(kHeldAsClaim);
  if (claim == nullptr) return HeldAs::kKept;
  const std::optional<HeldAs> held_as = claim->is_string() ? HeldAsOf(*claim->text()) : std::nullopt;
  if (!held_as) return Fault{Reason::kClaims, "", "held_as is not kept, file or wallet"};
  return *held_as;
}

}  // namespace passport
