// Writes an event on the day something begins that was signed for later: a state or a succession of an organisation, a
// version of a taxonomy or a role profile. Who follows the events hears of it then, and not only when it was signed.
#pragma once

#include "credential/decision/rule_book.h"
#include "passport-service/acts/registry_steps.h"
#include "passport-service/ports/store.h"

namespace passport {

// "organisation.began", "profile.began" and "taxonomy.began", for what has begun since the last time and no later than
// `now`; nothing the first time. Events and how far it has got are one write. True when there were any; the next call
// with this `now` has none. Fails as the store does.
Result<bool> TellBeginnings(Store& store, const OrganisationRows& rows, const RuleBook& rules, Instant now);

}  // namespace passport
