#include "keys/pkcs11_key_store.h"

#include <utility>

#include "keys/key_file.h"
#include "keys/pkcs11_vault.h"

namespace passport {

Result<void> Pkcs11KeyStore::Create(const std::filesystem::path& path, const Pkcs11Place& place, Secret pin,
                                    Random& random) {
  TRY_ASSIGN(const std::shared_ptr<Pkcs11Token> token, Pkcs11Token::Open(place, std::move(pin)));
  TRY(PrivateFolder::Make(path));
  TRY_ASSIGN(const PrivateFolder folder, PrivateFolder::Open(path));
  TRY_ASSIGN(const PrivateFolder::WriteLock lock, folder.LockForWriting());
  TRY_ASSIGN(const std::vector<std::string> names, folder.Names());
  if (!names.empty()) return Fault{Reason::kAlreadyExists, "", path.string() + " is not empty"};
  StoreId id{};
  random.Fill(id);
  const ObjectId ring_key(id.begin(), id.end());
  TRY(token->MakeDigestKey(ring_key, "staff-passport ring"));
  const std::string clear = TokenFileClear(id, place.token);
  const Result<Digest> mac = RingMac(*token, id, clear);
  Result<void> written =
      mac.ok() ? folder.Replace(lock, kStoreFileName, KeyFileText(clear, *mac)) : Result<void>(mac.fault());
  if (!written.ok() && written.fault().reason != Reason::kOutcomeUnknown) token->Destroy(ring_key);
  return written;
}

Result<Pkcs11KeyStore> Pkcs11KeyStore::Open(const std::filesystem::path& path, const Pkcs11Place& place, Secret pin,
                                            Random& random) {
  TRY_ASSIGN(PrivateFolder folder, PrivateFolder::Open(path));
  TRY_ASSIGN(const std::string text, folder.Read(kStoreFileName, kKeyFileBytesMax));
  const Result<TokenFile> file = ReadTokenFile(text);
  if (!file.ok()) return InStoreFile(file.fault());
  if (file->token != place.token) {
    return InStoreFile({Reason::kKeyStore, "", "the store's keys are in a token of another label"});
  }
  TRY_ASSIGN(const std::shared_ptr<Pkcs11Token> token, Pkcs11Token::Open(place, std::move(pin)));
  const Result<void> ours = CheckRingMac(*token, file->id, file->clear, file->mac);
  if (!ours.ok()) return InStoreFile(ours.fault());
  TRY_ASSIGN(FolderKeyStore store, OpenIn(std::move(folder), std::make_unique<Pkcs11Vault>(file->id, token, random)));
  return Pkcs11KeyStore(std::move(store));
}

}  // namespace passport
