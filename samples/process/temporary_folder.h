// A folder of one's own that is gone afterwards.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

class TemporaryFolder {
 public:
  // In TMPDIR or /tmp, readable by its owner alone; the name begins with `name`. Fails with kFileUnreadable.
  static Result<TemporaryFolder> Make(std::string_view name);
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  // Removes it with everything in it, unless it was kept.
  ~TemporaryFolder();

  const std::string& path() const { return path_; }
  // "<path>/<name>".
  std::string At(std::string_view name) const { return path_ + "/" + std::string(name); }
  void Keep() { kept_ = true; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  void Remove();
  std::string path_;
  bool kept_ = false;
};

// Writes a whole file. Fails with kFileUnreadable naming it.
Result<void> WriteWholeFile(const std::string& path, std::string_view content);
// Reads a whole file. Fails with kFileUnreadable naming it.
Result<std::string> ReadWholeFile(const std::string& path);

}  // namespace passport
