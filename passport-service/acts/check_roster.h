// May the people on this roster work these shifts? Line by line, by one snapshot and one rule book for the whole call.
//
// Nothing is kept of a call but what it answered: each outcome is a row of reliance with its receipt, and the rows of a
// block and its audit row are one write before the block is answered. So a call that broke off is gone on with by
// sending the lines that were not answered.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/line_ids.h"
#include "passport-service/acts/roster_evidence.h"
#include "passport-service/ports/clock.h"

namespace passport {

// As the caller gave it; whatever is wrong with it is a reason on this line.
struct RosterLine {
  static constexpr std::size_t kIdMax = 64;  // bytes
  std::string id;                            // the caller's own, once in a call
  std::string employee_number;               // of the caller's own people; or
  std::string share;                         // the id of a share that was given to the caller
  std::string profile;
  std::string place;  // the caller's own if empty
  Engagement engagement = Engagement::kPlacement;
  std::optional<Instant> starts_at = {};
  std::optional<Instant> ends_at = {};
  std::optional<Fault> misread = {};  // what could not be read of it
};

struct RosterResult {
  std::uint64_t position = 0;  // of the line in the call; the first is 1
  std::string id = {};         // the line's; empty where it is none
  // One of the two.
  std::optional<Decision> decision = {};
  std::optional<Fault> refused = {};
};
// The reason of the first line of a decision that fares as the whole does; kNone when it is met.
Reason FirstReason(const Decision& decision);

struct RosterTally {
  std::uint64_t lines = 0;
  std::uint64_t met = 0;
  std::uint64_t met_expiring = 0;
  std::uint64_t not_met = 0;
  std::uint64_t cannot_tell = 0;
  std::uint64_t refused = 0;
};

struct RosterTerms {
  std::uint64_t lines_max = 1'000'000;  // of one call
  std::size_t remembered_max = 1'000;   // people whose records a call remembers
};

class CheckRoster;

// One call on its way. One thread.
class Roster {
 public:
  static constexpr std::size_t kBlockMax = 100;  // lines
  static constexpr int kAheadDaysMax = 366;      // of the start of a shift
  const std::string& snapshot_id() const { return known_.trust->id(); }
  bool explains() const { return explains_; }
  // Judges a block of lines and has it on record. A line that can not be judged says why; the others go on. Fails with
  // kLimit when the call has more lines than one takes, kFieldInvalid when the block has none or more than kBlockMax,
  // kSigning or kKeyState, and as store and key store do when nothing can be written: then no line of it is answered.
  Result<std::vector<RosterResult>> Take(const std::vector<RosterLine>& lines);
  const RosterTally& tally() const { return tally_; }

 private:
  friend class CheckRoster;
  // One line, and what its answer rests on.
  struct Judged {
    RosterResult result;
    std::shared_ptr<const RosterEvidence> evidence;
    std::vector<UnservedShare> unserved;
  };
  enum class Shares { kCount, kChanging };
  Roster(const CheckRoster& act, Caller by, Reliance reliance, Known known, bool explains);
  std::vector<RosterResult> Number(const std::vector<RosterLine>& lines);
  Judged Judge(const RosterLine& line, RosterResult numbered, Shares shares, Instant now);
  Result<Decision> Decided(const RosterLine& line, Shares shares, Instant now, Judged& judged);
  Result<void> Keep(std::vector<Judged>& block, Instant now);
  Result<void> AddReliances(std::vector<Judged>& block, Instant now, Changes& changes);
  void Count(const RosterResult& result);

  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const Clock& clock_;
  const RosterTerms terms_;
  const Caller by_;
  const Reliance reliance_;
  const Known known_;
  const bool explains_;
  FindRosterEvidence evidence_;
  LineIds ids_;
  RosterTally tally_;
};

class CheckRoster {
 public:
  struct Order {
    Caller by;
    std::string purpose;    // a word of the list relying_purpose
    std::string agreement;  // under which other employers' checks count: 1 to 40, or empty
    bool explain = false;   // with every decision all its lines
  };
  CheckRoster(Store& store, const KeyStore& keys, PersonVault& vault, Random& random, const CurrentTrust& trust,
              const Clock& clock, RosterTerms terms)
      : store_(store), keys_(keys), vault_(vault), random_(random), trust_(trust), clock_(clock), terms_(terms) {}
  // Begins a call; the act outlives it. Fails with kWordUnknown (purpose), kFieldInvalid (agreement), kNotPermitted
  // (explanations are for the role that verifies), kCallerUnknown, kRegistryStale, and as the store does.
  Result<std::unique_ptr<Roster>> operator()(const Order& order);

 private:
  friend class Roster;
  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  Random& random_;
  const CurrentTrust& trust_;
  const Clock& clock_;
  const RosterTerms terms_;
};

}  // namespace passport
