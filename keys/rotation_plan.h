// What is due in the life of keys: pure, from the keys as they stand and an instant to steps.
//
// A key is staged, published long enough for every receiver to have learnt it, then active beside the one before it,
// which is retired after an overlap. No step takes a key away: what was signed must stay verifiable. Each step can be
// done, or be interrupted and planned again: the keys themselves are all the state there is.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "keys/key_info.h"

namespace passport {

struct RotationPolicy {
  Seconds life;             // an active key is followed by another after so long
  Seconds published_ahead;  // and that one stands published so long before it signs
  Seconds overlap;          // the older one stays active for so long, so that signatures under way end with it
};
inline constexpr RotationPolicy kYearlyRotation{
    .life = {std::int64_t{365} * 86'400}, .published_ahead = {std::int64_t{30} * 86'400}, .overlap = {86'400}};

// The keys as they stand, and what the world outside has done for them.
struct KeyRing {
  std::vector<KeyInfo> keys;  // KeyStore::List
  // Kids of the keys that have a certificate; nothing while there is no authority that gives any, and none is waited
  // for.
  std::optional<std::set<std::string>> certified;
  std::set<KeyOwner> ended;  // issue nothing any more: their issue keys get no successors
};

enum class KeyStep {
  kStage,     // make a successor
  kReplace,   // make a key that signs at once: the one there was is compromised and no other is ready
  kCertify,   // have it certified
  kPublish,   // let receivers read it
  kActivate,  // let it sign
  kRetire,    // let it sign no more
};

struct PlannedStep {
  KeyStep step;
  KeyOwner owner;
  KeyRole role;
  std::string kid;  // empty for kStage and kReplace
  Instant due;
  constexpr bool operator==(const PlannedStep&) const = default;
};

// How a role is rotated. By the calendar: issue, status, receipt and seal keys. On order only, because receivers pin
// what it leads to: the registry key. Not at all: index (it would forget who is who) and the authorities, whose keys
// are bound to certificates made at a ceremony.
enum class RotationKind { kByCalendar, kOnOrder, kNever };
RotationKind RotationOf(KeyRole role);
// True for the roles whose keys are certified for X.509 readers.
bool IsCertifiedRole(KeyRole role);

// Every next step of every owner and role, by due time, then owner, role and kid; those with `due` not after `now` are
// to be done. Later steps are told as far as they are certain: a key that is not published yet has no day of
// activation.
std::vector<PlannedStep> PlanRotation(const KeyRing& ring, const RotationPolicy& policy, Instant now);

// "stage", "replace", "certify", "publish", "activate", "retire".
std::string_view WordOf(KeyStep step);

}  // namespace passport
