// Any bytes over a signature that holds, and over what it signs: the three ways of verifying agree. All zeros leave it
// as it is.
#include <cstdint>
#include <cstdlib>

#include "credential/crypto/key_table.h"
#include "credential/encoding/base64url.h"

namespace {

// RFC 7515, A.3: the key, what was signed, and the signature.
constexpr std::string_view kX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr std::string_view kY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
constexpr std::string_view kSigningInput =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view kSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

struct World {
  passport::P256Point point{};
  passport::Digest digest = passport::Sha256(kSigningInput);
  passport::Signature signature{};
  std::shared_ptr<const passport::KeyTable> table;

  World() {
    const bool decoded = passport::DecodeBase64UrlInto(kX, std::span(point).first(32)).ok() &&
                         passport::DecodeBase64UrlInto(kY, std::span(point).last(32)).ok() &&
                         passport::DecodeBase64UrlInto(kSignature, signature).ok();
    const auto key = passport::PublicKey::Import(point);
    if (!decoded || !key.ok()) std::abort();
    table = passport::KeyTable::Build(*key);
    if (table == nullptr || !key->Verify(digest, signature)) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  passport::Signature signature = world.signature;
  passport::Digest digest = world.digest;
  for (std::size_t i = 0; i < size && i < signature.size() + digest.size(); ++i) {
    std::uint8_t& at = i < signature.size() ? signature[i] : digest[i - signature.size()];
    at = static_cast<std::uint8_t>(at ^ data[i]);
  }
  const bool by_table = world.table->Verify(digest, signature);
  const auto once = passport::VerifyOnce(world.point, digest, signature);
  if (!once.ok() || *once != by_table) std::abort();
  const bool unchanged = signature == world.signature && digest == world.digest;
  if (unchanged && !by_table) std::abort();
  return 0;
}
