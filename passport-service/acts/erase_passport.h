// A person who works for nobody here any more has erased what the service keeps on their behalf.
//
// The holder key it keeps, what they have said of their records, invitations, and what a change of keys left behind go
// in one write; what they have given ends in the same write and names them no more. What organisations keep of them is
// those organisations' to keep until its time is over (rules of retention): it is named, not erased. So are the number
// of the passport, the digest of its code and the names of its keys, which is what the person asks with what is left.
#pragma once

#include <optional>
#include <vector>

#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/still_kept.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ErasePassport {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;  // for the audit trail: asking again changes nothing more and gets the list of that moment
  };
  struct Erased {
    std::vector<StillKept> kept;
  };
  // `rules` outlives it.
  ErasePassport(Store& store, PersonVault& vault, const Clock& clock, RebindPassport& rebind,
                const std::optional<RetentionRules>& rules)
      : store_(store), vault_(vault), clock_(clock), rebind_(rebind), rules_(rules) {}
  // The key is out of the files within the time of RebindPassport::ForgetWhatEnded. Fails with kHolderUnknown (it takes
  // the holder key, or the passport code where the service keeps that key), kStateConflict (somebody employs the person
  // still; the passport is being bound to another key, or was lost and replaced within a day), and as store and vault
  // do.
  Result<Erased> operator()(const Order& order);

 private:
  struct Going;
  Result<void> GatherKey(const PersonRow& person, Going& going);
  Result<void> GatherRebinding(const PersonRow& person, Going& going);
  Result<void> GatherWords(const PersonRow& person, Going& going);
  Result<void> GatherShares(const PersonRow& person, Going& going);
  Result<Going> Gather(const PersonRow& person, const Order& order);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  RebindPassport& rebind_;
  const std::optional<RetentionRules>& rules_;
};

}  // namespace passport
