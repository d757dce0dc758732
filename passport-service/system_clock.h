// The machine's clock.
#pragma once

#include <chrono>

#include "passport-service/ports/clock.h"

namespace passport {

class SystemClock final : public Clock {
 public:
  Instant Now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
  }
};

}  // namespace passport
