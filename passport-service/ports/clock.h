// The wall clock, read at the start of an act and nowhere else.
#pragma once

#include "credential/vocabulary/instant.h"

namespace passport {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
};

}  // namespace passport
