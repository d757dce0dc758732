#include "credential/trust/registry_memory.h"

#include "credential/encoding/base64url.h"
#include "credential/trust/lote_names.h"
#include "credential/trust/registry_key_json.h"
#include "credential/trust/registry_members.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

constexpr std::string_view kMark = "staff_passport_registry_memory";

Fault NotOurs() { return {Reason::kConfig, "", "memory of the registry: damaged, or another file"}; }

}  // namespace

Result<RegistryMemory> RegistryMemory::Read(std::string_view text) {
  json::Tree tree;
  const json::Limits limits{
      .bytes = kRegistryMemoryBytesMax, .depth = 6, .nodes = 10'000, .string_bytes = 4096, .members = 32};
  const Result<json::Value*> parsed = tree.Parse(text, limits);
  if (!parsed.ok()) return NotOurs();
  const Result<RegistryMembers> members =
      RegistryMembers::Of(**parsed, {kMark, "sequence", "digest", "issued_at", lote::kPublicKeys});
  if (!members.ok()) return NotOurs();
  const Result<std::int64_t> version = members->Number(kMark, 1);
  const Result<std::int64_t> sequence = members->Number("sequence", 1);
  const Result<std::string> digest = members->Text("digest");
  const Result<Instant> issued_at = members->Time("issued_at");
  Result<std::vector<RegistryKey>> keys =
      ReadRegistryKeys(*members, CertificateUse::kRegistry, {}, kRegistryReceiptKeysMax);
  if (!version.ok() || *version != 1 || !sequence.ok() || !digest.ok() || !issued_at.ok() || !keys.ok())
    return NotOurs();
  RegistryMemory memory;
  memory.seen_ = Seen{.sequence = static_cast<std::uint64_t>(*sequence),
                      .digest = {},
                      .issued_at = *issued_at,
                      .keys = std::move(keys).value()};
  if (!DecodeBase64UrlInto(*digest, memory.seen_->digest).ok()) return NotOurs();
  return memory;
}

std::string RegistryMemory::Text() const {
  assert(seen_.has_value());
  json::Tree tree;
  json::Value& memory = tree.Object();
  memory.Append(kMark, tree.Integer(1));
  memory.Append("sequence", tree.Integer(static_cast<std::int64_t>(seen_->sequence)));
  memory.Append("digest", tree.String(EncodeBase64Url(seen_->digest)));
  memory.Append("issued_at", tree.String(UtcText(seen_->issued_at)));
  json::Value& keys = tree.Array();
  for (const RegistryKey& key : seen_->keys) keys.Append(MakeRegistryJwk(key, tree));
  memory.Append(lote::kPublicKeys, keys);
  return json::Write(memory) + "\n";
}

std::optional<std::uint64_t> RegistryMemory::sequence() const {
  return seen_ ? std::optional(seen_->sequence) : std::nullopt;
}

KeySet RegistryMemory::Keys(const KeySet& pinned) const {
  KeySet keys = pinned;
  if (!seen_) return keys;
  for (const RegistryKey& key : seen_->keys) {
    const bool ended = key.valid_until && *key.valid_until <= seen_->issued_at;
    if (key.compromised_since || ended) {
      keys.Remove(key.key);
    } else if (!keys.Holds(key.key)) {
      keys.Add(key.kid, key.key);
    }
  }
  return keys;
}

Result<RegistryMemory> RegistryMemory::After(const TrustRegistry& registry) const {
  if (seen_ && registry.sequence() < seen_->sequence)
    return RegistryRefused(
        "TRUST-03", "it is older than number " + std::to_string(seen_->sequence) + ", which was accepted before");
  if (seen_ && registry.sequence() == seen_->sequence && registry.digest() != seen_->digest)
    return RegistryRefused("TRUST-03", "another one with this number was accepted before");
  RegistryMemory after;
  after.seen_ = Seen{.sequence = registry.sequence(),
                     .digest = registry.digest(),
                     .issued_at = registry.issued_at(),
                     .keys = registry.content().registry_keys};
  for (RegistryKey& key : after.seen_->keys) key.certificate.clear();
  return after;
}

}  // namespace passport
