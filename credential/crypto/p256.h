// ECDSA on P-256 as ES256 uses it (RFC 7518 section 3.4): raw 64-byte signatures, r then s, big-endian.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/result.h"

namespace passport {

using Signature = std::array<std::uint8_t, 64>;
// Affine x then y, 32 bytes each, big-endian, leading zeros kept.
using P256Point = std::array<std::uint8_t, 64>;

// A public key that will be used again: importing it costs a third of a verification, so it is kept. Copies share one
// key; any thread may use it.
class PublicKey {
 public:
  // Fails with kKey (check JWT-06) unless the point is on the curve, with both coordinates below the field's prime.
  static Result<PublicKey> Import(const P256Point& point);

  const P256Point& point() const;
  // True if the signature is 64 bytes with 1 <= r, s < n and holds over the digest. High s is valid (RFC 7518 has no
  // low-s rule). Never fails otherwise; unknown means no.
  bool Verify(const Digest& digest, std::span<const std::uint8_t> signature) const;

  bool operator==(const PublicKey& other) const { return point() == other.point(); }

 private:
  struct Held;
  explicit PublicKey(std::shared_ptr<Held> held) : held_(std::move(held)) {}
  std::shared_ptr<Held> held_;
};

// The same answer for a key that is seen once, such as a holder's: the point is checked and used without a full import,
// which costs a thirtieth of a verification instead of a third. Fails with kKey when the point is not a valid key.
Result<bool> VerifyOnce(const P256Point& point, const Digest& digest, std::span<const std::uint8_t> signature);

}  // namespace passport
