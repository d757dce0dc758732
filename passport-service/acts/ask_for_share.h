// A receiver asks a person for what a purpose needs: computed from the role profile, with a link and a code that is
// told apart from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/random.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

class AskForShare {
 public:
  static constexpr Seconds kOpenDefault{3'600};
  static constexpr Seconds kOpenMin{60};
  static constexpr Seconds kOpenMax{14 * 86'400};
  static constexpr int kDayAheadMax = 400;  // of the day in question
  struct Order {
    Caller by;
    RequestId request;
    std::string purpose;                 // a word of the list relying_purpose
    std::optional<std::string> profile;  // this; or
    std::vector<std::string> kinds;      // these; or of the profile's only these
    std::optional<CivilDay> day;         // in question; today if nothing
    Engagement engagement = Engagement::kPlacement;
    std::optional<CivilDay> keep_through;  // nothing: looked at once
    bool answer_enough = false;
    Seconds open_for{0};  // 0: kOpenDefault
  };
  struct Answer {
    ShareView share;
    std::string code;
  };
  AskForShare(Store& store, PersonVault& vault, Random& random, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), random_(random), trust_(trust), clock_(clock) {}
  // Fails with kWordUnknown (purpose), kNotFound, kNotYetInForce or kWithdrawn (profile), kRecordKind, kAsksTooMuch
  // (kinds or a profile that the purpose does not need; audited), kFieldInvalid (keep_through beyond the maximum
  // of the purpose, a day in question beyond kDayAheadMax, times), kRequestReused, kCallerUnknown, kRegistryStale, and
  // as store and key store do.
  Result<Answer> operator()(const Order& order);

 private:
  Result<ShareRow> Make(const Order& order, const Known& known, Instant now);
  Store& store_;
  PersonVault& vault_;
  Random& random_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
