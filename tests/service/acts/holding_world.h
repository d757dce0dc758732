// People with passports of several issuers, for tests of what becomes of them when a key is given up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/renew_shares.h"
#include "tests/service/acts/acts_world.h"

namespace passport {

struct HoldingWorld : ActsWorld {
  HoldingWorld();
  RenewShares renew_shares{store, *keys, *vault, trust_in_force, clock};
  RebindPassport rebinding{store, *keys, *vault, random, clock, *issuing, renew_shares.AsTurn()};

  // A person of the trust and of the council (employee number 1001 at both) with so many trainings of each.
  PersonId PersonWith(int of_trust, int of_council);
  // Another one, of the council alone (2002): the passport code.
  std::string OtherPerson(int of_council);
  // A training of its own subject; stops the test program when it is not issued.
  CredentialId Train(const Caller& by, std::string_view employee_number, int subject);
  // A badge, in a name that the employer has checked: of a record of its own, so that the person holds one more.
  CredentialId BadgeOf(const Caller& by, std::string_view employee_number);
  std::string Suspend(const Caller& by, const CredentialId& credential, StandingVerb verb, std::string_view why);

  // What a person holds: "current 12, suspended 3 (passport_replaced), revoked 2 (superseded)".
  std::string Held(const PersonId& person);
  std::vector<CredentialRow> AllHeld(const PersonId& person);
  // How many current credentials are bound to another key than the one that is good, or suspended ones for another
  // reason than the rebinding: 0 always.
  int GoodUnderAnotherKey(const PersonId& person);
  // Facts that stand, each once: kind and subject of current credentials under the good key.
  std::vector<std::string> Facts(const PersonId& person);
  std::string GoodKey(const PersonId& person);

  std::string code;  // of PersonWith
};

// A key in somebody's own hands.
P256Point KeyInHand();

RebindPassport::Order Lost(const PersonId& person, HeldAs held_as = HeldAs::kKept);

}  // namespace passport
