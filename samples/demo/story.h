// The story that passport-demo tells: one chapter after the other, each a file of this folder.
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
#include "samples/demo/offline_check.h"
#include "samples/demo/screen.h"
#include "samples/demo/service_in_folder.h"
#include "samples/generator/world.h"

namespace passport {

// Ids as the story uses them.
inline constexpr std::string_view kTeam = "ods:U99901";  // the neighbourhood team: a network of practices
inline constexpr std::string_view kCouncil = "ons:E99999901";
inline constexpr std::string_view kCommunityTrust = "ods:X0C";  // the nurse's main employer
inline constexpr std::string_view kRole = "community-nurse";
inline constexpr std::string_view kCodeFile = "nurse-passport-code";

// A presentation that was made for a challenge.
struct Shown {
  ChallengeAnswer challenge;
  std::string presentation;
  std::string file;  // where the same bytes lie for passport-verify
};

// One thread.
class Story {
 public:
  struct Terms {
    std::string programs;  // folder of passport-service and passport-verify
    std::string folder;    // empty; everything is made in it
    std::string samples;   // folder of competences.csv
    std::string rules;     // folder of profiles/ and taxonomies/
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
  Result<void> PutProfiles();
  Result<void> EnrolPeople();
  Result<void> EnrolPerson(std::size_t person);
  // chapter_import.cc
  Result<void> ImportFiles();
  Result<void> ImportOne(const SampleFile& file, const CompetenceTable& competences);
  Result<void> CompareRefusedRows(const SampleFile& file, const std::vector<RowFault>& faults);
  void SayExamples() const;
  // chapter_present.cc
  Result<void> LookAtPassport();
  Result<void> AskTheNurse();
  Result<void> DecideOnline();
  void SayWhatIsHidden(const std::vector<PresentedAnswer>& records) const;
  // chapter_offline.cc
  Result<void> DecideOffline();
  Result<void> CopyPublished(const std::string& to);
  // chapter_second.cc
  Result<void> DecideSecondPerson();
  // chapter_revoke.cc
  Result<void> RevokeOne();
  Result<void> SeeItOnline();
  Result<void> SeeItOffline();
  // chapter_refuse.cc
  Result<void> TryToCheat();
  Result<void> TryElsewhere();
  Result<void> TryAnotherPerson();
  Result<void> TryAlteredByte();
  Result<void> TryReplay();
  Result<void> Refused(std::string_view attempt, std::string_view who, std::string_view reason, Reason expected);
  // ending.cc
  void SayInShort();

  // Challenge, presentation, and the bytes in a file of that name.
  Result<Shown> AskAndPresent(std::string_view verifier, std::size_t person, std::string_view file,
                              std::vector<ShowingChoice> show);
  // Decides and notes it under `story`.
  Result<RoleDecisionAnswer> Decide(std::string_view story, std::string_view verifier, const Shown& shown);
  Result<OfflineAnswer> DecideWithout(std::string_view story, const Shown& shown, const std::string& published,
                                      std::optional<Instant> at);
  void Note(std::string_view story, std::string_view outcome, std::vector<std::string> reasons);
  OfflineQuestion OfflineFor(const Shown& shown, const std::string& published) const;

  Result<ServiceClient*> ClientOf(std::string_view organisation);
  Result<ServiceClient*> Registrar();
  const std::string& NameOf(std::string_view organisation) const;
  // "Florrie"
  const std::string& FirstName(std::size_t person) const { return terms_.world.people[person].given_names; }
  std::string At(std::string_view name) const { return terms_.folder + "/" + std::string(name); }

  const Terms terms_;
  Screen& screen_;
  ServiceInFolder service_;
  DemoFacts facts_;
  std::map<std::string, ServiceClient, std::less<>> clients_;
  std::vector<Secret> codes_;  // by person
  struct RefusedRow {
    std::string file;
    RowFault fault;
  };
  std::size_t records_taken_ = 0;
  std::vector<RefusedRow> refused_rows_;
  std::vector<HoldingAnswer> holdings_;     // of the nurse
  std::vector<PresentedAnswer> presented_;  // what the team saw of them
  std::optional<Shown> shown_;              // what she handed over
  std::string first_copy_;                  // of the published folder
  std::chrono::steady_clock::time_point first_copied_at_;
  std::string revoked_;  // credential id
  std::vector<Timing> timings_;
};

// Nothing when they are the same, else kStateConflict: "<what>: expected <expected>, came <came>".
Result<void> Expect(std::string_view what, std::string_view expected, std::string_view came);
Result<void> Expect(std::string_view what, std::size_t expected, std::size_t came);
Result<void> Expect(std::string_view what, bool holds);

// The same for a decision; says which requirements are not met.
Result<void> Expect(std::string_view what, RoleAnswer expected, const DecisionAnswer& came);

// "MET", "NOT MET": an outcome as people read it.
std::string_view Heading(RoleAnswer outcome);

// "too_old, too_old"
std::string Joined(const std::vector<std::string>& words);
// "2 x too_old, 1 x revoked"
std::string Counted(const std::vector<std::string>& words);

}  // namespace passport
