// What is said about one token beside the trust it is judged with: the challenge it answers, and when.
#pragma once

#include <optional>
#include <string_view>

#include "credential/vocabulary/instant.h"

namespace passport {

struct Challenge {
  std::optional<std::string_view> nonce;
  std::optional<std::string_view> audience;
  std::optional<Instant> at;
};

}  // namespace passport
