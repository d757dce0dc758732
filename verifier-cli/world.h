// The world a command lives in. main() brings the real one, tests bring theirs.
#pragma once

#include <functional>
#include <ostream>

#include "credential/vocabulary/instant.h"

namespace passport {

struct World {
  int input;                       // file descriptor behind "-"
  std::ostream& output;            // results
  std::ostream& errors;            // what went wrong with the asking
  std::function<Instant()> clock;  // any thread may call
};

}  // namespace passport
