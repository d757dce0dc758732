#include "credential/status/status_judgement.h"

#include "credential/status/status_list.h"

namespace passport {

Result<void> JudgeStatusValue(std::uint8_t value) {
  if (value == static_cast<std::uint8_t>(StatusValue::kValid)) return {};
  if (value == static_cast<std::uint8_t>(StatusValue::kInvalid)) {
    return Fault{Reason::kRevoked, "TSL-17", "the status list says invalid"};
  }
  if (value == static_cast<std::uint8_t>(StatusValue::kSuspended)) {
    return Fault{Reason::kSuspended, "TSL-17", "the status list says suspended"};
  }
  return Fault{Reason::kStatus, "TSL-17", "the status list says something that has no meaning here"};
}

}  // namespace passport
