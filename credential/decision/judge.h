// How a need fares: the records of one person against the tree of a requirement, for one duty.
//
// Everything is ranked, so that the order in which records are shown changes nothing: by outcome; among misses the
// nearest; then what holds longer; then the smaller ids; then the earlier alternative.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "credential/decision/weigh.h"

namespace passport {

// What a need comes to.
struct Ruling {
  Fare fare{.outcome = Outcome::kNotMet, .reason = Reason::kRecordMissing};
  std::vector<std::uint32_t> relied_on;  // positions of records, ascending; empty when there is none
};

// The room a judge works in. Used again and again it takes no more memory; nothing in it outlasts a duty.
struct JudgeRoom {
  // A record that alone meets a leaf of a requirement, or would if one could tell.
  struct Meeting {
    std::uint32_t record;
    Reason unsure;  // kNone when it meets
  };
  // By requirement, filled when one is asked about.
  struct Meetings {
    bool known = false;
    std::vector<Meeting> all;
  };
  // A record of a part of a course.
  struct OfPart {
    std::uint32_t record;
    WordNumber subject;
    WordNumber part;
    Fare fare;
  };
  std::vector<std::uint32_t> relied_on;
  std::vector<Meetings> meetings;
  std::vector<OfPart> parts;
};

// Belongs to one thread. Points into its arguments, whose room is another judge's when this one is gone.
class Judge {
 public:
  Judge(const WeighedCase& weighed, const Duty& duty, JudgeRoom& room);

  const PreparedProfile& profile() const { return profile_; }
  const WeighedRecords& records() const { return records_; }
  const WeighedCase& weighed_case() const { return case_; }
  // False for a requirement or need that another engagement is asked.
  bool Applies(const std::optional<Engagement>& when) const { return !when || *when == duty_.engagement(); }

  // The need as it stands, whatever its own `when`. One without a child left for this engagement is not met. What it
  // relies on is good until the next question.
  Fare Of(const PreparedNeed& need, std::span<const std::uint32_t>& relied_on);
  Ruling RulingOf(const PreparedNeed& need);
  // Of any_of: the child that fares best, null when none applies, and how it fares.
  std::pair<const PreparedNeed*, Ruling> BestChild(const PreparedNeed& need);
  // How one record alone fares against a leaf; nothing when the leaf does not look at it.
  std::optional<Fare> FareAgainst(const PreparedNeed& leaf, std::uint32_t record);
  // The records that let a condition kSameIssuerAs or kSamePersonAs hold for a record, ascending; where there is none,
  // those that make it "cannot tell".
  std::vector<std::uint32_t> WitnessesOf(const PreparedCondition& condition, std::uint32_t record);
  // Whether a record tells of a part of a course, for a leaf that asks for one.
  bool IsOfPart(const PreparedNeed& leaf, std::uint32_t record) const {
    return leaf.form == Need::Form::kTraining &&
           records_.WordAt(records_[record], profile_.course_fields().part) != kNoWord;
  }
  // The requirement a condition refers to; null when it does not apply.
  const PreparedRequirement* ReferredBy(const PreparedCondition& condition) const;

 private:
  using Meeting = JudgeRoom::Meeting;

  // Each adds the records it relies on to the room's, ascending.
  Fare Rule(const PreparedNeed& need);
  Fare RuleLeaf(const PreparedNeed& leaf);
  Fare RuleTraining(const PreparedNeed& leaf);
  Fare RuleAll(const PreparedNeed& need);
  Fare RuleAny(const PreparedNeed& need, const PreparedNeed** best_child);
  Fare RuleNone(const PreparedNeed& need);
  enum class Picked : std::uint8_t { kNo, kMaybe, kYes };
  Picked PickedBy(const PreparedNeed& child, const Weighed& weighed);

  // The record that fares best against a leaf, of those offered in ascending order.
  struct BestRecord {
    bool found = false;
    std::uint32_t record = 0;
    Fare fare{.outcome = Outcome::kNotMet, .reason = Reason::kRecordMissing};
  };
  // Of those that meet it by their days alone.
  BestRecord BestOnDays(const PreparedNeed& leaf) const;
  void Offer(const PreparedNeed& leaf, const Candidate& candidate, BestRecord& best);
  Fare OrOfParts(const BestRecord& of_whole, const PreparedCourse& course, std::size_t begin);
  Fare RuleParts(const PreparedCourse& course, WordNumber subject);

  // One record against a leaf. False as soon as it is certain to fare no better than `best`, one before it; null: none.
  bool Weigh(const PreparedNeed& leaf, const Candidate& candidate, const Fare* best, Fare& fare);
  Fare FareOf(const PreparedNeed& leaf, const Candidate& candidate);
  void Test(const PreparedCondition& condition, const Weighed& weighed, Fare& fare);
  void TestAgainstOthers(const PreparedCondition& condition, const Weighed& weighed, Fare& fare);
  bool IsText(WordNumber word, const OrganisationId& organisation) const;

  const std::vector<Meeting>& MeetingOf(const PreparedRequirement& requirement);
  void Collect(const PreparedNeed& need, std::vector<Meeting>& meeting);

  // The better of two: where they fare alike, the one of the smaller records.
  static bool Better(const Fare& a, std::span<const std::uint32_t> records_of_a, const Fare& b,
                     std::span<const std::uint32_t> records_of_b);
  // All of: the worst outcome and its reason, the earliest end, every record. The records of the whole stand from
  // `begin` in the room, those of the child from `child_begin` to its end.
  void Join(const Fare& child, std::size_t begin, std::size_t child_begin, Fare& whole);
  std::span<const std::uint32_t> Relied(std::size_t begin, std::size_t end) const {
    return std::span<const std::uint32_t>(room_.relied_on).subspan(begin, end - begin);
  }

  void DropRelied(std::size_t begin, std::size_t end) {
    const auto first = room_.relied_on.begin();
    room_.relied_on.erase(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end));
  }

  const WeighedCase& case_;
  const PreparedProfile& profile_;
  const WeighedRecords& records_;
  const Duty& duty_;
  Scales scales_;
  JudgeRoom& room_;
};

}  // namespace passport
