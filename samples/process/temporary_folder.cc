#include "samples/process/temporary_folder.h"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace passport {

Result<TemporaryFolder> TemporaryFolder::Make(std::string_view name) {
  std::error_code error;
  std::string pattern = std::filesystem::temp_directory_path(error).string();
  if (error) pattern = "/tmp";
  pattern.append("/").append(name).append("-XXXXXX");
  if (mkdtemp(pattern.data()) == nullptr) {
    return Fault{Reason::kFileUnreadable, "", "no temporary folder: " + std::string(std::strerror(errno))};
  }
  return TemporaryFolder(pattern);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), kept_(other.kept_) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  if (this == &other) return *this;
  Remove();
  path_ = std::exchange(other.path_, {});
  kept_ = other.kept_;
  return *this;
}

TemporaryFolder::~TemporaryFolder() { Remove(); }

void TemporaryFolder::Remove() {
  if (path_.empty() || kept_) return;
  std::error_code error;  // what can not be removed stays in the folder for temporary files
  std::filesystem::remove_all(path_, error);
}

Result<void> WriteWholeFile(const std::string& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) return Fault{Reason::kFileUnreadable, "", "can not write " + path};
  return {};
}

Result<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) return Fault{Reason::kFileUnreadable, "", "can not read " + path};
  return text;
}

}  // namespace passport
