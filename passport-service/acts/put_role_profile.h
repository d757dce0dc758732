// The registrar puts a new version of a role profile in force.
#pragma once

#include <string>

#include "credential/decision/role_profile.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class PutRoleProfile {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string profile;  // the JSON text; its version must be one above the newest
  };
  PutRoleProfile(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Fails with kNotPermitted, kFieldInvalid naming the place, kStateConflict (version), and as the store does.
  // Receivers see it after the next publication.
  Result<void> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
};

// The newest version of a profile. Fails with kNotFound.
Result<RoleProfile> FindRoleProfile(Documents& documents, std::string_view id);

}  // namespace passport
