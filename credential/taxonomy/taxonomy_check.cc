#include "credential/taxonomy/taxonomy_check.h"

#include <algorithm>
#include <map>
#include <utility>

#include "credential/taxonomy/course_graph.h"
#include "credential/taxonomy/turning_days.h"

namespace passport {
namespace {

// Windows by what they are windows of.
class Windows {
 public:
  void Add(std::string of, const Window& window) { windows_[std::move(of)].push_back(window); }

  // No day lies in two windows of one thing.
  Result<void> CheckApart() {
    for (auto& [of, windows] : windows_) {
      std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) { return a.from < b.from; });
      for (std::size_t i = 1; i < windows.size(); ++i) {
        if (windows[i - 1].Holds(windows[i].from)) {
          return Fault{Reason::kFieldInvalid, "", "taxonomy, " + of + ": stands twice on one day"};
        }
      }
    }
    return {};
  }

 private:
  std::map<std::string, std::vector<Window>> windows_;
};

std::string TextOf(const Equivalence::End& end) { return end.subject + " " + std::to_string(end.level); }

Result<void> CheckWindows(const Taxonomy& taxonomy) {
  Windows windows;
  for (const ListedWord& word : taxonomy.words()) windows.Add("word " + word.word + " of " + word.list, word.window);
  for (const Subject& subject : taxonomy.subjects()) windows.Add("subject " + subject.word, subject.window);
  for (const Regulator& regulator : taxonomy.regulators()) windows.Add("regulator " + regulator.word, regulator.window);
  for (const Equivalence& each : taxonomy.equivalences()) {
    windows.Add("equivalence of " + TextOf(each.has) + " with " + TextOf(each.counts_as), each.window);
  }
  TRY(windows.CheckApart());
  std::map<std::string_view, bool> seen;
  Windows periods;
  for (const Subject& subject : taxonomy.subjects()) {
    if (!seen.emplace(subject.word, true).second) continue;
    for (const RefreshPeriod& period : taxonomy.RefreshOf(subject.word)) {
      periods.Add("refresh of " + subject.word + " level " + std::to_string(period.level), period.window);
    }
  }
  return periods.CheckApart();
}

Result<void> CheckEquivalencesOn(const CivilDay& day, const Taxonomy& taxonomy) {
  CourseGraph graph;
  for (const Subject& subject : taxonomy.subjects()) {
    if (subject.window.Holds(day)) graph.Add(subject);
  }
  for (const Equivalence& each : taxonomy.equivalences()) {
    if (each.window.Holds(day)) graph.Add(each);
  }
  return graph.Check();
}

}  // namespace

Result<void> CheckTaxonomy(const Taxonomy& taxonomy) {
  TRY(CheckWindows(taxonomy));
  const std::set<CivilDay> days = TurningDays(taxonomy);
  if (days.size() > kTaxonomyDaysMax) {
    return Fault{Reason::kLimit, "", "taxonomy: windows begin and end on more than 100 days"};
  }
  if (taxonomy.equivalences().empty()) return {};
  for (const CivilDay& day : days) TRY(CheckEquivalencesOn(day, taxonomy));
  return {};
}

}  // namespace passport
