#include "passport-service/publish/static_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace passport {
namespace {

constexpr std::size_t kPathBytesMax = 200;
// The one folder whose name begins with a dot (RFC 8615).
constexpr std::string_view kWellKnown = ".well-known/";

Fault Failed(std::string_view what, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  return {full ? Reason::kStoreFull : Reason::kStoreUnavailable, "",
          "published files: " + std::string(what) + ": " + std::strerror(error)};
}

// A descriptor that is closed when it goes.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<void> SyncFolder(const std::filesystem::path& folder) {
  const File file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.get() < 0) return Failed("can not open a folder", errno);
  if (fsync(file.get()) != 0) return Failed("can not sync a folder", errno);
  return {};
}

// Makes the folder and those above it, each durable in its parent.
Result<void> MakeFolders(const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  if (mkdir(folder.c_str(), 0755) == 0) {
    return SyncFolder(folder.has_parent_path() ? folder.parent_path() : std::filesystem::path("."));
  }
  if (errno == ENOENT) {
    TRY(MakeFolders(folder.parent_path()));
    if (mkdir(folder.c_str(), 0755) == 0) return SyncFolder(folder.parent_path());
  }
  std::error_code error;
  const int reason = errno;
  if (reason == EEXIST && std::filesystem::is_directory(folder, error)) return {};
  return Failed("can not make a folder", reason == EEXIST ? ENOTDIR : reason);
}

Result<void> WriteSynced(const std::filesystem::path& file, std::string_view bytes) {
  const File out(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (out.get() < 0) return Failed("can not create a file", errno);
  while (!bytes.empty()) {
    const ssize_t written = write(out.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("can not write a file", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fchmod(out.get(), 0644) != 0) return Failed("can not make a file readable", errno);
  if (fsync(out.get()) != 0) return Failed("can not sync a file", errno);
  return {};
}

// Web servers tell versions of a file apart by size and second: one that is replaced within a second is dated a second
// later than the last, or who has that would be told that nothing has changed.
Result<void> DateAfter(const std::filesystem::path& last, const std::filesystem::path& fresh) {
  struct stat before {};
  struct stat now {};
  if (stat(last.c_str(), &before) != 0 || stat(fresh.c_str(), &now) != 0) return {};
  if (now.st_mtim.tv_sec > before.st_mtim.tv_sec) return {};
  const timespec later{.tv_sec = before.st_mtim.tv_sec + 1, .tv_nsec = 0};
  const std::array<timespec, 2> times = {later, later};
  if (utimensat(AT_FDCWD, fresh.c_str(), times.data(), 0) != 0) return Failed("can not date a file", errno);
  return {};
}

}  // namespace

Result<void> CheckPublishedPath(std::string_view path) {
  const Fault invalid{Reason::kFieldInvalid, "", "a published path is not of letters, digits, '-', '_', '.' and '/'"};
  if (path.empty() || path.size() > kPathBytesMax || path.ends_with('/')) return invalid;
  if (path.starts_with(kWellKnown)) path.remove_prefix(kWellKnown.size());
  char before = '/';
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    const bool between = (c == '.' || c == '/') && before != '/';
    if (!plain && !between) return invalid;
    before = c;
  }
  return {};
}

Result<StaticFiles> StaticFiles::Open(const std::filesystem::path& folder) {
  TRY(MakeFolders(folder));
  return StaticFiles(folder);
}

Result<void> StaticFiles::Put(std::string_view path, std::string_view bytes) {
  static std::atomic<unsigned> counter = 0;  // tells writers of one process apart
  TRY(CheckPublishedPath(path));
  const std::filesystem::path file = folder_ / path;
  TRY(MakeFolders(file.parent_path()));
  // A name that no published path can have: it begins with a dot.
  const std::filesystem::path fresh =
      file.parent_path() / (".fresh-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
  Result<void> written = WriteSynced(fresh, bytes);
  if (written.ok()) written = DateAfter(file, fresh);
  if (written.ok() && rename(fresh.c_str(), file.c_str()) != 0) written = Failed("can not put a file in place", errno);
  if (!written.ok()) {
    (void)unlink(fresh.c_str());
    return written;
  }
  return SyncFolder(file.parent_path());
}

Result<void> StaticFiles::Remove(std::string_view path) {
  TRY(CheckPublishedPath(path));
  const std::filesystem::path file = folder_ / path;
  if (unlink(file.c_str()) == 0) return SyncFolder(file.parent_path());
  if (errno == ENOENT || errno == ENOTDIR) return {};
  return Failed("can not take a file away", errno);
}

Result<std::optional<std::string>> StaticFiles::Get(std::string_view path) {
  TRY(CheckPublishedPath(path));
  const File in(open((folder_ / path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (in.get() < 0 && errno == ENOENT) return std::optional<std::string>();
  if (in.get() < 0) return Failed("can not open a file", errno);
  std::string bytes;
  for (std::array<char, 64 * 1024> part;;) {
    const ssize_t got = read(in.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("can not read a file", errno);
    if (got == 0) break;
    bytes.append(part.data(), static_cast<std::size_t>(got));
    if (bytes.size() > kPublishedReadMax) {
      return Fault{Reason::kLimit, "", "published files: a file is larger than any of ours"};
    }
  }
  return std::optional<std::string>(std::move(bytes));
}

}  // namespace passport
