// What is shown is the least that does, compared with a plain search over everything that could be shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "credential/decision/asked.h"
#include "credential/decision/judge.h"
#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

constexpr std::string_view kLeastDay = "2026-11-21";
const std::set<std::string_view> kHowChecked = {"assurance", "method", "checker_role", "checked_on"};

// A record as a receiver would see it.
Record Cut(const Record& whole, const std::set<std::string>& facts) {
  json::Tree tree;
  json::Value& claims = tree.Object();
  for (const Fact& fact : whole.facts()) {
    const bool shows = fact.rule->showing == Showing::kAlways || kHowChecked.contains(fact.rule->name) ||
                       facts.contains(std::string(fact.rule->name));
    if (shows) claims.Append(fact.rule->name, Record::ToJson(fact, tree));
  }
  return Record::FromClaims(whole.kind(), claims).value();
}

// A small passport in front of a profile.
struct LeastCase {
  RoleProfile profile;
  std::vector<Record> records;
  std::vector<CredentialId> ids = {};
  OrganisationId issuer = Trust();
  Duty duty = OnDay(kLeastDay);

  void NameThem() {
    for (std::size_t i = 0; i < records.size(); ++i) ids.push_back(*CredentialId::Parse("c" + std::to_string(i)));
  }
  // What comes out for each requirement when these are shown; null: kept back.
  std::vector<Outcome> Outcomes(const std::vector<const Record*>& shown) const {
    std::vector<Weighable> weighable;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      if (shown[i] == nullptr) continue;
      weighable.push_back({.credential = &ids[i],
                           .record = shown[i],
                           .issuer = &issuer,
                           .issuer_type = "nhs_trust",
                           .holder = {},
                           .expires_at = kFarEnd,
                           .standing = Standing::kGood,
                           .standing_reason = Reason::kNone});
    }
    const PreparedProfile prepared(profile, TestTaxonomies(), duty.first_day());
    const WeighedRecords weighed(weighable, Reason::kNone);
    const WeighedCase weighed_case(prepared, weighed, WeighedCase::Days::kWhenAsked);
    JudgeRoom room;
    Judge judge(weighed_case, duty, room);
    std::vector<Outcome> outcomes;
    for (const PreparedRequirement& each : prepared.requirements())
      outcomes.push_back(judge.RulingOf(prepared.need(each.need)).fare.outcome);
    return outcomes;
  }
  std::vector<Outcome> OutcomesOfAll() const {
    std::vector<const Record*> all;
    for (const Record& each : records) all.push_back(&each);
    return Outcomes(all);
  }
  std::vector<Showable> Choose() const {
    std::vector<HeldRecord> held;
    for (std::size_t i = 0; i < records.size(); ++i) {
      held.push_back({.credential = ids[i],
                      .record = &records[i],
                      .issuer = issuer,
                      .issuer_type = "nhs_trust",
                      .expires_at = kFarEnd,
                      .standing = Standing::kGood});
    }
    return ChooseFor(profile, TestTaxonomies(), held, duty);
  }
  // The records as chosen, null where one is kept back.
  std::vector<std::optional<Record>> Presented() const {
    std::vector<std::optional<Record>> shown(records.size());
    for (const Showable& each : Choose()) {
      const auto at = static_cast<std::size_t>(std::find(ids.begin(), ids.end(), each.credential) - ids.begin());
      shown[at] = Cut(records[at], {each.facts.begin(), each.facts.end()});
    }
    return shown;
  }
};

std::vector<const Record*> Pointers(const std::vector<std::optional<Record>>& shown) {
  std::vector<const Record*> all;
  for (const std::optional<Record>& each : shown) all.push_back(each ? &*each : nullptr);
  return all;
}

std::size_t FactsOf(const std::vector<const Record*>& shown) {
  std::size_t facts = 0;
  for (const Record* each : shown) facts += each == nullptr ? 0 : each->facts().size();
  return facts;
}

// Every way to show a record: not at all, or with any union of what the leaves of its kind ask about.
void GatherLeaves(const Need& need, const RecordKind& kind, std::set<std::set<std::string>>& asked) {
  for (const Need& child : need.children) GatherLeaves(child, kind, asked);
  if (need.kind != &kind) return;
  std::set<std::string> facts;
  if (need.form == Need::Form::kTraining) facts = {"subject", "level", "part", "achieved_on"};
  for (const auto* conditions : {&need.picks, &need.conditions}) {
    for (const Condition& each : *conditions) {
      if (each.fact != nullptr) facts.emplace(each.fact->name);
    }
  }
  std::set<std::set<std::string>> with = asked;
  for (std::set<std::string> each : asked) {
    each.insert(facts.begin(), facts.end());
    with.insert(std::move(each));
  }
  with.insert(std::move(facts));
  asked = std::move(with);
}

// The fewest facts with which every line comes out as it does when all is shown.
std::size_t LeastByTrying(const LeastCase& one) {
  std::vector<std::vector<std::optional<Record>>> forms;
  for (const Record& record : one.records) {
    std::set<std::set<std::string>> asked;
    for (const Requirement& each : one.profile.requirements()) GatherLeaves(each.need, record.kind(), asked);
    std::vector<std::optional<Record>> of_record = {std::nullopt};
    for (const std::set<std::string>& facts : asked) of_record.emplace_back(Cut(record, facts));
    forms.push_back(std::move(of_record));
  }
  const std::vector<Outcome> wanted = one.OutcomesOfAll();
  std::size_t least = SIZE_MAX;
  std::vector<std::size_t> at(forms.size(), 0);
  while (true) {
    std::vector<const Record*> shown;
    for (std::size_t i = 0; i < forms.size(); ++i) shown.push_back(forms[i][at[i]] ? &*forms[i][at[i]] : nullptr);
    const std::size_t facts = FactsOf(shown);
    if (facts < least && one.Outcomes(shown) == wanted) least = facts;
    std::size_t digit = 0;
    while (digit < at.size() && ++at[digit] == forms[digit].size()) at[digit++] = 0;
    if (digit == at.size()) return least;
  }
}

class RandomLeast {
 public:
  explicit RandomLeast(unsigned seed) : chance_(seed) {}
  LeastCase Next() {
    std::string requirements;
    std::size_t leaves = 3;
    for (std::size_t i = 0; leaves > 0; ++i) {
      const std::size_t here = 1 + Below(leaves);
      leaves -= here;
      const std::string form = Below(4) == 0 ? "all_of" : "any_of";
      requirements += (i == 0 ? "" : ",") + std::string(R"({"id":"r)") + std::to_string(i) + R"(","needs":"it",")" +
                      form + R"(":[)";
      for (std::size_t leaf = 0; leaf < here; ++leaf) requirements += (leaf == 0 ? "" : ",") + Leaf();
      requirements += "]}";
    }
    LeastCase one{.profile = ProfileOf(requirements, 0), .records = {}};
    const std::size_t records = 2 + Below(4);
    for (std::size_t i = 0; i < records; ++i) one.records.push_back(AnyRecord());
    one.NameThem();
    return one;
  }

 private:
  std::size_t Below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(chance_); }
  template <std::size_t n>
  std::string OneOf(const char* const (&list)[n]) {
    return list[Below(n)];
  }
  std::string Leaf() {
    return OneOf({
        R"({"training":"fire_safety","level":1,"refresh":true})",
        R"({"training":"moving_and_handling","level":1,"refresh":true})",
        R"({"training":"moving_and_handling","level":2,"refresh":true})",
        R"({"training":"resuscitation_adult","level":2,"refresh":true})",
        R"({"kind":"mandatory_training","pick":[{"fact":"subject","one_of":["fire_safety","moving_and_handling"]}],
            "conditions":[{"fact":"assurance","assurance_at_least":"employer_verified"}]})",
        R"({"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]})",
        R"({"kind":"employment","conditions":[{"fact":"staff_group","one_of":["nursing_and_midwifery_registered"]},
            {"fact":"starts_on","not_after_day":true}]})",
        R"({"kind":"volunteer_role","conditions":[{"fact":"ends_on","not_before_day":true}]})",
    });
  }
  Record AnyRecord() {
    switch (Below(4)) {
      case 0: {
        std::vector<Record::Field> changes;
        if (Below(2) == 0) changes.emplace_back("ends_on", "2027-12-01");
        if (Below(3) == 0) changes.emplace_back("staff_group", "administrative_and_clerical");
        return MakeRecord("employment", changes);
      }
      case 1:
        return MakeRecord("volunteer_role");
      default: {
        std::vector<Record::Field> changes = {
            {"subject", OneOf({"fire_safety", "moving_and_handling", "resuscitation_adult"})},
            {"level", OneOf({"1", "2"})},
            {"achieved_on", OneOf({"2026-10-01", "2026-06-01", "2019-01-01"})}};
        if (changes[0].second == "fire_safety") changes[1].second = "1";
        if (changes[0].second == "resuscitation_adult") changes[1].second = "2";
        if (Below(3) == 0) changes.emplace_back("expires_on", "2028-01-01");
        return MakeRecord("mandatory_training", changes);
      }
    }
  }
  std::mt19937 chance_;
};

bool AllMet(const std::vector<Outcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), [](Outcome each) { return each == Outcome::kMet; });
}

TEST(LeastDisclosure, IsWhatASearchOverEverythingThatCouldBeShownFinds) {
  RandomLeast random(20261122);
  std::size_t compared = 0;
  for (int i = 0; i < 1500 && compared < 150; ++i) {
    const LeastCase one = random.Next();
    if (!AllMet(one.OutcomesOfAll())) continue;
    ++compared;
    const auto presented = one.Presented();
    EXPECT_EQ(FactsOf(Pointers(presented)), LeastByTrying(one)) << one.profile.text();
  }
  EXPECT_GE(compared, 100U);
  RecordProperty("cases", std::to_string(compared));
}

TEST(LeastDisclosure, AnswersAsEverythingWould) {
  RandomLeast random(7);
  for (int i = 0; i < 2000; ++i) {
    const LeastCase one = random.Next();
    const auto presented = one.Presented();
    EXPECT_EQ(one.Outcomes(Pointers(presented)), one.OutcomesOfAll()) << one.profile.text();
  }
}

TEST(LeastDisclosure, HoldsNothingBeyondWhatWasAsked) {
  RandomLeast random(11);
  for (int i = 0; i < 2000; ++i) {
    const LeastCase one = random.Next();
    const std::vector<AskedRecord> asked = AskedBy(one.profile, Engagement::kPlacement);
    for (const std::optional<Record>& each : one.Presented()) {
      EXPECT_TRUE(!each || IsAskedFor(*each, asked)) << one.profile.text();
    }
  }
}

TEST(LeastDisclosure, TakesTheRecordThatRevealsLessOfTwoThatSatisfyALine) {
  LeastCase one{.profile = Profile(R"({"training":"fire_safety","level":1,"refresh":true})", 0), .records = {}};
  one.records.push_back(MakeRecord(
      "mandatory_training",
      {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", "2026-10-01"}, {"expires_on", "2027-10-01"}}));
  one.records.push_back(
      MakeRecord("mandatory_training", {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", "2026-09-01"}}));
  one.NameThem();
  ASSERT_EQ(one.Choose().size(), 1U);
  EXPECT_EQ(one.Choose()[0].credential.text(), "c1") << "the end of the other can not be kept back";
}

TEST(LeastDisclosure, TakesOneRecordForTwoLinesRatherThanTwo) {
  LeastCase one{.profile = ProfileOf(R"(
      {"id":"a","needs":"a","any_of":[{"kind":"volunteer_role","conditions":[{"fact":"ends_on","not_before_day":true}]},
        {"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]},
      {"id":"b","needs":"b","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]})",
                                     0),
                .records = {}};
  one.records.push_back(MakeRecord("volunteer_role"));
  one.records.push_back(MakeRecord("employment"));
  one.NameThem();
  ASSERT_EQ(one.Choose().size(), 1U);
  EXPECT_EQ(one.Choose()[0].credential.text(), "c1");
}

TEST(LeastDisclosure, NamesWhatAProfileAsksLineByLine) {
  const RoleProfile profile = Profile(R"({"training":"fire_safety","level":1,"refresh":true})", 0);
  const std::vector<AskedRecord> asked = AskedBy(profile, Engagement::kPlacement);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].kind->word, "mandatory_training");
  for (const char* fact : {"subject", "level", "achieved_on", "assurance", "checked_on"}) {
    EXPECT_EQ(std::count(asked[0].facts.begin(), asked[0].facts.end(), fact), 1) << fact;
  }
  EXPECT_EQ(std::count(asked[0].facts.begin(), asked[0].facts.end(), "provider"), 0);
}

}  // namespace
}  // namespace passport
