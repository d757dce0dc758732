#include "credential/decision/weigh.h"

#include <algorithm>
#include <charconv>

namespace passport {
namespace {

std::size_t GradeOf(std::string_view grade) {
  return static_cast<std::size_t>(std::find(std::begin(kAssuranceGrades), std::end(kAssuranceGrades), grade) -
                                  std::begin(kAssuranceGrades));
}

bool IsAmong(std::string_view word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Held YesIf(bool holds, Reason otherwise) {
  if (holds) return {.answer = Held::Answer::kYes};
  return {.answer = Held::Answer::kNo, .reason = otherwise};
}

}  // namespace

const std::string* FindFact(const Record& record, const FieldRule* rule) {
  for (const Fact& fact : record.facts()) {
    if (fact.rule == rule) return &fact.value;
  }
  return nullptr;
}

std::optional<CivilDay> FindDay(const Record& record, const FieldRule* rule) {
  const std::string* text = FindFact(record, rule);
  if (text == nullptr) return std::nullopt;
  const Result<CivilDay> day = CivilDay::Parse(*text);
  return day.ok() ? std::optional(*day) : std::nullopt;
}

std::optional<int> FindNumber(const Record& record, const FieldRule* rule) {
  const std::string* text = FindFact(record, rule);
  if (text == nullptr) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

Held Scales::Ends(std::optional<CivilDay> through, bool through_shift, Reason otherwise) const {
  const CivilDay& needed = through_shift ? duty_->last_day() : duty_->first_day();
  Held held = YesIf(!through || needed <= *through, otherwise);
  held.through = through;
  return held;
}

Held Scales::Within(std::optional<CivilDay> from, std::optional<int> months, bool through_shift,
                    Reason otherwise) const {
  if (!from) return YesIf(false, otherwise);
  // What is still to come is not old: it is not there yet.
  if (*from > duty_->first_day()) return YesIf(false, Reason::kNotYetInForce);
  return Ends(months ? std::optional(from->PlusMonths(*months)) : std::nullopt, through_shift, otherwise);
}

Held Scales::NotExpired(const Weighed& weighed) const {
  if (!weighed.expires_at) return YesIf(true, Reason::kNone);
  const Instant end = *weighed.expires_at;
  if (end <= duty_->starts_at()) return YesIf(false, Reason::kEndsTooSoon);
  return {.answer = Held::Answer::kYes, .through = weighed.runs_through, .lapses_in_duty = end < duty_->ends_at()};
}

Held Scales::Test(const Condition& condition, const Weighed& weighed) const {
  const Record& record = *weighed.record;
  const Reason no = condition.otherwise;
  switch (condition.test) {
    case Condition::Test::kOneOf: {
      const std::string* fact = FindFact(record, condition.fact);
      return YesIf(fact != nullptr && IsAmong(*fact, condition.words), no);
    }
    case Condition::Test::kAtLeast:
      return YesIf(FindNumber(record, condition.fact).value_or(-1) >= condition.amount, no);
    case Condition::Test::kAssurance: {
      const std::string* fact = FindFact(record, condition.fact);
      return YesIf(fact != nullptr && GradeOf(*fact) >= GradeOf(condition.words.front()), no);
    }
    case Condition::Test::kWithinMonths:
      return Within(FindDay(record, condition.fact), condition.amount, condition.through_shift, no);
    case Condition::Test::kWithinDays: {
      const std::optional<CivilDay> from = FindDay(record, condition.fact);
      if (!from || *from > duty_->first_day()) return Within(from, std::nullopt, false, no);
      Held held = Ends(from->PlusDays(condition.amount), condition.through_shift, no);
      held.recheck = condition.amount <= expiring_within_days_;
      return held;
    }
    case Condition::Test::kNotBeforeDay:
      return Ends(FindDay(record, condition.fact), condition.through_shift, no);
    case Condition::Test::kNotAfterDay: {
      const std::optional<CivilDay> start = FindDay(record, condition.fact);
      return YesIf(start && *start <= duty_->first_day(), no);
    }
    case Condition::Test::kIsPlace: {
      const std::string* fact = FindFact(record, condition.fact);
      return YesIf(fact != nullptr && *fact == duty_->place().text(), no);
    }
    case Condition::Test::kIssuerType:
      return YesIf(IsAmong(weighed.issuer_type, condition.words), no);
    case Condition::Test::kIssuerIs:
      return YesIf(*weighed.issuer == (condition.words.front() == "place" ? duty_->place() : duty_->receiver()), no);
    case Condition::Test::kSameIssuerAs:
    case Condition::Test::kSamePersonAs:
      break;
  }
  return YesIf(false, no);
}

void Scales::Count(const Held& held, Fare& fare) const {
  if (held.answer == Held::Answer::kNo) {
    if (fare.outcome != Outcome::kNotMet) fare.reason = held.reason;
    fare.outcome = Outcome::kNotMet;
    return;
  }
  ++fare.satisfied;
  if (held.answer == Held::Answer::kCannotTell && fare.outcome < Outcome::kCannotTell) {
    fare.outcome = Outcome::kCannotTell;
    fare.reason = held.reason;
  }
  if (!held.through) return;
  if (!fare.holds_through || *held.through < *fare.holds_through) fare.holds_through = held.through;
  const bool soon = held.lapses_in_duty || *held.through < duty_->last_day() || *held.through < soon_;
  if (soon && !held.recheck && fare.outcome == Outcome::kMet) fare.outcome = Outcome::kMetExpiring;
}

void Scales::CountStanding(const Weighed& weighed, Fare& fare) {
  switch (weighed.standing) {
    case Standing::kGood:
      return;
    case Standing::kRevoked:
    case Standing::kSuspended:
      fare.outcome = Outcome::kNotMet;
      fare.reason = weighed.standing_reason;
      return;
    case Standing::kCannotTell:
      if (fare.outcome == Outcome::kNotMet) return;
      fare.outcome = Outcome::kCannotTell;
      fare.reason = weighed.standing_reason;
      return;
  }
}

}  // namespace passport
