#include "verifier-cli/files/bundle_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "credential/bundle/bundle.h"
#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr int kNoBundleInput = -1;
constexpr std::size_t kTagBytesMax = 4096;

Fault FolderFault(std::string_view what, const std::filesystem::path& path, int error) {
  return {Reason::kFileUnreadable, "",
          std::string(what) + " " + path.string() + ": " + std::generic_category().message(error)};
}

// Writes and syncs; 0, or the error.
int WriteDurably(const std::filesystem::path& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (file < 0) return errno;
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && fsync(file) != 0) error = errno;
  if (close(file) != 0 && error == 0) error = errno;
  return error;
}

int SyncFolder(const std::filesystem::path& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  return error;
}

}  // namespace

bool BundleFolder::IsOne(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::is_regular_file(folder / kBundleName, error);
}

Result<BundleFolder> BundleFolder::OpenToChange(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FolderFault("can not make", folder, error.value());
  const int lock = open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (lock < 0) return FolderFault("can not write to", folder, errno);
  while (flock(lock, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    const int why = errno;
    close(lock);
    return FolderFault("can not lock", folder, why);
  }
  return BundleFolder(folder, lock);
}

BundleFolder::BundleFolder(BundleFolder&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

BundleFolder::~BundleFolder() {
  if (lock_ >= 0) close(lock_);
}

Result<std::optional<std::string>> BundleFolder::Bundle() const {
  if (!IsOne(folder_)) return std::optional<std::string>();
  TRY_ASSIGN(InputFile file, InputFile::Open(bundle().string(), kNoBundleInput));
  TRY_ASSIGN(std::string text, file.ReadAtMost(kBundleBytesMax + 1));
  return std::optional(std::move(text));
}

Result<void> BundleFolder::PutBundle(std::string_view file) const {
  // Nobody else writes it while the folder is locked; what a program that was killed left is written over.
  const std::filesystem::path fresh = folder_ / ".fresh";
  int error = WriteDurably(fresh, file);
  if (error == 0 && std::rename(fresh.c_str(), bundle().c_str()) != 0) error = errno;
  if (error == 0) error = SyncFolder(folder_);
  if (error == 0) return {};
  unlink(fresh.c_str());
  return FolderFault("can not write", bundle(), error);
}

std::string BundleFolder::TagFor(std::string_view address) const {
  Result<InputFile> file = InputFile::Open((folder_ / kTagName).string(), kNoBundleInput);
  if (!file.ok()) return "";
  const Result<std::string> text = file->ReadAtMost(kTagBytesMax);
  if (!text.ok()) return "";
  const std::size_t end = text->find('\n');
  if (end == std::string::npos || text->substr(0, end) != address) return "";
  return std::string(WithoutLineEnd(std::string_view(*text).substr(end + 1)));
}

void BundleFolder::NoteTag(std::string_view address, std::string_view tag) const {
  if (tag.find('\n') != std::string_view::npos || address.size() + tag.size() + 2 > kTagBytesMax) tag = "";
  const Result<void> noted =
      WriteFile((folder_ / kTagName).string(), std::string(address) + "\n" + std::string(tag) + "\n");
  static_cast<void>(noted);
}

}  // namespace passport
