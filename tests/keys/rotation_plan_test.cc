// The life of keys as a table: what is due when, and that following the plan never leaves anybody without a key.
#include "keys/rotation_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/seeded_random.h"

namespace passport {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr Instant kStart{1'795'000'000};
constexpr RotationPolicy kPolicy = kYearlyRotation;

Instant Day(std::int64_t day) { return {kStart.seconds + day * kDay}; }

OrganisationId Trust() { return OrganisationId::Parse("ods:RC9").value(); }

KeyInfo Key(std::string kid, KeyRole role, KeyState state) {
  return {.owner = Trust(),
          .role = role,
          .kid = std::move(kid),
          .state = state,
          .created_at = kStart,
          .published_at = std::nullopt,
          .activated_at = std::nullopt,
          .retired_at = std::nullopt,
          .compromised_at = std::nullopt,
          .point = std::nullopt};
}

KeyInfo Active(std::string kid, std::int64_t day, KeyRole role = KeyRole::kIssue) {
  KeyInfo key = Key(std::move(kid), role, KeyState::kActive);
  key.published_at = IsSecretRole(role) ? std::nullopt : std::optional(Day(day));
  key.activated_at = Day(day);
  return key;
}

KeyInfo Staged(std::string kid, std::int64_t made, std::optional<std::int64_t> published,
               KeyRole role = KeyRole::kIssue) {
  KeyInfo key = Key(std::move(kid), role, KeyState::kStaged);
  key.created_at = Day(made);
  if (published) key.published_at = Day(*published);
  return key;
}

KeyInfo Compromised(std::string kid, std::int64_t day, KeyRole role = KeyRole::kIssue) {
  KeyInfo key = Key(std::move(kid), role, KeyState::kCompromised);
  key.compromised_at = Day(day);
  return key;
}

// "stage@335" or "activate new@365", one a step.
std::vector<std::string> Said(const std::vector<PlannedStep>& steps) {
  std::vector<std::string> said;
  for (const PlannedStep& step : steps) {
    said.push_back(std::string(WordOf(step.step)) + (step.kid.empty() ? "" : " " + step.kid) + "@" +
                   std::to_string((step.due.seconds - kStart.seconds) / kDay));
  }
  return said;
}

struct Row {
  std::string what;
  std::vector<KeyInfo> keys;
  std::set<std::string> certified;
  std::int64_t today;
  std::vector<std::string> plan;
  bool authority = true;
};

TEST(Rotation, PlansTheLifeOfAKey) {
  const std::vector<Row> rows = {
      {"a key in its first year has a successor to come", {Active("old", 0)}, {"old"}, 10, {"stage@335"}},
      {"a year later it is overdue, and said so", {Active("old", 0)}, {"old"}, 400, {"stage@335"}},
      {"a new key is certified and published first",
       {Active("old", 0), Staged("new", 335, {})},
       {"old"},
       335,
       {"certify new@335", "publish new@335"}},
      {"certified is not yet published",
       {Active("old", 0), Staged("new", 335, {})},
       {"old", "new"},
       340,
       {"publish new@340"}},
      {"published for 30 days, it signs",
       {Active("old", 0), Staged("new", 335, 336)},
       {"old", "new"},
       340,
       {"activate new@366"}},
      {"published late, it signs late: the old key goes on",
       {Active("old", 0), Staged("new", 335, 390)},
       {"old", "new"},
       400,
       {"activate new@420"}},
      {"without a certificate it never signs",
       {Active("old", 0), Staged("new", 335, 336)},
       {"old"},
       400,
       {"certify new@400"}},
      {"where no authority gives certificates, none is waited for",
       {Active("old", 0), Staged("new", 335, 336)},
       {},
       340,
       {"activate new@366"},
       false},
      {"two active: the older one ends with the overlap",
       {Active("old", 0), Active("new", 366)},
       {"old", "new"},
       366,
       {"retire old@367", "stage@701"}},
      {"two successors: the younger one is let go",
       {Active("old", 0), Staged("a", 335, 336), Staged("b", 336, {})},
       {"old", "a", "b"},
       340,
       {"publish b@340", "retire b@340", "activate a@366"}},
      {"compromised and nothing ready: another at once", {Compromised("old", 5)}, {"old"}, 6, {"replace@6"}},
      {"compromised with a successor on its way: that one at once",
       {Compromised("old", 340), Staged("new", 335, 336)},
       {"old", "new"},
       341,
       {"activate new@341"}},
      {"no key ever: none is made", {}, {}, 1, {}},
      {"a seal key follows at once: nobody outside must learn it",
       {Active("old", 0, KeyRole::kSeal)},
       {},
       10,
       {"stage@365"}},
      {"a staged seal key signs at once",
       {Active("old", 0, KeyRole::kSeal), Staged("new", 365, {}, KeyRole::kSeal)},
       {},
       365,
       {"activate new@365"}},
      {"a registry key changes on order only", {Active("old", 0, KeyRole::kRegistry)}, {"old"}, 4000, {}},
      {"an ordered registry key takes its time",
       {Active("old", 0, KeyRole::kRegistry), Staged("new", 40, 41, KeyRole::kRegistry)},
       {"old", "new"},
       50,
       {"activate new@71"}},
      {"the index key is for ever", {Active("old", 0, KeyRole::kIndex)}, {}, 4000, {}},
      {"an authority's key is made at a ceremony", {Active("old", 0, KeyRole::kTlsAuthority)}, {}, 4000, {}},
      {"a compromised authority is not replaced by itself", {Compromised("old", 3, KeyRole::kTlsAuthority)}, {}, 5, {}},
  };
  for (const Row& row : rows) {
    KeyRing ring{.keys = row.keys, .certified = std::nullopt, .ended = {}};
    if (row.authority) ring.certified = row.certified;
    EXPECT_EQ(Said(PlanRotation(ring, kPolicy, Day(row.today))), row.plan) << row.what;
  }
}

TEST(Rotation, AnOrganisationThatEndedIssuesNoMoreButItsListsAreSigned) {
  const KeyRing ring{.keys = {Active("issue", 0), Active("status", 0, KeyRole::kStatus)},
                     .certified = std::set<std::string>{"issue", "status"},
                     .ended = {Trust()}};
  const std::vector<PlannedStep> steps = PlanRotation(ring, kPolicy, Day(400));
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].role, KeyRole::kStatus);
}

// A world that does what the plan says, or not: time passes, publications fail, steps are done twice or not at all.
class Toy {
 public:
  void Do(const PlannedStep& step, Instant now) {
    const auto key =
        std::find_if(ring.keys.begin(), ring.keys.end(), [&](const KeyInfo& info) { return info.kid == step.kid; });
    switch (step.step) {
      case KeyStep::kStage:
      case KeyStep::kReplace: {
        KeyInfo made = Key("k" + std::to_string(++made_), step.role, KeyState::kStaged);
        made.created_at = now;
        if (step.step == KeyStep::kReplace) {
          made.state = KeyState::kActive;
          made.activated_at = now;
        }
        ring.keys.push_back(std::move(made));
        return;
      }
      case KeyStep::kCertify:
        ring.certified->insert(step.kid);
        return;
      case KeyStep::kPublish:
        key->published_at = now;
        return;
      case KeyStep::kActivate:
        ASSERT_EQ(key->state, KeyState::kStaged);
        key->state = KeyState::kActive;
        key->activated_at = now;
        return;
      case KeyStep::kRetire:
        key->state = KeyState::kRetired;
        key->retired_at = now;
        return;
    }
  }
  std::size_t Count(KeyState state) const {
    return static_cast<std::size_t>(
        std::count_if(ring.keys.begin(), ring.keys.end(), [&](const KeyInfo& info) { return info.state == state; }));
  }
  KeyRing ring;

 private:
  int made_ = 0;
};

TEST(Rotation, HoweverOftenItIsInterruptedSomeKeySignsAndReceiversKnowIt) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SeededRandom random(seed);
    const auto chance = [&](unsigned of) {
      std::uint8_t byte = 0;
      random.Fill(std::span(&byte, 1));
      return byte % of == 0;
    };
    Toy toy;
    toy.ring.keys = {Active("first", 0)};
    toy.ring.certified = std::set<std::string>{"first"};
    for (std::int64_t day = 1; day < 3 * 365; day += 1) {
      for (const PlannedStep& step : PlanRotation(toy.ring, kPolicy, Day(day))) {
        if (step.due > Day(day) || chance(3)) continue;  // interrupted here: the rest is planned again tomorrow
        if (step.step == KeyStep::kActivate) {
          const auto key = std::find_if(toy.ring.keys.begin(), toy.ring.keys.end(),
                                        [&](const KeyInfo& info) { return info.kid == step.kid; });
          ASSERT_TRUE(key->published_at && Day(day) - *key->published_at >= kPolicy.published_ahead) << "seed " << seed;
        }
        toy.Do(step, Day(day));
        if (chance(4)) break;
      }
      ASSERT_GE(toy.Count(KeyState::kActive), 1U) << "seed " << seed << " day " << day;
      ASSERT_LE(toy.Count(KeyState::kActive), 2U) << "seed " << seed << " day " << day;
      ASSERT_LE(toy.Count(KeyState::kStaged), 1U) << "seed " << seed << " day " << day;
    }
    EXPECT_GE(toy.Count(KeyState::kRetired), 1U) << "seed " << seed;
    EXPECT_EQ(toy.ring.keys.size(),
              toy.Count(KeyState::kRetired) + toy.Count(KeyState::kActive) + toy.Count(KeyState::kStaged))
        << "nothing is forgotten";
  }
}

}  // namespace
}  // namespace passport
