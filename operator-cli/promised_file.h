// The place of a file that may come to nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "terminal/files.h"

namespace passport {

// Made before what fills it is asked for: what can be had once must not be lost for want of a place. For its owner
// only; gone again unless it was filled.
class PromisedFile {
 public:
  // An empty path is no file. Fails with kFileUnreadable when it exists or can not be made.
  static Result<PromisedFile> At(const std::string& path);
  PromisedFile(PromisedFile&& other) noexcept;
  PromisedFile& operator=(PromisedFile&&) = delete;
  ~PromisedFile();

  bool is_there() const { return file_.has_value(); }
  // One line, on the disk when it returns; does nothing where there is no file. Fails with kFileUnreadable.
  Result<void> Fill(std::string_view line);

 private:
  PromisedFile() = default;
  std::string path_;
  std::optional<OpenFile> file_;
  bool filled_ = false;
};

}  // namespace passport
