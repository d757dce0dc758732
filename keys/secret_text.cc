#include "keys/secret_text.h"

#include <cstdint>
#include <span>

namespace passport {

Secret SecretOf(std::string_view text) {
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

std::string_view TextOf(const Secret& secret) {
  return {reinterpret_cast<const char*>(secret.bytes().data()), secret.size()};
}

}  // namespace passport
