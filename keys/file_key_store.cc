#include "keys/file_key_store.h"

#include <utility>

#include "keys/key_file.h"
#include "keys/memory_vault.h"
#include "keys/sealing.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

Result<void> FileKeyStore::Create(const std::filesystem::path& path, const Secret& passphrase, ScryptCost cost,
                                  Random& random) {
  if (passphrase.empty()) return Fault{Reason::kPassphrase, "", "the passphrase is empty"};
  StoreHeader header{.id = {}, .cost = cost, .salt = {}};
  random.Fill(header.id);
  random.Fill(header.salt);
  TRY_ASSIGN(const Secret master, DeriveKey(passphrase, header.salt, cost));
  const std::string clear = StoreFileClear(header);
  TRY_ASSIGN(const auto check, SealBytes(master, {}, BytesOf(clear), random));
  TRY(PrivateFolder::Make(path));
  TRY_ASSIGN(const PrivateFolder folder, PrivateFolder::Open(path));
  TRY_ASSIGN(const PrivateFolder::WriteLock lock, folder.LockForWriting());
  TRY_ASSIGN(const std::vector<std::string> names, folder.Names());
  if (!names.empty()) return Fault{Reason::kAlreadyExists, "", path.string() + " is not empty"};
  return folder.Replace(lock, kStoreFileName, StoreFileText(clear, check));
}

Result<FileKeyStore> FileKeyStore::Open(const std::filesystem::path& path, const Secret& passphrase, ScryptCost minimum,
                                        Random& random) {
  TRY_ASSIGN(PrivateFolder folder, PrivateFolder::Open(path));
  TRY_ASSIGN(const std::string text, folder.Read(kStoreFileName, kKeyFileBytesMax));
  const Result<StoreFile> file = ReadStoreFile(text);
  if (!file.ok()) return InStoreFile(file.fault());
  const ScryptCost& cost = file->header.cost;
  if (cost.N < minimum.N || cost.r < minimum.r || cost.p < minimum.p) {
    return Fault{Reason::kKeyStore, "", "the store was made with a lower scrypt cost than is accepted here"};
  }
  TRY_ASSIGN(Secret master, DeriveKey(passphrase, file->header.salt, cost));
  if (!UnsealBytes(master, file->check, BytesOf(file->clear)).ok()) {
    return Fault{Reason::kPassphrase, "", "the passphrase does not open the key store"};
  }
  TRY_ASSIGN(FolderKeyStore store,
             OpenIn(std::move(folder), std::make_unique<MemoryVault>(file->header.id, std::move(master), random)));
  return FileKeyStore(std::move(store));
}

}  // namespace passport
