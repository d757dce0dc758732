#include "keys/pkcs11_vault.h"

#include <openssl/crypto.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "keys/sealing.h"

namespace passport {
namespace {

Fault NotItsTokenPart() { return {Reason::kKeyState, "", "the key is of another role"}; }

// One class for every role: which part may be used is the role's, and the token insists on it, too.
class TokenKey final : public HeldKey {
 public:
  TokenKey(std::shared_ptr<Pkcs11Token> token, ObjectId id, KeyRole role, std::optional<PublicKey> public_half,
           KeyState now, Random& random)
      : HeldKey(now),
        token_(std::move(token)),
        id_(std::move(id)),
        role_(role),
        public_half_(std::move(public_half)),
        random_(random) {}

  Result<Signature> Sign(const Digest& signing_input_digest) override {
    if (IsSecretRole(role_)) return NotItsTokenPart();
    return token_->Sign(id_, signing_input_digest);
  }
  const PublicKey& public_key() const override {
    if (!public_half_) std::abort();
    return *public_half_;
  }
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> aad) override {
    if (role_ != KeyRole::kSeal) return NotItsTokenPart();
    std::vector<std::uint8_t> sealed(kSealIvBytes);
    random_.Fill(sealed);
    TRY_ASSIGN(const auto body, token_->Encrypt(id_, sealed, plaintext, aad));
    sealed.insert(sealed.end(), body.begin(), body.end());
    return sealed;
  }
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad) override {
    if (role_ != KeyRole::kSeal) return NotItsTokenPart();
    if (sealed.size() < kSealOverheadBytes) return Fault{Reason::kKeyStore, "", "what was sealed is too short"};
    return token_->Decrypt(id_, sealed.first(kSealIvBytes), sealed.subspan(kSealIvBytes), aad);
  }
  Result<Digest> Hmac(std::span<const std::uint8_t> bytes) override {
    if (role_ != KeyRole::kIndex) return NotItsTokenPart();
    return token_->Hmac(id_, bytes);
  }

 private:
  std::shared_ptr<Pkcs11Token> token_;
  ObjectId id_;
  KeyRole role_;
  std::optional<PublicKey> public_half_;
  Random& random_;
};

Result<ObjectId> IdOf(std::string_view kid) {
  ObjectId id(32);
  TRY(DecodeBase64UrlInto(kid, id));
  return id;
}

}  // namespace

Result<Digest> RingMac(Pkcs11Token& token, const StoreId& store, std::string_view clear) {
  return token.Hmac({store.begin(), store.end()}, {reinterpret_cast<const std::uint8_t*>(clear.data()), clear.size()});
}

Result<void> CheckRingMac(Pkcs11Token& token, const StoreId& store, std::string_view clear,
                          std::span<const std::uint8_t> mac) {
  TRY(token.FindSecret({store.begin(), store.end()}));
  TRY_ASSIGN(const Digest right, RingMac(token, store, clear));
  if (mac.size() == right.size() && CRYPTO_memcmp(mac.data(), right.data(), right.size()) == 0) return {};
  return Fault{Reason::kKeyStore, "", "the file was altered, or written for another token"};
}

Result<KeyEntry> Pkcs11Vault::Make(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) {
  KeyInfo info = NewKeyInfo(owner, role, state, now);
  const std::string label = "staff-passport " + owner.text() + " " + std::string(WordOf(role));
  if (IsSecretRole(role)) {
    ObjectId id(32);
    random_.Fill(id);
    info.kid = EncodeBase64Url(id);
    TRY(role == KeyRole::kSeal ? token_->MakeSealKey(id, label) : token_->MakeDigestKey(id, label));
    auto key = std::make_shared<TokenKey>(token_, std::move(id), role, std::nullopt, state, random_);
    return KeyEntry{std::move(info), "", std::move(key)};
  }
  TRY_ASSIGN(const P256Point point, token_->MakePair(label));
  TRY_ASSIGN(PublicKey public_half, PublicKey::Import(point));
  info.point = point;
  info.kid = Thumbprint(point);
  TRY_ASSIGN(ObjectId id, IdOf(info.kid));
  auto key = std::make_shared<TokenKey>(token_, std::move(id), role, std::move(public_half), state, random_);
  KeyEntry entry{std::move(info), "", std::move(key)};
  const Result<void> tried = TryOut(*entry.key);
  if (!tried.ok()) {
    Discard(entry);
    return tried.fault();
  }
  return entry;
}

void Pkcs11Vault::Discard(const KeyEntry& entry) {
  const Result<ObjectId> id = IdOf(entry.info.kid);
  if (id.ok()) token_->Destroy(*id);
}

Result<std::string> Pkcs11Vault::WriteKeyFile(const KeyInfo& info, HeldKey&) {
  const std::string clear = KeyFileClear(store_, info);
  TRY_ASSIGN(const Digest mac, RingMac(*token_, store_, clear));
  return KeyFileText(clear, mac);
}

Result<KeyEntry> Pkcs11Vault::OpenKeyFile(std::string_view file_name, std::string_view text) {
  TRY_ASSIGN(KeyFile file, ReadKeyFileOf(store_, file_name, text));
  TRY(CheckRingMac(*token_, store_, file.clear, file.sealed));
  KeyInfo& info = file.info;
  TRY_ASSIGN(ObjectId id, IdOf(info.kid));
  std::optional<PublicKey> public_half;
  if (IsSecretRole(info.role)) {
    TRY(token_->FindSecret(id));
  } else {
    TRY_ASSIGN(const P256Point point, token_->FindPublic(id));
    if (Thumbprint(point) != info.kid) {
      return Fault{Reason::kKeyStore, "", "the key id is not the thumbprint of the key"};
    }
    // What signs no more may be gone from the token; its public half is still published.
    if (info.state == KeyState::kStaged || info.state == KeyState::kActive) TRY(token_->FindPrivate(id));
    TRY_ASSIGN(public_half, PublicKey::Import(point));
    info.point = point;
  }
  auto key = std::make_shared<TokenKey>(token_, std::move(id), info.role, std::move(public_half), info.state, random_);
  return KeyEntry{std::move(info), std::string(text), std::move(key)};
}

}  // namespace passport
