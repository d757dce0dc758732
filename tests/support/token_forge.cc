#include "tests/support/token_forge.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "credential/crypto/jws.h"
#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"

namespace passport {
namespace {

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "test support: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

void AddMember(std::string_view name, std::string_view json, std::string& out) {
  if (json.empty()) return;
  if (out.size() > 1) out += ',';
  out += '"';
  out += name;
  out += "\":";
  out += json;
}

// The order of P-256 (FIPS 186-5), big-endian.
constexpr std::array<std::uint8_t, 32> kOrder = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                                                 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                                                 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

}  // namespace

PrivateKey NewKey() { return OrStop(PrivateKey::Generate()); }

std::string Encoded(std::string_view text) { return EncodeBase64Url(text); }

std::string ForgeJws(std::string_view header_json, std::string_view payload_json, Signer& signer) {
  return OrStop(SignJws(header_json, payload_json, signer));
}

std::string ForgeJwsWith(std::string_view header_json, std::string_view payload_json, std::string_view signature) {
  return Encoded(header_json) + "." + Encoded(payload_json) + "." + std::string(signature);
}

std::string ForgeDisclosure(std::string_view json) { return Encoded(json); }

std::string DigestOf(std::string_view disclosure) { return Sha256Text(disclosure); }

std::string DigestsOf(std::span<const std::string> disclosures) {
  std::string text = "[";
  for (const std::string& disclosure : disclosures) {
    if (text.size() > 1) text += ',';
    text += '"' + DigestOf(disclosure) + '"';
  }
  return text + "]";
}

std::string ForgeSdJwt(std::string_view issuer_jwt, std::span<const std::string> disclosures) {
  std::string text(issuer_jwt);
  text += '~';
  for (const std::string& disclosure : disclosures) {
    text += disclosure;
    text += '~';
  }
  return text;
}

std::string QuotedSdHash(std::string_view presented) { return '"' + Sha256Text(presented) + '"'; }

std::string ForgeBinding(const ForgedBinding& binding, Signer& holder) {
  std::string payload = "{";
  AddMember("iat", binding.iat, payload);
  AddMember("aud", binding.aud, payload);
  AddMember("nonce", binding.nonce, payload);
  AddMember("sd_hash", binding.sd_hash, payload);
  payload += binding.more;
  payload += '}';
  return ForgeJws(binding.header, payload, holder);
}

std::string WithOtherS(std::string_view jws) {
  const std::size_t dot = jws.rfind('.');
  std::vector<std::uint8_t> signature = OrStop(DecodeBase64Url(jws.substr(dot + 1)));
  int borrow = 0;
  for (std::size_t i = 32; i-- > 0;) {
    const int difference = kOrder[i] - signature[32 + i] - borrow;
    borrow = difference < 0 ? 1 : 0;
    signature[32 + i] = static_cast<std::uint8_t>(difference + borrow * 256);
  }
  return std::string(jws.substr(0, dot + 1)) + EncodeBase64Url(signature);
}

}  // namespace passport
