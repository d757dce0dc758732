#include "tests/credential/decision/written_passport.h"

#include <algorithm>

namespace passport {
namespace {

using Test = Condition::Test;

constexpr std::string_view kYesterday = "2026-11-20";
constexpr std::string_view kFarDay = "2029-01-01";

bool Counts(const std::optional<Engagement>& when, Engagement engagement) { return !when || *when == engagement; }

bool HasField(const std::vector<Record::Field>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [&](const Record::Field& field) { return field.first == name; });
}

// What a record must say for a condition to hold; nothing for conditions on who signed.
void Write(const Condition& condition, const RecordKind& kind, std::vector<Record::Field>& fields) {
  const auto say = [&](std::string_view value) { fields.emplace_back(condition.fact->name, value); };
  switch (condition.test) {
    case Test::kOneOf:
    case Test::kAssurance:
      return say(condition.words.front());
    case Test::kAtLeast:
      return say(std::to_string(condition.amount));
    case Test::kWithinMonths:
    case Test::kWithinDays:
    case Test::kNotAfterDay:
      return say(kYesterday);
    case Test::kNotBeforeDay:
      if (HasField(FieldsOf(kind), condition.fact->name)) say(kFarDay);
      return;
    case Test::kIsPlace:
      return say(Council().text());
    case Test::kIssuerType:
    case Test::kIssuerIs:
    case Test::kSameIssuerAs:
    case Test::kSamePersonAs:
      return;
  }
}

// "01A2345N" for the mask "99A9999A", or the like.
std::string NumberOf(const Regulator& regulator) {
  std::string number = regulator.numbers.front().mask;
  std::replace(number.begin(), number.end(), '9', '1');
  return number;
}

// The examples of records are written without the taxonomies: words of lists that no profile asks about become known
// ones.
std::vector<Record::Field> KnownWords(const RecordKind& kind) {
  std::vector<Record::Field> changes;
  const std::vector<Record::Field> fields = FieldsOf(kind);
  for (const FieldRule& rule : kind.fields) {
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Record::Field& each) { return each.first == rule.name; });
    if (field == fields.end() || rule.vocabulary.empty() || ShippedTerms().Knows(rule.vocabulary, field->second))
      continue;
    changes.emplace_back(rule.name, ShippedTerms().WordsOf(rule.vocabulary).front());
  }
  return changes;
}

Shown RecordFor(const Need& need) {
  Shown shown{.kind = need.kind->word, .changes = KnownWords(*need.kind)};
  // A new certificate on which the Update Service was never asked.
  if (shown.kind == "criminal_record_check")
    shown.changes.insert(shown.changes.end(), {{"update_service", "false"}, {"update_service_checked_on", ""}});
  if (need.form == Need::Form::kTraining) {
    shown.changes.insert(shown.changes.end(), {{"subject", need.subject},
                                               {"level", std::to_string(need.level)},
                                               {"framework", ""},
                                               {"achieved_on", std::string(kYesterday)}});
  }
  for (const std::vector<Condition>* list : {&need.picks, &need.conditions}) {
    for (const Condition& condition : *list) {
      Write(condition, *need.kind, shown.changes);
      if (condition.test == Test::kIssuerIs) shown.by = By::kCouncil;
      if (condition.fact == nullptr || condition.fact->name != "regulator") continue;
      shown.changes.emplace_back("number", NumberOf(*ShippedTerms().FindRegulator(condition.words.front())));
    }
  }
  return shown;
}

void Write(const Need& need, Engagement engagement, std::vector<Shown>& into) {
  if (need.form == Need::Form::kRecord || need.form == Need::Form::kTraining) into.push_back(RecordFor(need));
  for (const Need& child : need.children) {
    if (need.form == Need::Form::kNoneOf || !Counts(child.when, engagement)) continue;
    Write(child, engagement, into);
    if (need.form == Need::Form::kAnyOf) return;
  }
}

void Add(const std::string& requirement, Shown record, std::vector<Written>& passport) {
  const auto role = std::find_if(passport.begin(), passport.end(),
                                 [](const Written& each) { return each.shown.kind == "volunteer_role"; });
  if (record.kind != "volunteer_role" || role == passport.end())
    return passport.push_back({.requirements = {requirement}, .shown = std::move(record)});
  role->requirements.push_back(requirement);
  role->shown.changes.insert(role->shown.changes.end(), record.changes.begin(), record.changes.end());
}

}  // namespace

bool Written::IsFor(std::string_view requirement) const {
  return std::find(requirements.begin(), requirements.end(), requirement) != requirements.end();
}

std::vector<Written> PassportFor(const RoleProfile& profile, Engagement engagement) {
  std::vector<Written> passport;
  for (const Requirement& requirement : profile.requirements()) {
    if (!Counts(requirement.when, engagement)) continue;
    std::vector<Shown> records;
    Write(requirement.need, engagement, records);
    for (Shown& record : records) Add(requirement.id, std::move(record), passport);
  }
  return passport;
}

}  // namespace passport
