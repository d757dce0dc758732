// Changes of the registry that somebody asks for. They take effect, all steps of one proposal together, with the last
// signature that is needed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/trust/organisation_history.h"
#include "passport-service/ports/rows.h"
#include "passport-service/ports/system_row.h"

namespace passport {

// A system of a new organisation that may call from its first day.
struct ProposedSystem {
  std::string name;
  Roles roles;
  std::vector<Digest> certificates;  // SHA-256 of the public key (SPKI) of each certificate it may use
};

struct Enrolment {
  std::string legal_name;
  std::string type;
  std::vector<AllowedKind> kinds;
  bool two_person = false;
  bool registrar = false;
  std::vector<ProposedSystem> systems;
};

struct KindEnd {
  std::string word;
  Instant at;  // the window that is open then ends there
};

// What is absent stays as it is.
struct Amendment {
  std::optional<std::string> legal_name;
  std::optional<std::string> type;
  std::vector<AllowedKind> kinds;  // are added
  std::vector<KindEnd> ends;
  std::optional<bool> two_person;
  std::optional<std::uint32_t> registrars_needed;
};

// The organisation hands the registrar's office over.
struct RegistrarReplacement {
  OrganisationId successor;
};

using RegistryStepKind = std::variant<Enrolment, Amendment, StateChange, Succession, RegistrarReplacement>;
struct RegistryStep {
  OrganisationId organisation;
  RegistryStepKind change;
};

// On disks: never renumbered.
enum class ProposalState : std::uint8_t { kOpen = 0, kInForce = 1, kRejected = 2 };

struct ProposalSignature {
  OrganisationId organisation;
  std::string system;
  Instant at;
};

struct ProposalRow {
  std::uint64_t number = 0;  // 1, 2, 3, ... without gaps
  OrganisationId by;
  std::string by_system;
  Instant at;
  std::string reason;  // why, a word
  std::vector<RegistryStep> steps;
  ProposalState state = ProposalState::kOpen;
  std::vector<ProposalSignature> signatures;  // of different systems of registrars
  std::optional<ProposalSignature> rejected;
  std::uint64_t revision = 0;  // counts replacements
};

}  // namespace passport
