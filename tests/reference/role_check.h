// The slow, plain twin of Decide(): the requirements of a role against the records of one person, as a careful clerk
// would do it.
//
// Works on texts and on days as numbers counted from a walked calendar; writes down every way to meet a need, then
// sorts them. Shares no line with credential/decision/ or credential/taxonomy/.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/reference/role_words.h"

namespace passport::reference {

struct ClerkLine {
  enum { kMet, kExpiring, kCannotTell, kNotMet };
  static constexpr int kNever = 1'000'000;
  int outcome = kNotMet;
  std::string reason = "record_missing";
  int held = 0;  // conditions that hold
  int through = kNever;
  std::vector<std::string> relied_on;  // sorted

  bool operator<(const ClerkLine& other) const { return Rank() < other.Rank(); }

 private:
  std::tuple<int, int, int, std::vector<std::string>> Rank() const {
    return {outcome, outcome == kNotMet ? -held : 0, -through, relied_on};
  }
};

class Clerk {
 public:
  Clerk(const DayNumbers& days, const ClerkCourses& courses, const std::vector<ClerkRequirement>& requirements,
        const std::vector<ClerkRecord>& records, const ClerkDuty& duty, int horizon, std::string registry_trouble)
      : days_(days),
        courses_(courses),
        requirements_(requirements),
        records_(records),
        duty_(duty),
        horizon_(horizon),
        registry_trouble_(std::move(registry_trouble)),
        first_(days.InLondon(duty.starts_at)),
        last_(days.InLondon(duty.ends_at - 1)) {}

  bool Asks(const std::string& when) const { return when.empty() || when == duty_.engagement; }

  ClerkLine Decide(const ClerkNeed& need) const {
    if (need.form == "all_of") return All(need);
    if (need.form == "any_of") return Any(need);
    if (need.form == "none_of") return None(need);
    if (need.form == "training") return Training(need);
    std::vector<ClerkLine> ways;
    for (const ClerkRecord& record : records_) {
      if (Looks(need, record)) ways.push_back(Alone(need, record));
    }
    return Best(ways);
  }

 private:
  struct Answer {
    std::string verdict;  // "yes", "no", "unsure"
    std::string reason;
    int through = ClerkLine::kNever;
    bool warns = false;
  };

  static ClerkLine Best(std::vector<ClerkLine> ways) {
    if (ways.empty()) return {};
    std::stable_sort(ways.begin(), ways.end());
    return ways.front();
  }

  // Everything together.
  static ClerkLine Together(const std::vector<ClerkLine>& lines) {
    ClerkLine whole{
        .outcome = ClerkLine::kMet, .reason = "none", .held = 0, .through = ClerkLine::kNever, .relied_on = {}};
    std::set<std::string> ids;
    for (const ClerkLine& line : lines) {
      whole.outcome = std::max(whole.outcome, line.outcome);
      whole.held += line.held;
      whole.through = std::min(whole.through, line.through);
      ids.insert(line.relied_on.begin(), line.relied_on.end());
    }
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->outcome == whole.outcome) whole.reason = line->reason;
    }
    whole.relied_on.assign(ids.begin(), ids.end());
    return whole;
  }

  std::vector<ClerkLine> Children(const ClerkNeed& need) const {
    std::vector<ClerkLine> lines;
    for (const ClerkNeed& child : need.children) {
      if (Asks(child.when)) lines.push_back(Decide(child));
    }
    return lines;
  }
  ClerkLine All(const ClerkNeed& need) const {
    const std::vector<ClerkLine> lines = Children(need);
    return lines.empty() ? ClerkLine{} : Together(lines);
  }
  ClerkLine Any(const ClerkNeed& need) const { return Best(Children(need)); }

  ClerkLine None(const ClerkNeed& need) const {
    std::vector<std::string> excluded;
    std::vector<std::string> unsure;
    std::map<std::string, std::string> why;
    for (const ClerkRecord& record : records_) {
      bool surely = false;
      bool perhaps = false;
      for (const ClerkNeed& child : need.children) {
        if (child.kind != record.kind) continue;
        bool no = false;
        bool open = false;
        for (const ClerkCondition& pick : child.picks) {
          const auto fact = record.facts.find(pick.fact);
          if (fact == record.facts.end() && !pick.always_shown) {
            open = true;
          } else if (fact == record.facts.end() ||
                     std::count(pick.words.begin(), pick.words.end(), fact->second) == 0) {
            no = true;
          }
        }
        surely = surely || (!no && !open);
        perhaps = perhaps || (!no && open);
      }
      if ((!surely && !perhaps) || record.trouble == "revoked") continue;
      if (surely && record.trouble.empty()) {
        excluded.push_back(record.id);
      } else {
        unsure.push_back(record.id);
        why[record.id] = record.trouble.empty() ? "claims" : record.trouble;
      }
    }
    std::vector<std::string> all = excluded;
    all.insert(all.end(), unsure.begin(), unsure.end());
    std::sort(all.begin(), all.end());
    if (!excluded.empty()) return {ClerkLine::kNotMet, "excluded", 0, ClerkLine::kNever, all};
    if (!registry_trouble_.empty()) return {ClerkLine::kCannotTell, registry_trouble_, 0, ClerkLine::kNever, all};
    if (!unsure.empty()) return {ClerkLine::kCannotTell, why.begin()->second, 0, ClerkLine::kNever, all};
    return {ClerkLine::kMet, "none", 1, ClerkLine::kNever, {}};
  }

  int Months(const ClerkNeed& need) const {
    if (need.months >= 0) return need.months;
    const auto found = courses_.refresh.find({need.subject, need.level});
    return found == courses_.refresh.end() ? -1 : found->second;
  }

  ClerkLine Training(const ClerkNeed& need) const {
    if (!courses_.Knows({need.subject, need.level}) || Months(need) < 0)
      return {ClerkLine::kNotMet, "word_unknown", 0, ClerkLine::kNever, {}};
    std::vector<ClerkLine> ways;
    std::map<std::string, std::map<std::string, std::vector<ClerkLine>>> parts;
    for (const ClerkRecord& record : records_) {
      if (!Looks(need, record)) continue;
      const auto part = record.facts.find("part");
      if (part == record.facts.end()) {
        ways.push_back(Alone(need, record));
      } else {
        parts[record.facts.at("subject")][part->second].push_back(Alone(need, record));
      }
    }
    for (auto& [subject, held] : parts) {
      std::vector<ClerkLine> whole;
      bool missing = courses_.parts.count(subject) == 0;
      if (!missing) {
        for (const std::string& part : courses_.parts.at(subject)) {
          if (held.count(part) == 0) missing = true;
          if (held.count(part) > 0) whole.push_back(Best(held[part]));
        }
      }
      ClerkLine line = Together(whole);
      if (missing) line.outcome = ClerkLine::kNotMet;
      if (missing) line.reason = "part_missing";
      ways.push_back(line);
    }
    return Best(ways);
  }

  bool Looks(const ClerkNeed& need, const ClerkRecord& record) const {
    if (need.form == "training") {
      if (record.kind != "mandatory_training") return false;
      if (!courses_.Knows({need.subject, need.level}) || Months(need) < 0) return false;
      const std::string& subject = record.facts.at("subject");
      const int level = std::stoi(record.facts.at("level"));
      return courses_.Covers({subject, level}, {need.subject, need.level}) ||
             (subject == need.subject && level < need.level);
    }
    if (record.kind != need.kind) return false;
    return std::all_of(need.picks.begin(), need.picks.end(),
                       [&](const ClerkCondition& pick) { return Test(pick, record).verdict == "yes"; });
  }

  // One record against a leaf that looks at it.
  ClerkLine Alone(const ClerkNeed& need, const ClerkRecord& record) const {
    std::vector<Answer> answers;
    if (need.form == "training") {
      const int level = std::stoi(record.facts.at("level"));
      const bool covers = courses_.Covers({record.facts.at("subject"), level}, {need.subject, need.level});
      answers.push_back({covers ? "yes" : "no", "level_too_low"});
      const int months = Months(need);
      const bool for_good = need.months < 0 && months == 0;
      answers.push_back(Age(
          record, "achieved_on",
          [&](int from) { return for_good ? ClerkLine::kNever : days_.MonthsLater(from, months); }, need.through_shift,
          "too_old"));
    }
    for (const ClerkCondition& condition : need.conditions) answers.push_back(Test(condition, record));
    const bool over = record.expires_at <= duty_.starts_at;
    answers.push_back({over ? "no" : "yes", "ends_too_soon",
                       over ? ClerkLine::kNever : days_.InLondon(record.expires_at - 1),
                       !over && (record.expires_at < duty_.ends_at || Soon(days_.InLondon(record.expires_at - 1)))});
    return Summed(answers, record);
  }

  ClerkLine Summed(const std::vector<Answer>& answers, const ClerkRecord& record) const {
    ClerkLine line{.outcome = ClerkLine::kMet,
                   .reason = "none",
                   .held = 0,
                   .through = ClerkLine::kNever,
                   .relied_on = {record.id}};
    std::string no;
    std::string unsure;
    bool warns = false;
    for (const Answer& answer : answers) {
      if (answer.verdict == "no") {
        if (no.empty()) no = answer.reason;
        continue;
      }
      ++line.held;
      line.through = std::min(line.through, answer.through);
      warns = warns || answer.warns;
      if (answer.verdict == "unsure" && unsure.empty()) unsure = answer.reason;
    }
    if (record.trouble == "revoked" || record.trouble == "suspended") {
      no = record.trouble;
    } else if (!record.trouble.empty()) {
      unsure = record.trouble;
    }
    if (!no.empty()) {
      line.outcome = ClerkLine::kNotMet;
      line.reason = no;
    } else if (!unsure.empty()) {
      line.outcome = ClerkLine::kCannotTell;
      line.reason = unsure;
    } else if (warns) {
      line.outcome = ClerkLine::kExpiring;
    }
    return line;
  }

  bool Soon(int through) const { return through < last_ || through < first_ + horizon_; }

  template <class End>
  Answer Age(const ClerkRecord& record, const std::string& fact, End end, bool through_shift,
             const std::string& otherwise) const {
    const auto found = record.facts.find(fact);
    if (found == record.facts.end()) return {"no", otherwise};
    const int from = days_.Of(found->second);
    if (from > first_) return {"no", "not_yet_in_force"};
    const int through = end(from);
    if ((through_shift ? last_ : first_) > through) return {"no", otherwise};
    return {"yes", "", through, Soon(through)};
  }

  Answer Test(const ClerkCondition& c, const ClerkRecord& record) const {
    const auto says = [&](bool yes) { return Answer{yes ? "yes" : "no", c.otherwise}; };
    const auto fact = record.facts.find(c.fact);
    const bool there = fact != record.facts.end();
    if (c.test == "issuer_type") return says(std::count(c.words.begin(), c.words.end(), record.issuer_type) > 0);
    if (c.test == "issuer_is") return says(record.issuer == (c.words[0] == "place" ? duty_.place : duty_.receiver));
    if (c.test == "same_issuer_as" || c.test == "same_person_as") return TestOthers(c, record);
    if (c.test == "within_months")
      return Age(
          record, c.fact, [&](int from) { return days_.MonthsLater(from, c.amount); }, c.through_shift, c.otherwise);
    if (c.test == "within_days") {
      Answer answer = Age(
          record, c.fact, [&](int from) { return from + c.amount; }, c.through_shift, c.otherwise);
      if (c.amount <= horizon_) answer.warns = false;
      return answer;
    }
    if (c.test == "not_before_day") {
      if (!there) return says(true);
      const int end = days_.Of(fact->second);
      if ((c.through_shift ? last_ : first_) > end) return says(false);
      return {"yes", "", end, Soon(end)};
    }
    if (!there) return says(false);
    if (c.test == "one_of") return says(std::count(c.words.begin(), c.words.end(), fact->second) > 0);
    if (c.test == "at_least") return says(std::stoi(fact->second) >= c.amount);
    if (c.test == "not_after_day") return says(days_.Of(fact->second) <= first_);
    if (c.test == "is_place") return says(fact->second == duty_.place);
    const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
    return says(std::find(grades.begin(), grades.end(), fact->second) >=
                std::find(grades.begin(), grades.end(), c.words[0]));
  }

  // Whether a record that alone meets a leaf of another requirement has the same issuer; all are of one holder.
  Answer TestOthers(const ClerkCondition& c, const ClerkRecord& record) const {
    std::vector<std::tuple<std::string, std::size_t, std::string>> unsure;  // id, leaf, reason
    for (const ClerkRequirement& other : requirements_) {
      if (other.id != c.words[0] || !Asks(other.when)) continue;
      std::vector<const ClerkNeed*> leaves;
      AddLeaves(other.need, leaves);
      for (std::size_t i = 0; i < leaves.size(); ++i) {
        for (const ClerkRecord& each : records_) {
          if (!Looks(*leaves[i], each)) continue;
          if (c.test == "same_issuer_as" && each.issuer != record.issuer) continue;
          const ClerkLine alone = Alone(*leaves[i], each);
          if (alone.outcome <= ClerkLine::kExpiring) return {"yes", ""};
          if (alone.outcome == ClerkLine::kCannotTell) unsure.emplace_back(each.id, i, alone.reason);
        }
      }
    }
    if (unsure.empty()) return {"no", c.otherwise};
    return {"unsure", std::get<2>(*std::min_element(unsure.begin(), unsure.end()))};
  }

  void AddLeaves(const ClerkNeed& need, std::vector<const ClerkNeed*>& leaves) const {
    if (!Asks(need.when)) return;
    if (need.form == "kind" || need.form == "training") leaves.push_back(&need);
    if (need.form != "none_of") {
      for (const ClerkNeed& child : need.children) AddLeaves(child, leaves);
    }
  }

  const DayNumbers& days_;
  const ClerkCourses& courses_;
  const std::vector<ClerkRequirement>& requirements_;
  const std::vector<ClerkRecord>& records_;
  const ClerkDuty& duty_;
  int horizon_;
  std::string registry_trouble_;
  int first_;
  int last_;
};

}  // namespace passport::reference
