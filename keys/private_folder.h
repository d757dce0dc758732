// A folder that only we may enter, whose files are replaced whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"
#include "keys/file_descriptor.h"

namespace passport {

// Holds the folder open, so that it stays the same one when its path is changed. Any thread may call; one at a time may
// write.
class PrivateFolder {
 public:
  // While it lives no other process, and no other PrivateFolder, gets one for the same folder.
  using WriteLock = FileDescriptor;

  // Makes the folder with mode 0700, durably; one that is there is left as it is. Fails with kKeyStore.
  static Result<void> Make(const std::filesystem::path& path);
  // Fails with kKeyStore when there is no such folder, kKeyPermissions unless it is 0700 and ours.
  static Result<PrivateFolder> Open(const std::filesystem::path& path);

  // The same check again, and the names of all files in order. What an interrupted Replace left is not listed.
  Result<std::vector<std::string>> Names() const;
  // A whole file of `bytes_max` at most. Fails with kKeyPermissions unless it is 0600 and ours, kKeyStore when it is no
  // regular file, longer, or can not be read. The detail names it.
  Result<std::string> Read(const std::string& name, std::size_t bytes_max) const;

  // Does not wait: kKeyStore ("in use") when another has it.
  Result<WriteLock> LockForWriting() const;
  // Durable on return; before that the old file is there, whole. First removes what interrupted calls left. Fails with
  // kStoreFull or kKeyStore (nothing changed) or kOutcomeUnknown (replaced, but the folder did not reach the disk).
  Result<void> Replace(const WriteLock& lock, const std::string& name, std::string_view text) const;

 private:
  PrivateFolder(std::filesystem::path path, FileDescriptor folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}
  Result<void> CheckFolder() const;
  Result<std::vector<std::string>> AllNames() const;
  Result<void> RemoveLeftovers() const;
  std::filesystem::path path_;
  FileDescriptor folder_;
};

}  // namespace passport
