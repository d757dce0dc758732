#include "operator-cli/promised_file.h"

#include <utility>

namespace passport {

Result<PromisedFile> PromisedFile::At(const std::string& path) {
  PromisedFile promised;
  if (path.empty()) return promised;
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  promised.path_ = path;
  promised.file_.emplace(std::move(file));
  return promised;
}

PromisedFile::PromisedFile(PromisedFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::move(other.file_)), filled_(other.filled_) {
  other.file_.reset();
}

PromisedFile::~PromisedFile() {
  if (file_ && !filled_) RemoveFile(path_);
}

Result<void> PromisedFile::Fill(std::string_view line) {
  if (!file_) return {};
  filled_ = true;  // what could be written of it stays
  TRY(file_->Write(line));
  TRY(file_->Write("\n"));
  return file_->Sync();
}

}  // namespace passport
