// May this person work this role on this day, and if not, what exactly is missing?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/presentation/verified_presentation.h"

namespace passport {

// Worst last. Cannot tell is never rounded to yes or no; beside a not met it gives not met.
enum class Outcome { kMet, kMetExpiring, kCannotTell, kNotMet };
// "met", "met_expiring", "cannot_tell", "not_met".
std::string_view WordOf(Outcome outcome);

// One requirement and how it fares.
struct DecisionLine {
  std::string requirement;  // id
  std::string needs;        // in the profile's words
  Outcome outcome;
  Reason reason;                          // kNone when met
  std::vector<CredentialId> relied_on;    // the record that decided, if there is one
  std::optional<CivilDay> holds_through;  // last day on which this is still met; nothing when unbounded or not met
};

struct Decision {
  Outcome outcome;
  std::string profile;
  int profile_version;
  CivilDay day;
  std::string snapshot_id;
  Instant decided_at;
  std::vector<DecisionLine> lines;  // one for each requirement, in the profile's order
};

// Pure. Judges the records as they were verified, for one day. A profile not in force on that day is kNotYetInForce.
Result<Decision> Decide(const RoleProfile& profile, const VerifiedPresentation& presentation, CivilDay day);

// A record somebody holds, as far as choosing goes.
struct HeldRecord {
  CredentialId credential;
  const Record* record;
  Standing standing;  // as far as the holder knows
};
// What to show of it.
struct Showable {
  CredentialId credential;
  std::vector<std::string> facts;
};
// The credentials and facts that speak to a profile on a day: for each requirement the held record that fares best, and
// of it the facts the profile asks about: the same ranking as Decide(). Requirements nothing is held for are left out.
std::vector<Showable> ChooseFor(const RoleProfile& profile, const std::vector<HeldRecord>& held, CivilDay day);

}  // namespace passport
