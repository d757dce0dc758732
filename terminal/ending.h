// How the programs of people at a terminal end. Scripts depend on it: numbers are never changed.
#pragma once

#include "credential/vocabulary/reason.h"

namespace passport {

enum class Ending : int {
  kDone = 0,
  kRefused = 1,       // refused, not valid, not met, or some rows of a file refused
  kCannotTell = 2,    // evidence too old or out of reach, or it is not known whether a change was kept
  kUsage = 64,        // flags that make no sense, a file that can not be read or written
  kUnavailable = 69,  // the service is not reached or can not do it now: try again
};

Ending EndingOf(Reason reason);

}  // namespace passport
