// The stories that passport-demo tells: one chapter after the other, each a file of this folder.
//
// Every sentence with a number says what was measured. Every turn of the story is expected: when something else comes,
// the telling ends with a fault that says what was expected and what came.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/import/import_reader.h"
#include "operator-cli/online/service_client.h"
#include "samples/demo/facts.h"
#include "samples/demo/file_import.h"
#include "samples/demo/offline_check.h"
#include "samples/demo/operator_desk.h"
#include "samples/demo/screen.h"
#include "samples/demo/service_in_folder.h"
#include "samples/generator/world.h"

namespace passport {

// Ids as the story uses them.
inline constexpr std::string_view kTeam = "ods:U99901";  // the neighbourhood team: a network of practices
inline constexpr std::string_view kCouncil = "ons:E99999901";
inline constexpr std::string_view kCommunityTrust = "ods:X0C";  // the nurses' main employer
inline constexpr std::string_view kAcuteTrust = "ods:X0A";
inline constexpr std::string_view kCareHome = "cqc:1-999999991";
inline constexpr std::string_view kCharity = "charity:9999991";
inline constexpr std::string_view kCareGroup = "cqc:1-999999992";  // comes late, and takes the care home over
inline constexpr std::string_view kTwoPersonTrust = "ods:X0B";     // where a second person approves what is signed
inline constexpr std::string_view kSecondDesk = "second-desk";     // the system that second person works at
inline constexpr std::string_view kCommunityNurseRole = "community-nurse";
inline constexpr std::string_view kCodeFile = "nurse-passport-code";

// What a receiver asks: about whom, for which role, for which shift.
struct RoleQuestion {
  std::string verifier;
  std::size_t person;
  std::string role;
  ShiftQuestion shift;
};

// A presentation that was made for a challenge.
struct Shown {
  RoleQuestion question;
  ChallengeAnswer challenge;
  std::string presentation;
  std::string file;  // where the same bytes lie for passport-verify
};

// How a receiver looks without a network.
struct OfflineTerms {
  std::string published;                                 // its copy
  std::optional<Instant> at = std::nullopt;              // as of then; otherwise now
  std::optional<Seconds> status_age_max = std::nullopt;  // its own limit
};

// One thread.
class Story {
 public:
  struct Terms {
    std::string programs;  // folder of passport-service and its sisters
    std::string folder;    // empty; everything is made in it
    std::string samples;   // folder of competences.csv, local-profiles/ and trial-profiles/
    std::string rules;     // folder of taxonomies/ and profiles/
    World world;
    std::function<Instant()> clock;
  };
  // `screen` must outlive it.
  Story(Terms terms, Screen& screen);

  // From the first chapter to the last. Fails with kStateConflict when it does not go as told, with kDeadline when
  // somebody pressed Ctrl-C.
  Result<void> Tell();

  // Ends every connection to the service; nothing can be asked after it.
  void HangUp() { clients_.clear(); }
  const DemoFacts& facts() const { return facts_; }
  ServiceInFolder& service() { return service_; }
  // What to try while the service runs.
  void SayWhatToTry();

 private:
  struct Timing {
    std::string chapter;
    std::chrono::milliseconds time;
  };

  // chapter_enrol.cc
  Result<void> EnrolOrganisations();
  Result<void> EnrolPeople();
  Result<void> EnrolPerson(std::size_t person);
  // chapter_rules.cc
  Result<void> PutRules();
  Result<std::size_t> PutLocalProfiles();
  Result<std::size_t> PutAll(std::string_view organisation, RuleWord kind, const std::string& folder);
  // chapter_import.cc
  Result<void> ImportFiles();
  Result<void> ImportOne(const SampleFile& file, const CompetenceTable& competences);
  Result<IssueAnswer> Approve(const std::string& employer, const std::string& import_id);
  Result<void> CompareRefusedRows(const SampleFile& file, const std::vector<RowFault>& faults);
  void SayExamples() const;
  // chapter_correct.cc
  Result<void> CorrectAFile();
  Result<std::string> WriteCorrection();
  // chapter_sign.cc
  Result<void> SignWhatNoFileHolds();
  Result<void> SignRecord(std::size_t person, const SampleRecord& record, std::size_t number);
  // chapter_present.cc
  Result<void> LookAtPassport();
  Result<void> AskTheNurse();
  Result<void> DecideOnline();
  void SayWhatIsHidden(const std::vector<PresentedAnswer>& records) const;
  Result<RoleQuestion> NurseQuestion(std::size_t person) const;
  // chapter_offline.cc
  Result<void> DecideOffline();
  Result<void> CopyPublished(const std::string& to);
  // chapter_ward.cc
  Result<void> FetchForTheWard();
  Result<void> SeeItByBundle();
  Result<std::string> FetchBundle();
  std::string NewestBundle() const { return service_.published() + "/bundle/newest"; }
  // chapter_second.cc
  Result<void> DecideSecondPerson();
  // chapter_revoke.cc
  Result<void> RevokeOne();
  Result<void> SeeItOnline();
  Result<void> SeeItOffline();
  // chapter_care_worker.cc
  Result<void> FollowTheCareWorker();
  Result<void> CheckHerRightToWork();
  Result<void> LoseAStatusList(const Shown& shown);
  // chapter_profile.cc
  Result<void> TryAStricterProfile(const Shown& shown);
  // chapter_volunteer.cc
  Result<void> FollowTheVolunteer();
  Result<void> GoOnRegardless(const RoleQuestion& question, std::uint64_t reliance);
  // chapter_refuse.cc
  Result<void> TryToCheat();
  Result<void> TryElsewhere();
  Result<void> TryAnotherPerson();
  Result<void> TryAlteredByte();
  Result<void> TryReplay();
  Result<void> Refused(std::string_view attempt, std::string_view who, std::string_view reason, Reason expected);
  // chapter_inspect.cc
  Result<void> ShowTheInspector();
  Result<void> TamperWithEvidence(const std::string& file);
  Result<void> CheckAReceipt();
  // chapter_succession.cc
  Result<void> PassResponsibilityOn();
  Result<void> EnrolTheGroup();
  Result<void> ShowWhoAnswersNow();
  // chapter_lost_key.cc
  Result<void> LoseAKey();
  Result<bool> HasSoundRecordOf(std::size_t person, std::string_view issuer);
  // chapter_lost_passport.cc
  Result<void> LoseAPassport();
  Result<void> SeeTheOldPassportDead(const Shown& by_a_thief);
  // chapter_erase.cc
  Result<void> EraseOne();
  // chapter_audit.cc
  Result<void> ShowTheAuditor();
  Result<void> TamperWithTheTrail(const std::string& folder);
  // chapter_count.cc
  Result<void> CountForTheRegion();
  Result<std::size_t> AskAboutTheRoster();
  // ending.cc
  void SayInShort();

  // Challenge, presentation, and the bytes in a file of that name. Without choices the service chooses what speaks to
  // the role.
  Result<Shown> AskAndPresent(RoleQuestion question, std::string_view file, std::vector<ShowingChoice> show = {});
  // Decides and notes it under `story`.
  Result<RoleDecisionAnswer> Decide(std::string_view story, const Shown& shown);
  // A record of that issuer that the person holds, as `keeper` sees it; and the same, shown to the acute trust.
  Result<HoldingAnswer> OneHolding(std::size_t person, std::string_view keeper, std::string_view issuer);
  Result<VerificationAnswer> ShowOneRecord(std::size_t person, std::string_view keeper, std::string_view issuer);
  // Both, of a presentation that must hold, with the outcome that is expected.
  Result<RoleDecisionAnswer> AskAndDecide(std::string_view story, const RoleQuestion& question, std::string_view file,
                                          RoleAnswer expected);
  Result<OfflineAnswer> DecideWithout(std::string_view story, const Shown& shown, const OfflineTerms& terms);
  void Note(std::string_view story, std::string_view outcome, std::vector<std::string> reasons);
  OfflineQuestion OfflineFor(const Shown& shown, const OfflineTerms& terms) const;
  // A point for each requirement that is not met: what is needed, why not, who can put it right, how.
  void SayMissing(const DecisionAnswer& decision);

  Result<ServiceClient*> ClientOf(std::string_view organisation, std::string_view system = kFirstSystem);
  Result<ServiceClient*> Registrar();
  const std::string& NameOf(std::string_view organisation) const;
  // "Florrie"
  const std::string& FirstName(std::size_t person) const { return terms_.world.people[person].given_names; }
  // Who keeps the person's passport: the main employer.
  const std::string& HomeOf(std::size_t person) const;
  std::string At(std::string_view name) const { return terms_.folder + "/" + std::string(name); }

  const Terms terms_;
  Screen& screen_;
  ServiceInFolder service_;
  DemoFacts facts_;
  std::map<std::string, ServiceClient, std::less<>> clients_;  // by organisation and system
  std::vector<Secret> codes_;                                  // by person
  struct RefusedRow {
    std::string file;
    RowFault fault;
  };
  std::vector<RefusedRow> refused_rows_;
  std::vector<HoldingAnswer> holdings_;     // of the nurse
  std::vector<PresentedAnswer> presented_;  // what the team saw of them
  std::optional<Shown> shown_;              // what she handed over
  std::string first_copy_;                  // of the published folder
  std::chrono::steady_clock::time_point first_copied_at_;
  std::string revoked_;  // credential id
  std::string receipt_;  // of the care worker's shift on the ward
  std::vector<Timing> timings_;
};

// The shift on a day between two times on the clocks of London; it ends on the next day when `to` is not after `from`.
Result<ShiftQuestion> ShiftOn(const CivilDay& day, std::string_view from, std::string_view to);

// Nothing when they are the same, else kStateConflict: "<what>: expected <expected>, came <came>".
Result<void> Expect(std::string_view what, std::string_view expected, std::string_view came);
Result<void> Expect(std::string_view what, std::size_t expected, std::size_t came);
Result<void> Expect(std::string_view what, bool holds);

// The same for a decision; says which requirements are not met.
Result<void> Expect(std::string_view what, RoleAnswer expected, const DecisionAnswer& came);

// The requirements that are not met or can not be told.
std::vector<const RequirementAnswer*> MissingIn(const DecisionAnswer& decision);
// Their reasons, in the same order.
std::vector<std::string> ReasonsIn(const DecisionAnswer& decision);

// "MET", "NOT MET": an outcome as people read it.
std::string_view Heading(RoleAnswer outcome);

// "certificate_number" as people read it.
std::string Plain(std::string word);
// "too_old, too_old"
std::string Joined(const std::vector<std::string>& words);
// "2 x too_old, 1 x revoked"
std::string Counted(const std::vector<std::string>& words);

}  // namespace passport
