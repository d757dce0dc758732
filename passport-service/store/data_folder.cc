#include "passport-service/store/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

namespace passport {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStoreFirstLine = "staff passport store\nschema ";

Fault FolderNotUsable(std::string detail) { return {Reason::kDataFolder, "", std::move(detail)}; }

bool SyncPath(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  return close(file) == 0 && synced;
}

// Durable and whole, or not there.
Result<void> WriteDurably(const fs::path& path, std::string_view text) {
  const fs::path draft = path.string() + ".new";
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return FolderNotUsable("the data folder can not be written");
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  if (close(file) != 0 || !written || rename(draft.c_str(), path.c_str()) != 0 || !SyncPath(path.parent_path())) {
    return FolderNotUsable("the data folder can not be written");
  }
  return {};
}

Result<std::uint32_t> ReadSchema(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::uint32_t schema = 0;
  const char* const digits = text.data() + kStoreFirstLine.size();
  if (!text.starts_with(kStoreFirstLine) ||
      std::from_chars(digits, text.data() + text.size(), schema).ptr != text.data() + text.size() - 1 ||
      text.back() != '\n' || schema == 0) {
    return FolderNotUsable("the file STORE of the data folder is damaged");
  }
  if (schema > kStoreSchema) {
    return Fault{Reason::kSchemaNewer, "",
                 "schema " + std::to_string(schema) + ", this program knows up to " + std::to_string(kStoreSchema)};
  }
  return schema;
}

enum class Found { kNothing, kEmpty, kHalfMade, kStore };

Result<Found> LookAt(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) return Found::kNothing;
  if (error) return FolderNotUsable("the data folder can not be reached: " + error.message());
  if (status.type() != fs::file_type::directory) return FolderNotUsable("the data folder is not a folder");
  if (fs::exists(folder / "STORE", error)) return Found::kStore;
  if (!error && fs::exists(folder / "MAKING", error)) return Found::kHalfMade;
  const bool empty = !error && fs::is_empty(folder, error);
  if (error) return FolderNotUsable("the data folder can not be reached: " + error.message());
  if (!empty) return FolderNotUsable("the data folder is not empty and was not made by this service");
  return Found::kEmpty;
}

// What can be said before anything is touched.
Result<void> CheckFound(Found found, const fs::path& folder, Making making) {
  if (found != Found::kStore) {
    if (making == Making::kAllowed) return {};
    if (found == Found::kNothing) {
      return FolderNotUsable("the data folder does not exist, and making it was not asked for");
    }
    return FolderNotUsable("the data folder holds no store, and making one was not asked for");
  }
  struct stat facts {};
  if (stat(folder.c_str(), &facts) != 0) return FolderNotUsable("the data folder can not be reached");
  if ((facts.st_mode & 077U) != 0) return FolderNotUsable("the data folder is open to others; its mode must be 0700");
  TRY(ReadSchema(folder / "STORE"));
  return {};
}

Result<void> BeginMaking(Found found, const fs::path& folder) {
  std::error_code error;
  if (found == Found::kNothing) {
    fs::create_directories(folder.parent_path(), error);
    if (error || mkdir(folder.c_str(), 0700) != 0) return FolderNotUsable("the data folder can not be made");
  }
  if (chmod(folder.c_str(), 0700) != 0) return FolderNotUsable("the mode of the data folder can not be set to 0700");
  if (!SyncPath(folder.parent_path())) return FolderNotUsable("the folder around the data folder can not be written");
  return WriteDurably(folder / "MAKING", "this folder is not a store yet\n");
}

Result<int> Lock(const fs::path& folder) {
  const int lock = open((folder / "LOCK").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return FolderNotUsable("the data folder can not be written");
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  const bool taken = errno == EWOULDBLOCK;
  close(lock);
  return FolderNotUsable(taken ? "the data folder is in use by another process" : "the data folder can not be locked");
}

}  // namespace

Result<DataFolder> DataFolder::Hold(const fs::path& given, Making making) {
  std::error_code error;
  const fs::path folder = fs::absolute(given, error).lexically_normal();
  if (error || folder.empty()) return FolderNotUsable("the data folder has no usable name");
  TRY_ASSIGN(const Found found, LookAt(folder));
  TRY(CheckFound(found, folder, making));
  if (found != Found::kStore) TRY(BeginMaking(found, folder));
  TRY_ASSIGN(const int lock, Lock(folder));
  DataFolder held(folder, lock);
  // Now that it is ours alone: another process may just have finished making it.
  held.making_ = !fs::exists(folder / "STORE", error);
  if (error) return FolderNotUsable("the data folder can not be reached: " + error.message());
  fs::remove_all(held.copy(), error);
  if (error) return FolderNotUsable("what is left of an interrupted backup can not be removed: " + error.message());
  if (!held.making_) {
    TRY_ASSIGN(const std::uint32_t schema, ReadSchema(folder / "STORE"));
    held.older_ = schema < kStoreSchema;
    held.raising_ = schema < kSealedSchema || fs::exists(folder / "RAISING", error);
    return held;
  }
  fs::remove_all(held.tables(), error);
  if (error) return FolderNotUsable("what is left of an earlier attempt can not be removed: " + error.message());
  return held;
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      making_(other.making_),
      older_(other.older_),
      raising_(other.raising_) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) close(lock_);  // gives the lock back
}

Result<void> DataFolder::FinishMaking() {
  if (raising_) TRY(WriteDurably(folder_ / "RAISING", "rows of an older schema are being raised\n"));
  TRY(WriteDurably(folder_ / "STORE", std::string(kStoreFirstLine) + std::to_string(kStoreSchema) + "\n"));
  std::error_code error;
  fs::remove(folder_ / "MAKING", error);  // STORE decides; one MAKING too many does no harm
  making_ = false;
  older_ = false;
  return {};
}

Result<void> DataFolder::FinishRaising() {
  std::error_code error;
  fs::remove(folder_ / "RAISING", error);
  if (error || !SyncPath(folder_)) return FolderNotUsable("the data folder can not be written");
  raising_ = false;
  return {};
}

}  // namespace passport
