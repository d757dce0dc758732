// What the exit code of passport-verify says. Scripts depend on it: numbers are never changed.
#pragma once

namespace passport {

enum class ExitCode : int {
  kHolds = 0,        // valid, or met; a batch: every line has its result
  kDoesNotHold = 1,  // not valid, or not met
  kCannotTell = 2,   // the evidence is too old or out of reach, or the answer could not be delivered
  kUsage = 64,       // asked in a way that has no answer: unknown flags, a file that can not be read
};

}  // namespace passport
