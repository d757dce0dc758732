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

Result<void> CourseGraph::CheckEnds() const {
  for (const Equivalence* each : equivalences_) {
    for (const Equivalence::End* end : {&each->has, &each->counts_as}) {
      const Subject* subject = Find(end->subject);
      if (subject == nullptr) return Wrong(*each, "names a subject that is not known on all of its days");
      if (!HasLevel(*subject, end->level)) return Wrong(*each, "names a level its subject has not on all of its days");
    }
  }
  return {};
}

Result<void> CourseGraph::Check() const {
  TRY(CheckEnds());
  // next[i]: the equivalences that may follow equivalence i, because what i counts as is what they have.
  std::vector<std::vector<std::size_t>> next(equivalences_.size());
  for (std::size_t i = 0; i < equivalences_.size(); ++i) {
    for (std::size_t j = 0; j < equivalences_.size(); ++j) {
      if (Serves(equivalences_[i]->counts_as, equivalences_[j]->has)) next[i].push_back(j);
    }
  }
  for (std::size_t start = 0; start < equivalences_.size(); ++start) {
    const Equivalence::End& from = equivalences_[start]->has;
    std::vector<bool> seen(equivalences_.size());
    std::vector<std::size_t> open = {start};
    seen[start] = true;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      const Equivalence::End& to = equivalences_[at]->counts_as;
      if (to.subject == from.subject && to.level >= from.level) {
        return Wrong(*equivalences_[start], "leads in a circle");
      }
      for (const std::size_t each : next[at]) {
        if (!seen[each]) open.push_back(each);
        seen[each] = true;
      }
    }
  }
  return {};
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
    const auto ways = into_.find(at.subject);
    if (ways == into_.end()) continue;
    for (const Equivalence* each : ways->second) {
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
