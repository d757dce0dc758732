// A person leaves an employer: what says that they work there ends, and nothing else.
//
// Which kinds of record end is data of the kind (RecordKind::ends_with_employment). Somebody who still works there
// under another number keeps what does not name the number that ends. The employment stays known, for the records; the
// person no longer counts as one of the employer's people, until an employment is issued under the number again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Of EmploymentRow::sealed_leaving, under owner::Employee.
inline constexpr std::string_view kLeavingContext = "leaving reason";

class EndEmployment {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;
    std::string reason;  // word of the list leaving_reason, but not that they are still employed
  };
  struct Ended {
    std::vector<CredentialId> revoked;
    std::uint32_t kept = 0;  // the caller's credentials of the person that stand as before
  };
  EndEmployment(Store& store, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), clock_(clock) {}
  // One write. Who has left already is left as they are: nothing more is revoked. Fails with kCallerUnknown, kNotFound
  // (nobody of the caller's has the number), kWordUnknown, kFieldInvalid, kRequestReused, and as the store does.
  Result<Ended> operator()(const Order& order);

 private:
  Result<bool> Depends(const CredentialRow& row, const Order& order, bool works_on) const;

  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

// True while a person works for an employer under any number: they have not left under all of them.
Result<bool> WorksFor(Store& store, const OrganisationId& employer, const PersonId& person);
// The same for any employer. Asks each one there is.
Result<bool> WorksAnywhere(Store& store, const PersonId& person);

}  // namespace passport
