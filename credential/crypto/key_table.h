// A public key laid out for verifying many signatures: the multiples of its point stand in a table, as the library
// keeps those of the curve's generator.
//
// Verification handles public numbers only, so its time may depend on them. Nothing secret comes near a table; signing
// never uses one. Any thread may call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "credential/crypto/p256.h"

namespace passport {

class KeyTable {
 public:
  // What one takes at the most, all included.
  static constexpr std::size_t kBytes = 160 * 1024;

  // Takes as long as some 500 verifications. Null when the library can not: then there is PublicKey::Verify alone.
  static std::shared_ptr<const KeyTable> Build(const PublicKey& key);
  KeyTable(const KeyTable&) = delete;
  KeyTable& operator=(const KeyTable&) = delete;
  ~KeyTable();

  // What PublicKey::Verify answers, in half the time.
  bool Verify(const Digest& digest, std::span<const std::uint8_t> signature) const;

 private:
  struct Held;
  explicit KeyTable(std::unique_ptr<Held> held);
  std::unique_ptr<Held> held_;
};

}  // namespace passport
