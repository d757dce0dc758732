// A receipt as a reader gets it: the whole token, and its payload as if a receipt key had signed it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/evidence/receipt.h"
#include "tests/fuzz/receipt_signers.h"

namespace {

using namespace passport;

constexpr Instant kNow{1795300000};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ReceiptSigners signers;
  static const TrustRegistry registry =
      TrustRegistry::Read(signers.Registry(kNow), signers.pinned, kNow, Seconds{0}).value();
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
