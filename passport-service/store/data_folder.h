// The folder a store lives in: whose it is, whether it is in use, and which schema it has.
//
//   STORE     says that the folder is ours and of which schema; written last, so a folder half made is no store
//   MAKING    there while the folder is being made
//   RAISING   there while rows of an older schema become rows of this one
//   LOCK      held while a process has the folder open
//   tables/   RocksDB's own
//   copy/     there while a backup is made
#pragma once

#include <filesystem>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::uint32_t kStoreSchema = 4;
// The first whose rows about people are sealed: rows of an older one are raised (raise.h).
inline constexpr std::uint32_t kSealedSchema = 3;

enum class Making : std::uint8_t { kRefused, kAllowed };

// A folder of ours, held until destruction. Movable, not copyable.
class DataFolder {
 public:
  // Fails with kDataFolder when the folder does not exist (or is empty) and may not be made, is not ours, is open to
  // others (mode 0700 is required), can not be reached, or is in use; with kSchemaNewer when a newer program made it.
  static Result<DataFolder> Hold(const std::filesystem::path& folder, Making making);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();

  std::filesystem::path tables() const { return folder_ / "tables"; }
  // Where a copy of the tables stands while it is backed up.
  std::filesystem::path copy() const { return folder_ / "copy"; }
  // True until FinishMaking: the tables are to be created.
  bool making() const { return making_; }
  // True for a store of an older schema until FinishMaking: the tables it does not have are to be created, and nothing
  // is to be written into any before the folder says the new schema.
  bool older() const { return older_; }
  // Call when the tables are there: from now on the folder is a store of this schema.
  Result<void> FinishMaking();
  // True for a store that was older than kSealedSchema, until FinishRaising: rows of it are still as they were.
  bool raising() const { return raising_; }
  Result<void> FinishRaising();

 private:
  DataFolder(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
  std::filesystem::path folder_;
  int lock_;  // -1 when moved from
  bool making_ = false;
  bool older_ = false;
  bool raising_ = false;
};

}  // namespace passport
