#include "keys/passphrase.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "keys/file_descriptor.h"

namespace passport {
namespace {

Fault Unreadable(std::string what) { return {Reason::kFileUnreadable, "", "passphrase: " + std::move(what)}; }

// How systemd hands over a credential: root's file, and an access list for the service that shows as group read.
bool IsOnlyOurs(const struct stat& file) {
  const bool ours = file.st_uid == ::geteuid();
  const bool of_root = file.st_uid == 0;
  const bool group_may_read = of_root && file.st_gid == 0;
  const mode_t forbidden = group_may_read ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;
  return (ours || of_root) && (file.st_mode & forbidden) == 0;
}

}  // namespace

Result<Secret> ReadPassphraseDescriptor(int descriptor) {
  Secret read(kPassphraseBytesMax + 2);  // one newline more, and one to notice that it is too long
  std::size_t length = 0;
  while (length < read.size()) {
    const ssize_t count = ::read(descriptor, read.bytes().data() + length, read.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable("reading failed");
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
  }
  if (length > 0 && length < read.size() && read.bytes()[length - 1] == '\n') --length;
  if (length == 0) return Fault{Reason::kPassphrase, "", "the passphrase is empty"};
  if (length > kPassphraseBytesMax) return Fault{Reason::kPassphrase, "", "the passphrase is longer than 1024 bytes"};
  read.Truncate(length);
  return read;
}

Result<FileDescriptor> OpenPassphraseFile(const std::filesystem::path& path) {
  // Without waiting, so that a pipe in its place is refused and not waited for.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return Unreadable(path.string() + " can not be opened");
  struct stat about {};
  if (::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return Unreadable(path.string() + " is no regular file");
  }
  if (!IsOnlyOurs(about)) {
    return Fault{Reason::kKeyPermissions, "", path.string() + " is not ours or can be read by others"};
  }
  return file;
}

Result<Secret> ReadPassphraseFile(const std::filesystem::path& path) {
  TRY_ASSIGN(const FileDescriptor file, OpenPassphraseFile(path));
  return ReadPassphraseDescriptor(file.get());
}

}  // namespace passport
