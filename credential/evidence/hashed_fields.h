// Fields written one after another so that they can be told apart again, then hashed: each after its length (8 bytes,
// big-endian), numbers and times in 8 bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/instant.h"

namespace passport {

class HashedFields {
 public:
  HashedFields& Add(std::string_view bytes);
  HashedFields& Add(std::uint64_t number);
  HashedFields& Add(Instant at) { return Add(static_cast<std::uint64_t>(at.seconds)); }
  HashedFields& Add(const Digest& digest);
  Digest Hash() const { return Sha256(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace passport
