// Puts together what several taxonomies say on one day.
#pragma once

#include <memory>
#include <vector>

#include "credential/taxonomy/terms.h"

namespace passport {

class TermsBuilder {
 public:
  // `in_force`: the version of each taxonomy that is in force on the day. Fails with kFieldInvalid naming the word when
  // two of them say something of the same word, subject or regulator, and as CourseGraph::Check.
  static Result<std::shared_ptr<const Terms>> Build(const CivilDay& day, const std::vector<const Taxonomy*>& in_force);
  // Of no taxonomy.
  static std::shared_ptr<const Terms> Nothing() { return std::shared_ptr<const Terms>(new Terms); }

 private:
  TermsBuilder(const CivilDay& day, Terms& terms) : day_(day), terms_(terms) {}
  Result<void> Add(const Taxonomy& taxonomy);
  // One word of one list; fails when it is there.
  Result<void> AddLabel(const std::string& list, const std::string& word, const std::string& label);
  Result<void> AddCovers(const std::vector<const Taxonomy*>& in_force);

  CivilDay day_;
  Terms& terms_;
};

}  // namespace passport
