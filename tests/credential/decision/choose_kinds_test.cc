// What is shown where a request names kinds, or less than its profile looks at.
#include <gtest/gtest.h>

#include "credential/decision/asked.h"
#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

struct KindsHeld {
  std::vector<std::pair<std::string, Record>> records;
  std::vector<std::pair<std::string, Standing>> troubled = {};
  std::vector<std::string> of_council = {};

  std::vector<HeldRecord> Held() const {
    std::vector<HeldRecord> held;
    for (const auto& [id, record] : records) {
      Standing standing = Standing::kGood;
      for (const auto& [name, trouble] : troubled) standing = name == id ? trouble : standing;
      const bool council = std::find(of_council.begin(), of_council.end(), id) != of_council.end();
      held.push_back({.credential = *CredentialId::Parse(id),
                      .record = &record,
                      .issuer = council ? Council() : Trust(),
                      .issuer_type = "nhs_trust",
                      .expires_at = kFarEnd,
                      .standing = standing});
    }
    return held;
  }
  // "a: subject level; b: position_title", then "missing qualification".
  std::string Shown(const std::vector<AskedRecord>& asked) const {
    const KindsAnswered answered = ChooseKinds(asked, Held());
    std::string text;
    for (const Showable& each : answered.showing) {
      text += (text.empty() ? "" : "; ") + each.credential.text() + ":";
      for (const std::string& fact : each.facts) text += " " + fact;
    }
    for (const std::string& kind : answered.missing) text += (text.empty() ? "missing " : "; missing ") + kind;
    return text;
  }
};

AskedRecord Asking(std::string_view kind, std::vector<std::string> facts) {
  return {FindRecordKind(kind), std::move(facts), ""};
}

Record Course(const std::vector<Record::Field>& changes = {}) { return MakeRecord("mandatory_training", changes); }

TEST(ChooseKinds, ShowsOfEachFactTheNewestRecord) {
  const KindsHeld held{.records = {{"a", Course({{"achieved_on", "2026-01-01"}})},
                                   {"b", Course({{"achieved_on", "2026-02-01"}})},
                                   {"c", Course({{"subject", "fire_safety"}})},
                                   {"d", MakeRecord("employment")}},
                       .of_council = {"b"}};
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"subject"})}), "c: subject; b: subject");
}

TEST(ChooseKinds, ShowsNothingThatIsSuspendedOrRevoked) {
  KindsHeld held{
      .records = {{"a", Course({{"achieved_on", "2026-01-01"}})}, {"b", Course({{"achieved_on", "2026-02-01"}})}},
      .troubled = {{"b", Standing::kSuspended}}};
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"level"})}), "a: level");
  held.troubled.push_back({"a", Standing::kRevoked});
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"level"})}), "missing mandatory_training");
}

TEST(ChooseKinds, ShowsWhatCanNotBeToldOnlyWhereNothingElseIs) {
  KindsHeld held{
      .records = {{"a", Course({{"achieved_on", "2026-01-01"}})}, {"b", Course({{"achieved_on", "2026-02-01"}})}},
      .troubled = {{"b", Standing::kCannotTell}}};
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"level"})}), "a: level");
  held.records.erase(held.records.begin());
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"level"})}), "b: level");
}

TEST(ChooseKinds, ShowsOfTheFactsThatAreAskedForThoseThatAreThere) {
  const KindsHeld held{.records = {{"a", Course({{"part", ""}, {"expires_on", ""}})}}};
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"subject", "part", "expires_on", "achieved_on"})}),
            "a: subject achieved_on");
}

TEST(ChooseKinds, TakesAnEmploymentElsewhereForAnotherFact) {
  const KindsHeld held{.records = {{"a", MakeRecord("employment")}, {"b", MakeRecord("employment")}},
                       .of_council = {"b"}};
  EXPECT_EQ(ChooseKinds({Asking("employment", {"position_title"})}, held.Held()).showing.size(), 2U);
}

TEST(ChooseKinds, AnswersAKindOnceThoughItIsAskedForTwice) {
  const KindsHeld held{.records = {{"a", Course()}}};
  EXPECT_EQ(held.Shown({Asking("mandatory_training", {"subject"}), Asking("mandatory_training", {"level"}),
                        Asking("qualification", {"achieved_on"})}),
            "a: subject level; missing qualification");
}

TEST(ChooseAsked, ShowsOfAProfileTheKindsAndFactsThatAreAskedForAlone) {
  const RoleProfile profile = ProfileOf(R"(
      {"id":"course","needs":"course","any_of":[{"training":"moving_and_handling","level":2,"within_months":24}]},
      {"id":"post","needs":"post","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]})");
  const KindsHeld held{.records = {{"a", Course()}, {"b", MakeRecord("employment")}}};
  const auto shown = [&](const std::vector<AskedRecord>& asked) {
    std::string text;
    const auto chosen = ChooseAsked(profile, TestTaxonomies(), held.Held(), asked, OnDay("2026-11-21"));
    for (const Showable& each : chosen) text += each.credential.text() + std::to_string(each.facts.size()) + " ";
    return text;
  };
  EXPECT_EQ(shown({Asking("mandatory_training", {"subject", "level"})}), "a2 ");
  EXPECT_EQ(shown({Asking("employment", {})}), "b5 ") << "of a kind without facts all that the profile looks at";
  EXPECT_EQ(shown({}), "a7 b5 ") << "as the profile has it";
  EXPECT_EQ(shown({Asking("qualification", {"achieved_on"})}), "");
}

}  // namespace
}  // namespace passport
