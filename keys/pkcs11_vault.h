// Keys in a token of a hardware module. Their files hold no secret: an HMAC under a key of the token, the ring key,
// says that the token's user wrote them.
#pragma once

#include <memory>

#include "credential/vocabulary/random.h"
#include "keys/held_key.h"
#include "keys/key_file.h"
#include "keys/pkcs11_token.h"

namespace passport {

class Pkcs11Vault final : public KeyVault {
 public:
  // `random` gives initialisation vectors, must outlive the vault and its keys, and never repeat itself. The ring key
  // has the store's id.
  Pkcs11Vault(const StoreId& store, std::shared_ptr<Pkcs11Token> token, Random& random)
      : store_(store), token_(std::move(token)), random_(random) {}

  Result<KeyEntry> Make(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) override;
  void Discard(const KeyEntry& entry) override;
  Result<std::string> WriteKeyFile(const KeyInfo& info, HeldKey& key) override;
  Result<KeyEntry> OpenKeyFile(std::string_view file_name, std::string_view text) override;

 private:
  StoreId store_;
  std::shared_ptr<Pkcs11Token> token_;
  Random& random_;
};

// The ring key's HMAC of a first line. Fails with kSigning.
Result<Digest> RingMac(Pkcs11Token& token, const StoreId& store, std::string_view clear);
// Fails with kKeyStore unless that is it, without telling by its time how much of it was right.
Result<void> CheckRingMac(Pkcs11Token& token, const StoreId& store, std::string_view clear,
                          std::span<const std::uint8_t> mac);

}  // namespace passport
