// The test region with certificates: a root, an issuing authority and what it signs for the parties.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/certificate.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {

struct CertifiedWorld {
  static CertifiedWorld& Get();
  CertifiedWorld();

  PrivateKey root_key;
  PrivateKey authority_key;
  std::string root_pem;
  Certificate root;
  Certificate authority;

  // Made a month before kNow.
  std::string Leaf(const PrivateKey& key, CertificateUse use, std::string_view uri);
  // The key as a registry lists it, with a certificate for that use and name.
  RegistryKey Listed(const PrivateKey& key, CertificateUse use, std::string_view uri);
  // The content of the test world with a certificate for every key, and issuers that are known by it.
  RegistryContent Content();
  // What goes into `x5c`.
  std::vector<std::string> Chain(const RegistryKey& key) const { return {key.certificate, authority.der}; }
};

}  // namespace passport
