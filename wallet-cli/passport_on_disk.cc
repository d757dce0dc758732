#include "wallet-cli/passport_on_disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace passport {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

Fault OnDisk(const std::filesystem::path& path, std::string_view what, int error) {
  return {Reason::kFileUnreadable, "",
          path.string() + " " + std::string(what) + ": " + std::generic_category().message(error)};
}

Fault NamedFault(const std::filesystem::path& path, Fault fault) {
  fault.detail = path.string() + ": " + fault.detail;
  return fault;
}

bool WriteWhole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Result<std::string> ReadWholeFile(int file, const std::filesystem::path& path) {
  std::string text;
  std::string block(std::size_t{64} * 1024, '\0');
  while (text.size() <= kPassportFileBytesMax) {
    const ssize_t count = ::read(file, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return OnDisk(path, "can not be read", errno);
    if (count == 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::filesystem::path FolderOf(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Result<void> SyncFolder(const std::filesystem::path& path) {
  const FileDescriptor folder(::open(FolderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A stick may have no way to sync a folder; then the rename is all there is.
  if (folder.valid() && (::fsync(folder.get()) == 0 || errno == EINVAL)) return {};
  return OnDisk(path, "may not have reached the disk", errno);
}

Result<void> MakeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::exists(folder, error)) return {};
  if (folder.has_parent_path()) TRY(MakeFolder(folder.parent_path()));
  if (::mkdir(folder.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  return OnDisk(folder, "can not be made", errno);
}

// Opens what stands under the name now and keeps others from changing it. Whoever had it before may have put another
// file in its place meanwhile; then that one is the passport.
Result<FileDescriptor> OpenLocked(const std::filesystem::path& path) {
  constexpr int kTries = 8;
  for (int tried = 0; tried < kTries; ++tried) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid()) return OnDisk(path, "can not be opened", errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) break;
      return OnDisk(path, "can not be locked", errno);
    }
    struct stat held {};
    struct stat named {};
    const bool same = ::fstat(file.get(), &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
                      held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    if (same) return file;
  }
  return Fault{Reason::kStateConflict, "", path.string() + " is being changed by another program; try again"};
}

Result<void> WriteBeside(const std::filesystem::path& partial, std::string_view text) {
  const FileDescriptor file(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
  if (!file.valid()) return OnDisk(partial, "can not be written", errno);
  // Left by an interrupted run it may have another mode; where there are no modes (a stick) this does nothing.
  static_cast<void>(::fchmod(file.get(), kOwnerOnly));
  if (WriteWhole(file.get(), text) && ::fsync(file.get()) == 0) return {};
  Fault fault = OnDisk(partial, "can not be written", errno);
  ::unlink(partial.c_str());
  return fault;
}

}  // namespace

bool PassportOnDisk::IsThere(const std::filesystem::path& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && (!S_ISREG(about.st_mode) || about.st_size > 0);
}

Result<PassportOnDisk> PassportOnDisk::Make(const std::filesystem::path& path, const Secret& passphrase, HeldAs held_as,
                                            ScryptCost cost, Random& random) {
  if (IsThere(path)) return Fault{Reason::kAlreadyExists, "", path.string() + " is there already"};
  TRY(MakeFolder(FolderOf(path)));
  TRY_ASSIGN(PrivateKey key, PrivateKey::Generate());
  TRY_ASSIGN(PassportSeal seal, PassportSeal::Make(passphrase, cost, random));
  // An empty file under the name first: it is what is locked, so that two beginnings do not both succeed.
  const FileDescriptor claim(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kOwnerOnly));
  if (!claim.valid()) return OnDisk(path, "can not be made", errno);
  TRY_ASSIGN(FileDescriptor lock, OpenLocked(path));
  if (IsThere(path)) return Fault{Reason::kAlreadyExists, "", path.string() + " is there already"};
  CarriedPassport carried;
  carried.held_as = held_as;
  PassportOnDisk made(path, {.seal = std::move(seal), .key = std::move(key), .content = {}}, std::move(carried),
                      std::move(lock));
  TRY(made.Save(random));
  return made;
}

Result<PassportOnDisk> PassportOnDisk::Open(const std::filesystem::path& path, const Secret& passphrase,
                                            Intent intent) {
  if (!IsThere(path)) return Fault{Reason::kNotFound, "", path.string() + " is not there"};
  FileDescriptor file;
  if (intent == Intent::kChange) {
    TRY_ASSIGN(file, OpenLocked(path));
  } else {
    file = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid()) return OnDisk(path, "can not be opened", errno);
  }
  TRY_ASSIGN(const std::string text, ReadWholeFile(file.get(), path));
  Result<OpenPassport> inside = OpenPassport::Read(text, passphrase);
  if (!inside.ok()) return NamedFault(path, std::move(inside).fault());
  Result<CarriedPassport> carried = CarriedPassport::Parse(inside->content);
  if (!carried.ok()) return NamedFault(path, std::move(carried).fault());
  inside->content.clear();
  return PassportOnDisk(path, std::move(inside).value(), std::move(carried).value(), std::move(file));
}

Result<void> PassportOnDisk::Save(Random& random) {
  // The only key may be in here: what can not be read again is not written, whoever sent it.
  const std::string content = carried_.Text();
  const Result<CarriedPassport> again = CarriedPassport::Parse(content);
  if (!again.ok()) return NamedFault(path_, again.fault());
  TRY_ASSIGN(const std::string text, inside_.seal.Close(inside_.key, content, random));
  std::filesystem::path partial = path_;
  partial += ".partial";
  TRY(WriteBeside(partial, text));
  // The next one is locked before it has the name, so that no other program comes between.
  FileDescriptor next(::open(partial.c_str(), O_RDONLY | O_CLOEXEC));
  if (!next.valid() || ::flock(next.get(), LOCK_EX | LOCK_NB) != 0) return OnDisk(partial, "can not be locked", errno);
  if (::rename(partial.c_str(), path_.c_str()) != 0) return OnDisk(path_, "can not be replaced", errno);
  lock_ = std::move(next);
  return SyncFolder(path_);
}

Result<void> PassportOnDisk::Remove() {
  struct stat about {};
  const FileDescriptor file(::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid() || ::fstat(file.get(), &about) != 0) return OnDisk(path_, "can not be removed", errno);
  const std::string zeros(static_cast<std::size_t>(std::max<off_t>(about.st_size, 0)), '\0');
  const bool wiped = WriteWhole(file.get(), zeros) && ::fsync(file.get()) == 0;
  if (!wiped || ::unlink(path_.c_str()) != 0) return OnDisk(path_, "can not be removed", errno);
  return SyncFolder(path_);
}

}  // namespace passport
