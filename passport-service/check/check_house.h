// Whether everything the store holds fits together.
//
// Walks every row and every rule between rows: for tests after each fault, and for the operator after a restore. A
// violation is a sentence without personal data; opaque ids may stand in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "credential/vocabulary/result.h"
#include "passport-service/ports/store.h"

namespace passport {

struct HouseReport {
  std::uint64_t organisations = 0;
  std::uint64_t people = 0;
  std::uint64_t employments = 0;
  std::uint64_t holder_keys = 0;
  std::uint64_t rebindings = 0;
  std::uint64_t unlocks = 0;
  std::uint64_t disputes = 0;
  std::uint64_t shares = 0;
  std::uint64_t invitations = 0;
  std::uint64_t identity_checks = 0;
  std::uint64_t status_lists = 0;
  std::uint64_t status_entries = 0;
  std::uint64_t credentials = 0;
  std::uint64_t answers = 0;
  std::uint64_t documents = 0;  // versions
  std::uint64_t standing_records = 0;
  std::uint64_t match_keys = 0;
  std::uint64_t imports = 0;
  std::uint64_t drafts = 0;
  std::uint64_t reliances = 0;
  std::uint64_t overrides = 0;
  std::uint64_t systems = 0;
  std::uint64_t audit_rows = 0;
  std::uint64_t events = 0;
  std::uint64_t intents = 0;            // pending: the reconciler settles them, so they are no violation
  std::vector<std::string> violations;  // empty when all is well; at most kViolationsMax
};
inline constexpr std::size_t kViolationsMax = 100;

// Best on a store at rest: what changes between two reads of the walk may look like a violation. Needs memory for the
// ids and slots of all credentials. Fails when the store can not be read.
//
// The rules:
//   the audit chain has no gap, each row holds the hash of the one before and its own; so do the rows of one actor
//   events are numbered without a gap
//   a status list's counter is within its size
//   a slot belongs to one credential or intent, and its list has handed it out (SlotPermutation)
//   a credential's status entry is that of its state: current 0, revoked 1, suspended 2
//   a decoy of a list (StatusListRow::first_decoy) is nobody's, and its entry is one that a credential could have
//   a status list that is retired is full, and all its credentials had expired
//   an entry without credential is that of a void attempt: 1, handed out, and of no pending intent
//   a credential has a person who exists, is among what the person holds, has the answer of its request, and the audit
//   rows "credential.issue.intended" and "credential.issued" of its request
//   no intent has a credential or an answer
//   an employment has an organisation and a person who exist, and the organisation employs the person
//   a share has a receiver who exists, names nobody who does not, and counts the looks it has; one that is live has a
//   person, holds something sealed under a data key that is there, is due one day and is found by its credentials and
//   by whom it is about; one that is over holds nothing; only one without a day is looked at once a holder key has a
//   person who exists, is among theirs, and one of them at most is good a rebinding has a person who exists and is
//   found by the code of before an unlocked passport has a person and an organisation who exist, and is found by its
//   code a dispute is about a credential of that organisation, held by the person who raised it, and is among theirs an
//   invitation has an organisation that exists, is among those for its number, and holds something while it is open and
//   only then; an identity check is of somebody the organisation employs the versions of a document are 1, 2, 3, ...
//   and the last is the newest; the registry's may leave numbers out a standing record names a credential of that
//   organisation, person and kind that is not revoked a match key names a person the organisation employs, and is among
//   the keys of that person a draft belongs to an import of an organisation that exists a draft names a credential,
//   which exists, when it is issued and only then a series of imports names one of its own that was issued, with its
//   sequence a chain of reliance (of an organisation, and of each person within it) has no gap, each link holds the
//   hash of the one before and its own, and the chain ends with the link that is kept as its last an override stands
//   beside a reliance row that exists a system has a name that parses and an organisation that exists, and no
//   certificate twice
Result<HouseReport> CheckHouse(Store& store);

}  // namespace passport
