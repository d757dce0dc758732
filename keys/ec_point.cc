#include "keys/ec_point.h"

#include <algorithm>

namespace passport {

Result<P256Point> DecodeEcPoint(std::span<const std::uint8_t> attribute) {
  constexpr std::uint8_t kOctetString = 0x04;
  constexpr std::uint8_t kUncompressed = 0x04;
  constexpr std::size_t kBare = 1 + std::tuple_size_v<P256Point>;
  const Fault refused{Reason::kKeyStore, "", "the module's public key is no uncompressed P-256 point"};
  if (attribute.size() == kBare + 2) {
    if (attribute[0] != kOctetString || attribute[1] != kBare) return refused;
    attribute = attribute.subspan(2);
  }
  if (attribute.size() != kBare || attribute[0] != kUncompressed) return refused;
  P256Point point;
  std::copy(attribute.begin() + 1, attribute.end(), point.begin());
  if (!PublicKey::Import(point).ok()) return refused;
  return point;
}

}  // namespace passport
