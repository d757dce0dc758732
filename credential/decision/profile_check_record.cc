#include "credential/decision/profile_check_record.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "credential/decision/profile_implication.h"

namespace passport {
namespace {

using Test = Condition::Test;

std::string Quoted(std::string_view word) { return "\"" + std::string(word) + "\""; }

// The list a word of a condition must stand in: "organisation_type", or the vocabulary of the fact.
std::string_view ListOf(const Condition& condition) {
  if (condition.test == Test::kIssuerType) return "organisation_type";
  return condition.test == Test::kOneOf ? condition.fact->vocabulary : std::string_view();
}

// The words that a condition of this need on that fact allows; empty when there is none.
std::vector<std::string> AllowedWords(const Need& need, std::string_view fact) {
  for (const std::vector<Condition>* list : {&need.picks, &need.conditions}) {
    for (const Condition& condition : *list) {
      if (condition.test == Test::kOneOf && condition.fact->name == fact) return condition.words;
    }
  }
  return {};
}

bool IsIn(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether one of the subjects that a record may have has this part.
bool SomeSubjectHasPart(const std::vector<std::string>& subjects, std::string_view part, const Terms& terms) {
  return std::any_of(subjects.begin(), subjects.end(), [&](const std::string& word) {
    const Subject* const subject = terms.FindSubject(word);
    return subject != nullptr && IsIn(subject->parts, part);
  });
}

std::vector<std::string> SubjectsOf(const Need& need) {
  return need.form == Need::Form::kTraining ? std::vector{need.subject} : AllowedWords(need, "subject");
}

bool KnowsWord(const Need& need, const Condition& condition, const std::string& word, const Terms& terms) {
  const std::string_view list = ListOf(condition);
  if (!list.empty() && !terms.Knows(list, word)) return false;
  if (condition.fact == nullptr) return true;
  const std::string_view kind = need.kind->word;
  const std::string_view fact = condition.fact->name;
  if (kind == "mandatory_training" && fact == "subject") return terms.FindSubject(word) != nullptr;
  if (kind == "mandatory_training" && fact == "part") {
    const std::vector<std::string> subjects = SubjectsOf(need);
    return subjects.empty() || SomeSubjectHasPart(subjects, word, terms);
  }
  if (kind != "professional_registration") return true;
  if (fact == "regulator") return terms.FindRegulator(word) != nullptr;
  if (fact != "part" && fact != "register_status") return true;
  const std::vector<std::string> regulators = AllowedWords(need, "regulator");
  return regulators.empty() || std::any_of(regulators.begin(), regulators.end(), [&](const std::string& each) {
           const Regulator* const regulator = terms.FindRegulator(each);
           if (regulator == nullptr) return true;  // said once, of the regulator
           const std::vector<std::string>& words = fact == "part" ? regulator->parts : regulator->statuses;
           return words.empty() || IsIn(words, word);
         });
}

void CheckWords(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings) {
  for (const std::vector<Condition>* list : {&need.picks, &need.conditions}) {
    for (const Condition& condition : *list) {
      if (condition.test != Test::kOneOf && condition.test != Test::kIssuerType) continue;
      const std::string of = condition.fact == nullptr ? "issuer_type" : std::string(condition.fact->name);
      for (const std::string& word : condition.words) {
        if (KnowsWord(need, condition, word, terms)) continue;
        findings.Error(place, of + " " + Quoted(word) + " is not known here; use a word of the taxonomy in force");
      }
    }
  }
}

void CheckCourse(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings) {
  const Subject* const subject = terms.FindSubject(need.subject);
  if (subject == nullptr)
    return findings.Error(place,
                          "the subject " + Quoted(need.subject) + " is not known; use one of the taxonomy in force");
  if (std::find(subject->levels.begin(), subject->levels.end(), need.level) == subject->levels.end())
    return findings.Error(place, subject->label + " has no level " + std::to_string(need.level));
  if (need.months == 0)
    findings.Error(place, "a course of no age can not be; ask for at least one month, or for refresh");
  if (!need.months && !terms.RefreshMonths(need.subject, need.level))
    findings.Error(place, "no refresh period is known for " + subject->label + " level " + std::to_string(need.level) +
                              "; say within_months");
}

std::string NameOf(const Condition& condition) {
  return condition.fact == nullptr ? "who issued it" : std::string(condition.fact->name);
}

void CheckPairs(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings) {
  const std::vector<Condition> all = AllConditionsOf(need, terms);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (Contradict(all[i], all[j])) {
        findings.Error(place, "two conditions on " + NameOf(all[i]) + " can not both hold; keep one");
      } else if (Implies(all[i], all[j]) || Implies(all[j], all[i])) {
        findings.Warning(place, "of two conditions on " + NameOf(all[i]) + " one changes nothing; keep the stricter");
      }
    }
  }
}

// A record of training that a profile asks for by its facts alone: its level must exist too.
void CheckLevel(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings) {
  const std::vector<std::string> subjects = AllowedWords(need, "subject");
  if (need.form != Need::Form::kRecord || need.kind->word != "mandatory_training" || subjects.empty()) return;
  for (const Condition& condition : need.conditions) {
    if (condition.test != Test::kAtLeast || condition.fact->name != "level") continue;
    const bool reached = std::any_of(subjects.begin(), subjects.end(), [&](const std::string& word) {
      const Subject* const subject = terms.FindSubject(word);
      return subject == nullptr || subject->levels.back() >= condition.amount;
    });
    if (!reached) findings.Error(place, "no subject it picks has a level " + std::to_string(condition.amount));
  }
}

void CheckAges(const Need& need, const std::string& place, ProfileFindings& findings) {
  for (const Condition& condition : need.conditions) {
    if (condition.test == Test::kWithinMonths && condition.amount == 0)
      findings.Error(place, NameOf(condition) + " within 0 months can not be; ask for at least one month, or for days");
  }
}

}  // namespace

void CheckRecordNeed(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings) {
  if (need.form == Need::Form::kTraining) CheckCourse(need, place, terms, findings);
  CheckWords(need, place, terms, findings);
  CheckLevel(need, place, terms, findings);
  CheckAges(need, place, findings);
  CheckPairs(need, place, terms, findings);
}

bool SomeRecordMeets(const Need& need, const Terms& terms) {
  ProfileFindings findings;
  CheckRecordNeed(need, "", terms, findings);
  return findings.errors() == 0;
}

}  // namespace passport
