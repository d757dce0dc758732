#include "verifier-cli/files/bundle_folder.h"

#include <fcntl.h>
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

}  // namespace

bool BundleFolder::IsOne(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::is_regular_file(folder / kBundleName, error);
}

Result<BundleFolder> BundleFolder::OpenToChange(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FolderFault("can not make", folder, error.value());
  TRY_ASSIGN(FileLock lock, FileLock::Wait(folder / ".lock"));
  return BundleFolder(folder, std::move(lock));
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
  const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  int error = descriptor < 0 ? errno : WriteSynced(descriptor, file);
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
