// The short answer, for whoever has many to give: a roster asks for thousands of people, each for many shifts.
//
// What a decision is made from is prepared: a profile once for all people, the records of a person once for all roles,
// and what the one says to the other once for all duties. Then a duty is judged in less than a microsecond. Decide() is
// the same judging, with words.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/decision/judge.h"
#include "credential/decision/prepared_profile.h"
#include "credential/decision/weighed_records.h"

namespace passport {

// One person's verified records, ready to be judged. Keeps all it needs and nothing else: what it was made from may go.
// Any thread may read.
class PreparedRecords {
 public:
  explicit PreparedRecords(const VerifiedRecords& verified);

  // What another snapshot says of the same records.
  struct Standings {
    std::span<const RecordStanding> records;  // in the order of the verified records
    Reason registry;                          // kNone when the registry is fresh
    std::string_view snapshot_id;
    Instant verified_at;
  };
  // Takes the place of what was known; facts, issuers and ends stay. Whoever calls has looked every status up, and at
  // the issuers in the registry, as verifying again would: nothing here can tell. Costs some nanoseconds a record. Not
  // while another thread reads.
  void Restand(const Standings& standings);

  const WeighedRecords& weighed() const { return weighed_; }
  const std::string& snapshot_id() const { return snapshot_id_; }
  Instant verified_at() const { return verified_at_; }

 private:
  WeighedRecords weighed_;
  std::string snapshot_id_;
  Instant verified_at_;
};

// One person under one role: what their records say to the profile, whatever the duty. Points into both and lives no
// longer; Restand() may be called meanwhile. Any thread may read.
class PreparedCase {
 public:
  // One that is asked about once or twice is not worth its days.
  using Days = WeighedCase::Days;
  PreparedCase(const PreparedProfile& profile, const PreparedRecords& records, Days days = Days::kAhead)
      : weighed_(profile, records.weighed(), days), records_(&records) {}

  const PreparedProfile& profile() const { return weighed_.profile(); }
  const PreparedRecords& records() const { return *records_; }
  const WeighedCase& weighed() const { return weighed_; }

 private:
  WeighedCase weighed_;
  const PreparedRecords* records_;
};

// What the lines of a decision come to.
struct Judgement {
  Outcome outcome;
  // The first requirement that fares as the outcome says, by its position in the profile, and its reason: kNone when
  // it is met.
  std::size_t requirement;
  Reason reason;
  // The earliest day on which a line stops being met; nothing when unbounded or not met.
  std::optional<CivilDay> holds_through;
  bool operator==(const Judgement&) const = default;
};

// Judges one duty after the other, and takes no more memory once it has seen the largest. Belongs to one thread; what
// it is asked does not depend on what it was asked before.
class DutyJudge {
 public:
  // The profile must have been prepared for the first day of the duty (PreparedProfile::Serves). Both fail as Decide()
  // does, and say the same.
  Result<Judgement> Of(const PreparedCase& prepared, const Duty& duty);
  Result<Decision> Explain(const PreparedCase& prepared, const Duty& duty);

 private:
  JudgeRoom room_;
};

}  // namespace passport
