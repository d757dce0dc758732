// Takes up an employer's invitation: the key that proves the call is bound to a passport, or the passport that it
// belongs to already is joined by the employer. Where the service keeps the key, the passport code proves it; where the
// person has it, nothing else does. So a second job brings no second passport; two passports never become one by a name
// or a number.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

struct RedeemOrder {
  HolderCaller by;
  RequestId request;
  std::string invitation;
  std::string code;
  std::optional<HeldAs> held_as;  // of the key; nothing when proved by the passport code
};
struct Redeemed {
  PersonId person;
  OrganisationId organisation;
  std::optional<std::string> passport_code = {};  // told once: of a new passport, and after a loss
  std::uint32_t signed_again = 0;
};

// An invitation that follows a loss, with the code it was opened by. What it is redeemed with is a key that is bound to
// nobody.
struct RedemptionAfterLoss {
  const RedeemOrder& order;
  const InvitationRow& invitation;  // `replaces` is there
  const InvitationContent& content;
  const RequestKey& request;  // changes must end in RememberAnswer of it, with SealRedeemed
  Instant now;
};
// Ends the invitation (EndInvitation, kRedeemed) in the write that does the rest. Fails with kStateConflict when the
// invitation was changed meanwhile; then it is asked again.
using RedeemAfterLoss = std::function<Result<Redeemed>(const RedemptionAfterLoss&)>;

// The answer to a request as it is kept. Fails as PersonVault::Seal.
Result<std::string> SealRedeemed(PersonVault& vault, const RequestKey& key, const Digest& number,
                                 const Redeemed& redeemed);

class RedeemInvitation {
 public:
  RedeemInvitation(Store& store, PersonVault& vault, Random& random, const Clock& clock, RedeemAfterLoss after_loss)
      : store_(store), vault_(vault), random_(random), clock_(clock), after_loss_(std::move(after_loss)) {}
  // The same request of the same caller gets the same answer. Fails with kNotFound, in the same words whether there is
  // no such invitation, its code is another, or it was redeemed, has expired or is dead; each wrong code counts. Fails
  // with kHolderUnknown (a code of a passport in the person's own hands), kFieldInvalid, kAlreadyExists (the employee
  // number was taken meanwhile), kStateConflict (the key was given up before), kRequestReused, and as store and key
  // store do.
  Result<Redeemed> operator()(const RedeemOrder& order);

 private:
  struct Try;
  // `collided`: somebody was first with a write, and what it built on is to be looked at again.
  Result<Redeemed> Once(const RedeemOrder& order, Instant now, bool& collided);
  Result<Redeemed> Judge(const Try& attempt, bool& collided);
  Result<Redeemed> Again(const Try& attempt, const std::string& answer);
  Result<void> CountWrong(const Try& attempt, bool& collided);
  Result<std::optional<PersonId>> WhoIs(const HolderCaller& by);
  Result<Redeemed> Enrol(const Try& attempt, const InvitationContent& content, std::optional<PersonId> person,
                         bool& collided);

  Store& store_;
  PersonVault& vault_;
  Random& random_;
  const Clock& clock_;
  const RedeemAfterLoss after_loss_;
};

}  // namespace passport
