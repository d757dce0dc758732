#include "credential/trust/registry_root.h"

#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/x5c.h"
#include "credential/trust/registry_members.h"

namespace passport {
namespace {

Result<std::vector<std::string>> ChainOf(std::string_view registry) {
  const std::string_view header = registry.substr(0, registry.find('.'));
  json::Limits limits = json::kTokenLimits;
  limits.bytes = kHeaderBytesMax;
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.ParseBase64Url(header, limits));
  return ReadX5c(*value);
}

}  // namespace

Result<KeySet> RegistryKeyUnder(const Certificate& root, std::string_view registry, Instant now) {
  const auto refused = [](std::string_view what) { return RegistryRefused("TRUST-01", what); };
  const Result<std::vector<std::string>> chain = ChainOf(registry);
  if (!chain.ok()) return refused(chain.fault().detail);
  if (chain->empty()) return refused("it carries no certificate that could lead to the root");
  const Result<Certificate> leaf = ReadCertificate(chain->front());
  if (!leaf.ok()) return refused(leaf.fault().detail);
  if (leaf->uris.size() != 1) return refused("its certificate has not one name");
  const Result<Certificate> proven =
      VerifyChain(*chain, root, {.use = CertificateUse::kRegistry, .uri = leaf->uris.front(), .at = now});
  if (!proven.ok()) return refused(proven.fault().detail);
  KeySet keys;
  keys.Add(Thumbprint(proven->key.point()), proven->key);
  return keys;
}

}  // namespace passport
