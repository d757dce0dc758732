// A role profile made ready to judge by: its needs in one row, its words numbered, its courses looked up.
//
// Preparing costs some microseconds, judging by it less than one: whoever asks about many people prepares once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/decision/word_table.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// Positions [begin, end) of a row.
struct RowPart {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct PreparedCondition {
  const Condition* condition;
  Condition::Test test;
  bool through_shift;
  bool by_choice;         // whether the fact may have been kept back
  bool of_place = false;  // kIssuerIs: the place, not the receiver
  Reason otherwise;
  std::uint32_t field;      // position of the fact in its kind; of a test without a fact nothing
  int amount;               // kAssurance: the least grade
  RowPart words;            // in word_row(); kOneOf, kIssuerType
  std::uint32_t refers_to;  // position of a requirement; kSameIssuerAs, kSamePersonAs
};

// True for a test that looks at a record and who signed it, and at nothing of the duty but its days.
constexpr bool IsOfRecord(Condition::Test test) {
  return test != Condition::Test::kIsPlace && test != Condition::Test::kIssuerIs &&
         test != Condition::Test::kSameIssuerAs && test != Condition::Test::kSamePersonAs;
}

// A node of what is needed. What stands in it stands right behind it: the first child next, every further child `size`
// of the one before behind that one.
struct PreparedNeed {
  const Need* need;
  Need::Form form;
  std::optional<Engagement> when;
  std::uint32_t size;    // itself and all that stand in it
  std::uint32_t kind;    // kRecord, kTraining: position in AllRecordKinds()
  std::uint32_t course;  // kTraining: position in courses()
  RowPart picks;         // in conditions()
  RowPart conditions;
};

// The children of a need, for a loop.
class NeedsIn {
 public:
  class Iterator {
   public:
    explicit Iterator(const PreparedNeed* at) : at_(at) {}
    const PreparedNeed& operator*() const { return *at_; }
    Iterator& operator++() {
      at_ += at_->size;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const PreparedNeed* at_;
  };
  explicit NeedsIn(const PreparedNeed& need) : need_(&need) {}
  Iterator begin() const { return Iterator(need_ + 1); }
  Iterator end() const { return Iterator(need_ + need_->size); }

 private:
  const PreparedNeed* need_;
};

// What counts for a course: a record of `subject` with a level in between.
struct PreparedCover {
  std::uint32_t subject;  // a word
  int level_min;
  int level_max;
};

// A subject that is taught in parts.
struct PreparedParts {
  std::uint32_t subject;  // a word
  RowPart parts;          // in word_row()
};

// A course as the taxonomies of the day have it.
struct PreparedCourse {
  bool known;  // subject, level and period
  std::uint32_t subject;
  int level;
  std::optional<int> months;  // how long it counts; nothing: for good
  RowPart covers;             // in covers()
  RowPart in_parts;           // in in_parts(): of the subjects above
};

// The facts of mandatory training that a course is judged by: positions of fields.
struct CourseFields {
  std::uint32_t subject;
  std::uint32_t level;
  std::uint32_t part;
  std::uint32_t achieved_on;
};

struct PreparedRequirement {
  const Requirement* requirement;
  std::uint32_t need;      // position in needs()
  std::uint32_t referred;  // of what a reference to it looks at
};

// Immutable; any thread may read. Points into the profile and the taxonomies and lives no longer.
class PreparedProfile {
 public:
  // For duties whose first day is `day`, or another one on which the taxonomies say the same.
  PreparedProfile(const RoleProfile& profile, const Taxonomies& taxonomies, const CivilDay& day)
      : PreparedProfile(profile, taxonomies.On(day)) {}
  // For duties whose first day is one of these terms.
  PreparedProfile(const RoleProfile& profile, const Terms& terms);

  // Whether it is of this profile and serves for duties that begin on this day: a cache of one is kept so long.
  bool Serves(const RoleProfile& profile, const Taxonomies& taxonomies, const CivilDay& day) const {
    return &profile == profile_ && &taxonomies.On(day) == terms_;
  }

  const RoleProfile& profile() const { return *profile_; }
  const std::vector<PreparedRequirement>& requirements() const { return requirements_; }  // in the profile's order
  const std::vector<PreparedNeed>& needs() const { return needs_; }
  const PreparedNeed& need(std::uint32_t at) const { return needs_[at]; }
  const PreparedCourse& course(std::uint32_t at) const { return courses_[at]; }
  const CourseFields& course_fields() const { return course_fields_; }
  const WordTable& words() const { return words_; }  // all that any test asks about

  std::span<const PreparedCondition> Conditions(RowPart part) const { return PartOf(conditions_, part); }
  std::span<const WordNumber> Words(RowPart part) const { return PartOf(word_row_, part); }
  std::span<const PreparedCover> Covers(RowPart part) const { return PartOf(covers_, part); }
  std::span<const PreparedParts> InParts(RowPart part) const { return PartOf(in_parts_, part); }

 private:
  template <class T>
  static std::span<const T> PartOf(const std::vector<T>& row, RowPart part) {
    return std::span<const T>(row).subspan(part.begin, part.end - part.begin);
  }
  void Add(const Need& need);
  RowPart Add(const std::vector<Condition>& conditions, const RecordKind& kind);
  PreparedCondition Prepared(const Condition& condition, const RecordKind& kind);
  RowPart AddWords(const std::vector<std::string>& words);
  std::uint32_t AddCourse(const Need& need);
  RowPart AddParts(const PreparedCourse& course);

  const RoleProfile* profile_;
  const Terms* terms_;
  std::vector<PreparedRequirement> requirements_;
  std::vector<PreparedNeed> needs_;
  std::vector<PreparedCondition> conditions_;
  std::vector<PreparedCourse> courses_;
  std::vector<PreparedCover> covers_;
  std::vector<PreparedParts> in_parts_;
  std::vector<WordNumber> word_row_;
  WordTable words_;
  CourseFields course_fields_{};
};

}  // namespace passport
