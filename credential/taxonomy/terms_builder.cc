#include "credential/taxonomy/terms_builder.h"

#include <utility>

#include "credential/taxonomy/course_graph.h"

namespace passport {

Result<std::shared_ptr<const Terms>> TermsBuilder::Build(const CivilDay& day,
                                                         const std::vector<const Taxonomy*>& in_force) {
  const std::shared_ptr<Terms> terms(new Terms);
  TermsBuilder builder(day, *terms);
  for (const Taxonomy* taxonomy : in_force) TRY(builder.Add(*taxonomy));
  TRY(builder.AddCovers(in_force));
  return std::shared_ptr<const Terms>(terms);
}

Result<void> TermsBuilder::AddLabel(const std::string& list, const std::string& word, const std::string& label) {
  if (terms_.labels_[list].emplace(word, label).second) return {};
  return Fault{Reason::kFieldInvalid, "",
               "taxonomies: word " + word + " of " + list + " stands in two files on " + day_.Text()};
}

Result<void> TermsBuilder::Add(const Taxonomy& taxonomy) {
  for (const ListedWord& word : taxonomy.words()) {
    if (!word.window.Holds(day_)) continue;
    TRY(AddLabel(word.list, word.word, word.label));
    if (word.list == kPurposeList) terms_.purposes_.emplace(word.word, word.asks.value_or(PurposeTerms{}));
  }
  for (const Regulator& regulator : taxonomy.regulators()) {
    if (!regulator.window.Holds(day_)) continue;
    TRY(AddLabel(std::string(kRegulatorList), regulator.word, regulator.label));
    terms_.regulators_.emplace(regulator.word, regulator);
  }
  for (const Subject& subject : taxonomy.subjects()) {
    if (!subject.window.Holds(day_)) continue;
    TRY(AddLabel(std::string(kSubjectList), subject.word, subject.label));
    terms_.subjects_.emplace(subject.word, subject);
    for (const RefreshPeriod& period : taxonomy.RefreshOf(subject.word)) {
      if (period.window.Holds(day_)) terms_.refresh_[subject.word].emplace(period.level, period.months);
    }
  }
  return {};
}

Result<void> TermsBuilder::AddCovers(const std::vector<const Taxonomy*>& in_force) {
  CourseGraph graph;
  for (const auto& [word, subject] : terms_.subjects_) graph.Add(subject);
  for (const Taxonomy* taxonomy : in_force) {
    for (const Equivalence& each : taxonomy->equivalences()) {
      if (each.window.Holds(day_)) graph.Add(each);
    }
  }
  TRY(graph.Check());
  std::size_t count = 0;
  for (const auto& [word, subject] : terms_.subjects_) {
    for (const int level : subject.levels) {
      std::vector<Cover> covers = graph.CoversOf(subject, level);
      count += covers.size();
      if (count > kCoversMax) {
        return Fault{Reason::kLimit, "", "taxonomies: more than 20000 courses count for others on " + day_.Text()};
      }
      terms_.covers_[word].emplace(level, std::move(covers));
    }
  }
  return {};
}

}  // namespace passport
