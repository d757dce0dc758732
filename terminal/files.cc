#include "terminal/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "keys/secret_text.h"

namespace passport {
namespace {

constexpr unsigned kPrivateMode = 0600;

Fault Because(const std::string& name, int error) {
  return {Reason::kFileUnreadable, "", name + ": " + std::generic_category().message(error)};
}

// A name that was changed is on the disk with its folder.
Result<void> SyncFolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return Because(folder, errno);
  const int error = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;  // some file systems have no such thing
  close(descriptor);
  if (error != 0) return Because(folder, error);
  return {};
}

}  // namespace

OpenFile::OpenFile(int descriptor, bool owned, std::string name)
    : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : descriptor_(other.descriptor_), owned_(std::exchange(other.owned_, false)), name_(std::move(other.name_)) {}

OpenFile::~OpenFile() {
  if (owned_) close(descriptor_);
}

Result<OpenFile> OpenFile::Make(const std::string& path, int flags, unsigned mode) {
  const int descriptor = open(path.c_str(), flags | O_CLOEXEC, mode);
  if (descriptor < 0) return Because(path, errno);
  OpenFile file(descriptor, true, path);
  struct stat about {};
  if (fstat(descriptor, &about) != 0) return Because(path, errno);
  if (S_ISDIR(about.st_mode)) return Because(path, EISDIR);
  return file;
}

Result<OpenFile> OpenFile::ForReading(const std::string& path, int standard_input) {
  if (path == "-") return OpenFile(standard_input, false, "standard input");
  return Make(path, O_RDONLY, 0);
}

Result<OpenFile> OpenFile::ForWriting(const std::string& path) {
  return Make(path, O_WRONLY | O_CREAT | O_TRUNC, kPrivateMode);
}

Result<OpenFile> OpenFile::PrivateForAppending(const std::string& path) {
  TRY_ASSIGN(OpenFile file, Make(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, kPrivateMode));
  struct stat about {};
  if (fstat(file.descriptor_, &about) != 0) return Because(path, errno);
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fault{Reason::kKeyPermissions, "", path + " may be read by others; set its mode to 0600"};
  }
  return file;
}

Result<OpenFile> OpenFile::PrivateNew(const std::string& path) {
  Result<OpenFile> file = Make(path, O_WRONLY | O_CREAT | O_EXCL, kPrivateMode);
  if (!file.ok() && errno == EEXIST) {
    return Fault{Reason::kFileUnreadable, "", path + " is there already and is not overwritten; name another file"};
  }
  return file;
}

Result<std::size_t> OpenFile::Read(std::span<char> out) {
  while (true) {
    const ssize_t count = read(descriptor_, out.data(), out.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return Because(name_, errno);
  }
}

Result<void> OpenFile::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Because(name_ + " can not be written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> OpenFile::Sync() {
  if (fsync(descriptor_) == 0 || errno == EINVAL) return {};  // a pipe has nothing to sync
  return Because(name_ + " can not be written", errno);
}

Result<bool> OpenFile::Empty() const {
  struct stat about {};
  if (fstat(descriptor_, &about) != 0) return Because(name_, errno);
  return about.st_size == 0;
}

Result<std::string> ReadText(const std::string& path, int standard_input, std::size_t bytes_max) {
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(path, standard_input));
  std::string text;
  std::array<char, std::size_t{64} * 1024> block{};
  while (text.size() <= bytes_max) {
    TRY_ASSIGN(const std::size_t count, file.Read(block));
    if (count == 0) return text;
    text.append(block.data(), count);
  }
  return Fault{Reason::kLimit, "", path + " is longer than " + std::to_string(bytes_max) + " bytes"};
}

Result<void> ReplaceFile(const std::string& path, std::string_view text) {
  const std::string partial = path + ".partial";
  RemoveFile(partial);  // what an earlier stop left
  const auto put = [&]() -> Result<void> {
    TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(partial));
    TRY(file.Write(text));
    TRY(file.Sync());
    if (std::rename(partial.c_str(), path.c_str()) != 0) return Because(path + " can not be written", errno);
    return SyncFolderOf(path);
  };
  Result<void> done = put();
  if (!done.ok()) RemoveFile(partial);
  return done;
}

void RemoveFile(const std::string& path) { static_cast<void>(unlink(path.c_str())); }

Result<Secret> ReadPassportCode(const std::string& path, int standard_input) {
  constexpr std::size_t kCodeBytesMax = 256;
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(path, standard_input));
  Secret text(kCodeBytesMax + 1);
  std::size_t filled = 0;
  while (filled < text.size()) {
    const std::span<std::uint8_t> room = text.bytes().subspan(filled);
    TRY_ASSIGN(const std::size_t count, file.Read({reinterpret_cast<char*>(room.data()), room.size()}));
    if (count == 0) break;
    filled += count;
  }
  text.Truncate(filled);
  const std::size_t end = TextOf(text).find_first_of("\r\n");
  if (end != std::string_view::npos) text.Truncate(end);
  if (text.empty() || text.size() > kCodeBytesMax) {
    return Fault{Reason::kFileUnreadable, "", path + " does not hold a passport code on its first line"};
  }
  return text;
}

}  // namespace passport
