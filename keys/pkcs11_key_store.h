// Keys in a token of a hardware module, used through PKCS#11 (docs/formats/key-store.md, "In a hardware module").
//
// The token makes the keys and never gives them out: it signs, seals and digests. Whose a key is, what for, its state
// and times stand in a folder like that of a file store; every file there is authenticated by a key of the token. A
// holder's key is made in this process's memory, sealed by the token, and opened in this memory when it signs: there
// may be tens of thousands.
//
// While the module is away everything that needs a key fails with kSigning and changes nothing; it works again by
// itself when the module is back. After a failed Generate the token may hold a key that no file names; it is never
// used.
#pragma once

#include <filesystem>

#include "credential/vocabulary/random.h"
#include "keys/folder_key_store.h"
#include "keys/pkcs11_token.h"

namespace passport {

class Pkcs11KeyStore final : public FolderKeyStore {
 public:
  // Makes an empty store: the folder, which must not exist or be empty and ours, and the ring key in the token. Fails
  // with kAlreadyExists when there is something in the folder, otherwise as Pkcs11Token::Open and writing do.
  static Result<void> Create(const std::filesystem::path& folder, const Pkcs11Place& place, Secret pin, Random& random);

  // Reads all keys' files and looks for the keys in the token. `random` gives initialisation vectors, is kept, must
  // outlive the store and must never repeat itself. Fails with kKeyPermissions (the detail names the file), kPassphrase
  // for the PIN, kKeyStore for anything damaged, missing or of another token, kSigning when the module does not work.
  static Result<Pkcs11KeyStore> Open(const std::filesystem::path& folder, const Pkcs11Place& place, Secret pin,
                                     Random& random);

 private:
  explicit Pkcs11KeyStore(FolderKeyStore store) : FolderKeyStore(std::move(store)) {}
};

}  // namespace passport
