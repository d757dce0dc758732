// Records for decisions: those of the nurse as verified presentations, made the only way there is; a small taxonomy;
// duties and profiles in few words.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {

// Who signed: the trust (ods:RC9, an nhs_trust) is her home employer, the council (ons:E06000032, a local_authority)
// receives her.
enum class By : std::uint8_t { kTrust, kCouncil };

// Credentials end so late that nothing is about to end by them, unless a row says so.
inline constexpr Instant kFarEnd{kNow.seconds + std::int64_t{20} * 365 * 86'400};

// One record somebody shows, and what its status list says of it.
struct Shown {
  std::string_view kind;
  std::vector<Record::Field> changes = {};
  std::uint8_t status = 0;                  // 0 valid, 1 revoked, 2 suspended, 3 not ours to know
  std::vector<std::string> keep_back = {};  // facts that are not disclosed
  By by = By::kTrust;
  Instant expires_at = kFarEnd;
};

enum class RegistryAge : std::uint8_t { kFresh, kStale };

// All facts of each are shown but those kept back. The ids come back in the order of `shown`. A record is signed once
// for the program and remembered by its content; what the status lists say is part of the snapshot.
VerifiedPresentation Verified(const std::vector<Shown>& shown, std::vector<CredentialId>* ids = nullptr,
                              RegistryAge age = RegistryAge::kFresh);

// The same for many passports: texts of credentials, cut down to what is shown, and a snapshot that knows them all.
class Roster {
 public:
  // Signs a record; its text goes into any number of passports.
  std::string Sign(const Shown& shown);
  // Records without a proof, at an instant, on the snapshot of all that was signed until now.
  HeldRecords Passport(const std::vector<std::string>& texts, Instant at = kNow);
  Result<HeldRecords> TryPassport(const std::vector<std::string>& texts, Instant at);

 private:
  StatusEntries of_trust_;
  StatusEntries of_council_;
  std::shared_ptr<const TrustSnapshot> snapshot_;  // null when something was signed since
  std::uint32_t next_slot_ = 0;
};

// Courses of the tests: fire_safety 1 (24 months), moving_and_handling 1 and 2 (36, 24), infection_prevention_control
// 1 and 2 (36, 12), resuscitation_adult and resuscitation_paediatric 2 and 3 (12), oliver_mcgowan 1 and 2 in two parts
// (36), care_certificate_15 and care_certificate_16 in their standards (no refresh), learning_disability_autism 1
// (36), lone_working 1 (no period known). The 16 standards count as the 15; oliver_mcgowan as
// learning_disability_autism; level 3 resuscitation of adults as level 2 of adults alone. From 2027 on fire safety
// counts 12 months.
const Taxonomies& TestTaxonomies();

// A profile of these requirements: {"id":...},...
RoleProfile ProfileOf(std::string_view requirements, int expiring_within_days = 30);
// A profile of one requirement with these alternatives: {"kind":...},...
std::string ProfileText(std::string_view any_of, int expiring_within_days = 30);
RoleProfile Profile(std::string_view any_of, int expiring_within_days = 30);
CivilDay DayOf(std::string_view text);
// "2026-11-21 22:30", UTC.
Instant Utc(std::string_view text);

// At the council, as a placement, on the whole of one civil day.
Duty OnDay(std::string_view day);
// At the council between two instants in UTC.
Duty Shift(std::string_view starts_at, std::string_view ends_at, Engagement engagement = Engagement::kPlacement);
Duty DutyOf(Duty::Terms terms);
OrganisationId Council();
OrganisationId Trust();

// The suites by the names that stay. They stand apart because one of them has the name of what it tests.
namespace suites {

template <class Suite>
class Counted : public ::testing::Test {
 public:
  static void TearDownTestSuite() {
    RecordProperty("cases", std::to_string(cases));
    std::printf("%s: %zu cases\n", Suite::kName, cases);
  }
  static inline std::size_t cases = 0;
};
class Decision : public Counted<Decision> {
 public:
  static constexpr const char* kName = "Decision";
};
class DecisionTwin : public Counted<DecisionTwin> {
 public:
  static constexpr const char* kName = "DecisionTwin";
};

}  // namespace suites
}  // namespace passport
