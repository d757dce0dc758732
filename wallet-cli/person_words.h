// What went wrong, in words for the person whose passport it is: reasons speak to employers and receivers.
#pragma once

#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct PersonText {
  std::string_view happened;
  std::string_view remedy;
};

PersonText TextForPerson(const Fault& fault);

// "not_met" reads "not met".
std::string InPlainWords(std::string_view word);

// Words that stand for a state of a credential or a share: "in force" for "current".
std::string StateForPerson(std::string_view state);

}  // namespace passport
