// Shares after the person's key was replaced: they go on under the new key, or end, as the person chooses.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "keys/key_store.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/kept_passport.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

// When the passport is bound to another key and everything in it is signed again: of a kept passport the service shows
// the same facts of the same records again at once; others wait for the person's program (RenewShare). A share of which
// nothing was signed again ends. One that gives an answer alone goes on giving no more.
class RenewShares {
 public:
  struct Report {
    std::size_t renewed = 0;
    std::size_t renewing = 0;
    std::size_t ended = 0;
  };
  RenewShares(Store& store, KeyStore& keys, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // To be called after every change of the key, also when one is taken back; again after a failure: what is renewed
  // already stays. One that can not be shown again, for a reason that will not pass, is left renewing and is named in
  // the audit trail. Fails with kRegistryStale, and as store and key store do.
  Result<Report> operator()(const PersonId& person, bool end_all);
  // For RebindPassport; this outlives it.
  std::function<Result<void>(const PersonId& person, bool end_all)> AsTurn();

 private:
  struct Under;  // the person and key as they are now
  Result<std::vector<ShareRow>> LiveOf(const PersonId& person);
  Result<void> Turn(const Under& under, ShareRow row, bool end_all, Report& report);
  Result<void> LeaveWaiting(ShareRow row, const Fault& fault, Report& report);
  Result<Changes> PresentAgain(const Under& under, ShareRow& row);
  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

// The person's program presents again, with the new key.
class RenewShare {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;
    ShareId share;
    std::string presentation;  // for audience and nonce of the share, with its transaction data
  };
  RenewShare(Store& store, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), clock_(clock) {}
  // One that is renewed already stays as it is. Fails with kNotFound (also for another's), kStateConflict (it does not
  // wait to be renewed), kHolderMismatch, as VerifyForShare, and as store and key store do.
  Result<ShareView> operator()(const Order& order);

 private:
  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
