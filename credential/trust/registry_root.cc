#include "credential/trust/registry_root.h"

#include <string>
#include <utility>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/x5c.h"
#include "credential/trust/registry_members.h"

namespace passport {
namespace {

// What the header says of the key, before anything is proven.
struct KeyNamed {
  std::string kid;
  std::vector<std::string> chain;
};

Result<KeyNamed> ReadHeader(std::string_view registry) {
  const std::string_view header = registry.substr(0, registry.find('.'));
  json::Limits limits = json::kTokenLimits;
  limits.bytes = kHeaderBytesMax;
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.ParseBase64Url(header, limits));
  TRY_ASSIGN(const std::string_view kid, ReadKid(*value));
  TRY_ASSIGN(std::vector<std::string> chain, ReadX5c(*value));
  return KeyNamed{.kid = std::string(kid), .chain = std::move(chain)};
}

}  // namespace

Result<KeySet> RegistryKeyUnder(const Certificate& root, std::string_view registry, Instant now) {
  const auto refused = [](std::string_view what) { return RegistryRefused("TRUST-01", what); };
  const Result<KeyNamed> named = ReadHeader(registry);
  if (!named.ok()) return refused(named.fault().detail);
  const std::vector<std::string>& chain = named->chain;
  if (chain.empty()) return refused("it carries no certificate that could lead to the root");
  const Result<Certificate> leaf = ReadCertificate(chain.front());
  if (!leaf.ok()) return refused(leaf.fault().detail);
  if (leaf->uris.size() != 1) return refused("its certificate has not one name");
  const Result<Certificate> proven =
      VerifyChain(chain, root, {.use = CertificateUse::kRegistry, .uri = leaf->uris.front(), .at = now});
  if (!proven.ok()) return refused(proven.fault().detail);
  KeySet keys;
  keys.Add(named->kid, proven->key);
  return keys;
}

}  // namespace passport
