// Single conditions, the standing of the evidence, and a decision as a whole. The day in question is Saturday 21
// November 2026 unless a row says otherwise.
#include "credential/decision/decision.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/credential/decision/decision_table.h"

namespace passport::suites {
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

std::vector<Shown> Training(const std::vector<Record::Field>& changes) { return {{"mandatory_training", changes}}; }
std::vector<Shown> Registration(const std::vector<Record::Field>& changes) {
  return {{"professional_registration", changes}};
}
std::vector<Shown> Employment(const std::vector<Record::Field>& changes) { return {{"employment", changes}}; }

TEST_F(Decision, JudgesARecordByItsFacts) {
  ExpectRows(
      kMovingHandling,
      {
          {"moving and handling 2, 8 months old", Training({}), Outcome::kMet, Reason::kNone, "2028-03-01"},
          {"23 months old", Training({{"achieved_on", "2024-12-21"}}), Outcome::kMet, Reason::kNone, "2026-12-21"},
          {"ends in 29 days", Training({{"achieved_on", "2024-12-20"}}), Outcome::kMetExpiring, Reason::kNone,
           "2026-12-20"},
          {"ends today", Training({{"achieved_on", "2024-11-21"}}), Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
          {"ended yesterday", Training({{"achieved_on", "2024-11-20"}}), Outcome::kNotMet, Reason::kTooOld},
          {"25 months old", Training({{"achieved_on", "2024-10-21"}}), Outcome::kNotMet, Reason::kTooOld},
          {"next week's course is not there yet", Training({{"achieved_on", "2026-11-28"}}), Outcome::kNotMet,
           Reason::kNotYetInForce},
          {"level 3 is more than level 2", Training({{"level", "3"}}), Outcome::kMet, Reason::kNone, "2028-03-01"},
          {"level 1", Training({{"level", "1"}}), Outcome::kNotMet, Reason::kLevelTooLow},
          {"her own word", Training({{"assurance", "self_declared"}}), Outcome::kNotMet, Reason::kAssuranceTooLow},
          {"the college's word", Training({{"assurance", "primary_source_verified"}}), Outcome::kMet, Reason::kNone,
           "2028-03-01"},
          {"another subject", Training({{"subject", "fire_safety"}}), Outcome::kNotMet, Reason::kRecordMissing},
          {"nothing at all", {}, Outcome::kNotMet, Reason::kRecordMissing},
          {"level 1 and too old: the first of the list is named",
           Training({{"level", "1"}, {"achieved_on", "2020-01-01"}}), Outcome::kNotMet, Reason::kLevelTooLow},
      });
}

TEST_F(Decision, JudgesRegistration) {
  ExpectRows(
      kRegistered,
      {
          {"looked up today, and again tomorrow: that warns nobody", Registration({}), Outcome::kMet, Reason::kNone,
           "2026-11-22"},
          {"looked up yesterday", Registration({{"register_checked_on", "2026-11-20"}}), Outcome::kMet, Reason::kNone,
           "2026-11-21"},
          {"looked up two days ago", Registration({{"register_checked_on", "2026-11-19"}}), Outcome::kNotMet,
           Reason::kRecheckDue},
          {"to be looked up tomorrow", Registration({{"register_checked_on", "2026-11-22"}}), Outcome::kNotMet,
           Reason::kNotYetInForce},
          {"with conditions", Registration({{"register_status", "conditions"}}), Outcome::kNotMet, Reason::kNotCovered},
          {"restricted in her practice", Registration({{"restrictions", "true"}}), Outcome::kNotMet,
           Reason::kRestricted},
          {"a midwife only", Registration({{"part", "registered_midwife"}}), Outcome::kNotMet, Reason::kNotCovered},
          {"ended yesterday", Registration({{"expires_on", "2026-11-20"}}), Outcome::kNotMet, Reason::kEndsTooSoon},
          {"ends today", Registration({{"expires_on", "2026-11-21"}}), Outcome::kMetExpiring, Reason::kNone,
           "2026-11-21"},
          {"no end", Registration({{"expires_on", ""}}), Outcome::kMet, Reason::kNone, "2026-11-22"},
          {"a doctor", Registration({{"regulator", "GMC"}, {"number", "1234567"}}), Outcome::kNotMet,
           Reason::kRecordMissing},
      });
}

TEST_F(Decision, JudgesEmploymentByItsDays) {
  ExpectRows(
      kEmployed,
      {
          {"permanent", Employment({}), Outcome::kMet},
          {"starts today", Employment({{"starts_on", "2026-11-21"}}), Outcome::kMet},
          {"starts tomorrow", Employment({{"starts_on", "2026-11-22"}}), Outcome::kNotMet, Reason::kNotYetInForce},
          {"last day", Employment({{"ends_on", "2026-11-21"}}), Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
          {"left yesterday", Employment({{"ends_on", "2026-11-20"}}), Outcome::kNotMet, Reason::kEndsTooSoon},
          {"fixed term, months to go", Employment({{"ends_on", "2027-03-31"}}), Outcome::kMet, Reason::kNone,
           "2027-03-31"},
      });
}

TEST_F(Decision, TakesALicenceForThePlaceOfTheDutyAlone) {
  constexpr std::string_view kLicence = R"({"kind":"licence_to_attend","conditions":[{"fact":"place","is_place":true},
      {"fact":"starts_on","not_after_day":true},{"fact":"ends_on","not_before_day":true,"through_shift":true}]})";
  const auto at = [](OrganisationId place) {
    return DutyOf({.receiver = Council(),
                   .place = std::move(place),
                   .engagement = Engagement::kPlacement,
                   .starts_at = Utc("2026-11-21 20:00"),
                   .ends_at = Utc("2026-11-22 08:00")});
  };
  const Shown licence{"licence_to_attend"};
  const Shown ends{"licence_to_attend", {{"ends_on", "2026-11-21"}}};
  ExpectRows(
      kLicence,
      {
          {"to the council, at the council", {licence}, Outcome::kMet, Reason::kNone, "2027-08-31", at(Council())},
          {"to the council, at the trust", {licence}, Outcome::kNotMet, Reason::kNotCovered, "", at(Trust())},
          {"it ends in the night", {ends}, Outcome::kNotMet, Reason::kEndsTooSoon, "", at(Council())},
      });
}

TEST_F(Decision, AsksWhoSigned) {
  const Shown of_trust{"immunity"};
  const Shown of_council{"immunity", {}, 0, {}, By::kCouncil};
  const std::vector<Row> by_type = {
      {"a trust", {of_trust}, Outcome::kMet},
      {"a council", {of_council}, Outcome::kNotMet, Reason::kIssuerNotAccepted},
      {"both", {of_council, of_trust}, Outcome::kMet},
  };
  ExpectRows(R"({"kind":"immunity","conditions":[{"issuer_type":["nhs_trust","ambulance_trust"]}]})", by_type);
  const std::vector<Row> by_receiver = {
      {"the home employer's check", {of_trust}, Outcome::kNotMet, Reason::kOwnCheckNeeded},
      {"the receiver's own", {of_council}, Outcome::kMet},
  };
  ExpectRows(R"({"kind":"immunity","conditions":[{"issuer_is":"receiver"}]})", by_receiver);
  // A bank that finds somebody for a shift at the trust.
  const Duty elsewhere = DutyOf({.receiver = Council(),
                                 .place = Trust(),
                                 .engagement = Engagement::kPlacement,
                                 .starts_at = Utc("2026-11-21 08:00"),
                                 .ends_at = Utc("2026-11-21 16:00")});
  const RoleProfile by_place = passport::Profile(R"({"kind":"immunity","conditions":[{"issuer_is":"place"}]})");
  for (const auto& [shown, outcome] : {std::pair(of_trust, Outcome::kMet), std::pair(of_council, Outcome::kNotMet)}) {
    EXPECT_EQ(Decide(by_place, TestTaxonomies(), Verified({shown}), elsewhere)->outcome, outcome);
    ++cases;
  }
}

TEST_F(Decision, GivesTheReasonTheProfileNames) {
  ExpectRows(R"({"kind":"immunity","conditions":[{"issuer_is":"receiver","otherwise":"not_covered"}]})",
             {{"in its own words", {{"immunity"}}, Outcome::kNotMet, Reason::kNotCovered}});
}

TEST_F(Decision, LetsNobodyKeepBackAnEnd) {
  ExpectRows(kEmployed, {{"left yesterday, and would rather not say",
                          {{"employment", {{"ends_on", "2026-11-20"}}, 0, {"ends_on"}}},
                          Outcome::kNotMet,
                          Reason::kEndsTooSoon}});
}

TEST_F(Decision, TakesTheStandingOfTheEvidenceIntoAccount) {
  const std::vector<Record::Field> old = {{"achieved_on", "2020-01-01"}};
  const auto with = [](std::uint8_t status) { return Shown{"mandatory_training", {}, status}; };
  const auto old_with = [&](std::uint8_t status) { return Shown{"mandatory_training", old, status}; };
  const Duty& day = Saturday();
  ExpectRows(
      kMovingHandling,
      {
          {"revoked", {with(1)}, Outcome::kNotMet, Reason::kRevoked},
          {"suspended", {with(2)}, Outcome::kNotMet, Reason::kSuspended},
          {"a status nobody understands", {with(3)}, Outcome::kCannotTell, Reason::kStatus},
          {"too old whatever its status", {old_with(3)}, Outcome::kNotMet, Reason::kTooOld},
          {"revoked and too old", {old_with(1)}, Outcome::kNotMet, Reason::kRevoked},
          {"one revoked, one good", {with(1), with(0)}, Outcome::kMet, Reason::kNone, "2028-03-01"},
          {"one unknown, one too old", {with(3), old_with(0)}, Outcome::kCannotTell, Reason::kStatus},
          {"one unknown, one revoked", {with(3), with(1)}, Outcome::kCannotTell, Reason::kStatus},
          {"one good, one unknown", {with(0), with(3)}, Outcome::kMet, Reason::kNone, "2028-03-01"},
          {"registry too old", {with(0)}, Outcome::kCannotTell, Reason::kRegistryStale, "", day, RegistryAge::kStale},
          {"registry too old, revoked all the same",
           {with(1)},
           Outcome::kNotMet,
           Reason::kRevoked,
           "",
           day,
           RegistryAge::kStale},
          {"registry too old, nothing held: what is missing is missing",
           {{"employment"}},
           Outcome::kNotMet,
           Reason::kRecordMissing,
           "",
           day,
           RegistryAge::kStale},
      });
}

TEST_F(Decision, SaysCannotTellOfAStatusListThatIsTooOld) {
  Roster roster;
  const std::string text = roster.Sign({"immunity"});
  const RoleProfile profile = Profile(R"({"kind":"immunity"})");
  const auto at = [&](Instant now) {
    ++cases;
    const Result<passport::Decision> decision =
        Decide(profile, TestTaxonomies(), roster.Passport({text}, now), OnDay("2026-11-23"));
    return std::string(WordOf(decision->outcome)) + " " + std::string(WordOf(decision->lines[0].reason));
  };
  EXPECT_EQ(at(kNow), "met none");
  EXPECT_EQ(at(kNow + Seconds{840}), "met none") << "the list is 15 minutes old";
  EXPECT_EQ(at(kNow + Seconds{841}), "cannot_tell status_stale");
}

// The restriction that was kept back must not count as none.
TEST_F(Decision, NeverTakesSilenceForAYes) {
  for (const std::string_view fact : {"part", "register_status", "restrictions", "register_checked_on"}) {
    ExpectRows(kRegistered, {{fact,
                              {{"professional_registration", {}, 0, {std::string(fact)}}},
                              Outcome::kNotMet,
                              fact == "restrictions"          ? Reason::kRestricted
                              : fact == "register_checked_on" ? Reason::kRecheckDue
                                                              : Reason::kNotCovered}});
  }
  ExpectRows(kMovingHandling, {{"when she did the course is kept back",
                                {{"mandatory_training", {}, 0, {"achieved_on"}}},
                                Outcome::kNotMet,
                                Reason::kTooOld}});
}

TEST_F(Decision, IsAsGoodAsItsWorstLine) {
  const RoleProfile profile =
      ProfileOf(R"({"id":"a","needs":"moving and handling","any_of":[)" + std::string(kMovingHandling) +
                R"(]},{"id":"b","needs":"a post","any_of":[)" + std::string(kEmployed) + "]}");
  const std::vector<Record::Field> left = {{"ends_on", "2026-11-20"}};
  const std::vector<Record::Field> leaving = {{"ends_on", "2026-11-30"}};
  struct Pair {
    Shown training;
    Shown post;
    Outcome outcome;
    std::string_view through;
  };
  const std::vector<Pair> rows = {
      {{"mandatory_training"}, {"employment"}, Outcome::kMet, "2028-03-01"},
      {{"mandatory_training"}, {"employment", leaving}, Outcome::kMetExpiring, "2026-11-30"},
      {{"mandatory_training", {}, 3}, {"employment", leaving}, Outcome::kCannotTell, ""},
      {{"mandatory_training", {}, 3}, {"employment", left}, Outcome::kNotMet, ""},
      {{"mandatory_training", {}, 1}, {"employment"}, Outcome::kNotMet, ""},
  };
  for (const Pair& row : rows) {
    const Result<passport::Decision> decision =
        Decide(profile, TestTaxonomies(), Verified({row.training, row.post}), Saturday());
    ++cases;
    ASSERT_EQ(decision->lines.size(), 2U);
    EXPECT_EQ(WordOf(decision->outcome), WordOf(row.outcome));
    EXPECT_EQ(ThroughOf(decision->holds_through()), row.through);
  }
}

TEST_F(Decision, TRUST12_NamesWhatItWasMadeOn) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation = Verified({{"employment"}}, &ids);
  const RoleProfile profile = Profile(kEmployed);
  const Result<passport::Decision> decision = Decide(profile, TestTaxonomies(), presentation, Saturday());
  ++cases;
  EXPECT_EQ(decision->snapshot_id, presentation.snapshot_id());
  EXPECT_EQ(decision->decided_at, kNow);
  EXPECT_EQ(decision->profile, "test");
  EXPECT_EQ(decision->profile_version, 1);
  EXPECT_EQ(decision->profile_digest, profile.digest());
  EXPECT_EQ(decision->duty.first_day(), DayOf("2026-11-21"));
  EXPECT_EQ(decision->lines[0].relied_on, ids);
  EXPECT_EQ(decision->lines[0].needs, "it");
}

TEST_F(Decision, SaysWhoCanPutItRightAndHow) {
  const RoleProfile own = ProfileOf(R"({"id":"a","needs":"a","who":"the ward","how":"Ring the ward.","any_of":[)" +
                                    std::string(kEmployed) + "]}");
  const RoleProfile plain = Profile(kEmployed);
  struct Said {
    std::string_view what;
    const RoleProfile& profile;
    Shown shown;
    std::string_view who;
    std::string_view how;
  };
  const Shown left{"employment", {{"ends_on", "2026-11-20"}}};
  const Shown leaving{"employment", {{"ends_on", "2026-11-22"}}};
  const std::vector<Said> rows = {
      {"met: nobody has to", plain, {"employment"}, "", ""},
      {"not met: as the reason says", plain, left, TextOf(Reason::kEndsTooSoon).who,
       TextOf(Reason::kEndsTooSoon).remedy},
      {"expiring: renew it", plain, leaving, TextOf(Reason::kEndsTooSoon).who, TextOf(Reason::kEndsTooSoon).remedy},
      {"met: nobody has to, whatever the profile says", own, {"employment"}, "", ""},
      {"not met: as the profile says", own, left, "the ward", "Ring the ward."},
      {"expiring: as the profile says", own, leaving, "the ward", "Ring the ward."},
      {"cannot tell: whoever asked, whatever the profile says",
       own,
       {"employment", {}, 3},
       TextOf(Reason::kStatus).who,
       TextOf(Reason::kStatus).remedy},
  };
  for (const Said& row : rows) {
    const Result<passport::Decision> decision =
        Decide(row.profile, TestTaxonomies(), Verified({row.shown}), Saturday());
    ++cases;
    EXPECT_EQ(decision->lines[0].who, row.who) << row.what;
    EXPECT_EQ(decision->lines[0].how, row.how) << row.what;
  }
}

TEST_F(Decision, IsNotMadeBeforeTheProfileIsInForce) {
  const VerifiedPresentation presentation = Verified({{"employment"}});
  const RoleProfile profile = Profile(kEmployed);
  cases += 2;
  EXPECT_EQ(Verdict(Decide(profile, TestTaxonomies(), presentation, OnDay("2019-12-31"))), "not_yet_in_force");
  EXPECT_EQ(Verdict(Decide(profile, TestTaxonomies(), presentation, OnDay("2020-01-01"))), "ok");
}

TEST_F(Decision, TakesTheWayThatHoldsLongest) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation = Verified({{"employment", {{"ends_on", "2027-12-01"}}},
                                                      {"employment", {{"ends_on", "2026-12-01"}}},
                                                      {"employment", {}},
                                                      {"employment", {{"ends_on", "2028-12-01"}}}},
                                                     &ids);
  ++cases;
  const Result<passport::Decision> decision =
      Decide(Profile(kEmployed), TestTaxonomies(), presentation, OnDay("2026-11-21"));
  EXPECT_EQ(decision->lines[0].relied_on, std::vector<CredentialId>{ids[2]}) << "no end is the latest end";
  EXPECT_EQ(decision->outcome, Outcome::kMet);
}

TEST_F(Decision, NamesTheNearestMiss) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation =
      Verified({{"mandatory_training", {{"level", "1"}, {"achieved_on", "2020-01-01"}}},
                {"mandatory_training", {{"achieved_on", "2024-10-01"}}},
                {"mandatory_training", {{"level", "1"}, {"assurance", "self_declared"}}}},
               &ids);
  ++cases;
  const Result<passport::Decision> decision =
      Decide(Profile(kMovingHandling), TestTaxonomies(), presentation, OnDay("2026-11-21"));
  EXPECT_EQ(decision->lines[0].reason, Reason::kTooOld);
  EXPECT_EQ(decision->lines[0].relied_on, std::vector<CredentialId>{ids[1]});
}

TEST_F(Decision, HasAWordForEveryOutcomeAndBack) {
  for (const Outcome outcome : {Outcome::kMet, Outcome::kMetExpiring, Outcome::kCannotTell, Outcome::kNotMet}) {
    ++cases;
    EXPECT_EQ(OutcomeOf(WordOf(outcome)), outcome);
  }
  EXPECT_FALSE(OutcomeOf("yes"));
}

}  // namespace
}  // namespace passport::suites
