#include "credential/taxonomy/course_graph.h"

#include <algorithm>
#include <set>
#include <utility>

namespace passport {
namespace {

Fault Wrong(const Equivalence& equivalence, std::string_view what) {
  return {Reason::kFieldInvalid, "",
          "taxonomy, equivalence of " + equivalence.has.subject + " with " + equivalence.counts_as.subject + ": " +
              std::string(what)};
}

bool HasLevel(const Subject& subject, int level) {
  return std::binary_search(subject.levels.begin(), subject.levels.end(), level);
}

}  // namespace

const Subject* CourseGraph::Find(std::string_view word) const {
  const auto found = subjects_.find(word);
  return found == subjects_.end() ? nullptr : found->second;
}

bool CourseGraph::Serves(const Equivalence::End& has, const Equivalence::End& wanted) const {
  if (has.subject != wanted.subject) return false;
  return Find(wanted.subject)->higher_covers_lower ? has.level >= wanted.level : has.level == wanted.level;
}

Result<void> CourseGraph::Check() const {
  for (const Equivalence* each : equivalences_) {
    for (const Equivalence::End* end : {&each->has, &each->counts_as}) {
      const Subject* subject = Find(end->subject);
      if (subject == nullptr) return Wrong(*each, "names a subject that is not known on all of its days");
      if (!HasLevel(*subject, end->level)) return Wrong(*each, "names a level its subject has not on all of its days");
    }
  }
  for (const Equivalence* each : equivalences_) {
    if (LeadsBack(*each)) return Wrong(*each, "leads in a circle");
  }
  return {};
}

bool CourseGraph::LeadsBack(const Equivalence& start) const {
  std::set<const Equivalence*> seen = {&start};
  std::vector<const Equivalence*> open = {&start};
  while (!open.empty()) {
    const Equivalence& at = *open.back();
    open.pop_back();
    if (at.counts_as.subject == start.has.subject && at.counts_as.level >= start.has.level) return true;
    for (const Equivalence* next : equivalences_) {
      if (Serves(at.counts_as, next->has) && seen.insert(next).second) open.push_back(next);
    }
  }
  return false;
}

std::vector<Cover> CourseGraph::CoversOf(const Subject& subject, int level) const {
  // From what is wanted back to everything that serves it.
  std::set<std::pair<std::string_view, int>> seen = {{subject.word, level}};
  std::vector<Equivalence::End> open = {{subject.word, level}};
  std::map<std::string_view, std::set<int>> wanted;
  while (!open.empty()) {
    const Equivalence::End at = std::move(open.back());
    open.pop_back();
    wanted[Find(at.subject)->word].insert(at.level);
    for (const Equivalence* each : equivalences_) {
      if (Serves(each->counts_as, at) && seen.emplace(each->has.subject, each->has.level).second) {
        open.push_back(each->has);
      }
    }
  }
  std::vector<Cover> covers;
  for (const auto& [word, levels] : wanted) {
    const Subject& other = *Find(word);
    if (other.higher_covers_lower) {
      covers.push_back({std::string(word), *levels.begin(), other.levels.back()});
    } else {
      for (const int each : levels) covers.push_back({std::string(word), each, each});
    }
  }
  std::stable_partition(covers.begin(), covers.end(),
                        [&](const Cover& cover) { return cover.subject == subject.word && cover.level_min == level; });
  return covers;
}

}  // namespace passport
