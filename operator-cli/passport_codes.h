// Passport codes on their way to the people they belong to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "terminal/files.h"

namespace passport {

// A comma-separated file "employee_number,passport_code" for its owner only. Each line is on the disk before the next
// person is enrolled, because a code is told once.
class PassportCodesFile {
 public:
  // Goes on with a file that exists. Fails with kFileUnreadable and kKeyPermissions.
  static Result<PassportCodesFile> Open(const std::string& path);
  Result<void> Add(std::string_view employee_number, const Secret& passport_code);

 private:
  explicit PassportCodesFile(OpenFile file) : file_(std::move(file)) {}
  OpenFile file_;
};

}  // namespace passport
