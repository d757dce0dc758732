#include "keys/stored_key.h"

#include <array>
#include <span>
#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "keys/sealing.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class StoreSigner final : public Signer {
 public:
  explicit StoreSigner(std::shared_ptr<StoredKey> key) : key_(std::move(key)) {}

  Result<Signature> Sign(const Digest& signing_input_digest) override {
    if (key_->state.load() != KeyState::kActive) return Fault{Reason::kKeyState, "", "the key is no longer active"};
    return key_->pair->Sign(signing_input_digest);
  }
  const PublicKey& public_key() const override { return key_->pair->public_key(); }

 private:
  std::shared_ptr<StoredKey> key_;
};

// A key pair that does not fit itself would sign what nobody can verify.
Result<void> TryOut(PrivateKey& pair) {
  const Digest digest = Sha256("a key signs and verifies before it is kept");
  TRY_ASSIGN(const Signature signature, pair.Sign(digest));
  if (!pair.public_key().Verify(digest, signature)) return Fault{Reason::kSigning, "", "a new key does not verify"};
  return {};
}

}  // namespace

std::string KeyFileName(std::string_view kid) { return std::string(kid) + ".key"; }

std::shared_ptr<Signer> MakeSigner(std::shared_ptr<StoredKey> key) {
  return std::make_shared<StoreSigner>(std::move(key));
}

Result<KeyEntry> MakeKey(const KeyOwner& owner, KeyRole role, KeyState state, Instant now, Random& random) {
  KeyInfo info{.owner = owner,
               .role = role,
               .kid = "",
               .state = state,
               .created_at = now,
               .activated_at = state == KeyState::kActive ? std::optional(now) : std::nullopt,
               .retired_at = std::nullopt,
               .compromised_at = std::nullopt,
               .point = std::nullopt};
  if (IsSecretRole(role)) {
    std::array<std::uint8_t, 32> kid{};
    random.Fill(kid);
    info.kid = EncodeBase64Url(kid);
    Secret seal(kSealKeyBytes);
    random.Fill(seal.bytes());
    return KeyEntry{std::move(info), "", std::make_shared<StoredKey>(std::move(seal), state)};
  }
  TRY_ASSIGN(PrivateKey pair, PrivateKey::Generate());
  TRY(TryOut(pair));
  info.point = pair.public_key().point();
  info.kid = Thumbprint(*info.point);
  return KeyEntry{std::move(info), "", std::make_shared<StoredKey>(std::move(pair), state)};
}

Result<std::string> SealKey(const KeyInfo& info, const StoredKey& key, const StoreId& store, const Secret& master,
                            Random& random) {
  Secret plaintext;
  if (key.pair) {
    TRY_ASSIGN(plaintext, key.pair->ToPkcs8());
  } else {
    plaintext = Secret(key.secret.bytes());
  }
  const std::string clear = KeyFileClear(store, info);
  TRY_ASSIGN(const auto sealed, SealBytes(master, plaintext.bytes(), BytesOf(clear), random));
  return KeyFileText(clear, sealed);
}

Result<KeyEntry> UnsealKey(std::string_view file_name, std::string_view text, const StoreId& store,
                           const Secret& master) {
  TRY_ASSIGN(KeyFile file, ReadKeyFile(text));
  if (file.store != store) return Fault{Reason::kKeyStore, "", "the key is of another store"};
  if (KeyFileName(file.info.kid) != file_name) return Fault{Reason::kKeyStore, "", "the file is not named as its key"};
  TRY_ASSIGN(Secret plaintext, UnsealBytes(master, file.sealed, BytesOf(file.clear)));
  if (IsSecretRole(file.info.role)) {
    if (plaintext.size() != kSealKeyBytes) return Fault{Reason::kKeyStore, "", "the secret key is not 32 bytes"};
    auto key = std::make_shared<StoredKey>(std::move(plaintext), file.info.state);
    return KeyEntry{std::move(file.info), std::string(text), std::move(key)};
  }
  TRY_ASSIGN(PrivateKey pair, PrivateKey::FromPkcs8(plaintext));
  file.info.point = pair.public_key().point();
  if (Thumbprint(*file.info.point) != file.info.kid) {
    return Fault{Reason::kKeyStore, "", "the key id is not the thumbprint of the key"};
  }
  auto key = std::make_shared<StoredKey>(std::move(pair), file.info.state);
  return KeyEntry{std::move(file.info), std::string(text), std::move(key)};
}

}  // namespace passport
