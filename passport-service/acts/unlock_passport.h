// Opens a passport that the service keeps, for a person who has no code at hand: an employer has made sure who they
// are.
//
// The session code is good for a quarter of an hour, and for the organisation that unlocked: it reads what is held,
// shows it to that organisation, and answers what that organisation asks. What changes anything or gives to others
// needs the person's own key or code (HolderNeeds); to take a loss of a kept passport back both are needed. It ends at
// once when the passport is bound to another key or erased, and when the person leaves the employer.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/identity_check.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr Seconds kUnlockLength{15 * 60};

class UnlockPassport {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;
    IdentityCheck identity;  // made today
  };
  struct Unlocked {
    std::string session_code;  // 128 random bits, base64url
    Instant expires_at;        // from then on it opens nothing
  };
  UnlockPassport(Store& store, PersonVault& vault, const CurrentTrust& trust, Random& random, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), random_(random), clock_(clock) {}
  // The same request gets the same code while it is good. Fails with kCallerUnknown, kFieldInvalid, kWordUnknown,
  // kNotFound (nobody who works for the caller has the number), kRequestReused, kStateConflict (the service does not
  // keep this passport; the same request, when it is over), and as the store does.
  Result<Unlocked> operator()(const Order& order);

 private:
  Result<Unlocked> Again(const RequestKey& key, const Digest& number, const std::string& answer, Instant now);
  Result<Unlocked> Open(const Order& order, const RequestKey& key, const EmploymentRow& employment, Instant now);

  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  Random& random_;
  const Clock& clock_;
};

// What a session code opens now: nothing when there is none, it has expired, or the person works for who unlocked no
// longer. `code` is its SHA-256.
Result<std::optional<UnlockRow>> FindUnlocked(Store& store, const Digest& code, Instant now);

}  // namespace passport
