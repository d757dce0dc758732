// The folder a store lives in: whose it is, whether it is in use, and which schema it has.
//
//   STORE     says that the folder is ours and of which schema; written last, so a folder half made is no store
//   MAKING    there while the folder is being made
//   LOCK      held while a process has the folder open
//   tables/   RocksDB's own
#pragma once

#include <filesystem>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::uint32_t kStoreSchema = 1;

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
  // True until FinishMaking: the tables are to be created.
  bool making() const { return making_; }
  // Call when the tables are there: from now on the folder is a store.
  Result<void> FinishMaking();

 private:
  DataFolder(std::filesystem::path folder, int lock, bool making)
      : folder_(std::move(folder)), lock_(lock), making_(making) {}
  std::filesystem::path folder_;
  int lock_;  // -1 when moved from
  bool making_;
};

}  // namespace passport
