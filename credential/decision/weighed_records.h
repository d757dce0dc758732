// One person's records, read once for any number of duties: texts of days as days, words as numbers, by kind.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "credential/decision/word_table.h"
#include "credential/presentation/verified_presentation.h"

namespace passport {

// A record as it comes, with what is known of it. Points into what is judged and lives no longer.
struct Weighable {
  const CredentialId* credential;
  const Record* record;
  const OrganisationId* issuer;
  std::string_view issuer_type;
  std::string_view holder;
  std::optional<Instant> expires_at;
  Standing standing;
  Reason standing_reason;
};

// A day that months are added to.
struct WeighedDay {
  CivilDay day;
  std::int16_t months;     // whole months from January 1900 to its own
  std::int16_t day_of_it;  // 1 to 31
};

// One record on the scales.
struct Weighed {
  const RecordKind* kind;
  std::uint32_t first_fact;  // of as many as its kind has fields
  std::uint32_t given;       // its position among the records as they came
  WordNumber issuer;
  WordNumber issuer_type;
  WordNumber holder;
  Standing standing;
  Reason standing_reason;  // of the standing, or of a registry that is too old
  int grade;               // of its assurance; -1 when that was not shown
  std::optional<Instant> expires_at;
  std::optional<CivilDay> runs_through;  // the last day on which the credential has not run out
};

// Of an assurance grade among kAssuranceGrades.
int GradeOf(std::string_view grade);

// What is known now of a record whose facts stay as they were.
struct RecordStanding {
  Standing standing;
  Reason reason;  // kNone when good
};

// Immutable but for Restand; keeps nothing of what it was made from. A record is named by its position in the order of
// credential ids: the smaller id is the smaller position. A fact is named by the position of its field in its kind.
class WeighedRecords {
 public:
  // `registry` is kNone, or why nothing here is more than "cannot tell".
  WeighedRecords(std::span<const Weighable> records, Reason registry);

  // Other standings of the same records, in the order in which they came. Takes no memory.
  void Restand(std::span<const RecordStanding> standings, Reason registry);

  std::size_t size() const { return records_.size(); }
  const Weighed& operator[](std::uint32_t record) const { return records_[record]; }
  const CredentialId& IdOf(std::uint32_t record) const { return ids_[record]; }
  // Of the kind at that position of AllRecordKinds(), ascending.
  std::span<const std::uint32_t> OfKind(std::size_t kind) const {
    return {by_kind_.data() + kind_begins_[kind], by_kind_.data() + kind_begins_[kind + 1]};
  }
  Reason registry() const { return registry_; }
  const WordTable& words() const { return words_; }

  // Each of a field of that shape. Null, -1 or kNoWord when it was not shown.
  const WeighedDay* DayAt(const Weighed& record, std::size_t field) const {
    const std::int32_t fact = facts_[record.first_fact + field];
    return fact < 0 ? nullptr : &days_[static_cast<std::size_t>(fact)];
  }
  int NumberAt(const Weighed& record, std::size_t field) const { return facts_[record.first_fact + field]; }
  WordNumber WordAt(const Weighed& record, std::size_t field) const {
    return static_cast<WordNumber>(facts_[record.first_fact + field]);
  }

 private:
  void Add(const Weighable& from, std::uint32_t given);
  std::int32_t Read(const Fact& fact);
  void SortByKind();

  std::vector<Weighed> records_;
  std::vector<CredentialId> ids_;
  std::vector<std::int32_t> facts_;  // a number, a word's number or a position in days_; -1: not shown
  std::vector<WeighedDay> days_;
  WordTable words_;
  std::vector<std::uint32_t> by_kind_;
  std::vector<std::uint32_t> kind_begins_;
  Reason registry_;
};

// The position in AllRecordKinds().
std::size_t PositionOf(const RecordKind& kind);

}  // namespace passport
