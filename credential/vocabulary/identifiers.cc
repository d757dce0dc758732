#include "credential/vocabulary/identifiers.h"

#include <algorithm>
#include <array>

namespace passport {

Result<OrganisationId> OrganisationId::Parse(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSchemes = {"ods", "ons", "cqc", "charity", "company"};
  constexpr std::size_t kValueMax = 40;
  const Fault invalid{Reason::kFieldInvalid, "",
                      "organisation is not ods:, ons:, cqc:, charity: or company: with 1 to 40 letters, digits or '-'"};
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return invalid;
  const std::string_view value = text.substr(colon + 1);
  if (std::find(kSchemes.begin(), kSchemes.end(), text.substr(0, colon)) == kSchemes.end()) return invalid;
  if (value.empty() || value.size() > kValueMax) return invalid;
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (!std::all_of(value.begin(), value.end(), allowed)) return invalid;
  return OrganisationId(std::string(text));
}

std::string OrganisationId::PathSegment() const {
  std::string segment = text_;
  segment[segment.find(':')] = '-';
  return segment;
}

}  // namespace passport
