// What a profile asks of whoever answers to it: the kinds of record it looks at, and of each the facts that show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/decision/role_profile.h"
#include "credential/record/record.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct AskedRecord {
  const RecordKind* kind;
  std::vector<std::string> facts;  // those that show at the least, in the order of the kind
  std::string needs;               // the line of the profile, in its words; empty when no profile asks
  bool operator==(const AskedRecord&) const = default;
};

// By line and kind, in the profile's order, for one way of coming. Facts that are always shown, those the line looks at
// and how the record was checked; a not-if counts for every record of its kind.
std::vector<AskedRecord> AskedBy(const RoleProfile& profile, Engagement engagement);
// Of a kind without a profile: the facts named, what is always shown, and how it was checked. Fails with kFieldInvalid
// for a name that is no fact of the kind.
Result<AskedRecord> AskedOf(const RecordKind& kind, const std::vector<std::string>& facts);

// ChooseFor, where a request asks for less than its profile looks at: of the kinds that are asked for alone, and of
// each the facts. `asked` without any kind narrows nothing, a kind without facts none of its facts.
std::vector<Showable> ChooseAsked(const RoleProfile& profile, const Taxonomies& taxonomies,
                                  const std::vector<HeldRecord>& held, const std::vector<AskedRecord>& asked,
                                  const Duty& duty);

// What answers where kinds are asked for and no profile. Every fact of a kind once, by the newest record in force that
// tells it: one that can not be told to be in force only where there is no other, one that is suspended or revoked
// never. Of a record the facts that were asked for and that it has. What is true only at its issuer (an employment) is
// another fact at another; anything else is the same whoever says it.
struct KindsAnswered {
  std::vector<Showable> showing;
  std::vector<std::string> missing;  // words of kinds of which nothing is held
};
KindsAnswered ChooseKinds(const std::vector<AskedRecord>& asked, const std::vector<HeldRecord>& held);

// Whether everything a record shows was asked for. Says nothing of how many records show.
bool IsAskedFor(const Record& record, const std::vector<AskedRecord>& asked);

}  // namespace passport
