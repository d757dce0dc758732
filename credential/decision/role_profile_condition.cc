#include "credential/decision/role_profile_condition.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace passport {
namespace {

using Test = Condition::Test;

constexpr std::array<TestName, 12> kTests = {{
    {"one_of", Test::kOneOf, Reason::kNotCovered},
    {"at_least", Test::kAtLeast, Reason::kLevelTooLow},
    {"assurance_at_least", Test::kAssurance, Reason::kAssuranceTooLow},
    {"within_months", Test::kWithinMonths, Reason::kTooOld},
    {"within_days", Test::kWithinDays, Reason::kRecheckDue},
    {"not_before_day", Test::kNotBeforeDay, Reason::kEndsTooSoon},
    {"not_after_day", Test::kNotAfterDay, Reason::kNotYetInForce},
    {"is_place", Test::kIsPlace, Reason::kNotCovered},
    {"issuer_type", Test::kIssuerType, Reason::kIssuerNotAccepted},
    {"issuer_is", Test::kIssuerIs, Reason::kOwnCheckNeeded},
    {"same_issuer_as", Test::kSameIssuerAs, Reason::kOwnCheckNeeded},
    {"same_person_as", Test::kSamePersonAs, Reason::kHolderMismatch},
}};

// What a profile may give as the reason of a condition. What the standing of a record says is not its to choose.
constexpr std::array<Reason, 14> kOtherwise = {
    Reason::kRecordMissing, Reason::kTooOld,         Reason::kLevelTooLow,       Reason::kAssuranceTooLow,
    Reason::kNotCovered,    Reason::kRestricted,     Reason::kRecheckDue,        Reason::kEndsTooSoon,
    Reason::kNotYetInForce, Reason::kOwnCheckNeeded, Reason::kIssuerNotAccepted, Reason::kHolderMismatch,
    Reason::kPartMissing,   Reason::kExcluded};

bool FitsShape(Test test, const FieldRule& rule) {
  switch (test) {
    case Test::kOneOf:
      return rule.shape == FieldShape::kChoice || rule.shape == FieldShape::kWord || rule.shape == FieldShape::kFlag ||
             rule.shape == FieldShape::kCode;
    case Test::kAtLeast:
      return rule.shape == FieldShape::kNumber;
    case Test::kAssurance:
      return rule.name == "assurance";
    case Test::kNotBeforeDay:
      // Absence counts as no end, so a holder must not be able to keep the end back.
      return rule.shape == FieldShape::kDay && rule.showing == Showing::kAlways;
    case Test::kWithinMonths:
    case Test::kWithinDays:
    case Test::kNotAfterDay:
      return rule.shape == FieldShape::kDay;
    case Test::kIsPlace:
      return rule.shape == FieldShape::kOrganisation;
    case Test::kIssuerType:
    case Test::kIssuerIs:
    case Test::kSameIssuerAs:
    case Test::kSamePersonAs:
      return false;
  }
  return false;
}

Result<const TestName*> TestOf(const ProfilePart& part) {
  const TestName* found = nullptr;
  for (const TestName& test : kTests) {
    if (!part.Has(test.name)) continue;
    if (found != nullptr) return part.Wrong("a condition has more than one test");
    found = &test;
  }
  if (found == nullptr) return part.Wrong("a condition has no test");
  return found;
}

Result<const FieldRule*> FactOf(const ProfilePart& part, const RecordKind& kind, const TestName& test) {
  if (IsAboutIssuer(test.test)) {
    if (part.Has("fact")) return part.Wrong(std::string(test.name) + " is about who signed, not about a fact");
    return static_cast<const FieldRule*>(nullptr);
  }
  TRY_ASSIGN(const std::string name, part.Text("fact"));
  const auto rule =
      std::find_if(kind.fields.begin(), kind.fields.end(), [&](const FieldRule& field) { return field.name == name; });
  if (rule == kind.fields.end()) return part.Wrong("the kind has no such fact");
  if (!FitsShape(test.test, *rule)) return part.Wrong(std::string(test.name) + " does not fit the fact");
  return &*rule;
}

Result<void> ReadWords(const ProfilePart& part, Condition& condition) {
  TRY_ASSIGN(condition.words, part.Texts("one_of"));
  const FieldRule& rule = *condition.fact;
  for (const std::string& word : condition.words) {
    const bool unknown = rule.shape == FieldShape::kChoice &&
                         std::find(rule.choices.begin(), rule.choices.end(), word) == rule.choices.end();
    const bool no_flag = rule.shape == FieldShape::kFlag && word != "true" && word != "false";
    if (unknown || no_flag) return part.Wrong("one_of holds a word the fact can not have");
  }
  return {};
}

// What stands behind the name of the test.
Result<void> ReadOperand(const ProfilePart& part, std::string_view name, Condition& condition) {
  switch (condition.test) {
    case Test::kOneOf:
      return ReadWords(part, condition);
    case Test::kAssurance: {
      TRY_ASSIGN(std::string grade, part.Text(name));
      if (std::find(std::begin(kAssuranceGrades), std::end(kAssuranceGrades), grade) == std::end(kAssuranceGrades))
        return part.Wrong("not an assurance grade");
      condition.words = {std::move(grade)};
      return {};
    }
    case Test::kAtLeast:
    case Test::kWithinMonths:
    case Test::kWithinDays: {
      TRY_ASSIGN(condition.amount, part.Whole(name));
      return {};
    }
    case Test::kNotBeforeDay:
    case Test::kNotAfterDay:
    case Test::kIsPlace:
      TRY(part.Mark(name));
      return {};
    case Test::kIssuerType: {
      TRY_ASSIGN(condition.words, part.Texts(name));
      return {};
    }
    case Test::kIssuerIs: {
      TRY_ASSIGN(std::string who, part.Text(name));
      if (who != "receiver" && who != "place") return part.Wrong("issuer_is is not receiver or place");
      condition.words = {std::move(who)};
      return {};
    }
    case Test::kSameIssuerAs:
    case Test::kSamePersonAs: {
      TRY_ASSIGN(std::string requirement, part.Id(name));
      condition.words = {std::move(requirement)};
      return {};
    }
  }
  return part.Wrong("unknown test");
}

}  // namespace

std::span<const TestName> AllTests() { return kTests; }

bool HasEnd(Test test) {
  return test == Test::kWithinMonths || test == Test::kWithinDays || test == Test::kNotBeforeDay;
}

bool IsAboutIssuer(Test test) {
  return test == Test::kIssuerType || test == Test::kIssuerIs || test == Test::kSameIssuerAs ||
         test == Test::kSamePersonAs;
}

Result<Condition> ReadCondition(const ProfilePart& part, const RecordKind& kind) {
  TRY(part.Only({"fact", "one_of", "at_least", "assurance_at_least", "within_months", "within_days", "not_before_day",
                 "not_after_day", "is_place", "issuer_type", "issuer_is", "same_issuer_as", "same_person_as",
                 "through_shift", "otherwise"}));
  TRY_ASSIGN(const TestName* const test, TestOf(part));
  TRY_ASSIGN(const FieldRule* const fact, FactOf(part, kind, *test));
  Condition condition{
      .fact = fact, .test = test->test, .words = {}, .amount = 0, .through_shift = false, .otherwise = test->otherwise};
  TRY(ReadOperand(part, test->name, condition));
  TRY_ASSIGN(condition.through_shift, part.Mark("through_shift"));
  if (condition.through_shift && !HasEnd(condition.test))
    return part.Wrong(std::string(test->name) + " has no end to hold through the shift");
  if (part.Has("otherwise")) {
    TRY_ASSIGN(const std::string word, part.Text("otherwise"));
    const auto* const reason =
        std::find_if(kOtherwise.begin(), kOtherwise.end(), [&](Reason each) { return WordOf(each) == word; });
    if (reason == kOtherwise.end()) return part.Wrong("otherwise is not a reason of decisions");
    condition.otherwise = *reason;
  }
  return condition;
}

}  // namespace passport
