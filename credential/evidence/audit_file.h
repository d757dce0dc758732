// An export of the audit trail: rows with their places in the chain, and a signed head that says how many there are
// (docs/formats/audit.md). It is checked alone, without the service, and against the heads of the days that were kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/evidence/audit_head.h"
#include "credential/evidence/audit_row.h"

namespace passport {

inline constexpr std::size_t kAuditHeaderBytesMax = kRegistryBytesMax + 64 * 1024;  // of the first line
inline constexpr std::size_t kAuditRowBytesMax = 8 * 1024;                          // of each further line

// Writes the file piece by piece, so that a whole region fits: header with head, then one line of JSON a row. Each with
// its line end. `registry_token`: the registry that names the receipt keys.
std::string AuditFileHeader(std::string_view signed_head, std::string_view registry_token);
std::string AuditFileRow(const AuditRow& row);

// Takes the file line by line, without line ends: Begin, Remember for each head of a day, Next for each further line,
// End. Memory grows with the number of actors and of days, not with the file. One thread.
class AuditCheck {
 public:
  // `pinned`: the registry key, which travels by another way. The registry in the file must be signed by it; its age
  // does not matter: the trail is about the past.
  explicit AuditCheck(KeySet pinned) : pinned_(std::move(pinned)) {}
  // The first line. Fails with kEvidence, kRegistry, kMalformed or kLimit.
  Result<AuditHead> Begin(std::string_view line);
  // The head of a past day, as it was published then: the file must go through it. Days that came after the export say
  // nothing of it and are left out; true when it counts. `name` is shown in faults. Fails with kEvidence when no
  // receipt key signed it, kMalformed, kLimit.
  Result<bool> Remember(std::string_view token, std::string_view name);
  // Each further line: the row is what its hash says, and follows on the one before. Fails with kEvidence naming which
  // row, counted from 1. After a fault nothing more can be asked.
  Result<AuditRow> Next(std::string_view line);
  // After the last: nothing is missing at the end, and every day that was remembered went by. Fails with kEvidence.
  Result<void> End() const;

 private:
  struct ChainEnd {
    std::uint64_t sequence = 0;
    Digest hash{};
  };
  struct Day {
    std::string name;
    Digest last{};
  };
  Result<AuditRow> Check(std::string_view line);
  Result<void> CheckActor(const AuditRow& row);
  Result<void> CheckPlace(const AuditRow& row) const;
  Result<void> PassDays(const AuditRow& row);

  KeySet pinned_;
  std::optional<TrustRegistry> registry_;
  std::optional<AuditHead> head_;
  std::uint64_t rows_ = 0;
  std::uint64_t sequence_ = 0;  // of the row before
  Digest last_{};
  std::map<std::string, ChainEnd> actors_;
  std::multimap<std::uint64_t, Day> days_;           // of the whole trail: by the row they end with
  std::multimap<Digest, std::string> days_of_hash_;  // of one actor: which days, by the hash of its last row then
};

}  // namespace passport
