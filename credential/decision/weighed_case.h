// One person's records under one role: all that no duty changes, found out once.
//
// Which records a need looks at, and of those the days on which each meets it. A duty is then judged by comparing days;
// only what is not met by days alone is weighed condition by condition.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "credential/decision/prepared_profile.h"
#include "credential/decision/weighed_records.h"

namespace passport {

// The days on which a condition holds for a record.
struct Span {
  bool ever = true;
  std::optional<CivilDay> from = std::nullopt;     // the first of them; nothing: no beginning
  std::optional<CivilDay> through = std::nullopt;  // the last of them; nothing: no end
  bool through_shift = false;                      // the last day of the duty must be one of them, too
  // A fact that must be looked up again every few days anyway would always be about to end: it warns nobody.
  bool recheck = false;
  bool is_start = false;  // the day before `from` is a plain no, not something that is still to come
};

// A record that a leaf looks at.
struct Candidate {
  std::uint32_t record;
  bool too_low;  // of a course at a lower level
};

// A record that meets a leaf on these days, if its credential stands. What has no beginning begins, and what has no end
// ends, with the calendar.
struct Meets {
  std::uint32_t record;
  CivilDay begins;
  CivilDay ends;        // for the first day of the duty
  CivilDay ends_shift;  // for its last
  CivilDay warns;       // "expiring" is said before this day
  std::optional<CivilDay> holds_through;
  Instant expires_at;  // the credential
};

// The day so many months later (CivilDay::PlusMonths), by a table: dates are added up for every record.
CivilDay MonthsAfter(const WeighedDay& from, int months);

// Immutable; any thread may read. Points into profile and records and lives no longer; standings of the records may
// change meanwhile.
class WeighedCase {
 public:
  // Finding the days ahead pays from the third duty on; the answers are the same.
  enum class Days : std::uint8_t { kAhead, kWhenAsked };
  WeighedCase(const PreparedProfile& profile, const WeighedRecords& records, Days days);

  const PreparedProfile& profile() const { return *profile_; }
  const WeighedRecords& records() const { return *records_; }

  // Ascending. For a leaf.
  std::span<const Candidate> CandidatesOf(const PreparedNeed& leaf) const {
    const RowPart part = rows_[PositionOf(leaf)].candidates;
    return std::span<const Candidate>(candidates_).subspan(part.begin, part.end - part.begin);
  }
  // All that can meet a leaf, what holds longest first and of those alike the smaller record. Empty as well where days
  // were not found ahead, and where they do not say it: who issued what, where the place is, what is in parts.
  std::span<const Meets> MeetsOf(const PreparedNeed& leaf) const {
    const RowPart part = rows_[PositionOf(leaf)].meets;
    return std::span<const Meets>(meets_).subspan(part.begin, part.end - part.begin);
  }
  // How many conditions hold when it is met.
  std::uint32_t ConditionsOf(const PreparedNeed& leaf) const { return rows_[PositionOf(leaf)].conditions; }

  // When a course counts, and when a test that looks at the record alone holds.
  Span SpanOfCourse(const PreparedNeed& leaf, const Weighed& weighed) const;
  Span SpanOf(const PreparedCondition& condition, const Weighed& weighed) const;

  // Whether a word of the person is one of the profile's.
  bool IsAmong(WordNumber word, RowPart words) const;
  // A word of the profile by its number among the person's; kNoWord when they have it nowhere.
  WordNumber Known(WordNumber word) const { return known_words_[word]; }

 private:
  struct Row {
    RowPart candidates;
    RowPart meets;
    std::uint32_t conditions = 0;
  };
  std::size_t PositionOf(const PreparedNeed& need) const {
    return static_cast<std::size_t>(&need - profile_->needs().data());
  }
  void LookAt(const PreparedNeed& leaf, Row& row);
  void FindDays(const PreparedNeed& leaf, Row& row);
  std::optional<Candidate> CandidateFor(const PreparedNeed& leaf, std::uint32_t record) const;
  bool IsTold(const PreparedNeed& leaf, std::span<const Candidate> candidates) const;
  std::optional<Meets> MeetsOn(const PreparedNeed& leaf, std::uint32_t record) const;

  const PreparedProfile* profile_;
  const WeighedRecords* records_;
  std::vector<WordNumber> known_words_;
  std::vector<Row> rows_;  // by need
  std::vector<Candidate> candidates_;
  std::vector<Meets> meets_;
};

}  // namespace passport
