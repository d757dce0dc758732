// Whatever stands in a file of retention rules: it is refused, or every question to the rules has an answer.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "passport-service/acts/retention_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passport;
  const auto rules = RetentionRules::Parse({reinterpret_cast<const char*>(data), size});
  if (!rules.ok()) return 0;
  for (const Kept what : {Kept::kCredential, Kept::kPerson, Kept::kSubject, Kept::kImport}) {
    if (rules->For(what).keep_days < 1) std::abort();
  }
  if (rules->ForCredential("criminal_record_check").what != Kept::kCredential) std::abort();
  return 0;
}
