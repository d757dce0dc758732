// Invites a person to a passport in their own hands, once it was made sure who they are.
#pragma once

#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class InvitePerson {
 public:
  static constexpr int kCheckDaysOldMax = 90;
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;  // 1 to 40 letters, digits, '-', '/', '.': a new one
    IdentityCheck identity;
    Seconds length = kInvitationLength;
  };
  InvitePerson(Store& store, PersonVault& vault, const CurrentTrust& trust, Random& random, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), random_(random), clock_(clock) {}
  // An earlier invitation for the number that is still open ends. Fails with kCallerUnknown, kFieldInvalid,
  // kWordUnknown, kAlreadyExists (the number is taken), kRequestReused, kStateConflict (the same request again, when
  // the invitation is not open any more), and as store and key store do.
  Result<Invitation> operator()(const Order& order);

 private:
  Result<Invitation> Again(const std::string& id);
  // `collided`: another call was first with a write, and what it built on is to be looked at again.
  Result<Invitation> Once(const Order& order, const RequestKey& key, Instant now, bool& collided);

  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  Random& random_;
  const Clock& clock_;
};

}  // namespace passport
