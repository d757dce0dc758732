// Tables a manager could read: the day in question is 21 November 2026 unless a row says otherwise.
#include "credential/decision/decision.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

constexpr std::string_view kMovingHandling = R"({"kind":"mandatory_training",
  "pick":[{"fact":"subject","one_of":["moving_and_handling"]}],
  "conditions":[{"fact":"level","at_least":2},
                {"fact":"assurance","assurance_at_least":"employer_verified"},
                {"fact":"achieved_on","within_months":24}]})";
constexpr std::string_view kRegistered = R"({"kind":"professional_registration",
  "pick":[{"fact":"regulator","one_of":["NMC"]}],
  "conditions":[{"fact":"part","one_of":["registered_nurse"]},
                {"fact":"register_status","one_of":["registered"]},
                {"fact":"restrictions","one_of":["false"],"otherwise":"restricted"},
                {"fact":"register_checked_on","within_days":1},
                {"fact":"expires_on","not_before_day":true}]})";
constexpr std::string_view kEmployed = R"({"kind":"employment",
  "conditions":[{"fact":"starts_on","not_after_day":true},{"fact":"ends_on","not_before_day":true}]})";

struct Row {
  std::string_view what;
  std::vector<Record::Field> record;
  Outcome outcome;
  Reason reason;
  std::string_view through = "";
  std::string_view day = "2026-11-21";
};

void Check(std::string_view alternative, std::string_view kind, const std::vector<Row>& rows) {
  const RoleProfile profile = Profile(alternative);
  for (const Row& row : rows) {
    const Result<Decision> decision = Decide(profile, Verified({{kind, row.record}}), DayOf(row.day));
    ASSERT_TRUE(decision.ok()) << row.what;
    const DecisionLine& line = decision->lines.front();
    EXPECT_EQ(WordOf(line.outcome), WordOf(row.outcome)) << row.what;
    EXPECT_EQ(WordOf(line.reason), WordOf(row.reason)) << row.what;
    EXPECT_EQ(line.holds_through ? line.holds_through->Text() : "", row.through) << row.what;
    EXPECT_EQ(decision->outcome, line.outcome) << row.what;
  }
}

TEST(Decision, JudgesTraining) {
  Check(kMovingHandling, "mandatory_training",
        {
            {"moving and handling 2, 8 months old", {}, Outcome::kMet, Reason::kNone, "2028-03-01"},
            {"23 months old", {{"achieved_on", "2024-12-21"}}, Outcome::kMet, Reason::kNone, "2026-12-21"},
            {"ends in 29 days", {{"achieved_on", "2024-12-20"}}, Outcome::kMetExpiring, Reason::kNone, "2026-12-20"},
            {"ends today", {{"achieved_on", "2024-11-21"}}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
            {"ended yesterday", {{"achieved_on", "2024-11-20"}}, Outcome::kNotMet, Reason::kTooOld},
            {"25 months old", {{"achieved_on", "2024-10-21"}}, Outcome::kNotMet, Reason::kTooOld},
            {"next week's course", {{"achieved_on", "2026-11-28"}}, Outcome::kNotMet, Reason::kTooOld},
            {"level 3 is more than level 2", {{"level", "3"}}, Outcome::kMet, Reason::kNone, "2028-03-01"},
            {"level 1", {{"level", "1"}}, Outcome::kNotMet, Reason::kLevelTooLow},
            {"her own word", {{"assurance", "self_declared"}}, Outcome::kNotMet, Reason::kAssuranceTooLow},
            {"the college's word",
             {{"assurance", "primary_source_verified"}},
             Outcome::kMet,
             Reason::kNone,
             "2028-03-01"},
            {"another subject", {{"subject", "fire_safety"}}, Outcome::kNotMet, Reason::kRecordMissing},
            {"level 1 and too old: the first of the list is named",
             {{"level", "1"}, {"achieved_on", "2020-01-01"}},
             Outcome::kNotMet,
             Reason::kLevelTooLow},
            {"29 February plus 24 months is 28 February",
             {{"achieved_on", "2024-02-29"}},
             Outcome::kMetExpiring,
             Reason::kNone,
             "2026-02-28",
             "2026-02-28"},
            {"and not 1 March", {{"achieved_on", "2024-02-29"}}, Outcome::kNotMet, Reason::kTooOld, "", "2026-03-01"},
        });
}

TEST(Decision, JudgesRegistration) {
  Check(
      kRegistered, "professional_registration",
      {
          {"looked up today, and again tomorrow: that warns nobody", {}, Outcome::kMet, Reason::kNone, "2026-11-22"},
          {"looked up yesterday", {{"register_checked_on", "2026-11-20"}}, Outcome::kMet, Reason::kNone, "2026-11-21"},
          {"looked up two days ago", {{"register_checked_on", "2026-11-19"}}, Outcome::kNotMet, Reason::kRecheckDue},
          {"with conditions", {{"register_status", "conditions"}}, Outcome::kNotMet, Reason::kNotCovered},
          {"restricted in her practice", {{"restrictions", "true"}}, Outcome::kNotMet, Reason::kRestricted},
          {"a midwife only", {{"part", "registered_midwife"}}, Outcome::kNotMet, Reason::kNotCovered},
          {"ended yesterday", {{"expires_on", "2026-11-20"}}, Outcome::kNotMet, Reason::kEndsTooSoon},
          {"ends today", {{"expires_on", "2026-11-21"}}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
          {"no end", {{"expires_on", ""}}, Outcome::kMet, Reason::kNone, "2026-11-22"},
          {"a doctor", {{"regulator", "GMC"}, {"number", "1234567"}}, Outcome::kNotMet, Reason::kRecordMissing},
      });
}

TEST(Decision, JudgesEmploymentByItsDays) {
  Check(kEmployed, "employment",
        {
            {"permanent", {}, Outcome::kMet, Reason::kNone},
            {"starts today", {{"starts_on", "2026-11-21"}}, Outcome::kMet, Reason::kNone},
            {"starts tomorrow", {{"starts_on", "2026-11-22"}}, Outcome::kNotMet, Reason::kNotYetInForce},
            {"last day", {{"ends_on", "2026-11-21"}}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
            {"left yesterday", {{"ends_on", "2026-11-20"}}, Outcome::kNotMet, Reason::kEndsTooSoon},
            {"fixed term, months to go", {{"ends_on", "2027-03-31"}}, Outcome::kMet, Reason::kNone, "2027-03-31"},
        });
}

TEST(Decision, LetsNobodyKeepBackAnEnd) {
  const VerifiedPresentation presentation = Verified({{"employment", {{"ends_on", "2026-11-20"}}, 0, {"ends_on"}}});
  const Result<Decision> decision = Decide(Profile(kEmployed), presentation, DayOf("2026-11-21"));
  EXPECT_EQ(decision->lines[0].reason, Reason::kEndsTooSoon);
}

struct StandingRow {
  std::string_view what;
  std::vector<Shown> shown;
  Outcome outcome;
  Reason reason;
  RegistryAge age = RegistryAge::kFresh;
};

TEST(Decision, TakesTheStandingOfTheEvidenceIntoAccount) {
  const std::vector<Record::Field> old = {{"achieved_on", "2020-01-01"}};
  const std::vector<StandingRow> rows = {
      {"revoked", {{"mandatory_training", {}, 1}}, Outcome::kNotMet, Reason::kRevoked},
      {"suspended", {{"mandatory_training", {}, 2}}, Outcome::kNotMet, Reason::kSuspended},
      {"a status nobody understands", {{"mandatory_training", {}, 3}}, Outcome::kCannotTell, Reason::kStatus},
      {"too old whatever its status", {{"mandatory_training", old, 3}}, Outcome::kNotMet, Reason::kTooOld},
      {"revoked and too old", {{"mandatory_training", old, 1}}, Outcome::kNotMet, Reason::kRevoked},
      {"one revoked, one good",
       {{"mandatory_training", {}, 1}, {"mandatory_training", {}, 0}},
       Outcome::kMet,
       Reason::kNone},
      {"one unknown, one too old",
       {{"mandatory_training", {}, 3}, {"mandatory_training", old, 0}},
       Outcome::kCannotTell,
       Reason::kStatus},
      {"one good, one unknown",
       {{"mandatory_training", {}, 0}, {"mandatory_training", {}, 3}},
       Outcome::kMet,
       Reason::kNone},
      {"registry too old",
       {{"mandatory_training", {}, 0}},
       Outcome::kCannotTell,
       Reason::kRegistryStale,
       RegistryAge::kStale},
      {"registry too old, revoked all the same",
       {{"mandatory_training", {}, 1}},
       Outcome::kNotMet,
       Reason::kRevoked,
       RegistryAge::kStale},
      {"registry too old, nothing held: what is missing is missing",
       {{"employment", {}, 0}},
       Outcome::kNotMet,
       Reason::kRecordMissing,
       RegistryAge::kStale},
  };
  const RoleProfile profile = Profile(kMovingHandling);
  for (const StandingRow& row : rows) {
    const Result<Decision> decision = Decide(profile, Verified(row.shown, nullptr, row.age), DayOf("2026-11-21"));
    ASSERT_TRUE(decision.ok());
    EXPECT_EQ(WordOf(decision->outcome), WordOf(row.outcome)) << row.what;
    EXPECT_EQ(WordOf(decision->lines[0].reason), WordOf(row.reason)) << row.what;
  }
}

TEST(Decision, TakesAFactThatWasKeptBackForNotShown) {
  const RoleProfile profile = Profile(kMovingHandling);
  const Result<Decision> decision =
      Decide(profile, Verified({{"mandatory_training", {}, 0, {"achieved_on"}}}), DayOf("2026-11-21"));
  EXPECT_EQ(decision->outcome, Outcome::kNotMet);
  EXPECT_EQ(decision->lines[0].reason, Reason::kTooOld);
}

// The restriction that was kept back must not count as none.
TEST(Decision, NeverTakesSilenceForAYes) {
  const RoleProfile profile = Profile(kRegistered);
  for (const std::string_view fact : {"part", "register_status", "restrictions", "register_checked_on"}) {
    const Result<Decision> decision =
        Decide(profile, Verified({{"professional_registration", {}, 0, {std::string(fact)}}}), DayOf("2026-11-21"));
    EXPECT_EQ(decision->outcome, Outcome::kNotMet) << fact;
  }
}

TEST(Decision, IsAsGoodAsItsWorstLine) {
  const std::string two = R"({"id":"two","version":3,"title":"Two","effective_from":"2026-01-01",
    "expiring_within_days":30,"requirements":[{"id":"a","needs":"moving and handling","any_of":[)" +
                          std::string(kMovingHandling) + R"(]},{"id":"b","needs":"a post","any_of":[)" +
                          std::string(kEmployed) + "]}]}";
  const Result<RoleProfile> profile = RoleProfile::Parse(two);
  ASSERT_TRUE(profile.ok()) << profile.fault().detail;
  const std::vector<Record::Field> left = {{"ends_on", "2026-11-20"}};
  const std::vector<Record::Field> leaving = {{"ends_on", "2026-11-30"}};
  struct Pair {
    Shown training;
    Shown post;
    Outcome outcome;
  };
  const std::vector<Pair> rows = {
      {{"mandatory_training"}, {"employment"}, Outcome::kMet},
      {{"mandatory_training"}, {"employment", leaving}, Outcome::kMetExpiring},
      {{"mandatory_training", {}, 3}, {"employment", leaving}, Outcome::kCannotTell},
      {{"mandatory_training", {}, 3}, {"employment", left}, Outcome::kNotMet},
      {{"mandatory_training", {}, 1}, {"employment"}, Outcome::kNotMet},
  };
  for (const Pair& row : rows) {
    const Result<Decision> decision = Decide(*profile, Verified({row.training, row.post}), DayOf("2026-11-21"));
    ASSERT_EQ(decision->lines.size(), 2U);
    EXPECT_EQ(WordOf(decision->outcome), WordOf(row.outcome));
  }
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation = Verified({{"mandatory_training"}}, &ids);
  const Result<Decision> decision = Decide(*profile, presentation, DayOf("2026-11-21"));
  EXPECT_EQ(decision->profile, "two");
  EXPECT_EQ(decision->profile_version, 3);
  EXPECT_EQ(decision->lines[0].relied_on, ids);
  EXPECT_EQ(decision->lines[0].needs, "moving and handling");
  EXPECT_TRUE(decision->lines[1].relied_on.empty());
}

TEST(Decision, TRUST12_NamesTheSnapshotAndTheTime) {
  const VerifiedPresentation presentation = Verified({{"employment"}});
  const Result<Decision> decision = Decide(Profile(kEmployed), presentation, DayOf("2026-11-21"));
  EXPECT_EQ(decision->snapshot_id, presentation.snapshot_id());
  EXPECT_EQ(decision->decided_at, kNow);
}

TEST(Decision, IsNotMadeBeforeTheProfileIsInForce) {
  const VerifiedPresentation presentation = Verified({{"employment"}});
  const RoleProfile profile = Profile(kEmployed);
  EXPECT_EQ(Verdict(Decide(profile, presentation, DayOf("2025-12-31"))), "not_yet_in_force");
  EXPECT_EQ(Verdict(Decide(profile, presentation, DayOf("2026-01-01"))), "ok");
}

TEST(Decision, TakesTheWayThatHoldsLongest) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation = Verified({{"employment", {{"ends_on", "2026-12-01"}}},
                                                      {"employment", {{"ends_on", "2027-12-01"}}},
                                                      {"employment", {}},
                                                      {"employment", {{"ends_on", "2028-12-01"}}}},
                                                     &ids);
  const Result<Decision> decision = Decide(Profile(kEmployed), presentation, DayOf("2026-11-21"));
  EXPECT_EQ(decision->lines[0].relied_on, std::vector<CredentialId>{ids[2]}) << "no end is the latest end";
  EXPECT_EQ(decision->outcome, Outcome::kMet);
}

TEST(Decision, NamesTheNearestMiss) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation =
      Verified({{"mandatory_training", {{"level", "1"}, {"achieved_on", "2020-01-01"}}},
                {"mandatory_training", {{"achieved_on", "2024-10-01"}}},
                {"mandatory_training", {{"level", "1"}, {"assurance", "self_declared"}}}},
               &ids);
  const Result<Decision> decision = Decide(Profile(kMovingHandling), presentation, DayOf("2026-11-21"));
  EXPECT_EQ(decision->lines[0].reason, Reason::kTooOld);
  EXPECT_EQ(decision->lines[0].relied_on, std::vector<CredentialId>{ids[1]});
}

}  // namespace
}  // namespace passport
