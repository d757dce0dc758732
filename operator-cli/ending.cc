#include "operator-cli/ending.h"

namespace passport {

Ending EndingOf(VerdictAnswer verdict) {
  switch (verdict) {
    case VerdictAnswer::kValid:
      return Ending::kDone;
    case VerdictAnswer::kNotValid:
      return Ending::kRefused;
    case VerdictAnswer::kCannotTell:
      return Ending::kCannotTell;
  }
  return Ending::kCannotTell;
}

Ending EndingOf(RoleAnswer outcome) {
  switch (outcome) {
    case RoleAnswer::kMet:
    case RoleAnswer::kMetExpiring:
      return Ending::kDone;
    case RoleAnswer::kNotMet:
      return Ending::kRefused;
    case RoleAnswer::kCannotTell:
      return Ending::kCannotTell;
  }
  return Ending::kCannotTell;
}

}  // namespace passport
