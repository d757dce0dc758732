// Whatever arrives as a certificate: it is refused, or its bytes are DER and every check of it ends.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credential/crypto/certificate.h"
#include "credential/crypto/der.h"

namespace passport {
namespace {

void Try(std::string_view bytes) {
  static_cast<void>(ReadCertificatePem(bytes));
  const bool der = IsDer(bytes);
  const Result<Certificate> read = ReadCertificate(bytes);
  if (!read.ok()) return;
  if (!der || read->der != bytes) std::abort();
  for (const CertificateUse use : AllCertificateUses()) {
    const std::string uri = read->uris.empty() ? "" : read->uris.front();
    const Result<void> leaf = CheckLeaf(*read, {.use = use, .uri = uri, .at = read->until});
    // Nothing is both a signing key's and an authority's.
    if (leaf.ok() && CheckSignedBy(*read, *read, 0, read->until).ok()) std::abort();
  }
}

}  // namespace
}  // namespace passport

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  passport::Try(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
