// A passport file on the disk: opened, changed and written again, whole or not at all.
#pragma once

#include <filesystem>
#include <string>

#include "credential/passport/carried_passport.h"
#include "credential/vocabulary/random.h"
#include "keys/file_descriptor.h"
#include "keys/passport_file.h"

namespace passport {

// Moves, never copies. One thread.
class PassportOnDisk {
 public:
  enum class Intent { kRead, kChange };

  // True when there is something of that name that is not empty. An empty one is a beginning that came to nothing.
  static bool IsThere(const std::filesystem::path& path);

  // A new file with a new key, durable on return. The folder is made when it is missing (mode 0700). Fails with
  // kAlreadyExists, kFileUnreadable (the detail names the file), kPassphrase, and as PrivateKey::Generate does.
  static Result<PassportOnDisk> Make(const std::filesystem::path& path, const Secret& passphrase, HeldAs held_as,
                                     ScryptCost cost, Random& random);
  // With kChange no other program opens it for change until this object is gone. Fails with kNotFound when there is
  // none, kStateConflict when another program is changing it, kFileUnreadable, and as OpenPassport::Read and
  // CarriedPassport::Parse do.
  static Result<PassportOnDisk> Open(const std::filesystem::path& path, const Secret& passphrase, Intent intent);

  CarriedPassport& carried() { return carried_; }
  PrivateKey& key() { return inside_.key; }
  const std::filesystem::path& path() const { return path_; }

  // Beside, synced, then in the place of the old one; mode 0600. Before that the old file is there, whole. Fails with
  // kFileUnreadable, and as PassportSeal::Close does.
  Result<void> Save(Random& random);
  // Takes the file away, after writing over it: the passport has gone elsewhere. Fails with kFileUnreadable.
  Result<void> Remove();

 private:
  PassportOnDisk(std::filesystem::path path, OpenPassport inside, CarriedPassport carried, FileDescriptor lock)
      : path_(std::move(path)), inside_(std::move(inside)), carried_(std::move(carried)), lock_(std::move(lock)) {}
  std::filesystem::path path_;
  OpenPassport inside_;
  CarriedPassport carried_;
  FileDescriptor lock_;
};

}  // namespace passport
