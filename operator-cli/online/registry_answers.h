// Changes of the registry, as plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

enum class StepWord { kEnrol, kAmend, kState, kSuccession, kRegistrar };

// A system of a new organisation.
struct NewSystemEntry {
  std::string name;
  std::vector<std::string> roles;  // words
  std::vector<std::string> public_key_sha256;
};

// What is to be so; what is empty or absent is not said.
struct StepEntry {
  StepWord what = StepWord::kAmend;
  std::string organisation;
  std::string legal_name;
  std::string type;
  std::vector<std::string> kinds;      // may be issued from `at` until `until`
  std::vector<std::string> end_kinds;  // may not be issued from `at` on
  std::optional<bool> two_person;
  bool registrar = false;
  std::optional<std::uint32_t> registrars_needed;
  std::vector<NewSystemEntry> systems;
  std::string word;       // of the state or the succession: "ceased", "acquired"
  std::string reason;     // of the state
  std::string successor;  // of a succession, or the next registrar
  std::optional<Instant> at;
  std::optional<Instant> until;
};

struct SignatureAnswer {
  std::string organisation;
  std::string system;
  Instant at;
};

struct ProposalAnswer {
  std::uint64_t number = 0;
  SignatureAnswer proposed_by;
  std::string reason;
  std::vector<std::string> steps;
  std::string state;  // "open", "in_force", "rejected"
  std::vector<SignatureAnswer> signatures;
  std::optional<SignatureAnswer> rejected_by;
};

struct ProposalPage {
  std::vector<ProposalAnswer> proposals;
  std::uint64_t next_after_number = 0;  // 0 at the end
};

struct ReviewAnswer {
  ProposalAnswer proposal;
  std::vector<std::string> differences;
  std::string obstacle;  // empty: it can take effect
  std::uint32_t signatures_needed = 0;
  std::uint32_t signatures_counted = 0;
  std::string seen;
};

struct SignedAnswer {
  std::string state;
  std::uint32_t signatures_counted = 0;
  std::uint32_t signatures_needed = 0;
};

struct AffectedPersonAnswer {
  std::string organisation;
  std::string person_id;
  std::vector<std::string> credential_ids;
};

struct AffectedOrganisationAnswer {
  std::string organisation;
  std::string state;  // "active", "compromised"
  std::uint64_t keys = 0;
  std::uint64_t credentials = 0;
  std::uint64_t people = 0;
};

// People first, then the organisation they belong to.
struct AffectedSink {
  std::function<void(const AffectedPersonAnswer&)> person;
  std::function<void(const AffectedOrganisationAnswer&)> organisation;
};

struct ReissueAnswer {
  struct Left {
    std::string reason;
    std::uint64_t count = 0;
  };
  std::uint64_t looked_at = 0;
  std::uint64_t reissued = 0;
  std::vector<Left> left;
  bool end = false;
};

}  // namespace passport
