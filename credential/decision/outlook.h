// What a passport is good for in the coming weeks: what ends, and when, by the strictest rule of the roles its person
// works in; and what they lack for a role they want. Pure.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"

namespace passport {

// How far one looks, and the steps it is told in. Days; the last is the furthest.
inline constexpr std::array<int, 3> kOutlookSteps = {7, 30, 90};

// Something that holds today and will not for long.
struct ComingEnd {
  CivilDay last_day;                    // on which it holds
  std::string profile;                  // whose rule ends it; empty: the credential itself runs out
  std::string requirement;              // of the profile
  std::string needs;                    // in the profile's words; of a credential the label of its kind
  std::vector<CredentialId> relied_on;  // what it stands on until then
  std::string who;                      // who can put it right
  std::string how;                      // and how

  // The smallest of kOutlookSteps within which it ends: the last day is fewer than so many days from `today`.
  int Within(const CivilDay& today) const;
};

// Something a role needs that is not there.
struct Lack {
  CivilDay from;  // today, or the day from which another version of the profile asks for it
  std::string profile;
  std::string requirement;
  std::string needs;
  Outcome outcome;  // not met, or cannot tell
  Reason reason;
  std::string who;
  std::string how;
};

struct Outlook {
  CivilDay today;
  std::vector<ComingEnd> ends;  // the earliest first; of one day in the order of the roles
  std::vector<Lack> lacks;      // in the order of the roles

  // The end that comes first of all that stand on a credential, its own among them: the strictest rule. Null when there
  // is none within the furthest step.
  const ComingEnd* StrictestOf(const CredentialId& credential) const;
};

// For whom and how somebody works in the roles.
struct OutlookTerms {
  OrganisationId receiver;
  OrganisationId place;
  Engagement engagement;
  CivilDay today;
};

// The version of a profile in force on a day (RuleBook::InForce).
using ProfileOn = std::function<Result<const RoleProfile*>(std::string_view id, const CivilDay& day)>;

// Decides each role for every day up to the furthest step, by the profiles and taxonomies in force on that day, as if
// nothing else changed: ninety decisions take milliseconds, and whatever makes a day matter (a period, a credential's
// own end, a new version of a rule, a record that is needed by another one) is in them. Fails as Decide and
// `profile_on` do for today; a profile that is not in force any more on a later day ends what is said of that role.
Result<Outlook> LookAhead(std::span<const std::string> roles, const ProfileOn& profile_on, const Taxonomies& taxonomies,
                          const VerifiedRecords& records, const OutlookTerms& terms);

}  // namespace passport
