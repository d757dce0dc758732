#include "credential/evidence/receipt_key.h"

#include <algorithm>
#include <string>

namespace passport {
namespace {

Fault Judged(const Fault& fault, std::string_view what) {
  const bool form = fault.reason == Reason::kMalformed || fault.reason == Reason::kLimit;
  return {form ? fault.reason : Reason::kEvidence, fault.check, std::string(what) + ": " + fault.detail};
}

}  // namespace

Result<ReceiptKeyProof> VerifyWithReceiptKey(std::string_view token, std::string_view typ, std::string_view what,
                                             const TrustRegistry& registry, json::Tree& tree) {
  const JwsRules rules{.typ = typ,
                       .allowed_algs = Es256Only(),
                       .token_bytes = kReceiptBytesMax,
                       .header_bytes = kReceiptHeaderBytesMax,
                       .payload = kReceiptJson};
  const Result<UnverifiedJws> read = UnverifiedJws::Read(token, rules, tree);
  if (!read.ok()) return Judged(read.fault(), what);
  const auto& keys = registry.content().receipt_keys;
  const auto key =
      std::find_if(keys.begin(), keys.end(), [&](const RegistryKey& listed) { return listed.kid == read->kid(); });
  if (key == keys.end())
    return Fault{Reason::kEvidence, "", std::string(what) + ": the registry lists no such key for receipts"};
  const Result<VerifiedJws> verified = read->Verify(key->key);
  if (!verified.ok()) return Judged(verified.fault(), what);
  return ReceiptKeyProof{.payload = verified->payload, .key = &*key};
}

Result<void> CheckInUse(const RegistryKey& key, Instant then, std::string_view what) {
  if (then < key.valid_from || (key.valid_until && then >= *key.valid_until))
    return Fault{Reason::kEvidence, "", std::string(what) + ": its key was not in use at that time"};
  return {};
}

Result<void> CheckNotCompromised(const RegistryKey& key, std::optional<Instant> vouched_at, std::string_view what) {
  if (!key.compromised_since || (vouched_at && *vouched_at < *key.compromised_since)) return {};
  return Fault{Reason::kEvidence, "", std::string(what) + ": its key is compromised"};
}

}  // namespace passport
