#include "credential/encoding/base64url.h"

#include <array>

namespace passport {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNone = 0xff;

constexpr std::array<std::uint8_t, 256> MakeInverse() {
  std::array<std::uint8_t, 256> inverse{};
  inverse.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    inverse[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return inverse;
}
constexpr std::array<std::uint8_t, 256> kInverse = MakeInverse();

// The two characters of twelve bits.
constexpr std::array<std::array<char, 2>, 4096> MakePairs() {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kAlphabet[i >> 6], kAlphabet[i & 63]};
  return pairs;
}
constexpr std::array<std::array<char, 2>, 4096> kPairs = MakePairs();

constexpr std::size_t Byte(char c) { return static_cast<std::uint8_t>(c); }

// The value of a character at each of the four places of a group, in place; what is outside the alphabet sets the top
// byte.
constexpr std::array<std::array<std::uint32_t, 256>, 4> MakeShifted() {
  std::array<std::array<std::uint32_t, 256>, 4> shifted{};
  for (std::size_t place = 0; place < 4; ++place) {
    for (std::size_t c = 0; c < 256; ++c) {
      const std::uint32_t value = kInverse[c];
      shifted[place][c] = value == kNone ? 0xff000000U : value << (18 - 6 * place);
    }
  }
  return shifted;
}
constexpr std::array<std::array<std::uint32_t, 256>, 4> kShifted = MakeShifted();

constexpr std::uint32_t ValueOf(char c) { return kInverse[static_cast<std::uint8_t>(c)]; }

Fault BadBase64Url(std::string_view what) { return {Reason::kMalformed, "JWT-02", "base64url: " + std::string(what)}; }

// Writes Base64UrlDecodedLength(text.size()) bytes to `out`.
Result<void> Decode(std::string_view text, std::uint8_t* out) {
  if (text.size() % 4 == 1) return BadBase64Url("impossible length");
  std::size_t at = 0;
  std::uint32_t bad = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const std::uint32_t word = kShifted[0][Byte(text[at])] | kShifted[1][Byte(text[at + 1])] |
                               kShifted[2][Byte(text[at + 2])] | kShifted[3][Byte(text[at + 3])];
    bad |= word >> 24;
    out[0] = static_cast<std::uint8_t>(word >> 16);
    out[1] = static_cast<std::uint8_t>(word >> 8);
    out[2] = static_cast<std::uint8_t>(word);
    out += 3;
  }
  bad = bad == 0 ? 0 : kNone;
  const std::size_t rest = text.size() - at;
  if (rest != 0) {
    const std::uint32_t a = ValueOf(text[at]);
    const std::uint32_t b = ValueOf(text[at + 1]);
    const std::uint32_t c = rest == 3 ? ValueOf(text[at + 2]) : 0;
    bad |= a | b | c;
    *out++ = static_cast<std::uint8_t>(a << 2 | b >> 4);
    if (rest == 3) *out++ = static_cast<std::uint8_t>(b << 4 | c >> 2);
    if ((bad & 0xc0U) == 0 && (rest == 2 ? b & 0x0fU : c & 0x03U) != 0) return BadBase64Url("unused bits are set");
  }
  if ((bad & 0xc0U) != 0) return BadBase64Url("character outside the alphabet");
  return {};
}

}  // namespace

void AppendBase64Url(std::span<const std::uint8_t> bytes, std::string& out) {
  const std::size_t start = out.size();
  out.resize(start + Base64UrlLength(bytes.size()));
  char* to = out.data() + start;
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    const std::uint32_t word = static_cast<std::uint32_t>(bytes[at]) << 16 |
                               static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
                               static_cast<std::uint32_t>(bytes[at + 2]);
    const std::array<char, 2>& first = kPairs[word >> 12];
    const std::array<char, 2>& second = kPairs[word & 4095];
    to[0] = first[0];
    to[1] = first[1];
    to[2] = second[0];
    to[3] = second[1];
    to += 4;
  }
  const std::size_t rest = bytes.size() - at;
  if (rest == 0) return;
  const std::uint32_t a = bytes[at];
  const std::uint32_t b = rest == 2 ? bytes[at + 1] : 0;
  *to++ = kAlphabet[a >> 2];
  *to++ = kAlphabet[(a << 4 | b >> 4) & 63];
  if (rest == 2) *to++ = kAlphabet[b << 2 & 63];
}

std::string EncodeBase64Url(std::span<const std::uint8_t> bytes) {
  std::string out;
  AppendBase64Url(bytes, out);
  return out;
}

std::string EncodeBase64Url(std::string_view bytes) {
  return EncodeBase64Url(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

bool IsBase64UrlText(std::string_view text) {
  std::uint32_t bad = 0;
  for (const char c : text) bad |= ValueOf(c);
  return (bad & 0xc0U) == 0;
}

Result<void> DecodeBase64Url(std::string_view text, std::string& out) {
  out.resize(Base64UrlDecodedLength(text.size()));
  return Decode(text, reinterpret_cast<std::uint8_t*>(out.data()));
}

Result<std::vector<std::uint8_t>> DecodeBase64Url(std::string_view text) {
  std::vector<std::uint8_t> out(Base64UrlDecodedLength(text.size()));
  TRY(Decode(text, out.data()));
  return out;
}

Result<void> DecodeBase64UrlInto(std::string_view text, std::span<std::uint8_t> out) {
  if (Base64UrlDecodedLength(text.size()) != out.size()) return BadBase64Url("wrong length");
  return Decode(text, out.data());
}

}  // namespace passport
