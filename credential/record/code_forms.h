// Forms that codes have.
#pragma once

#include <string_view>

namespace passport {

// True if the text has exactly the characters of the mask: 9 a digit, A a letter A-Z, X one of both, all else itself.
bool FitsMask(std::string_view text, std::string_view mask);

// Two prefix letters, six digits and a suffix letter A to D, without the prefixes that are never given (HMRC National
// Insurance Manual, NIM39110). Capitals without blanks.
bool IsNationalInsuranceNumber(std::string_view text);

// True for anything a reader would take for one, in any case and with '.', '-' or '/' in it, also those never given.
bool LooksLikeNationalInsuranceNumber(std::string_view text);

// 12 digits (Disclosure and Barring Service).
bool IsCertificateNumber(std::string_view text);

}  // namespace passport
