// A share ends: by the person, by the receiver, on its day, or with the person. From then on the receiver can not read
// it; what it relied on stays in its chain.
#pragma once

#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

class EndShare {
 public:
  struct ByReceiver {
    Caller by;
    RequestId request;
    ShareId share;
  };
  struct ByHolder {
    HolderCaller by;
    RequestId request;
    ShareId share;
  };
  EndShare(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // One that is over stays as it is. A receiver also withdraws what it has asked. Fail with kNotFound (also for
  // another's), kCallerUnknown, and as the store does.
  Result<ShareView> operator()(const ByReceiver& order);
  Result<ShareView> operator()(const ByHolder& order);
  // Those whose day is over, requests that nobody answered, and the rows of those that have been over for long enough;
  // at most `limit` at a time. How many there were. Fails as the store does.
  Result<std::size_t> Due(std::size_t limit);

 private:
  Result<void> DueOne(ShareRow row, Instant now);
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
