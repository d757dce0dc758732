// What counts for what on one day: the subjects and equivalences in force, seen as one graph.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "credential/taxonomy/terms.h"

namespace passport {

// Points into the taxonomies it was filled from; they must outlive it.
class CourseGraph {
 public:
  void Add(const Subject& subject) { subjects_[subject.word] = &subject; }
  void Add(const Equivalence& equivalence) {
    equivalences_.push_back(&equivalence);
    into_[equivalence.counts_as.subject].push_back(&equivalence);
  }

  // Fails with kFieldInvalid when an equivalence names no subject or no level of it, or when some lead in a circle.
  // The place stands in the detail.
  Result<void> Check() const;
  // As Terms::CoversOf. Only after Check().
  std::vector<Cover> CoversOf(const Subject& subject, int level) const;

 private:
  const Subject* Find(std::string_view word) const;
  Result<void> CheckEnds() const;
  // A record of `has` is one of `wanted`, in the same subject.
  bool Serves(const Equivalence::End& has, const Equivalence::End& wanted) const;

  std::map<std::string_view, const Subject*> subjects_;
  std::vector<const Equivalence*> equivalences_;
  std::map<std::string_view, std::vector<const Equivalence*>> into_;  // by the subject they count as
};

}  // namespace passport
