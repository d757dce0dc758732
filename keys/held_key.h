// One key where it lies, and the place where keys of one store lie: memory, or a hardware module.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/crypto/signer.h"
#include "keys/key_info.h"
#include "keys/secret.h"

namespace passport {

// What a key can do. Shared by the store and by signers in use. Each role uses its own part: pairs sign, kSeal keys
// seal and unseal, kIndex keys digest; asking for another part is kKeyState. All fail with kSigning when whoever
// computes can not. Any thread may call.
class HeldKey {
 public:
  explicit HeldKey(KeyState now) : state(now) {}
  HeldKey(const HeldKey&) = delete;
  HeldKey& operator=(const HeldKey&) = delete;
  virtual ~HeldKey() = default;

  virtual Result<Signature> Sign(const Digest& signing_input_digest) = 0;
  virtual const PublicKey& public_key() const = 0;  // of pairs only
  // AES-256-GCM: initialisation vector (12), ciphertext, tag (16). Unseal fails with kKeyStore for anything altered.
  virtual Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                                 std::span<const std::uint8_t> aad) = 0;
  virtual Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad) = 0;
  virtual Result<Digest> Hmac(std::span<const std::uint8_t> bytes) = 0;

  std::atomic<KeyState> state;  // written by the store, read by signers
};

// A key as it stands in the folder.
struct KeyEntry {
  KeyInfo info;
  std::string file_text;
  std::shared_ptr<HeldKey> key;
};

class KeyVault {
 public:
  virtual ~KeyVault() = default;
  // A new key, tried out. Fails with kSigning.
  virtual Result<KeyEntry> Make(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) = 0;
  // Takes back a key that Make gave and nobody has heard of. What can not be taken back stays unused.
  virtual void Discard(const KeyEntry& entry) = 0;
  // The text of the key's file. Fails with kSigning.
  virtual Result<std::string> WriteKeyFile(const KeyInfo& info, HeldKey& key) = 0;
  // Reads and opens the file "<kid>.key". Fails with kKeyStore unless it is that key, of this store, unaltered, and
  // with kSigning when it can not be told now.
  virtual Result<KeyEntry> OpenKeyFile(std::string_view file_name, std::string_view text) = 0;
};

// "<kid>.key".
std::string KeyFileName(std::string_view kid);

// A fresh entry: states and times as they are at the beginning, without kid, point and key.
KeyInfo NewKeyInfo(const KeyOwner& owner, KeyRole role, KeyState state, Instant now);

// Signs while the key is active. Fails with kKeyState after that.
std::shared_ptr<Signer> MakeSigner(std::shared_ptr<HeldKey> key);

// A key pair that does not fit itself would sign what nobody can verify. Fails with kSigning.
Result<void> TryOut(HeldKey& pair);

}  // namespace passport
