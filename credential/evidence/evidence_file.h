// An export of evidence for an inspector: receipts with their places in the chain of reliance, and a signed head that
// says how many there are (docs/formats/evidence.md). It is checked alone, without the service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/evidence/receipt.h"
#include "credential/evidence/reliance_link.h"

namespace passport {

inline constexpr std::string_view kEvidenceHeadTyp = "dsp-evidence-head+jwt";
inline constexpr std::size_t kEvidenceHeaderBytesMax = kRegistryBytesMax + 64 * 1024;  // of the first line
inline constexpr std::size_t kEvidenceItemBytesMax = 2 * kReceiptBytesMax;             // of each further line

struct EvidenceItem {
  RelianceLink link;
  std::string receipt;  // the token; empty when it was erased, then the link alone proves that it was there
};

// An override as it stands beside a decision in an export.
struct EvidenceOverride {
  std::uint64_t link = 0;    // sequence of the link it stands beside
  std::string named_person;  // empty with `words` once the person's data was erased
  std::string reason;        // word of the list override_reason
  std::string words;
  Instant from;
  Instant until;
};
// Overrides are no links of the chain; the head says how many stand in the file and proves them by one digest: they are
// added in the order of the file before the head is signed.
class OverrideTally {
 public:
  void Add(const EvidenceOverride& one);
  std::uint64_t count() const { return count_; }
  const Digest& digest() const { return digest_; }  // zeros when there is none

 private:
  std::uint64_t count_ = 0;
  Digest digest_{};
};

// The state of a chain when it was exported, signed by the receipt key: typ dsp-evidence-head+jwt.
struct EvidenceHead {
  OrganisationId organisation;
  std::optional<std::string> subject = std::nullopt;  // nothing: the whole organisation
  std::uint64_t count = 0;                            // links in the chain
  Digest last{};                                      // hash of the last; zeros when empty
  std::uint64_t erased = 0;                           // links whose receipt was erased
  std::uint64_t overrides = 0;                        // of OverrideTally
  Digest overrides_digest{};
  Instant at = {};
};
// Fails as the signer does.
Result<std::string> SignEvidenceHead(const EvidenceHead& head, KeyReference key, Signer& receipt_key);

// Writes the file piece by piece, so that a whole employer fits: header with head, then one line of JSON an item. Each
// with its line end. `registry_token`: the registry that names the receipt keys.
std::string EvidenceFileHeader(std::string_view signed_head, std::string_view registry_token);
std::string EvidenceFileItem(const EvidenceItem& item, const std::vector<EvidenceOverride>& overrides);

struct CheckedItem {
  RelianceLink link;
  std::optional<ReceiptContent> receipt;  // nothing when it was erased
  std::vector<EvidenceOverride> overrides;
};
// Takes the file line by line, without line ends: Begin, Next for each further line, End. Memory does not grow with the
// file. One thread.
class EvidenceCheck {
 public:
  // `pinned`: the registry key, which travels by another way. The registry in the file must be signed by it; its age
  // does not matter: evidence is about the past.
  explicit EvidenceCheck(KeySet pinned) : pinned_(std::move(pinned)) {}
  // The first line. Fails with kEvidence, kRegistry, kMalformed or kLimit.
  Result<EvidenceHead> Begin(std::string_view line);
  // Each further line: the receipt holds, belongs to this organisation and place, the chain is whole up to here.
  // Fails with kEvidence naming which item, counted from 1. After a fault nothing more can be asked.
  Result<CheckedItem> Next(std::string_view line);
  // After the last: nothing is missing at the end, no receipt but those that were erased, and no override. Fails with
  // kEvidence.
  Result<void> End() const;
  // The registry of the file, after Begin.
  const TrustRegistry& registry() const { return *registry_; }

 private:
  Result<CheckedItem> Check(const json::Value& line);
  Result<void> CheckPlace(const RelianceLink& link) const;
  KeySet pinned_;
  std::optional<TrustRegistry> registry_;
  std::optional<EvidenceHead> head_;
  std::optional<RelianceLink> last_;
  std::uint64_t items_ = 0;
  std::uint64_t erased_ = 0;
  OverrideTally overrides_;
};

}  // namespace passport
