// A passport file may come from anywhere: its layout and what lies inside are read without a crash, and what is read is
// written back as it was.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/passport/carried_passport.h"
#include "keys/passport_file.h"

namespace {

void Insist(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passport;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const Result<PassportFileText> file = ReadPassportFile(text); file.ok()) Insist(text.starts_with(file->clear));
  if (const Result<CarriedPassport> carried = CarriedPassport::Parse(text); carried.ok()) {
    const Result<CarriedPassport> again = CarriedPassport::Parse(carried->Text());
    Insist(again.ok() && *again == *carried);
  }
  return 0;
}
