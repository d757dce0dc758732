#include "operator-cli/registry_anchor.h"

#include "credential/crypto/jwk.h"
#include "terminal/files.h"

namespace passport {

Fault NotUsable(const std::string& path, std::string_view what, std::string_view detail) {
  return {Reason::kConfig, "", path + " is no " + std::string(what) + " (" + std::string(detail) + ")"};
}

Result<KeySet> ReadAnchor(const std::string& path, int standard_input) {
  TRY_ASSIGN(const std::string text, ReadText(path, standard_input, 16 * 1024));
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(text, json::kTokenLimits);
  if (!jwk.ok()) return NotUsable(path, "public key", "not a JWK");
  const Result<PublicKey> key = ReadJwk(**jwk);
  if (!key.ok()) return NotUsable(path, "public key", key.fault().detail);
  KeySet keys;
  keys.Add(Thumbprint(key->point()), *key);
  return keys;
}

}  // namespace passport
