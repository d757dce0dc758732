// The first byte chooses: any bytes as the stream of a list, as `status` claims, or as the payload of a token that is
// signed on the way, so that what comes after the signature is reached.
#include <cstdint>
#include <cstdlib>

#include "credential/status/status_reference.h"
#include "credential/status/status_token.h"
#include "keys/private_key.h"

namespace {

constexpr std::size_t kInflatedMax = 1 << 16;

void AsStream(int bits, std::span<const std::uint8_t> stream) {
  const auto list = passport::StatusList::Decode(bits, stream, kInflatedMax);
  if (!list.ok()) return;
  if (list->bytes().size() > kInflatedMax) std::abort();
  if (list->At(list->size()).ok() || (list->size() > 0 && !list->At(list->size() - 1).ok())) std::abort();
  const auto again = passport::StatusList::Decode(bits, list->Encode(6), kInflatedMax);
  if (!again.ok() || !(*again == *list)) std::abort();
}

void AsClaims(std::string_view text) {
  passport::json::Tree tree;
  const auto claims = tree.Parse(text, passport::json::kTokenLimits);
  if (!claims.ok()) return;
  const auto reference = passport::ReadStatusReference(**claims);
  if (!reference.ok() || !reference->has_value()) return;
  passport::json::Value& written = tree.Object();
  passport::WriteStatusReference(**reference, tree, written);
  const auto again = passport::ReadStatusReference(written);
  if (!again.ok() || *again != *reference) std::abort();
}

void AsPayload(std::string_view payload) {
  static auto key = passport::PrivateKey::Generate();
  if (!key.ok()) std::abort();
  passport::KeySet keys;
  keys.Add("1", key->public_key());
  const passport::StatusTokenRules rules{.now = {1795300000},
                                         .leeway = {60},
                                         .allowed_algs = passport::Es256Only(),
                                         .token_bytes = 1 << 16,
                                         .inflated_bytes = kInflatedMax};
  const auto token = passport::SignJws(passport::JwsHeader(passport::kStatusTokenTyp, "1"), payload, *key);
  if (!token.ok()) std::abort();
  const auto verified = passport::VerifyStatusToken(*token, "https://status.example/lists/1", keys, rules);
  if (!verified.ok()) {
    const passport::Reason reason = verified.fault().reason;
    if (reason != passport::Reason::kStatus && reason != passport::Reason::kLimit) std::abort();
    return;
  }
  if (verified->list.bytes().size() > kInflatedMax) std::abort();
  if (verified->ttl && (*verified->ttl < passport::kStatusTtlMin || *verified->ttl > passport::kStatusTtlMax)) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  const std::string_view text(reinterpret_cast<const char*>(rest.data()), rest.size());
  switch (data[0]) {
    case 'c':
      AsClaims(text);
      break;
    case 'p':
      AsPayload(text);
      break;
    default:
      AsStream(1 << (data[0] % 4), rest);
  }
  return 0;
}
