// The person's own doing with where their passport is: it goes elsewhere, or another one goes up in it.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

class MovePassport {
 public:
  struct Order {
    HolderCaller by;  // by the good key; by the passport code only while the service keeps the key
    RequestId request;
    HeldAs held_as = HeldAs::kKept;
    std::optional<ProvenKey> new_key;  // for a file or a wallet: proved for this very call
  };
  MovePassport(Store& store, RebindPassport& rebind, const Clock& clock)
      : store_(store), rebind_(rebind), clock_(clock) {}
  // A new key each time; the one before is dead, and where it was kept it is destroyed in every copy. The same request
  // again, proved with the old or the new key, finishes what was cut off and gets the same answer. Fails with
  // kHolderUnknown, kFieldInvalid (a new key is missing or too much), kAlreadyExists (the key is or was bound), and as
  // RebindPassport does.
  Result<RebindPassport::Outcome> operator()(const Order& order);

 private:
  Result<RebindPassport::Outcome> Again(const Order& order);

  Store& store_;
  RebindPassport& rebind_;
  const Clock& clock_;
};

class JoinPassport {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;
    std::string other_passport_code;
    std::optional<ProvenKey> other_key = {};  // for a file or a wallet: of that passport, proved for this very call
  };
  JoinPassport(Store& store, RebindPassport& rebind, const Clock& clock)
      : store_(store), rebind_(rebind), clock_(clock) {}
  // The caller's passport stays, with its key and its code. Fails with kHolderUnknown (the caller; or the other
  // passport is in a file or a wallet, and its key did not come), kFieldInvalid (its key came, and the service keeps
  // it), kNotFound (code), and as RebindPassport::Join does.
  Result<RebindPassport::Outcome> operator()(const Order& order);

 private:
  Result<void> CheckOtherKey(const Order& order, const PersonId& other);

  Store& store_;
  RebindPassport& rebind_;
  const Clock& clock_;
};

}  // namespace passport
