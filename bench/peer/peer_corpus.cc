#include "bench/peer/peer_corpus.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "credential/encoding/base64url.h"

namespace passport::bench {
namespace {

constexpr std::size_t kRunnerFileMax = std::size_t{64} << 20;
constexpr json::Limits kRunnerLimits{
    .bytes = kRunnerFileMax, .depth = 32, .nodes = 2'000'000, .string_bytes = kRunnerFileMax, .members = 1000};

// PKCS#8 of a P-256 key up to its 32 bytes (RFC 5208, RFC 5915).
constexpr std::array<std::uint8_t, 35> kPkcs8Head = {
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20};

Fault Missing(std::string_view what) {
  return {Reason::kMalformed, "", "the runner's corpus has no " + std::string(what)};
}

Result<const json::Value*> MemberOf(const json::Value& object, std::string_view name) {
  const json::Value* const member = object.Find(name);
  if (member == nullptr) return Missing(name);
  return member;
}

Result<PrivateKey> PrivateKeyOf(const json::Value& jwk) {
  TRY_ASSIGN(const std::vector<std::uint8_t> scalar, DecodeBase64Url(TextOf(jwk, "d")));
  if (scalar.size() != 32) return Fault{Reason::kKey, "", "a private key of the corpus is not of 32 bytes"};
  std::vector<std::uint8_t> der(kPkcs8Head.begin(), kPkcs8Head.end());
  der.insert(der.end(), scalar.begin(), scalar.end());
  return PrivateKey::FromPkcs8(Secret(std::span<const std::uint8_t>(der)));
}

std::string PublicPartOf(const json::Value& jwk) {
  json::Tree tree;
  json::Value& part = tree.Object();
  for (const std::string_view name : {"kty", "crv", "x", "y"}) part.Append(name, tree.String(TextOf(jwk, name)));
  return json::Write(part);
}

Result<PeerItem> ReadItem(const json::Value& value) {
  TRY_ASSIGN(const json::Value* const holder, MemberOf(value, "holder"));
  TRY_ASSIGN(const json::Value* const record, MemberOf(value, "record"));
  TRY_ASSIGN(PrivateKey key, PrivateKeyOf(*holder));
  return PeerItem{.holder = std::move(key),
                  .holder_jwk = PublicPartOf(*holder),
                  .record = json::Write(*record),
                  .credential = std::string(TextOf(value, "credential")),
                  .presentation = std::string(TextOf(value, "presentation"))};
}

}  // namespace

std::string_view TextOf(const json::Value& object, std::string_view name) {
  const json::Value* const member = object.Find(name);
  return member == nullptr ? std::string_view() : member->text().value_or(std::string_view());
}

Result<json::Value*> ReadRunnerFile(const std::filesystem::path& path, json::Tree& tree) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fault{Reason::kConfig, "", "the runner's file can not be read"};
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return tree.Parse(text, kRunnerLimits);
}

Result<PeerCorpus> ReadPeerCorpus(const std::filesystem::path& path) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, ReadRunnerFile(path, tree));
  TRY_ASSIGN(const json::Value* const now, MemberOf(*root, "now"));
  TRY_ASSIGN(const json::Value* const issuer, MemberOf(*root, "issuer"));
  TRY_ASSIGN(const json::Value* const jwks, MemberOf(*root, "jwks"));
  TRY_ASSIGN(const json::Value* const keys, MemberOf(*jwks, "keys"));
  TRY_ASSIGN(const json::Value* const items, MemberOf(*root, "items"));
  TRY_ASSIGN(const json::Value* const status, MemberOf(*root, "status"));
  if (keys->size() == 0) return Missing("key of the issuer");
  TRY_ASSIGN(PrivateKey key, PrivateKeyOf(*issuer));
  PeerCorpus corpus{.now = Instant{now->integer().value_or(0)},
                    .issuer = std::string(TextOf(*root, "iss")),
                    .audience = std::string(TextOf(*root, "aud")),
                    .nonce = std::string(TextOf(*root, "nonce")),
                    .key = std::move(key),
                    .jwks = json::Write(*jwks),
                    .kid = std::string(TextOf(*keys->begin(), "kid")),
                    .items = {},
                    .list_uri = std::string(TextOf(*status, "uri")),
                    .list_token = std::string(TextOf(*status, "jwt"))};
  for (const json::Value& item : *items) {
    TRY_ASSIGN(PeerItem read, ReadItem(item));
    corpus.items.push_back(std::move(read));
  }
  if (corpus.items.size() < 5) return Missing("five holders");
  return corpus;
}

}  // namespace passport::bench
