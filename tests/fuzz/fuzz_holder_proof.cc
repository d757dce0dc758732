// Any bytes as a holder's proof of a call. Only what the page shows was signed by anybody.
#include <cstdint>
#include <cstdlib>

#include "credential/crypto/jwk.h"
#include "credential/passport/holder_proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view proof(reinterpret_cast<const char*>(data), size);
  constexpr passport::ProvenCall kCall{.path = "/staffpassport.v1.WalletService/Receive", .request = ""};
  const std::string names[] = {"passport.example"};
  const auto verified = passport::VerifyHolderProof(proof, names, kCall, passport::Instant{1795300000});
  if (!verified.ok()) return 0;
  if (verified->id.size() < 16 || verified->id.size() > 64) std::abort();
  if (verified->thumbprint != passport::Thumbprint(verified->key)) std::abort();
  return 0;
}
