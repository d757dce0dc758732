// How far the audit trail had come, signed: what is published for each day, and what stands at the top of an export
// (docs/formats/audit.md). Whoever keeps the heads of past days notices when the trail was rewritten behind them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/key_set.h"
#include "credential/crypto/sha256.h"
#include "credential/crypto/signer.h"
#include "credential/trust/trust_registry.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kAuditHeadTyp = "dsp-audit-head+jwt";

// Signed by a receipt key of the service.
struct AuditHead {
  std::optional<std::string> actor = std::nullopt;  // of an export: whose rows; nothing: all
  std::uint64_t count = 0;                          // rows in that chain
  Digest last{};                                    // hash of the last; zeros when there is none
  Instant at;
  // Of a day: the hash of the last row of each actor, thousands at most. It says no number, so nobody learns how busy
  // an employer is.
  std::map<std::string, Digest> actors = {};
};

// Fails as the signer does.
Result<std::string> SignAuditHead(const AuditHead& head, KeyReference key, Signer& receipt_key);

// The head, if a receipt key of the registry that was in use at its time and is not compromised signed it. Fails with
// kEvidence, kMalformed or kLimit.
Result<AuditHead> ReadAuditHead(std::string_view token, const TrustRegistry& registry);
// The same for the head of a past day, which is compared with a chain that a good head vouches for: it may be of a key
// that was compromised since. `what` begins every detail.
Result<AuditHead> ReadDayHead(std::string_view token, const TrustRegistry& registry, std::string_view what);
// The same for one who has the keys but no registry: the service that wrote it. Fails the same way.
Result<AuditHead> ReadOwnAuditHead(std::string_view token, const KeySet& receipt_keys);

// Where the head of the day of an instant (in London) is published: "audit/2026-11-21.jwt".
std::string AuditDayPath(Instant at);
inline constexpr std::string_view kAuditNewestPath = "audit/newest.jwt";

}  // namespace passport
