#include "operator-cli/passport_codes.h"

#include "keys/secret_text.h"
#include "terminal/plain_text.h"

namespace passport {

Result<PassportCodesFile> PassportCodesFile::Open(const std::string& path) {
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateForAppending(path));
  TRY_ASSIGN(const bool empty, file.Empty());
  if (empty) {
    TRY(file.Write("employee_number,passport_code\n"));
    TRY(file.Sync());
  }
  return PassportCodesFile(std::move(file));
}

Result<void> PassportCodesFile::Add(std::string_view employee_number, const Secret& passport_code) {
  TRY(file_.Write(CsvField(employee_number) + ","));
  TRY(file_.Write(TextOf(passport_code)));
  TRY(file_.Write("\n"));
  return file_.Sync();
}

}  // namespace passport
