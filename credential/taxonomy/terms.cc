#include "credential/taxonomy/terms.h"

#include <algorithm>

#include "credential/taxonomy/number_mask.h"

namespace passport {
namespace {

Fault Unknown(std::string_view what) { return {Reason::kWordUnknown, "", std::string(what)}; }
Fault WrongField(std::string_view what) { return {Reason::kRecordField, "", std::string(what)}; }

// True if the word is one of these, or there are none to choose from.
bool Allowed(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

const Subject* Terms::FindSubject(std::string_view word) const {
  const auto found = subjects_.find(word);
  return found == subjects_.end() ? nullptr : &found->second;
}

const PurposeTerms* Terms::FindPurpose(std::string_view word) const {
  const auto found = purposes_.find(word);
  return found == purposes_.end() ? nullptr : &found->second;
}

const Regulator* Terms::FindRegulator(std::string_view word) const {
  const auto found = regulators_.find(word);
  return found == regulators_.end() ? nullptr : &found->second;
}

bool Terms::Knows(std::string_view list, std::string_view word) const {
  const auto words = labels_.find(list);
  return words != labels_.end() && words->second.find(word) != words->second.end();
}

std::string_view Terms::LabelOf(std::string_view list, std::string_view word) const {
  const auto words = labels_.find(list);
  if (words == labels_.end()) return word;
  const auto found = words->second.find(word);
  return found == words->second.end() ? word : std::string_view(found->second);
}

std::vector<std::string_view> Terms::WordsOf(std::string_view list) const {
  std::vector<std::string_view> words;
  const auto found = labels_.find(list);
  if (found == labels_.end()) return words;
  for (const auto& [word, label] : found->second) words.push_back(word);
  return words;
}

std::span<const Cover> Terms::CoversOf(std::string_view subject, int level) const {
  const auto levels = covers_.find(subject);
  if (levels == covers_.end()) return {};
  const auto found = levels->second.find(level);
  if (found == levels->second.end()) return {};
  return found->second;
}

bool Terms::Covers(std::string_view subject, int level, std::string_view wanted_subject, int wanted_level) const {
  const std::span<const Cover> covers = CoversOf(wanted_subject, wanted_level);
  return std::any_of(covers.begin(), covers.end(), [&](const Cover& cover) {
    return cover.subject == subject && cover.level_min <= level && level <= cover.level_max;
  });
}

std::optional<int> Terms::RefreshMonths(std::string_view subject, int level) const {
  const auto levels = refresh_.find(subject);
  if (levels == refresh_.end()) return std::nullopt;
  const auto found = levels->second.find(level);
  if (found == levels->second.end()) return std::nullopt;
  return found->second;
}

Result<void> Terms::Check(const Record& record) const {
  for (const Fact& fact : record.facts()) {
    const std::string_view list = fact.rule->vocabulary;
    if (!list.empty() && !Knows(list, fact.value)) {
      return Unknown(std::string(fact.rule->name) + " is no word of the list " + std::string(list));
    }
  }
  if (record.kind().word == "mandatory_training") return CheckTraining(record);
  if (record.kind().word == "professional_registration") return CheckRegistration(record);
  return {};
}

Result<void> Terms::CheckTraining(const Record& record) const {
  const auto word = record.Find("subject");
  if (!word) return {};
  const Subject* subject = FindSubject(*word);
  if (subject == nullptr) return Unknown("subject is not known");
  const auto level = record.Number("level");
  if (level && !std::binary_search(subject->levels.begin(), subject->levels.end(), *level)) {
    return WrongField("level is none of its subject");
  }
  const auto part = record.Find("part");
  if (part && (subject->parts.empty() || !Allowed(subject->parts, *part)))
    return Unknown("part is none of its subject");
  const auto achieved_on = record.Day("achieved_on");
  if (achieved_on && subject->awarded && !subject->awarded->Holds(*achieved_on)) {
    return WrongField("achieved_on lies outside of the days on which its subject was awarded");
  }
  return {};
}

Result<void> Terms::CheckRegistration(const Record& record) const {
  const auto word = record.Find("regulator");
  if (!word) return {};
  const Regulator* regulator = FindRegulator(*word);
  if (regulator == nullptr) return Unknown("regulator is not known");
  const auto number = record.Find("number");
  if (number && !FitsOne(regulator->numbers, *number)) return WrongField("number has not the format of its regulator");
  const auto part = record.Find("part");
  if (part && !Allowed(regulator->parts, *part)) return Unknown("part is none of its regulator's register");
  const auto status = record.Find("register_status");
  if (status && !Allowed(regulator->statuses, *status)) return Unknown("register_status is none of its regulator's");
  return {};
}

}  // namespace passport
