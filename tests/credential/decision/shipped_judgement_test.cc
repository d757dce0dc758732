// The short answer against the long one, by every profile that ships.
#include <gtest/gtest.h>

#include <array>

#include "tests/credential/decision/shipped.h"
#include "tests/credential/decision/short_answer.h"
#include "tests/credential/decision/written_passport.h"

namespace passport::suites {
namespace {

// A weekend night, a day in March of the year after, and one so late that much has run out.
std::vector<Duty> DutiesAs(Engagement engagement) {
  return {Shift("2026-11-21 20:00", "2026-11-22 08:00", engagement),
          Shift("2027-03-02 08:00", "2027-03-02 16:00", engagement),
          Shift("2028-12-30 08:00", "2028-12-31 16:00", engagement)};
}

// The whole passport, and the passport without each of its records.
TEST_F(Profile, ShipsWithAShortAnswerThatIsTheLongOne) {
  DutyJudge judge;
  std::array<int, 4> outcomes{};
  for (const std::string& id : ShippedIds()) {
    const RoleProfile role = Shipped(id);
    for (const Engagement engagement : {Engagement::kPlacement, Engagement::kEmployment}) {
      Roster roster;
      std::vector<std::string> all;
      for (const Written& each : PassportFor(role, engagement)) all.push_back(roster.Sign(each.shown));
      for (std::size_t without = 0; without <= all.size(); ++without) {
        std::vector<std::string> texts = all;
        if (without < all.size()) texts.erase(texts.begin() + static_cast<std::ptrdiff_t>(without));
        const HeldRecords records = roster.Passport(texts);
        const PreparedRecords prepared(records);
        for (const Duty& duty : DutiesAs(engagement)) {
          const PreparedProfile profile(role, ShippedTaxonomies(), duty.first_day());
          const auto decision = Decide(role, ShippedTaxonomies(), records, duty);
          ASSERT_TRUE(decision.ok()) << SaidOf(decision);
          const Result<Judgement> judgement = judge.Of(PreparedCase(profile, prepared), duty);
          ASSERT_TRUE(judgement.ok()) << SaidOf(judgement);
          ASSERT_EQ(*judgement, Shortly(*decision, role)) << id << "\n" << Spelt(*decision);
          ++outcomes[static_cast<std::size_t>(judgement->outcome)];
          ++cases;
        }
      }
    }
  }
  EXPECT_GT(outcomes[static_cast<std::size_t>(Outcome::kMet)], 10);
  EXPECT_GT(outcomes[static_cast<std::size_t>(Outcome::kNotMet)], 100);
}

}  // namespace
}  // namespace passport::suites
