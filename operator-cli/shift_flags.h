// The flags that say for which shift somebody is judged.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "operator-cli/online/answers.h"

namespace passport {

struct ShiftFlags {
  ShiftQuestion shift;
  std::string from;
  std::string to;

  bool names_a_shift() const { return !shift.day.empty() || !from.empty() || !to.empty() || !shift.place.empty(); }
};

// --on, --from, --to, --at and --agreement.
void AddShiftOptions(CLI::App& command, ShiftFlags& flags);
// The shift they name. Fails with kConfig when they do not go together and kFieldInvalid for a time that is none.
Result<ShiftQuestion> ReadShiftFlags(const ShiftFlags& flags);

}  // namespace passport
