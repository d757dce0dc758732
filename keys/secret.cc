#include "keys/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace passport {

Secret& Secret::operator=(Secret&& other) noexcept {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
  bytes_ = std::exchange(other.bytes_, {});
  return *this;
}

Secret::~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

void Secret::Truncate(std::size_t size) {
  if (size >= bytes_.size()) return;
  OPENSSL_cleanse(bytes_.data() + size, bytes_.size() - size);
  bytes_.resize(size);
}

}  // namespace passport
