// The role profiles that ship as data: each reads, and says what the table of roles says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

std::string ReadProfile(std::string_view id) {
  std::ifstream file("samples/profiles/" + std::string(id) + ".json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

RoleProfile Shipped(std::string_view id) {
  Result<RoleProfile> profile = RoleProfile::Parse(ReadProfile(id));
  EXPECT_TRUE(profile.ok()) << id << ": " << profile.fault().detail;
  return std::move(profile).value();
}

Shown Course(std::string subject, std::string level) {
  return {.kind = "mandatory_training",
          .changes = {{"subject", std::move(subject)}, {"level", std::move(level)}, {"achieved_on", "2026-06-01"}}};
}

std::vector<Shown> NurseFile() {
  return {{"identity_check"},
          {"employment"},
          {"criminal_record_check"},
          {"professional_registration"},
          Course("conflict_resolution", "1"),
          Course("equality_diversity_human_rights", "1"),
          Course("fire_safety", "1"),
          Course("health_safety_welfare", "1"),
          Course("infection_prevention_control", "2"),
          Course("information_governance", "1"),
          Course("moving_and_handling", "2"),
          Course("preventing_radicalisation", "1"),
          Course("resuscitation_adult", "2"),
          Course("safeguarding_adults", "2"),
          Course("safeguarding_children", "2"),
          Course("oliver_mcgowan", "2"),
          Course("care_certificate", "1")};
}

TEST(ShippedProfiles, ReadAndCarryTheirNames) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("samples/profiles")) {
    const std::string id = entry.path().stem().string();
    const RoleProfile profile = Shipped(id);
    EXPECT_EQ(profile.id(), id);
    EXPECT_EQ(profile.version(), 1);
    EXPECT_NE(ReadProfile(id).find(R"("standing": "proposal to be agreed locally")"), std::string::npos);
    ++count;
  }
  EXPECT_EQ(count, 3U);
}

TEST(ShippedProfiles, AreMetByAWholeFile) {
  const VerifiedPresentation file = Verified(NurseFile());
  for (const std::string_view id : {"community-nurse", "healthcare-assistant", "care-home-support-worker"}) {
    const Result<Decision> decision = Decide(Shipped(id), file, DayOf("2026-11-21"));
    ASSERT_TRUE(decision.ok());
    for (const DecisionLine& line : decision->lines) {
      EXPECT_LE(line.outcome, Outcome::kMetExpiring) << id << " " << line.requirement << " " << WordOf(line.reason);
    }
  }
}

struct Missing {
  std::string_view what;
  std::size_t position;  // in the nurse's file
  std::vector<Record::Field> changes;
  std::string_view requirement;
  Reason reason;
};

TEST(ShippedProfiles, SayWhatIsMissingForACommunityNurse) {
  const RoleProfile profile = Shipped("community-nurse");
  const std::vector<Missing> rows = {
      {"register looked up two days ago",
       3,
       {{"register_checked_on", "2026-11-19"}},
       "registration",
       Reason::kRecheckDue},
      {"conditions of practice", 3, {{"restrictions", "true"}}, "registration", Reason::kRestricted},
      {"suspended from the register", 3, {{"register_status", "suspended"}}, "registration", Reason::kRestricted},
      {"a nursing associate", 3, {{"part", "nursing_associate"}}, "registration", Reason::kNotCovered},
      {"standard check",
       2,
       {{"level", "standard"}, {"barred_adults", "false"}, {"barred_children", "false"}},
       "criminal-record-check",
       Reason::kNotCovered},
      {"adults only", 2, {{"barred_children", "false"}}, "criminal-record-check", Reason::kNotCovered},
      {"cleared with conditions",
       2,
       {{"decision", "cleared_with_conditions"}},
       "criminal-record-check",
       Reason::kRestricted},
      {"assignment ended", 1, {{"ends_on", "2026-11-20"}}, "employment", Reason::kEndsTooSoon},
      {"infection prevention 13 months old",
       8,
       {{"subject", "infection_prevention_control"}, {"achieved_on", "2025-10-20"}},
       "infection-prevention",
       Reason::kTooOld},
      {"safeguarding adults level 1",
       13,
       {{"subject", "safeguarding_adults"}, {"level", "1"}},
       "safeguarding-adults",
       Reason::kLevelTooLow},
      {"fire safety on her own word",
       6,
       {{"subject", "fire_safety"}, {"level", "1"}, {"assurance", "self_declared"}},
       "fire-safety",
       Reason::kAssuranceTooLow},
  };
  for (const Missing& row : rows) {
    std::vector<Shown> file = NurseFile();
    file[row.position].changes = row.changes;
    const Result<Decision> decision = Decide(profile, Verified(file), DayOf("2026-11-21"));
    EXPECT_EQ(decision->outcome, Outcome::kNotMet) << row.what;
    for (const DecisionLine& line : decision->lines) {
      const Reason expected = line.requirement == row.requirement ? row.reason : Reason::kNone;
      EXPECT_EQ(WordOf(line.reason), WordOf(expected)) << row.what << ": " << line.requirement;
    }
  }
}

}  // namespace
}  // namespace passport
