// Any JSON as a JWK or a set of them. A key that is accepted is written and read as the same key, and its thumbprint
// is the thumbprint of its point.
#include <cstdint>
#include <cstdlib>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jwt_claims.h"
#include "credential/crypto/key_set.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  passport::json::Tree tree;
  const auto value = tree.Parse(text, passport::json::kTokenLimits);
  if (!value.ok()) return 0;
  static_cast<void>(passport::KeySet::Read(**value).ok());
  static_cast<void>(passport::ReadTime(**value, "exp").ok());
  const auto thumbprint = passport::Thumbprint(**value);
  const auto key = passport::ReadJwk(**value);
  if (!key.ok()) return 0;
  if (!thumbprint.ok() || *thumbprint != passport::Thumbprint(key->point())) std::abort();
  const auto again = passport::ReadJwk(passport::MakeJwk(key->point(), tree));
  if (!again.ok() || !(*again == *key)) std::abort();
  return 0;
}
