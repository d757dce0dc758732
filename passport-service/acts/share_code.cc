#include "passport-service/acts/share_code.h"

#include <array>

namespace passport {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeCharacters = 8;

char AsWritten(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace

Result<std::string> CodeOfShare(const PersonVault& vault, const ShareId& id) {
  TRY_ASSIGN(const Digest digest, vault.IndexDigest("code of a share request", id.text()));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | digest.at(i);
  std::string code(kCodeCharacters, '0');
  for (std::size_t i = kCodeCharacters; i-- > 0; bits >>= 5) code[i] = kCrockford[bits & 31];
  return code;
}

bool SameCode(std::string_view typed, std::string_view code) {
  std::array<char, kCodeCharacters> read{};
  std::size_t count = 0;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (count == read.size()) return false;
    read.at(count++) = AsWritten(c);
  }
  if (count != read.size() || code.size() != read.size()) return false;
  unsigned differ = 0;
  for (std::size_t i = 0; i < read.size(); ++i) differ |= static_cast<unsigned char>(read.at(i) ^ code[i]);
  return differ == 0;
}

}  // namespace passport
