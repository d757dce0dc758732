// The text of the store's own files (docs/formats/key-store.md). Pure: reads and writes text, opens no seal.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "keys/key_info.h"
#include "keys/scrypt_cost.h"

namespace passport {

inline constexpr std::size_t kKeyFileBytesMax = 4096;
inline constexpr char kStoreFileName[] = "keystore";
using StoreId = std::array<std::uint8_t, 16>;
using StoreSalt = std::array<std::uint8_t, 32>;

// The file "keystore": what is needed to make the master key, and a check that it is the right one.
struct StoreHeader {
  StoreId id;
  ScryptCost cost;
  StoreSalt salt;
};
struct StoreFile {
  StoreHeader header;
  std::string clear;                // the exact first line, newline included: authenticated by the check
  std::vector<std::uint8_t> check;  // nothing, sealed under the master key
};

// The file "keystore" of a store whose keys lie in a hardware module.
struct TokenFile {
  StoreId id;
  std::string token;              // its label, 1 to 32 printable characters
  std::string clear;              // the exact first line, newline included
  std::vector<std::uint8_t> mac;  // HMAC-SHA256 of it, under the token's ring key
};

// The file "<kid>.key".
struct KeyFile {
  StoreId store;
  KeyInfo info;                      // without a point
  std::string clear;                 // the exact first line, newline included: authenticated by the seal
  std::vector<std::uint8_t> sealed;  // or the HMAC-SHA256 of the first line, where the key lies in a module
};

// Exactly one text stands for one file: member order, numbers and line ends are fixed. Fail with kKeyStore for anything
// else, also for another version.
Result<StoreFile> ReadStoreFile(std::string_view text);
Result<TokenFile> ReadTokenFile(std::string_view text);
Result<KeyFile> ReadKeyFile(std::string_view text);

// The same for the key file of one store under that name ("<kid>.key"). Fails with kKeyStore for any other.
Result<KeyFile> ReadKeyFileOf(const StoreId& store, std::string_view file_name, std::string_view text);

// The first line of each file; sealing comes between this and the whole text.
std::string StoreFileClear(const StoreHeader& header);
std::string TokenFileClear(const StoreId& id, std::string_view token);
std::string KeyFileClear(const StoreId& store, const KeyInfo& info);
std::string StoreFileText(std::string_view clear, std::span<const std::uint8_t> check);
std::string KeyFileText(std::string_view clear, std::span<const std::uint8_t> sealed);

// The fault with the name of the store's file before its detail.
Fault InStoreFile(Fault fault);

}  // namespace passport
