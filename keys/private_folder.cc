#include "keys/private_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace passport {
namespace {

constexpr std::string_view kTemporary = ".tmp";
constexpr mode_t kModeBits = 07777;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Fault Broken(const std::filesystem::path& path, std::string_view what) {
  return {Reason::kKeyStore, "", path.string() + " " + std::string(what)};
}

Fault NotWritten(const std::filesystem::path& path) {
  if (errno == ENOSPC || errno == EDQUOT) return {Reason::kStoreFull, "", path.string() + ": no space is left"};
  return Broken(path, "could not be written");
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<void> PrivateFolder::Make(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), S_IRWXU) != 0) {
    if (errno == EEXIST) return {};
    return Broken(path, "can not be made");
  }
  // A mask may have taken bits away; nothing else has seen the folder yet.
  if (::chmod(path.c_str(), S_IRWXU) != 0) return Broken(path, "can not be given mode 0700");
  const std::filesystem::path above = path / "..";
  const FileDescriptor parent(::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent.valid() || ::fsync(parent.get()) != 0) return Broken(path, "did not reach the disk");
  return {};
}

Result<PrivateFolder> PrivateFolder::Open(const std::filesystem::path& path) {
  FileDescriptor opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid()) return Broken(path, "can not be opened as a folder");
  PrivateFolder folder(path, std::move(opened));
  TRY(folder.CheckFolder());
  return folder;
}

Result<void> PrivateFolder::CheckFolder() const {
  struct stat about {};
  if (::fstat(folder_.get(), &about) != 0) return Broken(path_, "can not be examined");
  if (about.st_uid != ::geteuid() || (about.st_mode & kModeBits) != S_IRWXU) {
    return Fault{Reason::kKeyPermissions, "", path_.string() + " is not ours with mode 0700"};
  }
  return {};
}

Result<std::vector<std::string>> PrivateFolder::AllNames() const {
  // An open of its own, because a listing has a position.
  const int listing = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseFolder> entries(listing < 0 ? nullptr : ::fdopendir(listing));
  if (entries == nullptr) {
    if (listing >= 0) ::close(listing);
    return Broken(path_, "can not be listed");
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* const entry = ::readdir(entries.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return Broken(path_, "can not be listed");
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<std::string>> PrivateFolder::Names() const {
  TRY(CheckFolder());
  TRY_ASSIGN(std::vector<std::string> names, AllNames());
  std::erase_if(names, [](const std::string& name) { return name.ends_with(kTemporary); });
  return names;
}

Result<std::string> PrivateFolder::Read(const std::string& name, std::size_t bytes_max) const {
  const std::filesystem::path path = path_ / name;
  const FileDescriptor file(::openat(folder_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat about {};
  if (!file.valid()) return Broken(path, "can not be opened");
  if (::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return Broken(path, "is no regular file");
  if (about.st_uid != ::geteuid() || (about.st_mode & kModeBits) != (S_IRUSR | S_IWUSR)) {
    return Fault{Reason::kKeyPermissions, "", path.string() + " is not ours with mode 0600"};
  }
  std::string text(bytes_max + 1, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + length, text.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Broken(path, "can not be read");
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
  }
  if (length > bytes_max) return Broken(path, "is too long");
  text.resize(length);
  return text;
}

Result<PrivateFolder::WriteLock> PrivateFolder::LockForWriting() const {
  // The lock belongs to the open, so each takes one of its own.
  WriteLock lock(::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock.valid()) return Broken(path_, "can not be opened");
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return Broken(path_, "is in use: somebody else is writing");
    return Broken(path_, "can not be locked");
  }
  return lock;
}

Result<void> PrivateFolder::RemoveLeftovers() const {
  TRY_ASSIGN(const std::vector<std::string> names, AllNames());
  for (const std::string& name : names) {
    if (name.ends_with(kTemporary) && ::unlinkat(folder_.get(), name.c_str(), 0) != 0) {
      return Broken(path_ / name, "can not be removed");
    }
  }
  return {};
}

Result<void> PrivateFolder::Replace(const WriteLock& lock, const std::string& name, std::string_view text) const {
  const std::filesystem::path path = path_ / name;
  if (!lock.valid()) return Broken(path, "is written without the lock");
  TRY(RemoveLeftovers());
  const std::string temporary = name + std::string(kTemporary);
  {
    const FileDescriptor file(::openat(folder_.get(), temporary.c_str(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!file.valid()) return NotWritten(path);
    // The umask may only take bits away; 0600 is what Read insists on.
    const bool written =
        ::fchmod(file.get(), S_IRUSR | S_IWUSR) == 0 && WriteAll(file.get(), text) && ::fsync(file.get()) == 0;
    if (!written) {
      Fault fault = NotWritten(path);
      ::unlinkat(folder_.get(), temporary.c_str(), 0);  // if not, the next write does it
      return fault;
    }
  }
  if (::renameat(folder_.get(), temporary.c_str(), folder_.get(), name.c_str()) != 0) return NotWritten(path);
  if (::fsync(folder_.get()) != 0) {
    return Fault{Reason::kOutcomeUnknown, "", path.string() + " was replaced but may not have reached the disk"};
  }
  return {};
}

}  // namespace passport
