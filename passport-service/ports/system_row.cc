#include "passport-service/ports/system_row.h"

#include <algorithm>
#include <array>

namespace passport {
namespace {

constexpr std::array<std::string_view, kRoleCount> kWords = {"registrar",     "issuer_clerk", "approver", "verifier",
                                                             "roster_reader", "auditor",      "operator"};

}  // namespace

std::string_view WordOf(Role role) { return kWords.at(static_cast<std::size_t>(role)); }

Result<Role> ParseRole(std::string_view word) {
  const auto* const found = std::find(kWords.begin(), kWords.end(), word);
  if (found != kWords.end()) return static_cast<Role>(found - kWords.begin());
  return Fault{Reason::kFieldInvalid, "",
               "role is not registrar, issuer_clerk, approver, verifier, roster_reader, auditor or operator"};
}

std::optional<Roles> Roles::OfBits(std::uint64_t bits) {
  if (bits >= std::uint64_t{1} << unsigned{kRoleCount}) return std::nullopt;
  Roles roles;
  roles.bits_ = bits;
  return roles;
}

Roles Roles::All() {
  Roles roles;
  roles.bits_ = (std::uint64_t{1} << unsigned{kRoleCount}) - 1;
  return roles;
}

std::vector<std::string_view> Roles::Words() const {
  std::vector<std::string_view> words;
  for (int number = 0; number < kRoleCount; ++number) {
    if (Has(static_cast<Role>(number))) words.push_back(WordOf(static_cast<Role>(number)));
  }
  return words;
}

}  // namespace passport
