#include "credential/crypto/digest_text.h"

namespace passport {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string HexOf(const Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) text.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
  return text;
}

std::optional<Digest> DigestOfHex(std::string_view text) {
  Digest digest{};
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = kDigits.find(text[i]);
    if (value == std::string_view::npos) return std::nullopt;
    digest.at(i / 2) = static_cast<std::uint8_t>((std::size_t{digest.at(i / 2)} << 4U) | value);
  }
  return digest;
}

}  // namespace passport
