// The systems of an organisation: which may call, with which certificates, and what they may do.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// What a system may do in its own organisation. On disks: never renumbered.
enum class Role : std::uint8_t {
  kRegistrar = 0,     // keeps the registry; counts only where the organisation is a registrar
  kIssuerClerk = 1,   // prepares and signs what the organisation says of its people
  kApprover = 2,      // signs what another system has prepared
  kVerifier = 3,      // asks for presentations and relies on them
  kRosterReader = 4,  // asks whether people may work their shifts, and learns nothing else of them
  kAuditor = 5,       // reads what was done, changes nothing
  kOperator = 6,      // keeps the organisation's systems, keys and entry
};
inline constexpr int kRoleCount = 7;

// "issuer_clerk".
std::string_view WordOf(Role role);
// Fails with kFieldInvalid.
Result<Role> ParseRole(std::string_view word);

// Several roles; none is the beginning.
class Roles {
 public:
  Roles() = default;
  Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) Add(role);
  }
  // Of a number that bits() gave; nothing for one with bits that are no role.
  static std::optional<Roles> OfBits(std::uint64_t bits);
  static Roles All();

  void Add(Role role) { bits_ |= Bit(role); }
  void Remove(Role role) { bits_ &= ~Bit(role); }
  bool Has(Role role) const { return (bits_ & Bit(role)) != 0; }
  bool HasAnyOf(Roles others) const { return (bits_ & others.bits_) != 0; }
  bool empty() const { return bits_ == 0; }
  std::uint64_t bits() const { return bits_; }
  // Words in the order of the enum.
  std::vector<std::string_view> Words() const;
  bool operator==(const Roles&) const = default;

 private:
  static std::uint64_t Bit(Role role) { return std::uint64_t{1} << static_cast<unsigned>(role); }
  std::uint64_t bits_ = 0;
};

// A client certificate, known by its public key: a renewed one of the same key is the same to us.
struct SystemCertificate {
  Digest spki;  // SHA-256 of the SubjectPublicKeyInfo
  Instant from;
  std::optional<Instant> until = std::nullopt;       // the first instant at which it is not taken any more
  std::optional<Instant> revoked_at = std::nullopt;  // for good
  bool operator==(const SystemCertificate&) const = default;
};

// On disks: never renumbered.
enum class SystemState : std::uint8_t { kActive = 0, kRevoked = 1 };

struct SystemRow {
  OrganisationId organisation;
  std::string name;  // SystemName
  Roles roles;
  std::vector<SystemCertificate> certificates;  // also those that were revoked: they are never taken again
  SystemState state = SystemState::kActive;
  Instant at;                  // of the last change
  std::uint64_t revision = 0;  // counts replacements; 0 when added
};

inline constexpr std::size_t kSystemsMax = 100;            // of one organisation
inline constexpr std::size_t kSystemCertificatesMax = 20;  // of one system, with those that are over
inline constexpr std::size_t kCertificatesInUseMax = 4;    // of one system at once: enough for a change-over

}  // namespace passport
