#include "passport-service/ports/registration.h"

#include <array>

namespace passport {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"active", "suspended", "ceased", "compromised"};
constexpr std::array<std::string_view, 4> kForms = {"merged", "acquired", "renamed", "split"};

// The position of a word in a list, which is the number of the value.
template <class Enum, std::size_t N>
Result<Enum> Parse(const std::array<std::string_view, N>& words, std::string_view word, std::string_view what) {
  for (std::size_t at = 0; at < N; ++at) {
    if (words[at] == word) return static_cast<Enum>(at);
  }
  std::string list;
  for (const std::string_view known : words) list += (list.empty() ? "" : ", ") + std::string(known);
  return Fault{Reason::kFieldInvalid, "", std::string(what) + " is not one of " + list};
}

}  // namespace

std::string_view WordOf(OrganisationState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view WordOf(SuccessionForm form) { return kForms[static_cast<std::size_t>(form)]; }

Result<OrganisationState> ParseOrganisationState(std::string_view word) {
  return Parse<OrganisationState>(kStates, word, "state");
}

Result<SuccessionForm> ParseSuccessionForm(std::string_view word) {
  return Parse<SuccessionForm>(kForms, word, "the form of a succession");
}

}  // namespace passport
