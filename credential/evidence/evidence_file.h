// An export of evidence for an inspector: receipts with their places in the chain of reliance, and a signed head that
// says how many there are (docs/formats/evidence.md). It is checked alone, without the service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/evidence/receipt.h"
#include "credential/evidence/reliance_link.h"

namespace passport {

struct EvidenceItem {
  RelianceLink link;
  std::string receipt;  // the token; empty when it was erased, then the link alone proves that it was there
};

// The state of a chain when it was exported, signed by the receipt key: typ dsp-evidence-head+jwt.
struct EvidenceHead {
  OrganisationId organisation;
  std::optional<std::string> subject;  // nothing: the whole organisation
  std::uint64_t count = 0;             // links in the chain
  Digest last{};                       // hash of the last; zeros when empty
  Instant at;
};
Result<std::string> SignEvidenceHead(const EvidenceHead& head, std::string_view kid, Signer& receipt_key);

// An override as it stands beside a decision in an export.
struct EvidenceOverride {
  std::uint64_t link;  // sequence of the link it stands beside
  std::string named_person;
  std::string reason;  // word of the list override_reason
  std::string words;
  Instant from;
  Instant until;
};

// Writes the file piece by piece, so that a whole employer fits: header with head, then one line of JSON an item.
std::string EvidenceFileHeader(std::string_view signed_head, std::string_view registry_token);
std::string EvidenceFileItem(const EvidenceItem& item, const std::vector<EvidenceOverride>& overrides);

struct CheckedItem {
  RelianceLink link;
  std::optional<ReceiptContent> receipt;  // nothing when it was erased
  std::vector<EvidenceOverride> overrides;
};
// Takes the file line by line; one thread.
class EvidenceCheck {
 public:
  // `pinned`: the registry key, which travels by another way. The registry in the file must be signed by it; its age
  // does not matter: evidence is about the past.
  explicit EvidenceCheck(const KeySet& pinned) : pinned_(pinned) {}
  // The first line. Fails with kEvidence, kRegistry, kMalformed or kLimit.
  Result<EvidenceHead> Begin(std::string_view line);
  // Each further line: the receipt holds, belongs to this organisation and place, the chain is whole up to here.
  // Fails with kEvidence naming the sequence.
  Result<CheckedItem> Next(std::string_view line);
  // After the last: nothing is missing at the end. Fails with kEvidence.
  Result<void> End() const;

 private:
  KeySet pinned_;
  std::optional<TrustRegistry> registry_;
  std::optional<EvidenceHead> head_;
  std::optional<RelianceLink> last_;
};

}  // namespace passport
