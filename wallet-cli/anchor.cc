#include "wallet-cli/anchor.h"

#include <utility>

#include "credential/crypto/key_set.h"

namespace passport {
namespace {

Fault NoAnchor(std::string_view why) {
  return {Reason::kConfig, "",
          "the anchor is no public key of a registry and no root certificate: " + std::string(why)};
}

Result<KeySet> KeysOfAnchor(std::string_view text) {
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  if (!value.ok() || !(*value)->is_object()) return NoAnchor("not a JWK");
  if (const json::Value* const keys = (*value)->Find("keys"); keys != nullptr) {
    Result<KeySet> set = KeySet::Read(*keys);
    if (!set.ok()) return NoAnchor(set.fault().detail);
    return set;
  }
  Result<KeySet> one = KeySet::ReadOne(**value);
  if (!one.ok()) return NoAnchor(one.fault().detail);
  return one;
}

}  // namespace

Result<RegistryPin> PinOf(const CarriedTrust& trust) {
  RegistryPin pin;
  if (trust.anchor.starts_with("-----BEGIN CERTIFICATE")) {
    Result<Certificate> root = ReadCertificatePem(trust.anchor);
    if (!root.ok()) return NoAnchor(root.fault().detail);
    pin.root = std::move(root).value();
  } else {
    TRY_ASSIGN(pin.keys, KeysOfAnchor(trust.anchor));
  }
  TRY_ASSIGN(pin.memory, RememberedRegistry::Of(trust.registry_memory));
  return pin;
}

}  // namespace passport
