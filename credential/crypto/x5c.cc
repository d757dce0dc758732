#include "credential/crypto/x5c.h"

#include "credential/crypto/certificate.h"
#include "credential/encoding/base64.h"

namespace passport {

Result<std::vector<std::string>> ReadX5c(const json::Value& header) {
  std::vector<std::string> certificates;
  const json::Value* const x5c = header.Find("x5c");
  if (x5c == nullptr) return certificates;
  const auto refused = [](std::string_view what) { return Fault{Reason::kKey, "JWT-12", "x5c: " + std::string(what)}; };
  if (!x5c->is_array() || x5c->size() == 0 || x5c->size() > kCertificateChainMax) return refused("not 1 to 5 texts");
  for (const json::Value& element : *x5c) {
    if (!element.is_string() || element.text()->size() > kCertificateBytesMax * 4 / 3 + 4) {
      return refused("not a text of up to 8 KiB");
    }
    Result<std::string> der = DecodeBase64(*element.text());
    if (!der.ok()) return refused("not base64 with padding");
    certificates.push_back(std::move(der).value());
  }
  return certificates;
}

}  // namespace passport
