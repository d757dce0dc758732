// A receipt as a reader gets it: the whole token, and its payload as if a receipt key had signed it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/evidence/receipt.h"
#include "keys/private_key.h"

namespace {

using namespace passport;

constexpr Instant kNow{1795300000};

struct Signers {
  PrivateKey registry_key = PrivateKey::Generate().value();
  PrivateKey receipt_key = PrivateKey::Generate().value();
  KeySet pinned;
  Signers() { pinned.Add("registry-1", registry_key.public_key()); }
  TrustRegistry Registry() {
    RegistryContent content;
    content.sequence = 1;
    content.issued_at = kNow;
    content.next_update = kNow + Seconds{86400};
    content.receipt_keys = {{.kid = "receipt-1",
                             .key = receipt_key.public_key(),
                             .certificate = {},
                             .valid_from = Instant{0},
                             .valid_until = std::nullopt,
                             .compromised_since = std::nullopt}};
    return TrustRegistry::Read(SignRegistry(content, "registry-1", registry_key).value(), pinned, kNow, Seconds{0})
        .value();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Signers signers;
  static const TrustRegistry registry = signers.Registry();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (ReadReceipt(text, registry).ok()) std::abort();  // nobody signed it
  const auto token = SignJws(JwsHeader(kReceiptTyp, "receipt-1"), text, signers.receipt_key);
  if (!token.ok()) std::abort();
  const auto receipt = ReadReceipt(*token, registry);
  if (!receipt.ok()) return 0;
  // What was accepted is signed and read back.
  const auto again = SignReceipt(*receipt, "receipt-1", signers.receipt_key);
  if (!again.ok() || !ReadReceipt(*again, registry).ok()) std::abort();
  return 0;
}
