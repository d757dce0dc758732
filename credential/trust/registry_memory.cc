#include "credential/trust/registry_memory.h"

#include <algorithm>

#include "credential/encoding/base64url.h"
#include "credential/trust/lote_names.h"
#include "credential/trust/registry_key_json.h"
#include "credential/trust/registry_members.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

constexpr std::string_view kMark = "staff_passport_registry_memory";

constexpr std::string_view kBundle = "bundle";
constexpr std::string_view kLists = "status_lists";
constexpr Seconds kForgottenAfter{366 * 86'400};

using SeenList = std::pair<std::string, Instant>;

Fault NotOurs() { return {Reason::kConfig, "", "memory of the registry: damaged, or another file"}; }

// {"uri":"https://...","issued_at":1795300000}
Result<SeenList> ReadSeenList(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers members, RegistryMembers::Of(value, {"uri", "issued_at"}));
  TRY_ASSIGN(std::string uri, members.Text("uri"));
  TRY_ASSIGN(const std::int64_t issued_at, members.Number("issued_at", 0));
  return SeenList(std::move(uri), Instant{issued_at});
}

}  // namespace

Result<RegistryMemory> RegistryMemory::Read(std::string_view text) {
  json::Tree tree;
  const json::Limits limits{
      .bytes = kRegistryMemoryBytesMax, .depth = 6, .nodes = 100'000, .string_bytes = 4096, .members = 32};
  const Result<json::Value*> parsed = tree.Parse(text, limits);
  if (!parsed.ok()) return NotOurs();
  const Result<RegistryMembers> members =
      RegistryMembers::Of(**parsed, {kMark, "sequence", "digest", "issued_at", lote::kPublicKeys, kBundle, kLists});
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
  if (members->Has(kBundle)) {
    const Result<std::int64_t> bundle = members->Number(kBundle, 1);
    if (!bundle.ok()) return NotOurs();
    memory.bundle_ = static_cast<std::uint64_t>(*bundle);
  }
  if (members->Has(kLists)) {
    const Result<std::vector<SeenList>> lists = members->Entries<SeenList>(kLists, kRememberedListsMax, ReadSeenList);
    if (!lists.ok()) return NotOurs();
    memory.lists_.insert(lists->begin(), lists->end());
  }
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
  if (bundle_ > 0) memory.Append(kBundle, tree.Integer(static_cast<std::int64_t>(bundle_)));
  if (!lists_.empty()) {
    json::Value& lists = tree.Array();
    for (const auto& [uri, issued_at] : lists_) {
      json::Value& list = tree.Object();
      list.Append("uri", tree.String(uri));
      list.Append("issued_at", tree.Integer(issued_at.seconds));
      lists.Append(list);
    }
    memory.Append(kLists, lists);
  }
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
  after.lists_ = lists_;
  after.bundle_ = bundle_;
  after.seen_ = Seen{.sequence = registry.sequence(),
                     .digest = registry.digest(),
                     .issued_at = registry.issued_at(),
                     .keys = registry.content().registry_keys};
  for (RegistryKey& key : after.seen_->keys) key.certificate.clear();
  return after;
}

RegistryMemory RegistryMemory::AfterLists(const ListTimes& seen, Instant now) const {
  RegistryMemory after = *this;
  for (const auto& [uri, issued_at] : seen) {
    Instant& last = after.lists_.try_emplace(uri, issued_at).first->second;
    last = std::max(last, issued_at);
  }
  std::erase_if(after.lists_, [&](const auto& list) { return list.second + kForgottenAfter < now; });
  while (after.lists_.size() > kRememberedListsMax) {
    after.lists_.erase(std::min_element(after.lists_.begin(), after.lists_.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; }));
  }
  return after;
}

Result<RegistryMemory> RegistryMemory::AfterBundle(std::uint64_t sequence) const {
  if (sequence < bundle_)
    return RegistryRefused(
        "TRUST-03", "the bundle is older than number " + std::to_string(bundle_) + ", which was accepted before");
  RegistryMemory after = *this;
  after.bundle_ = sequence;
  return after;
}

}  // namespace passport
