// The words of answers, as scripts read them.
#include "operator-cli/online/import_answers.h"

namespace passport {

std::string_view WordOf(VerdictAnswer verdict) {
  switch (verdict) {
    case VerdictAnswer::kValid:
      return "valid";
    case VerdictAnswer::kNotValid:
      return "not_valid";
    case VerdictAnswer::kCannotTell:
      return "cannot_tell";
  }
  return "cannot_tell";
}

std::string_view WordOf(RoleAnswer outcome) {
  switch (outcome) {
    case RoleAnswer::kMet:
      return "met";
    case RoleAnswer::kMetExpiring:
      return "met_expiring";
    case RoleAnswer::kNotMet:
      return "not_met";
    case RoleAnswer::kCannotTell:
      return "cannot_tell";
  }
  return "cannot_tell";
}

std::string_view WordOf(RowVerdictAnswer verdict) {
  switch (verdict) {
    case RowVerdictAnswer::kNew:
      return "new";
    case RowVerdictAnswer::kChanged:
      return "changed";
    case RowVerdictAnswer::kUnchanged:
      return "unchanged";
    case RowVerdictAnswer::kRefused:
      return "refused";
    case RowVerdictAnswer::kPossibleMatch:
      return "possible_match";
  }
  return "";
}

}  // namespace passport
