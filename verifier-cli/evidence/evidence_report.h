// What passport-verify says about an export of evidence (docs/formats/evidence.md). Counts, and where it does not hold;
// nobody is named.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "credential/evidence/evidence_file.h"

namespace passport {

struct EvidenceReport {
  std::optional<Fault> refused;
  std::optional<EvidenceHead> head;  // once it was verified
  std::uint64_t items = 0;           // that hold
  std::uint64_t erased = 0;          // of them, without their receipt
  std::uint64_t overrides = 0;
  std::map<std::string, std::uint64_t> outcomes;  // of receipts, by word

  void Count(const CheckedItem& item);
};

// One line of JSON.
std::string JsonOf(const EvidenceReport& report);
std::string TextFor(const EvidenceReport& report);

}  // namespace passport
