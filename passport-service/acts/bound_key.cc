#include "passport-service/acts/bound_key.h"

#include "credential/crypto/jwk.h"
#include "credential/sdjwt/key_binding.h"
#include "credential/sdjwt/sd_jwt.h"

namespace passport {
namespace {

Fault UnreadableBinding() { return {Reason::kStoreUnavailable, "", "the key of a kept credential can not be read"}; }

}  // namespace

Result<std::string> BoundKeyOf(std::string_view token) {
  const std::string_view jwt = token.substr(0, token.find('~'));
  const std::size_t first = jwt.find('.');
  const std::size_t last = jwt.rfind('.');
  if (first == std::string_view::npos || first == last) return UnreadableBinding();
  json::Tree tree;
  const Result<json::Value*> payload =
      tree.ParseBase64Url(jwt.substr(first + 1, last - first - 1), kSdJwtLimits.payload);
  if (!payload.ok()) return UnreadableBinding();
  const Result<P256Point> holder = ReadHolderKey(**payload);
  if (!holder.ok()) return UnreadableBinding();
  return Thumbprint(*holder);
}

Result<std::string> ThumbprintOf(const HolderKeyPair& keys) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const jwk, tree.Parse(keys.jwk, json::kTokenLimits));
  TRY_ASSIGN(const P256Point point, ReadJwkPoint(*jwk));
  return Thumbprint(point);
}

}  // namespace passport
