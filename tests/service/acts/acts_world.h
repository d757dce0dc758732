// A service without disk or network: all acts over a MemoryStore, a real key store in a folder of its own, a clock that
// stands still until it is moved.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/file_key_store.h"
#include "keys/private_key.h"
#include "keys/system_random.h"
#include "passport-service/acts/change_standing.h"
#include "passport-service/acts/check_presentation.h"
#include "passport-service/acts/count_reliances.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/enrol_person.h"
#include "passport-service/acts/erase_person.h"
#include "passport-service/acts/issue_credentials.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/present_passport.h"
#include "passport-service/acts/publish.h"
#include "passport-service/acts/put_rules.h"
#include "passport-service/acts/read_credentials.h"
#include "passport-service/acts/read_evidence.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/check/check_house.h"
#include "passport-service/store/memory_store.h"
#include "tests/support/seeded_random.h"

namespace passport {

class StandingClock final : public Clock {
 public:
  StandingClock() = default;
  explicit StandingClock(Instant start) : now(start) {}
  Instant Now() const override { return now; }
  Instant now{1795300000};  // Saturday 21 November 2026
};

class FolderInMemory final : public PublishedFiles {
 public:
  Result<void> Put(std::string_view path, std::string_view bytes) override {
    if (full || (!refused.empty() && path.starts_with(refused))) return Fault{Reason::kStoreFull, "", "no space"};
    files[std::string(path)] = bytes;
    ++writes;
    return {};
  }
  Result<std::optional<std::string>> Get(std::string_view path) override {
    const auto at = files.find(std::string(path));
    return at == files.end() ? std::nullopt : std::optional<std::string>(at->second);
  }
  Result<void> Remove(std::string_view path) override {
    files.erase(std::string(path));
    return {};
  }
  std::map<std::string, std::string> files;
  int writes = 0;
  bool full = false;
  std::string refused;  // what begins so can not be written; empty: all can
};

// The registrar, a trust (ods:RC9) and a council (ons:E06000032) are enrolled; nothing is published.
struct ActsWorld {
  // Whether the root has signed the issuing authority before anybody was enrolled.
  enum class Ceremony { kHeld, kLater };
  // `mirror` sees every change before it is made.
  explicit ActsWorld(Ceremony ceremony = Ceremony::kHeld, Instant start = StandingClock().now,
                     MemoryStore::FailureHook mirror = {});
  ~ActsWorld();
  ActsWorld(const ActsWorld&) = delete;
  ActsWorld& operator=(const ActsWorld&) = delete;

  std::filesystem::path folder;
  SystemRandom chance;
  SeededRandom random{11};
  StandingClock clock;
  MemoryStore store;
  FolderInMemory files;
  CurrentTrust trust_in_force;
  std::unique_ptr<FileKeyStore> keys;
  std::unique_ptr<PersonVault> vault;
  std::unique_ptr<RegistryEffects> effects;
  PrivateKey root;
  std::string root_pem;

  std::string SignAuthority(const PublicKey& key);
  void HoldCeremony();

  Caller registrar{OrganisationId::Parse("ods:QHG").value(), "registry", Roles{Role::kRegistrar}};
  Caller trust{OrganisationId::Parse("ods:RC9").value(), "hr"};
  Caller council{OrganisationId::Parse("ons:E06000032").value(), "hr"};
  Caller stranger{OrganisationId::Parse("ods:ZZZ").value(), "hr"};

  EnrolOrganisation EnrolOrganisations() { return {store, clock, *effects}; }
  EnrolPerson EnrolPeople() { return {store, *keys, *vault, random, clock}; }
  IssueCredentials& Issuing() { return *issuing; }
  Publish& Publishing() { return *publishing; }
  PresentPassport Presenting() { return {store, *keys, *vault, trust_in_force, clock}; }
  CheckPresentation Checking() { return {store, *keys, *vault, trust_in_force, clock}; }
  ChangeStanding ChangingStandings() { return {store, *vault, clock}; }
  ErasePerson Erasing() { return {store, *vault, clock}; }
  PutRules PuttingRules() { return {store, clock}; }
  OverrideDecision Overriding() { return {store, *vault, trust_in_force, clock}; }
  ReadOverrides ReadingOverrides() { return {store, *vault, clock}; }
  ReadEvidence ReadingEvidence() { return {store, *keys, *vault, clock}; }
  CountReliances Counting() { return {store, clock}; }

  // A person of the trust: the passport code.
  std::string Enrol(std::string_view employee_number);
  // A training record for the trust's person; stops the test program when it is not issued.
  CredentialId IssueTraining(std::string_view employee_number, const std::vector<Record::Field>& changes = {});
  void PublishNow();
  // Puts the taxonomies that are shipped (rules/taxonomies); stops the test program when one is refused.
  void PutTaxonomies();
  // "ok" or the word of the reason.
  std::string Put(const Caller& by, RuleKind kind, const std::string& text);
  std::string Withdraw(const Caller& by, RuleKind kind, const std::string& id, int version);
  // The challenge of the council.
  std::string Ask() { return AskFor(council); }
  std::string AskFor(const Caller& receiver);
  Result<Presentation> PresentTo(const std::string& nonce, const std::string& code, std::vector<Showable> show);
  Result<Presentation> PresentTo(const Caller& receiver, const std::string& nonce, const std::string& code,
                                 std::vector<Showable> show);

  // What the status list says of one slot: 0 unless it was set.
  int EntryOf(const Slot& slot);
  // Entries of all lists of an organisation that are somebody's.
  std::size_t EntriesOfPeople(const OrganisationId& organisation);
  // "clean", or the violations.
  std::string House();
  std::size_t CredentialsOf(const Caller& caller);
  // Of the trust.
  Result<std::optional<EmploymentRow>> Employee(std::string_view number) {
    return FindEmployee(store, *vault, trust.organisation, number);
  }
  // How many audit rows have this action and outcome, and this reason if one is given.
  std::size_t Audited(std::string_view action, std::string_view outcome, std::optional<std::string_view> why = {});
  // Everything that stands in audit rows and events: no personal data may be there.
  std::string AllAudited();

  std::unique_ptr<IssueCredentials> issuing;
  std::unique_ptr<Publish> publishing;
  int requests = 0;
};

RequestId Request(std::string_view text);
// A question about today, at the caller's own place.
CheckPresentation::Question Asked(const Caller& by, const std::string& nonce, const std::string& presentation,
                                  std::optional<std::string> profile = {});
// Moving and handling level 2, no older than so many months: what most tests decide on. Needs the taxonomies.
std::string MoverProfile(int version = 1, std::string_view effective_from = "2026-01-01", int months = 24);
IssueCredentials::Order TrainingOrder(std::string_view request, std::string_view employee_number,
                                      const std::vector<Record::Field>& changes = {});
template <class T>
std::string WordsOf(const Result<T>& result) {
  return result.ok() ? "ok" : std::string(WordOf(result.fault().reason));
}

}  // namespace passport
