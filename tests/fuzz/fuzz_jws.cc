// Any bytes as a compact JWS. Nothing made without the key may verify, and both ways of verifying agree.
#include <cstdint>
#include <cstdlib>

#include "credential/crypto/jws.h"
#include "credential/crypto/jwt_claims.h"

namespace {

// The key of RFC 7515 A.3; its one published token is the only input that may verify.
constexpr passport::P256Point kPoint = {0x7f, 0xcd, 0xce, 0x27, 0x70, 0xf6, 0xc4, 0x5d, 0x41, 0x83, 0xcb, 0xee, 0x6f,
                                        0xdb, 0x4b, 0x7b, 0x58, 0x07, 0x33, 0x35, 0x7b, 0xe9, 0xef, 0x13, 0xba, 0xcf,
                                        0x6e, 0x3c, 0x7b, 0xd1, 0x54, 0x45, 0xc7, 0xf1, 0x44, 0xcd, 0x1b, 0xbd, 0x9b,
                                        0x7e, 0x87, 0x2c, 0xdf, 0xed, 0xb9, 0xee, 0xb9, 0xf4, 0xb3, 0x69, 0x5d, 0x6e,
                                        0xa9, 0x0b, 0x24, 0xad, 0x8a, 0x46, 0x23, 0x28, 0x85, 0x88, 0xe5, 0xad};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto key = passport::PublicKey::Import(kPoint);
  if (!key.ok()) std::abort();
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  const passport::JwsRules rules{.typ = "",
                                 .allowed_algs = passport::Es256Only(),
                                 .token_bytes = 64 * 1024,
                                 .header_bytes = passport::kHeaderBytesMax,
                                 .payload = passport::json::kTokenLimits};
  passport::json::Tree tree;
  const auto read = passport::UnverifiedJws::Read(token, rules, tree);
  if (!read.ok()) return 0;
  const auto verified = read->Verify(*key);
  if (verified.ok() != read->VerifyOnce(kPoint).ok()) std::abort();
  if (!verified.ok()) return 0;
  if (token.substr(0, 30) != "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiO") std::abort();
  static_cast<void>(passport::CheckTimes(*verified->payload, passport::Instant{0}, passport::Seconds{0}).ok());
  return 0;
}
