// How a need fares: the records of one person against the tree of a requirement, for one duty.
//
// Everything is ranked, so that the order in which records are shown changes nothing: by outcome; among misses the
// nearest; then what holds longer; then the smaller ids; then the earlier alternative.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/decision/weigh.h"

namespace passport {

// What a need comes to.
struct Ruling {
  Fare fare{.outcome = Outcome::kNotMet, .reason = Reason::kRecordMissing};
  std::vector<std::uint32_t> relied_on;  // positions of records, by their credential ids; empty when there is none
};

// Belongs to one thread. Points into its arguments.
class Judge {
 public:
  // `registry` is kNone, or why nothing here is more than "cannot tell".
  Judge(const RoleProfile& profile, const Terms& terms, const Duty& duty, std::vector<Weighed> records,
        Reason registry);

  const std::vector<Weighed>& records() const { return records_; }
  // False for a requirement or need that another engagement is asked.
  bool Applies(const std::optional<Engagement>& when) const { return !when || *when == duty_.engagement(); }

  // The need as it stands, whatever its own `when`. One without a child left for this engagement is not met.
  Ruling Of(const Need& need);
  // Of any_of: the child that fares best, null when none applies, and how it fares.
  std::pair<const Need*, Ruling> BestChild(const Need& need);
  // How one record alone fares against a leaf; nothing when the leaf does not look at it.
  std::optional<Fare> FareAgainst(const Need& leaf, const Weighed& weighed);
  // The records that let a condition kSameIssuerAs or kSamePersonAs hold for a record, by their ids; where there is
  // none, those that make it "cannot tell".
  std::vector<std::uint32_t> WitnessesOf(const Condition& condition, const Weighed& weighed);
  // Null when there is no such requirement, or it does not apply.
  const Requirement* FindRequirement(std::string_view id) const;

 private:
  // A record that alone meets a leaf of a requirement, or would if one could tell.
  struct Meeting {
    std::uint32_t record;
    Reason unsure;  // kNone when it meets
  };
  struct Course;

  Ruling OfLeaf(const Need& need);
  Ruling OfTraining(const Need& need);
  Ruling OfAll(const Need& need);
  Ruling OfNone(const Need& need) const;

  Course CourseOf(const Need& need) const;
  std::optional<Fare> FareOfTraining(const Need& leaf, const Weighed& weighed);
  std::optional<Fare> FareOfCourse(const Need& leaf, const Course& course, const Weighed& weighed);
  Ruling OfParts(std::string_view subject, const std::map<std::string_view, Ruling>& held) const;
  // Conditions, the credential's end and its standing, on top of what was counted.
  void CountTheRest(const Need& leaf, const Weighed& weighed, Fare& fare);
  Held TestAgainstOthers(const Condition& condition, const Weighed& weighed);

  // By credential ids.
  const std::vector<Meeting>& MeetingOf(const Requirement& requirement);
  void Collect(const Need& need, std::vector<Meeting>& meeting);

  bool SmallerId(std::uint32_t a, std::uint32_t b) const { return *records_[a].credential < *records_[b].credential; }
  std::vector<std::uint32_t> InOrderOfId() const;
  bool Better(const Fare& a, std::span<const std::uint32_t> records_of_a, const Fare& b,
              std::span<const std::uint32_t> records_of_b) const;
  // Takes the better one of `best` and a single record.
  void Offer(std::uint32_t record, const Fare& fare, Ruling& best) const;
  // All of: the worst outcome and its reason, the earliest end, every record.
  void Join(const Ruling& child, Ruling& whole) const;

  const RoleProfile& profile_;
  const Terms& terms_;
  const Duty& duty_;
  Scales scales_;
  std::vector<Weighed> records_;
  Reason registry_;
  std::vector<std::optional<std::vector<Meeting>>> meeting_;  // by requirement, filled when one is asked about
};

}  // namespace passport
