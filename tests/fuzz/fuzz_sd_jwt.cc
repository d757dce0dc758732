// Any text as a presentation, to the verifier and to the holder's tools. The signature check is left out, as a fuzzer
// can not sign; everything behind it is reached.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/sdjwt/disclose.h"
#include "credential/sdjwt/key_binding.h"
#include "credential/sdjwt/present.h"
#include "credential/sdjwt/sd_jwt.h"
#include "credential/sdjwt/verify.h"

namespace passport {
namespace {

class TrustNobody final : public IssuerKeys {
 public:
  Result<VerifiedJws> Verify(const UnverifiedJws& token) override {
    if (token.kid().size() > kSdJwtLimits.header_bytes) std::abort();
    return Fault{Reason::kIssuer, "SDJWT-04", "nobody is trusted"};
  }
};

void Run(std::string_view token) {
  TrustNobody keys;
  const SdJwtExpectation expected{.now = Instant{1795300000},
                                  .leeway = Seconds{60},
                                  .allowed_algs = Es256Only(),
                                  .typ = "",
                                  .key_binding = NoKeyBinding{},
                                  .limits = kSdJwtLimits};
  {
    json::Tree tree;
    if (VerifySdJwt(token, expected, keys, nullptr, tree).ok()) std::abort();
  }
  const auto text = SplitSdJwt(token, kSdJwtLimits);
  if (!text.ok()) return;
  if (text->bound.size() + text->key_binding_jwt.size() != token.size()) std::abort();
  json::Tree tree;
  const auto held = ListDisclosures(text->bound, kSdJwtLimits, tree);
  if (held.ok()) {
    if (held->size() != text->disclosures.size()) std::abort();
    const auto nothing = PresentSdJwt(text->bound, *held, {});
    if (!nothing.ok() || !ListDisclosures(*nothing, kSdJwtLimits, tree).ok()) std::abort();
  }
  if (text->key_binding_jwt.empty()) return;
  const auto claims =
      tree.Parse(R"({"cnf":{"jwk":{"kty":"EC","crv":"P-256","x":"b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",)"
                 R"("y":"Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"}}})",
                 kSdJwtLimits.payload);
  const KeyBindingTerms terms{.policy = expected.key_binding,
                              .now = expected.now,
                              .leeway = expected.leeway,
                              .allowed_algs = Es256Only(),
                              .limits = kSdJwtLimits};
  (void)VerifyKeyBinding(text->key_binding_jwt, text->bound, **claims, terms, tree);
}

}  // namespace
}  // namespace passport

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  passport::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
