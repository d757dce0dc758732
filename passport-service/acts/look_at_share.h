// A receiver looks into what it was given, judged by what is known now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

class LookAtShare {
 public:
  struct Order {
    Caller by;
    ShareId share;
    AskedShift shift;       // the engagement is that of the request
    std::string agreement;  // under which other employers' checks count: 1 to 40, or empty
    // With it, what is looked at once is shown again to the same request for kLookAgainTime: the answer may be lost.
    std::optional<RequestId> request = {};
  };
  struct Answer {
    std::optional<VerifiedPresentation> presentation;  // nothing when the answer alone was given
    std::optional<Decision> decision;                  // likewise
    std::string receipt;                               // of an answer alone without the records and without why
    std::uint64_t reliance = 0;
    std::string derived;              // where no more was given: the answer, as it is now
    std::vector<Override> overrides;  // of this person and profile, in force now; they change no outcome
  };
  LookAtShare(Store& store, const KeyStore& keys, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // Receipt, reliance row and audit row are one write, which expects the share as it was read: nothing is seen of one
  // that ended meanwhile. A look that is not relied on, because what was given does not hold, is on record for the
  // person, too. What was to be looked at once is over then, but for the same request; each time is a look of
  // its own, with a receipt of its own. Fails with kNotFound (also for another's share), kStateConflict (not given,
  // renewing, over), kRequestReused, the reasons of the token checks, those of a profile that is not in force,
  // kFieldInvalid, kCallerUnknown, kRegistryStale, kSigning or kKeyState, and as store and key store do.
  Result<Answer> operator()(const Order& order);

 private:
  Result<ShareRow> Find(const Order& order, Instant now);
  Result<Answer> See(const ShareRow& row, const std::string& text, const Duty& duty, const Known& known, Instant now);
  Result<KeptReliance::Made> Rely(KeptReliance& reliances, const Order& order, const ShareRow& row,
                                  const Answer& answer, Instant now);
  Result<void> Commit(const Order& order, ShareRow row, Changes changes, std::string_view outcome, Instant now);
  Result<void> RememberRefused(const Order& order, const ShareRow& row, Reason why, Instant now);
  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
