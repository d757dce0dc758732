// What the taxonomies say on one day, and all of them over time.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/taxonomy/taxonomy.h"

namespace passport {

// A course that counts for another: any record of `subject` from `level_min` to `level_max`.
struct Cover {
  std::string subject;
  int level_min;  // this level counts
  int level_max;  // and every one up to this; equal to level_min where higher levels do not cover lower ones
};

// The taxonomies in force on one day. Immutable; any thread may read; lives as long as its Taxonomies.
class Terms {
 public:
  // Null when the word is not known on that day. Subjects and regulators are words of the lists `subject` and
  // `regulator`, too.
  const Subject* FindSubject(std::string_view word) const;
  const Regulator* FindRegulator(std::string_view word) const;
  // What may be asked for a purpose; one that says nothing allows any profile, looked at once. Null when the word is
  // not known on that day.
  const PurposeTerms* FindPurpose(std::string_view word) const;
  bool Knows(std::string_view list, std::string_view word) const;
  // The label of a word, or the word itself.
  std::string_view LabelOf(std::string_view list, std::string_view word) const;
  std::vector<std::string_view> WordsOf(std::string_view list) const;  // sorted
  // Everything that satisfies `level` of `subject`, itself first, then by subject and level; empty when the subject or
  // level is not known.
  std::span<const Cover> CoversOf(std::string_view subject, int level) const;
  // True if a record of that subject and level satisfies the wanted one.
  bool Covers(std::string_view subject, int level, std::string_view wanted_subject, int wanted_level) const;
  // Months for which a level counts; nothing when no period is known, 0 when it never needs a refresh.
  std::optional<int> RefreshMonths(std::string_view subject, int level) const;

  // Whether the words of a record are known: every field with a vocabulary, subject, level and part of training, the
  // regulator and the shape of its number, part and status of its register. Facts that are kept back are not asked for.
  // Fails naming the field, never the value: kWordUnknown for a word that is not known, also one of another subject or
  // register; kRecordField for a number of another shape, a level the subject has not, or a course achieved on a day on
  // which it was not given. Numbers are taken as they are: nothing is corrected.
  Result<void> Check(const Record& record) const;

 private:
  friend class TermsBuilder;
  Terms() = default;
  Result<void> CheckTraining(const Record& record) const;
  Result<void> CheckRegistration(const Record& record) const;
  std::map<std::string, Subject, std::less<>> subjects_;
  std::map<std::string, Regulator, std::less<>> regulators_;
  std::map<std::string, PurposeTerms, std::less<>> purposes_;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> labels_;  // list, word, label
  std::map<std::string, std::map<int, std::vector<Cover>>, std::less<>> covers_;                // subject, level
  std::map<std::string, std::map<int, int>, std::less<>> refresh_;  // subject, level, months
};

// All versions of all taxonomies. Immutable; any thread may read.
class Taxonomies {
 public:
  Taxonomies();  // of no file: everything is unknown
  // Of each id the version in force on a day is the highest with effective_from on or before it. Fails with
  // kFieldInvalid when two versions of one id are equal, or when versions in force together contradict each other (a
  // word of one list, a subject or a regulator in two files, an equivalence between unknown subjects or in a circle);
  // with kLimit when on one day more than kCoversMax courses count for others.
  static Result<Taxonomies> Make(std::vector<Taxonomy> versions);

  // A lookup. Before the first version everything is unknown.
  const Terms& On(const CivilDay& day) const;
  const std::vector<Taxonomy>& versions() const { return versions_; }

 private:
  std::vector<Taxonomy> versions_;
  std::map<CivilDay, std::shared_ptr<const Terms>> from_;  // the terms from that day until the next
  std::shared_ptr<const Terms> before_;
};

}  // namespace passport
