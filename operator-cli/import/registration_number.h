// The forms of registration numbers, by regulator. A form shows that a number was typed whole, never that it is on a
// register.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

// NMC 99A9999A; GMC 9999999, a leading C is dropped; HCPC two or three letters and up to six digits; SWE "SW" and up to
// six digits; GPhC 9999999; GDC four to six digits, with or without CD; GOC 99-9999 to 99-999999. Letters become upper
// case; letters are never taken for digits (L for 1, S for 5, O for 0). Fails with kRecordField when the regulator is
// not one of these or the number has another form.
Result<std::string> ParseRegistrationNumber(std::string_view regulator, std::string_view number);

}  // namespace passport
