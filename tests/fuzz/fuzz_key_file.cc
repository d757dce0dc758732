// The files of the key store and everything else in keys/ that is read from text: none may crash, and whatever is read
// is written back as the same bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/vocabulary/caller_identity.h"
#include "keys/key_file.h"
#include "keys/private_key.h"

namespace {

void Insist(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passport;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const Result<StoreFile> store = ReadStoreFile(text); store.ok()) {
    Insist(StoreFileText(StoreFileClear(store->header), store->check) == text);
  }
  if (const Result<TokenFile> store = ReadTokenFile(text); store.ok()) {
    Insist(KeyFileText(TokenFileClear(store->id, store->token), store->mac) == text);
  }
  if (const Result<KeyFile> key = ReadKeyFile(text); key.ok()) {
    Insist(KeyFileText(KeyFileClear(key->store, key->info), key->sealed) == text);
  }
  if (const Result<CallerIdentity> caller = CallerFromSpiffe(text); caller.ok()) Insist(SpiffeUri(*caller) == text);
  const Secret secret(std::span(data, size));
  if (const Result<PrivateKey> key = PrivateKey::FromPkcs8(secret); key.ok()) Insist(key->ToPkcs8().ok());
  if (const Result<PrivateKey> key = PrivateKey::FromPem(secret); key.ok()) Insist(key->ToPem().ok());
  return 0;
}
