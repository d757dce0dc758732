// Makes certificates that no honest authority makes: any names, any extensions twice, any key, signed by anybody.
//
// What can only fail through our own fault ends the test program.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "credential/vocabulary/instant.h"

namespace passport {

// A key of any kind; copies share it.
using ForgeKey = std::shared_ptr<EVP_PKEY>;
ForgeKey MakeForgeKey(const char* kind = "P-256");  // "P-256", "P-384" or "RSA"

struct ForgedCertificate {
  std::string subject;  // common names
  std::string issuer;
  Instant from;
  Instant until;
  // In OpenSSL's words: {"basicConstraints", "critical,CA:TRUE"}. Each stands in the certificate as often as here.
  std::vector<std::pair<std::string, std::string>> extensions;
  int version = 3;
  bool sha1 = false;
};
// DER.
std::string Forge(const ForgedCertificate& certificate, const ForgeKey& subject, const ForgeKey& signer);

std::string PemOfDer(const std::string& der);

}  // namespace passport
