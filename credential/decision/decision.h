// May this person work this role, here, on this shift, and if not, what exactly is missing?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/duty.h"
#include "credential/decision/role_profile.h"
#include "credential/presentation/verified_presentation.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// Worst last. Cannot tell is never rounded to yes or no; beside a not met it gives not met.
enum class Outcome { kMet, kMetExpiring, kCannotTell, kNotMet };
// "met", "met_expiring", "cannot_tell", "not_met".
std::string_view WordOf(Outcome outcome);
// The other way; nothing for any other word.
std::optional<Outcome> OutcomeOf(std::string_view word);

// One requirement and how it fares.
struct DecisionLine {
  std::string requirement;  // id
  std::string needs;        // in the profile's words
  Outcome outcome;
  Reason reason;                          // kNone when met
  std::vector<CredentialId> relied_on;    // the records that decided, sorted; empty when there is none
  std::optional<CivilDay> holds_through;  // last day on which this is still met; nothing when unbounded or not met
  std::string who;                        // who can put it right, and how; empty when met
  std::string how;
};

struct Decision {
  Outcome outcome;
  std::string profile;
  int profile_version;
  Digest profile_digest;
  Duty duty;
  std::string snapshot_id;
  Instant decided_at;
  std::vector<DecisionLine> lines;  // one for each requirement that applies, in the profile's order
  // The earliest day on which a line stops being met; nothing when unbounded or not met.
  std::optional<CivilDay> holds_through() const;
};

// Pure. Judges the records as they were verified, for one duty, by the taxonomies of its first day. A record counts no
// longer than its credential's own exp. A profile not in force on the first day is kNotYetInForce; one that requires
// nothing at all for this engagement answers nothing (kFieldInvalid). How each form of need is judged:
// docs/formats/role-profile.md.
Result<Decision> Decide(const RoleProfile& profile, const Taxonomies& taxonomies, const VerifiedRecords& records,
                        const Duty& duty);

// A record somebody holds, as far as choosing goes.
struct HeldRecord {
  CredentialId credential;
  const Record* record;
  OrganisationId issuer;
  std::string issuer_type;  // as the registry lists it; empty when it does not
  std::optional<Instant> expires_at;
  Standing standing;  // as far as the holder knows
};
// What to show of it.
struct Showable {
  CredentialId credential;
  std::vector<std::string> facts;
};
// The least that speaks to a profile for a duty: for each requirement the held records that fare best, of them the
// facts the profile asks about and how they were checked. Where several records, or alternatives, satisfy a line
// equally well, those are taken with which fewer facts show in all, then fewer credentials; else as Decide() ranks. Up
// to a few hundred combinations are all tried; beyond that no single other choice shows less. Requirements nothing is
// held for are left out. With them what they stand on: whose issuer or holder they must share, what a not-if asks
// about.
std::vector<Showable> ChooseFor(const RoleProfile& profile, const Taxonomies& taxonomies,
                                const std::vector<HeldRecord>& held, const Duty& duty);

}  // namespace passport
