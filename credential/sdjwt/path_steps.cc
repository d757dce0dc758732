#include "credential/sdjwt/path_steps.h"

namespace passport {

std::string PathSteps::Pointer(std::uint32_t last) const {
  std::vector<std::uint32_t> way;
  for (std::uint32_t step = last; step != kNone; step = steps_[step].up) way.push_back(step);
  std::string pointer;
  for (auto at = way.rbegin(); at != way.rend(); ++at) {
    const Step& step = steps_[*at];
    pointer += '/';
    if (step.is_element) {
      pointer += std::to_string(step.index);
      continue;
    }
    for (const char c : step.name) {
      if (c == '~' || c == '/') {
        pointer += c == '~' ? "~0" : "~1";
      } else {
        pointer += c;
      }
    }
  }
  return pointer;
}

}  // namespace passport
