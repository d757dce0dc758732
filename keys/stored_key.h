// One key of the file store in memory, and its way to and from its file.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/random.h"
#include "keys/key_file.h"
#include "keys/private_key.h"
#include "keys/secret.h"

namespace passport {

// What never changes in a key's life: owner, role, name and the key itself. Shared by the store and by signers in use.
struct StoredKey {
  std::optional<PrivateKey> pair;  // every role but the secret ones
  Secret secret;                   // kSeal, kIndex
  std::atomic<KeyState> state;     // written by the store, read by signers

  StoredKey(PrivateKey made, KeyState now) : pair(std::move(made)), state(now) {}
  StoredKey(Secret made, KeyState now) : secret(std::move(made)), state(now) {}
};

// A key as it stands in the folder.
struct KeyEntry {
  KeyInfo info;
  std::string file_text;
  std::shared_ptr<StoredKey> key;
};

// A new key. Fails with kSigning when the crypto library can not.
Result<KeyEntry> MakeKey(const KeyOwner& owner, KeyRole role, KeyState state, Instant now, Random& random);

// The text of the key's file. Fails with kSigning.
Result<std::string> SealKey(const KeyInfo& info, const StoredKey& key, const StoreId& store, const Secret& master,
                            Random& random);

// Reads and opens the file "<kid>.key". Fails with kKeyStore unless it is that key, of this store, unaltered.
Result<KeyEntry> UnsealKey(std::string_view file_name, std::string_view text, const StoreId& store,
                           const Secret& master);

// "<kid>.key".
std::string KeyFileName(std::string_view kid);

// Signs while the key is active. Fails with kKeyState after that.
std::shared_ptr<Signer> MakeSigner(std::shared_ptr<StoredKey> key);

}  // namespace passport
