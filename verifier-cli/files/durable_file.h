// What makes a file survive the loss of power, and keeps two programs from writing it at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "credential/vocabulary/result.h"

namespace passport {

// Writes everything, syncs and closes the descriptor. 0, or the error (errno).
int WriteSynced(int descriptor, std::string_view bytes);
// What was renamed or made in it is still there after a loss of power. 0, or the error.
int SyncFolder(const std::filesystem::path& folder);

// Held by one at a time, of all programs and threads, for as long as it lives. Moves, never copies.
class FileLock {
 public:
  // Makes the file where it is missing, and waits. Fails with kFileUnreadable.
  static Result<FileLock> Wait(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace passport
