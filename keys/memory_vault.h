// Keys in this process's memory, each sealed in its file under the master key of the store.
#pragma once

#include "credential/vocabulary/random.h"
#include "keys/held_key.h"
#include "keys/key_file.h"

namespace passport {

class MemoryVault final : public KeyVault {
 public:
  // `random` must outlive the vault and its keys, and never repeat itself.
  MemoryVault(const StoreId& store, Secret master, Random& random)
      : store_(store), master_(std::move(master)), random_(random) {}

  Result<KeyEntry> Make(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) override;
  void Discard(const KeyEntry& entry) override;
  Result<std::string> WriteKeyFile(const KeyInfo& info, HeldKey& key) override;
  Result<KeyEntry> OpenKeyFile(std::string_view file_name, std::string_view text) override;

 private:
  StoreId store_;
  Secret master_;
  Random& random_;
};

}  // namespace passport
