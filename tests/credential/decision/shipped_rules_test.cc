// What every profile that ships asks, whatever the role: checked facts, an agency's younger check, the whole night.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/credential/decision/shipped.h"
#include "tests/credential/decision/written_passport.h"

namespace passport::suites {
namespace {

bool AsksWhoChecked(const Need& leaf) {
  const auto on_assurance = [](const Condition& condition) {
    const bool own_word =
        std::find(condition.words.begin(), condition.words.end(), "self_declared") != condition.words.end();
    return condition.fact != nullptr && condition.fact->name == "assurance" && !own_word;
  };
  return std::any_of(leaf.conditions.begin(), leaf.conditions.end(), on_assurance) ||
         std::any_of(leaf.picks.begin(), leaf.picks.end(), on_assurance);
}

// A not-if counts against the person whoever says it, so it asks for no grade.
void CheckLeaves(const Need& need, const std::string& where) {
  if (need.form == Need::Form::kNoneOf) return;
  if (need.form == Need::Form::kRecord || need.form == Need::Form::kTraining) {
    EXPECT_TRUE(AsksWhoChecked(need)) << where << " would take somebody's own word";
    ++Profile::cases;
  }
  for (const Need& child : need.children) CheckLeaves(child, where);
}

TEST_F(Profile, ShipsWithNoNeedThatOnesOwnWordMeets) {
  for (const std::string& id : ShippedIds()) {
    const RoleProfile profile = Shipped(id);
    for (const Requirement& requirement : profile.requirements())
      CheckLeaves(requirement.need, id + ", " + requirement.id);
  }
}

// All that the home employer signs is signed by the council, with these changes to the check.
std::string MissedWhenHomeIsTheCouncil(const RoleProfile& profile, const std::vector<Record::Field>& check) {
  Roster roster;
  std::vector<std::string> texts;
  for (Written& each : PassportFor(profile, Engagement::kPlacement)) {
    each.shown.by = By::kCouncil;
    if (each.IsFor("criminal-record-check")) {
      each.shown.changes.insert(each.shown.changes.end(), check.begin(), check.end());
    }
    texts.push_back(roster.Sign(each.shown));
  }
  const Duty duty = Shift("2026-11-21 08:00", "2026-11-21 20:00", Engagement::kPlacement);
  return Missed(Decide(profile, ShippedTaxonomies(), roster.Passport(texts), duty).value());
}

// The council stands for the agency: its type is put where the shipped profile says "agency".
TEST_F(Profile, ShipsWithTwelveMonthsForAnAgencysCheck) {
  std::string text = ShippedText("community-nurse");
  const std::string agency = R"("issuer_type": ["agency"])";
  const std::size_t at = text.find(agency);
  ASSERT_NE(at, std::string::npos);
  const RoleProfile shipped = Shipped("community-nurse");
  text.replace(at, agency.size(), R"("issuer_type": ["local_authority"])");
  const Result<RoleProfile> profile = RoleProfile::Parse(text);
  ASSERT_TRUE(profile.ok()) << profile.fault().detail;
  EXPECT_EQ(MissedWhenHomeIsTheCouncil(*profile, {{"issued_on", "2026-03-01"}}), "") << "under 12 months";
  EXPECT_EQ(MissedWhenHomeIsTheCouncil(*profile, {{"issued_on", "2025-11-20"}}),
            "criminal-record-check not_met too_old")
      << "over 12 months, which a home employer's could be";
  EXPECT_NE(MissedWhenHomeIsTheCouncil(shipped, {{"issued_on", "2025-12-01"}}), "") << "no agency and no employer";
  cases += 3;
}

TEST_F(Profile, ShipsSoThatWhatMustCarryTheShiftCarriesANight) {
  const RoleProfile profile = Shipped("community-nurse");
  const Duty evening = Shift("2026-11-21 14:00", "2026-11-21 22:00", Engagement::kPlacement);
  const Duty night = Shift("2026-11-21 20:00", "2026-11-22 08:00", Engagement::kPlacement);
  const struct {
    std::string_view requirement;
    std::vector<Record::Field> last_day;  // the record ends with the evening
    std::string_view missed;
  } rows[] = {
      {"assignment", {{"ends_on", "2026-11-21"}}, "assignment not_met ends_too_soon"},
      {"right-to-work", {{"extent", "time_limited"}, {"ends_on", "2026-11-21"}}, "right-to-work not_met ends_too_soon"},
      {"registration", {{"expires_on", "2026-11-21"}}, "registration not_met expired"}};
  Roster roster;
  for (const auto& row : rows) {
    std::vector<std::string> texts;
    for (Written& each : PassportFor(profile, Engagement::kPlacement)) {
      if (each.IsFor(row.requirement)) {
        each.shown.changes.insert(each.shown.changes.end(), row.last_day.begin(), row.last_day.end());
      }
      texts.push_back(roster.Sign(each.shown));
    }
    const HeldRecords records = roster.Passport(texts);
    const auto of = [&](const Duty& duty, std::string_view requirement) {
      std::string outcome;
      const auto decision = Decide(profile, ShippedTaxonomies(), records, duty);
      for (const DecisionLine& line : decision->lines) {
        if (line.requirement == requirement) outcome = std::string(WordOf(line.outcome));
      }
      return outcome;
    };
    EXPECT_EQ(of(evening, row.requirement), "met_expiring") << row.requirement;
    EXPECT_EQ(of(night, row.requirement), "not_met") << row.requirement;
    cases += 2;
  }
}

}  // namespace
}  // namespace passport::suites
