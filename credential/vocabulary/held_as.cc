#include "credential/vocabulary/held_as.h"

#include <algorithm>
#include <array>
#include <utility>

namespace passport {
namespace {

constexpr std::array<std::pair<HeldAs, std::string_view>, 3> kHeldAsWords = {
    {{HeldAs::kKept, "kept"}, {HeldAs::kFile, "file"}, {HeldAs::kWallet, "wallet"}}};

}  // namespace

std::string_view WordOf(HeldAs held_as) {
  const auto found =
      std::find_if(kHeldAsWords.begin(), kHeldAsWords.end(), [&](const auto& each) { return each.first == held_as; });
  return found == kHeldAsWords.end() ? "" : found->second;
}

std::optional<HeldAs> HeldAsOf(std::string_view word) {
  const auto found =
      std::find_if(kHeldAsWords.begin(), kHeldAsWords.end(), [&](const auto& each) { return each.second == word; });
  if (found == kHeldAsWords.end()) return std::nullopt;
  return found->first;
}

std::string_view KeyIn(HeldAs held_as) {
  switch (held_as) {
    case HeldAs::kKept:
      return "the holder's key is kept by the service, on their behalf";
    case HeldAs::kFile:
      return "the holder's key is in a passport file of theirs";
    case HeldAs::kWallet:
      return "the holder's key is in a wallet of theirs";
  }
  return "";
}

}  // namespace passport
