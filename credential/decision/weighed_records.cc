#include "credential/decision/weighed_records.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>

namespace passport {
namespace {

constexpr std::size_t kDaysEach = 4;  // of most kinds no more show
constexpr std::int32_t kNotShown = -1;
static_assert(static_cast<WordNumber>(kNotShown) == kNoWord);

std::int32_t ReadNumber(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : kNotShown;
}

// Of a text that is a day.
WeighedDay WeighedDayOf(const CivilDay& day, std::string_view text) {
  constexpr int kFirstYear = 1900;
  const int months = (ReadNumber(text.substr(0, 4)) - kFirstYear) * 12 + ReadNumber(text.substr(5, 2)) - 1;
  return {.day = day,
          .months = static_cast<std::int16_t>(months),
          .day_of_it = static_cast<std::int16_t>(ReadNumber(text.substr(8, 2)))};
}

RecordStanding StandingIn(Reason registry, Standing standing, Reason reason) {
  if (standing == Standing::kGood && registry != Reason::kNone) return {Standing::kCannotTell, registry};
  return {standing, reason};
}

}  // namespace

int GradeOf(std::string_view grade) {
  return static_cast<int>(std::find(std::begin(kAssuranceGrades), std::end(kAssuranceGrades), grade) -
                          std::begin(kAssuranceGrades));
}

std::size_t PositionOf(const RecordKind& kind) {
  const std::span<const RecordKind* const> all = AllRecordKinds();
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), &kind) - all.begin());
}

WeighedRecords::WeighedRecords(std::span<const Weighable> records, Reason registry) : registry_(registry) {
  std::vector<std::uint32_t> order(records.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return *records[a].credential < *records[b].credential; });
  std::size_t facts = 0;
  for (const Weighable& each : records) facts += each.record->kind().fields.size();
  records_.reserve(records.size());
  ids_.reserve(records.size());
  facts_.reserve(facts);
  days_.reserve(kDaysEach * records.size());
  for (const std::uint32_t given : order) Add(records[given], given);
  SortByKind();
}

void WeighedRecords::Add(const Weighable& from, std::uint32_t given) {
  const RecordKind& kind = from.record->kind();
  const RecordStanding known = StandingIn(registry_, from.standing, from.standing_reason);
  // Most records of a person have the issuer of the one before, and all of them the holder.
  const auto number = [this](std::string_view word, WordNumber before) {
    return before != kNoWord && words_.TextOf(before) == word ? before : words_.Add(word);
  };
  const Weighed* const last = records_.empty() ? nullptr : &records_.back();
  Weighed weighed{.kind = &kind,
                  .first_fact = static_cast<std::uint32_t>(facts_.size()),
                  .given = given,
                  .issuer = number(from.issuer->text(), last == nullptr ? kNoWord : last->issuer),
                  .issuer_type = number(from.issuer_type, last == nullptr ? kNoWord : last->issuer_type),
                  .holder = number(from.holder, last == nullptr ? kNoWord : last->holder),
                  .standing = known.standing,
                  .standing_reason = known.reason,
                  .grade = -1,
                  .expires_at = from.expires_at,
                  .runs_through = std::nullopt};
  if (from.expires_at) weighed.runs_through = CivilDay::InLondon(*from.expires_at - Seconds{1});
  facts_.resize(facts_.size() + kind.fields.size(), kNotShown);
  for (const Fact& fact : from.record->facts()) {
    facts_[weighed.first_fact + static_cast<std::size_t>(fact.rule - kind.fields.data())] = Read(fact);
    if (fact.rule->choices.data() == kAssuranceGrades) weighed.grade = GradeOf(fact.value);
  }
  records_.push_back(weighed);
  ids_.push_back(*from.credential);
}

std::int32_t WeighedRecords::Read(const Fact& fact) {
  switch (fact.rule->shape) {
    case FieldShape::kDay: {
      const Result<CivilDay> day = CivilDay::Parse(fact.value);
      if (!day.ok()) return kNotShown;
      days_.push_back(WeighedDayOf(*day, fact.value));
      return static_cast<std::int32_t>(days_.size() - 1);
    }
    case FieldShape::kNumber:
      return ReadNumber(fact.value);
    case FieldShape::kFlag:
    case FieldShape::kWord:
    case FieldShape::kChoice:
    case FieldShape::kCode:
    case FieldShape::kOrganisation:
      return static_cast<std::int32_t>(words_.Add(fact.value));
    case FieldShape::kName:
    case FieldShape::kDigest:
      return kNotShown;  // no test looks at them
  }
  return kNotShown;
}

void WeighedRecords::SortByKind() {
  const std::size_t kinds = AllRecordKinds().size();
  std::vector<std::uint32_t> kind_of;
  kind_of.reserve(records_.size());
  for (const Weighed& each : records_) kind_of.push_back(static_cast<std::uint32_t>(PositionOf(*each.kind)));
  kind_begins_.assign(kinds + 1, 0);
  for (const std::uint32_t kind : kind_of) ++kind_begins_[kind + 1];
  std::partial_sum(kind_begins_.begin(), kind_begins_.end(), kind_begins_.begin());
  std::vector<std::uint32_t> next(kind_begins_.begin(), kind_begins_.end());
  by_kind_.resize(records_.size());
  for (std::uint32_t record = 0; record < records_.size(); ++record) by_kind_[next[kind_of[record]]++] = record;
}

void WeighedRecords::Restand(std::span<const RecordStanding> standings, Reason registry) {
  registry_ = registry;
  for (Weighed& each : records_) {
    const RecordStanding& known = standings[each.given];
    const RecordStanding stands = StandingIn(registry, known.standing, known.reason);
    each.standing = stands.standing;
    each.standing_reason = stands.reason;
  }
}

}  // namespace passport
