#include "credential/record/code_forms.h"

#include <cstddef>
#include <string>

namespace passport {
namespace {

bool HasTheForm(std::string_view text) { return FitsMask(text, "AA999999A") && text.back() <= 'D'; }

}  // namespace

bool FitsMask(std::string_view text, std::string_view mask) {
  if (text.size() != mask.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    const bool letter = text[i] >= 'A' && text[i] <= 'Z';
    const bool fits = mask[i] == '9'   ? digit
                      : mask[i] == 'A' ? letter
                      : mask[i] == 'X' ? digit || letter
                                       : text[i] == mask[i];
    if (!fits) return false;
  }
  return true;
}

bool IsNationalInsuranceNumber(std::string_view text) {
  if (!HasTheForm(text)) return false;
  constexpr std::string_view kNeverFirst = "DFIQUV";
  constexpr std::string_view kNeverSecond = "DFIOQUV";
  if (kNeverFirst.find(text[0]) != std::string_view::npos) return false;
  if (kNeverSecond.find(text[1]) != std::string_view::npos) return false;
  for (const std::string_view never : {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}) {
    if (text.starts_with(never)) return false;
  }
  return true;
}

bool LooksLikeNationalInsuranceNumber(std::string_view text) {
  std::string bare;
  for (const char c : text) {
    if (c == '.' || c == '-' || c == '/') continue;
    bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return HasTheForm(bare);
}

bool IsCertificateNumber(std::string_view text) { return FitsMask(text, "999999999999"); }

}  // namespace passport
