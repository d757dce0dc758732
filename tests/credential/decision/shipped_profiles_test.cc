// The role profiles that ship as data: each reads, holds against the taxonomies, is met by a passport written for it,
// and misses exactly what is taken away.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "credential/decision/profile_check.h"
#include "credential/decision/role_profile_need.h"
#include "tests/credential/decision/shipped.h"
#include "tests/credential/decision/written_passport.h"

namespace passport::suites {
namespace {

Duty DutyAs(Engagement engagement) { return Shift("2026-11-21 08:00", "2026-11-21 20:00", engagement); }

passport::Decision Decided(const RoleProfile& profile, const HeldRecords& records, Engagement engagement) {
  Result<passport::Decision> decision = Decide(profile, ShippedTaxonomies(), records, DutyAs(engagement));
  EXPECT_TRUE(decision.ok()) << SaidOf(decision);
  return std::move(decision).value();
}

std::set<std::string> MissedIds(const passport::Decision& decision) {
  std::set<std::string> missed;
  for (const DecisionLine& line : decision.lines) {
    if (line.outcome != Outcome::kMet) missed.insert(line.requirement);
  }
  return missed;
}

TEST_F(Profile, ShipsElevenThatHoldAgainstTheTaxonomies) {
  const std::vector<std::string> ids = ShippedIds();
  EXPECT_EQ(ids, (std::vector<std::string>{"care-home-support-worker", "clinical-pharmacist", "community-nurse",
                                           "gp-locum", "healthcare-assistant", "paramedic", "reception-care-navigator",
                                           "resident-doctor", "social-worker", "therapist-discharge", "volunteer"}));
  const std::set<std::string> older = {"care-home-support-worker", "community-nurse", "healthcare-assistant"};
  for (const std::string& id : ids) {
    const RoleProfile profile = Shipped(id);
    EXPECT_EQ(profile.id(), id);
    EXPECT_EQ(profile.version(), older.contains(id) ? 2 : 1) << id;
    EXPECT_EQ(profile.standing(), "proposal to be agreed locally") << id;
    EXPECT_FALSE(profile.note().empty()) << id;
    for (const ProfileFinding& finding : CheckProfile(profile, ShippedTerms()))
      ADD_FAILURE() << id << ", " << finding.place << ": " << finding.words;
    ++cases;
  }
}

// The written records are ones that an employer could issue: their words are in the taxonomies.
TEST_F(Profile, ShipsInWordsThatRecordsCanHave) {
  for (const std::string& id : ShippedIds()) {
    for (const Engagement engagement : {Engagement::kPlacement, Engagement::kEmployment}) {
      for (const Written& each : PassportFor(Shipped(id), engagement)) {
        const Result<void> checked = ShippedTerms().Check(MakeRecord(each.shown.kind, each.shown.changes));
        EXPECT_TRUE(checked.ok()) << id << ", " << each.requirements.front() << ": " << SaidOf(checked);
        ++cases;
      }
    }
  }
}

// What the record was written for, and what refers to that.
std::set<std::string> MissedWithout(const RoleProfile& profile, const Written& record, Engagement engagement) {
  std::set<std::string> missed(record.requirements.begin(), record.requirements.end());
  if (engagement == Engagement::kEmployment) return missed;  // those that ship refer for a placement only
  for (const Requirement& requirement : profile.requirements()) {
    for (const std::string_view reference : ReferencesOf(requirement.need)) {
      if (record.IsFor(reference)) missed.insert(requirement.id);
    }
  }
  return missed;
}

TEST_F(Profile, ShipsMetByAPassportWrittenForItAndMissesWhatIsTakenAway) {
  Roster roster;
  for (const std::string& id : ShippedIds()) {
    const RoleProfile profile = Shipped(id);
    for (const Engagement engagement : {Engagement::kPlacement, Engagement::kEmployment}) {
      const std::string what = id + ", " + std::string(WordOf(engagement));
      const std::vector<Written> passport = PassportFor(profile, engagement);
      std::vector<std::string> texts;
      for (const Written& each : passport) texts.push_back(roster.Sign(each.shown));
      const passport::Decision whole = Decided(profile, roster.Passport(texts), engagement);
      EXPECT_EQ(Missed(whole), "") << what;
      for (std::size_t i = 0; i < passport.size(); ++i) {
        std::vector<std::string> rest = texts;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        const std::set<std::string> expected = MissedWithout(profile, passport[i], engagement);
        EXPECT_EQ(MissedIds(Decided(profile, roster.Passport(rest), engagement)), expected)
            << what << " without " << passport[i].shown.kind;
        ++cases;
      }
    }
  }
}

struct ShippedRow {
  std::string_view what;
  std::string_view requirement;             // whose record is changed
  std::vector<Record::Field> changes = {};  // to it
  std::string_view missed = "";             // "requirement outcome reason" of each, or nothing
  Engagement engagement = Engagement::kPlacement;
  By by = By::kTrust;
};

void CheckShipped(std::string_view id, const std::vector<ShippedRow>& rows) {
  const RoleProfile profile = Shipped(id);
  Roster roster;
  for (const ShippedRow& row : rows) {
    std::vector<std::string> texts;
    for (Written& each : PassportFor(profile, row.engagement)) {
      if (each.IsFor(row.requirement)) {
        each.shown.changes.insert(each.shown.changes.end(), row.changes.begin(), row.changes.end());
        each.shown.by = row.by;
      }
      texts.push_back(roster.Sign(each.shown));
    }
    EXPECT_EQ(Missed(Decided(profile, roster.Passport(texts), row.engagement)), row.missed) << id << ": " << row.what;
    ++Profile::cases;
  }
}

TEST_F(Profile, SaysWhatIsMissingForACommunityNurse) {
  CheckShipped(
      "community-nurse",
      {
          {"register looked up two days ago",
           "registration",
           {{"register_checked_on", "2026-11-19"}},
           "registration not_met recheck_due"},
          {"conditions of practice", "registration", {{"restrictions", "true"}}, "registration not_met restricted"},
          {"suspended from the register",
           "registration",
           {{"register_status", "suspended"}},
           "registration not_met restricted"},
          {"a nursing associate", "registration", {{"part", "nursing_associate"}}, "registration not_met not_covered"},
          {"identity seen on a screen only", "identity", {{"seen_in_person", "false"}}, "identity not_met not_covered"},
          {"assignment ended",
           "assignment",
           {{"ends_on", "2026-11-20"}, {"starts_on", "2026-01-01"}},
           "assignment not_met ends_too_soon, criminal-record-check not_met own_check_needed, right-to-work not_met "
           "own_check_needed"},
          {"infection prevention 13 months old",
           "infection-prevention",
           {{"achieved_on", "2025-10-20"}},
           "infection-prevention not_met too_old"},
          {"safeguarding adults level 1",
           "safeguarding-adults",
           {{"level", "1"}},
           "safeguarding-adults not_met level_too_low"},
          {"fire safety on her own word",
           "fire-safety",
           {{"assurance", "self_declared"}},
           "fire-safety not_met assurance_too_low"},
          {"fire safety ends in two weeks",
           "fire-safety",
           {{"achieved_on", "2024-12-05"}},
           "fire-safety met_expiring none"},
          {"licence for another place",
           "licence-to-attend",
           {{"place", "ods:RC9"}},
           "licence-to-attend not_met not_covered"},
          {"licence for the place, signed by the home employer",
           "licence-to-attend",
           {},
           "licence-to-attend not_met issuer_not_accepted"},
          {"licence ended yesterday",
           "licence-to-attend",
           {{"ends_on", "2026-11-20"}},
           "licence-to-attend not_met ends_too_soon"},
          {"Oliver McGowan tier 1",
           "learning-disability-autism",
           {{"level", "1"}},
           "learning-disability-autism not_met level_too_low"},
          {"Oliver McGowan tier 2 in place of another course",
           "learning-disability-autism",
           {{"subject", "oliver_mcgowan"}}},
          {"its online part alone",
           "learning-disability-autism",
           {{"subject", "oliver_mcgowan"}, {"part", "elearning"}},
           "learning-disability-autism not_met part_missing"},
      });
}

// NHS Employers, CQC and the DBS on whose check counts, and how old it may be.
TEST_F(Profile, SaysWhoseCheckCountsAndHowOldItMayBe) {
  constexpr std::string_view kCheck = "criminal-record-check";
  constexpr std::string_view kRight = "right-to-work";
  const std::vector<Record::Field> old = {{"issued_on", "2023-10-20"}};
  const std::vector<Record::Field> months_4 = {{"issued_on", "2026-07-20"}};
  const std::vector<Record::Field> standard = {
      {"level", "standard"}, {"barred_adults", "false"}, {"barred_children", "false"}};
  const auto asked_on = [](std::string_view day, std::string_view answer) {
    return std::vector<Record::Field>{{"issued_on", "2021-10-20"},
                                      {"update_service", "true"},
                                      {"update_service_status", std::string(answer)},
                                      {"update_service_checked_on", std::string(day)}};
  };
  CheckShipped(
      "community-nurse",
      {
          {"placement, home employer's, new", kCheck},
          {"placement, home employer's, 4 months", kCheck, months_4},
          {"placement, home employer's, over 36 months", kCheck, old, "criminal-record-check not_met too_old"},
          {"the same, current on the Update Service", kCheck, asked_on("2026-11-01", "clear_and_current")},
          {"asked 31 days ago", kCheck, asked_on("2026-10-21", "clear_and_current"),
           "criminal-record-check not_met too_old"},
          {"no longer current", kCheck, asked_on("2026-11-01", "no_longer_current"),
           "criminal-record-check not_met too_old"},
          {"young, but no longer current on the Update Service",
           kCheck,
           {{"issued_on", "2026-10-20"},
            {"update_service", "true"},
            {"update_service_status", "no_longer_current"},
            {"update_service_checked_on", "2026-11-20"}},
           "criminal-record-check not_met excluded"},
          {"standard", kCheck, standard, "criminal-record-check not_met not_covered"},
          {"adults' list alone", kCheck, {{"barred_children", "false"}}, "criminal-record-check not_met not_covered"},
          {"cleared with conditions",
           kCheck,
           {{"decision", "cleared_with_conditions"}},
           "criminal-record-check not_met restricted"},
          {"employment, one's own", kCheck, months_4, "", Engagement::kEmployment, By::kCouncil},
          {"employment, another's of 4 months", kCheck, months_4, "criminal-record-check not_met own_check_needed",
           Engagement::kEmployment, By::kTrust},
          {"employment, another's of 1 month",
           kCheck,
           {{"issued_on", "2026-10-20"}},
           "",
           Engagement::kEmployment,
           By::kTrust},
          {"placement, the home employer's right to work", kRight},
          {"placement, somebody else's",
           kRight,
           {},
           "right-to-work not_met own_check_needed",
           Engagement::kPlacement,
           By::kCouncil},
          {"employment, one's own", kRight, {}, "", Engagement::kEmployment, By::kCouncil},
          {"employment, the home employer's",
           kRight,
           {},
           "right-to-work not_met own_check_needed",
           Engagement::kEmployment,
           By::kTrust},
          {"ends the day before",
           kRight,
           {{"extent", "time_limited"}, {"ends_on", "2026-11-20"}},
           "right-to-work not_met ends_too_soon"},
      });
}

TEST_F(Profile, SaysWhatAVolunteerNeedsByTheRole) {
  constexpr std::string_view kCheck = "criminal-record-check";
  CheckShipped("volunteer", {
                                {"a role without regulated activity", kCheck},
                                {"regulated activity without a check",
                                 kCheck,
                                 {{"regulated_activity", "true"}},
                                 "criminal-record-check not_met not_covered"},
                            });
}

// What another employer was told counts against a certificate, however good the record of the first still looks; and
// nobody can keep the answer back.
TEST_F(Profile, TakesNoCertificateThatSomebodyKnowsToBeNoLongerCurrent) {
  const RoleProfile profile = Shipped("community-nurse");
  Roster roster;
  std::vector<std::string> texts;
  for (const Written& each : PassportFor(profile, Engagement::kPlacement)) texts.push_back(roster.Sign(each.shown));
  ASSERT_EQ(Missed(Decided(profile, roster.Passport(texts), Engagement::kPlacement)), "");
  Shown asked{"criminal_record_check",
              {{"update_service", "true"},
               {"update_service_status", "no_longer_current"},
               {"update_service_checked_on", "2026-11-20"}}};
  asked.by = By::kCouncil;
  for (const std::vector<std::string>& kept_back :
       {std::vector<std::string>(), {"update_service"}, {"update_service_checked_on", "level", "decision"}}) {
    asked.keep_back = kept_back;
    std::vector<std::string> more = texts;
    more.push_back(roster.Sign(asked));
    EXPECT_EQ(Missed(Decided(profile, roster.Passport(more), Engagement::kPlacement)),
              "criminal-record-check not_met excluded");
    ++cases;
  }
}

// That a role is no regulated activity says nothing of a role somewhere else.
TEST_F(Profile, AsksAVolunteerAboutTheRoleAtHandAlone) {
  const RoleProfile profile = Shipped("volunteer");
  Roster roster;
  for (const Engagement engagement : {Engagement::kPlacement, Engagement::kEmployment}) {
    std::vector<std::string> texts;
    Shown elsewhere{"volunteer_role"};
    for (Written& each : PassportFor(profile, engagement)) {
      if (each.shown.kind == "volunteer_role") {
        elsewhere = each.shown;
        each.shown.changes.emplace_back("regulated_activity", "true");
      }
      texts.push_back(roster.Sign(each.shown));
    }
    elsewhere.by = engagement == Engagement::kPlacement ? By::kCouncil : By::kTrust;
    elsewhere.changes.emplace_back("ends_on", "2026-11-20");
    texts.push_back(roster.Sign(elsewhere));
    EXPECT_TRUE(
        Missed(Decided(profile, roster.Passport(texts), engagement)).starts_with("criminal-record-check not_met"));
    elsewhere.changes.back().second = "2029-01-01";
    if (engagement == Engagement::kEmployment) {
      texts.back() = roster.Sign(elsewhere);
      EXPECT_TRUE(
          Missed(Decided(profile, roster.Passport(texts), engagement)).starts_with("criminal-record-check not_met"));
    }
    ++cases;
  }
}

}  // namespace
}  // namespace passport::suites
