// Tokens signed by a receipt key: receipts, and heads of evidence.
#pragma once

#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/evidence/receipt.h"
#include "credential/trust/trust_registry.h"

namespace passport {

inline constexpr std::size_t kReceiptHeaderBytesMax = 4096;  // certificates of its key and its signature included

// Of the payload. The words of a requirement are as long as a role profile lets them be.
inline constexpr json::Limits kReceiptJson{
    .bytes = kReceiptBytesMax, .depth = 8, .nodes = 50'000, .string_bytes = kRoleProfileBytesMax, .members = 200};

struct ReceiptKeyProof {
  const json::Value* payload;  // in the tree
  const RegistryKey* key;      // of the registry
};

// The payload, if the receipt key that the token names signed it. `what` begins every detail. Fails with kEvidence when
// no listed key did or it is a token of another kind, kMalformed or kLimit for the form.
Result<ReceiptKeyProof> VerifyWithReceiptKey(std::string_view token, std::string_view typ, std::string_view what,
                                             const TrustRegistry& registry, json::Tree& tree);

// Whether the key was in use then: a key that leaks after its end can prove nothing about later, and its end is judged
// by what the token says, because receipts outlive keys. Fails with kEvidence.
Result<void> CheckInUse(const RegistryKey& key, Instant then, std::string_view what);

// A key that somebody else holds too proves nothing by itself, whatever date it writes; only what a good key vouches to
// have existed before it was lost still counts. Fails with kEvidence.
Result<void> CheckNotCompromised(const RegistryKey& key, std::optional<Instant> vouched_at, std::string_view what);

}  // namespace passport
