// What a person hands over: some of their credentials, each cut down to chosen claims and bound to one audience and
// challenge.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kPresentationBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kPresentationCredentialsMax = 64;

// The text form (docs/formats/presentation.md): {"staff_passport_presentation":1,"credentials":["<SD-JWT+KB>", ...]}.
struct Presentation {
  std::vector<std::string> credentials;  // SD-JWT+KB, 1 to kPresentationCredentialsMax

  // Fails with kMalformed or kLimit.
  static Result<Presentation> Parse(std::string_view text);
  std::string Text() const;
};

}  // namespace passport
