#include "keys/memory_vault.h"

#include <array>
#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "keys/private_key.h"
#include "keys/sealing.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOfText(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Fault NotItsPart() { return {Reason::kKeyState, "", "the key is of another role"}; }

// What it says in its file: PKCS#8 of a pair, the bytes of a secret.
class MemoryKey : public HeldKey {
 public:
  using HeldKey::HeldKey;
  virtual Result<Secret> FileContent() const = 0;
};

class PairKey final : public MemoryKey {
 public:
  PairKey(PrivateKey pair, KeyState now) : MemoryKey(now), pair_(std::move(pair)) {}
  Result<Signature> Sign(const Digest& signing_input_digest) override { return pair_.Sign(signing_input_digest); }
  const PublicKey& public_key() const override { return pair_.public_key(); }
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t>, std::span<const std::uint8_t>) override {
    return NotItsPart();
  }
  Result<Secret> Unseal(std::span<const std::uint8_t>, std::span<const std::uint8_t>) override { return NotItsPart(); }
  Result<Digest> Hmac(std::span<const std::uint8_t>) override { return NotItsPart(); }
  Result<Secret> FileContent() const override { return pair_.ToPkcs8(); }

 private:
  PrivateKey pair_;
};

class SecretKey final : public MemoryKey {
 public:
  SecretKey(Secret secret, KeyRole role, KeyState now, Random& random)
      : MemoryKey(now), secret_(std::move(secret)), role_(role), random_(random) {}
  Result<Signature> Sign(const Digest&) override { return NotItsPart(); }
  const PublicKey& public_key() const override { std::abort(); }
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> aad) override {
    if (role_ != KeyRole::kSeal) return NotItsPart();
    return SealBytes(secret_, plaintext, aad, random_);
  }
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad) override {
    if (role_ != KeyRole::kSeal) return NotItsPart();
    return UnsealBytes(secret_, sealed, aad);
  }
  Result<Digest> Hmac(std::span<const std::uint8_t> bytes) override {
    if (role_ != KeyRole::kIndex) return NotItsPart();
    return HmacSha256(secret_, bytes);
  }
  Result<Secret> FileContent() const override { return Secret(secret_.bytes()); }

 private:
  Secret secret_;
  KeyRole role_;
  Random& random_;
};

}  // namespace

Result<KeyEntry> MemoryVault::Make(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) {
  KeyInfo info = NewKeyInfo(owner, role, state, now);
  if (IsSecretRole(role)) {
    std::array<std::uint8_t, 32> kid{};
    random_.Fill(kid);
    info.kid = EncodeBase64Url(kid);
    Secret secret(kSealKeyBytes);
    random_.Fill(secret.bytes());
    return KeyEntry{std::move(info), "", std::make_shared<SecretKey>(std::move(secret), role, state, random_)};
  }
  TRY_ASSIGN(PrivateKey pair, PrivateKey::Generate());
  info.point = pair.public_key().point();
  info.kid = Thumbprint(*info.point);
  auto key = std::make_shared<PairKey>(std::move(pair), state);
  TRY(TryOut(*key));
  return KeyEntry{std::move(info), "", std::move(key)};
}

void MemoryVault::Discard(const KeyEntry&) {}

Result<std::string> MemoryVault::WriteKeyFile(const KeyInfo& info, HeldKey& key) {
  TRY_ASSIGN(const Secret content, static_cast<MemoryKey&>(key).FileContent());
  const std::string clear = KeyFileClear(store_, info);
  TRY_ASSIGN(const auto sealed, SealBytes(master_, content.bytes(), BytesOfText(clear), random_));
  return KeyFileText(clear, sealed);
}

Result<KeyEntry> MemoryVault::OpenKeyFile(std::string_view file_name, std::string_view text) {
  TRY_ASSIGN(KeyFile file, ReadKeyFileOf(store_, file_name, text));
  TRY_ASSIGN(Secret content, UnsealBytes(master_, file.sealed, BytesOfText(file.clear)));
  const KeyState state = file.info.state;
  if (IsSecretRole(file.info.role)) {
    if (content.size() != kSealKeyBytes) return Fault{Reason::kKeyStore, "", "the secret key is not 32 bytes"};
    auto key = std::make_shared<SecretKey>(std::move(content), file.info.role, state, random_);
    return KeyEntry{std::move(file.info), std::string(text), std::move(key)};
  }
  TRY_ASSIGN(PrivateKey pair, PrivateKey::FromPkcs8(content));
  file.info.point = pair.public_key().point();
  if (Thumbprint(*file.info.point) != file.info.kid) {
    return Fault{Reason::kKeyStore, "", "the key id is not the thumbprint of the key"};
  }
  return KeyEntry{std::move(file.info), std::string(text), std::make_shared<PairKey>(std::move(pair), state)};
}

}  // namespace passport
