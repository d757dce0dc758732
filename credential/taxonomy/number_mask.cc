#include "credential/taxonomy/number_mask.h"

#include <algorithm>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

bool Fits(const NumberMask& mask, std::string_view number) {
  const std::size_t shape = mask.mask.size();
  if (number.size() < shape || number.size() > shape + static_cast<std::size_t>(mask.more_digits)) return false;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const char wanted = i < shape ? mask.mask[i] : '9';
    const bool fits = wanted == '9' ? IsDigit(number[i]) : wanted == 'A' ? IsCapital(number[i]) : number[i] == wanted;
    if (!fits) return false;
  }
  return true;
}

}  // namespace

bool IsMask(std::string_view mask) {
  if (mask.empty() || mask.size() > kMaskBytesMax) return false;
  const bool plain = std::all_of(mask.begin(), mask.end(),
                                 [](char c) { return IsDigit(c) || IsCapital(c) || c == '.' || c == '-' || c == '/'; });
  return plain && mask.find_first_of("9A") != std::string_view::npos;
}

bool FitsOne(std::span<const NumberMask> masks, std::string_view number) {
  return masks.empty() ||
         std::any_of(masks.begin(), masks.end(), [&](const NumberMask& mask) { return Fits(mask, number); });
}

}  // namespace passport
