// A passport that was lost: reported by the person, replaced by an employer who has made sure who they are, and taken
// back by the person within a day.
//
// A report changes nothing: who has only a code, or only a key, can do no harm. An employer's word with an identity
// check of today kills the old key everywhere at once. Within the day the person takes that back with the code of
// before and, besides, the key of before; of a passport that the service kept, with a session code that an employer has
// given them since, having made sure who they are. A thief who has one of the two can not. Once: the replacement that
// follows within a day is final, so who had moved the passport to a key of their own is rid of then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/redeem_invitation.h"

namespace passport {

class ReportLoss {
 public:
  struct Order {
    HolderCaller by;  // by the passport code alone
    RequestId request;
    bool end_shares = false;
  };
  struct Reported {
    std::string id;  // for the employer
  };
  ReportLoss(Store& store, Random& random, const Clock& clock) : store_(store), random_(random), clock_(clock) {}
  // The same request gets the same one; another one takes the place of a report
  // that is open. Fails with kHolderUnknown, kStateConflict while a replacement can be taken back or a move is under
  // way, and as the store does.
  Result<Reported> operator()(const Order& order);

 private:
  Store& store_;
  Random& random_;
  const Clock& clock_;
};

class ReplacePassport {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string employee_number;
    IdentityCheck identity;                  // made today
    std::optional<std::string> report = {};  // the person's own, if there is one
    HeldAs held_as = HeldAs::kKept;
    bool end_shares = false;  // where `report` is named, what that says counts
  };
  struct Replaced {
    RebindPassport::Outcome outcome;
    std::optional<Invitation> invitation = {};  // for a file or a wallet: who redeems it brings the new key
  };
  ReplacePassport(Store& store, PersonVault& vault, const CurrentTrust& trust, Random& random, const Clock& clock,
                  RebindPassport& rebind)
      : store_(store), vault_(vault), trust_(trust), random_(random), clock_(clock), rebind_(rebind) {}
  // Whom the person has left replaces their passport only while nobody employs them. Within a day of a replacement that
  // was taken back the next one is final. Fails with kCallerUnknown, kFieldInvalid, kWordUnknown, kNotFound (nobody of
  // the caller's has the number, no such report), kRequestReused, kStateConflict (the same request, when it is over),
  // and as RebindPassport does.
  Result<Replaced> operator()(const Order& order);

 private:
  Result<bool> MayReplace(const OrganisationId& employer, const PersonId& person);
  Result<Replaced> Again(const PersonId& person, const std::string& answer);

  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  Random& random_;
  const Clock& clock_;
  RebindPassport& rebind_;
};

class UndoReplacement {
 public:
  struct Order {
    HolderCaller by;  // with the key of before, unless the service kept it
    RequestId request;
    std::string passport_code;      // of before
    std::string session_code = {};  // of UnlockPassport, since the loss: of a passport that the service kept
  };
  struct Undone {
    std::uint64_t reinstated = 0;  // credentials that are good again
  };
  UndoReplacement(Store& store, RebindPassport& rebind, const Clock& clock)
      : store_(store), rebind_(rebind), clock_(clock) {}
  // The same request gets the same answer for a day. Fails with kHolderUnknown, in the same words whatever was wrong,
  // with kStateConflict when the day is over, and as RebindPassport does. A passport that was kept and was replaced as
  // a file or wallet is not taken back: nobody can open it for the person. The employer replaces it once more.
  Result<Undone> operator()(const Order& order);

 private:
  Result<HolderCaller> ProvedBy(const Order& order, const RebindingRow& loss);
  Store& store_;
  RebindPassport& rebind_;
  const Clock& clock_;
};

// What RedeemInvitation does with an invitation that follows a loss.
RedeemAfterLoss BringsTheNewKey(PersonVault& vault, RebindPassport& rebind);

}  // namespace passport
