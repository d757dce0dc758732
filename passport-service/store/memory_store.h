// A store without a disk: the same contract as RocksStore, for tests of acts and as the second opinion of the contract
// tests. Its rules are written a second time on plain maps, not shared with change_rules.cc. What it holds is gone with
// it.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "passport-service/ports/store.h"

namespace passport {

// Any thread may call anything.
class MemoryStore final : public Store {
 public:
  // How a commit goes wrong: reported so, although nothing happened or everything did.
  struct Failure {
    enum class When : std::uint8_t { kBefore, kAfter } when;
    CommitOutcome outcome;  // kRetry only with kBefore
    Reason reason;
  };
  // Asked at the start of every Apply, which then fails so or, with nullopt, goes its way. Runs under the store's lock:
  // it must not call the store.
  using FailureHook = std::function<std::optional<Failure>(const Changes&)>;
  void OnApply(FailureHook hook);

  Commit Apply(const Changes& changes) override;

  Result<std::optional<OrganisationRow>> FindOrganisation(const OrganisationId& id) override;
  Result<std::vector<OrganisationRow>> AllOrganisations() override;
  Result<std::optional<PersonRow>> FindPerson(const PersonId& id) override;
  Result<std::optional<PersonRow>> FindPersonByCode(const Digest& passport_code_hash) override;
  Result<std::optional<EmploymentRow>> FindEmployment(const OrganisationId& organisation,
                                                      std::string_view employee_number) override;
  Result<bool> Employs(const OrganisationId& organisation, const PersonId& person) override;
  Result<std::optional<CredentialRow>> FindCredential(const OrganisationId& organisation,
                                                      const CredentialId& id) override;
  Result<Page<CredentialRow>> CredentialsOf(const OrganisationId& organisation, std::string_view after,
                                            std::size_t limit) override;
  Result<Page<CredentialRow>> CredentialsHeldBy(const PersonId& person, std::string_view after,
                                                std::size_t limit) override;
  Result<std::vector<StatusListRow>> StatusListsOf(const OrganisationId& organisation) override;
  Result<std::vector<Entry>> StatusEntries(const OrganisationId& organisation, std::uint32_t list) override;
  Result<std::optional<AnswerRow>> FindAnswer(const OrganisationId& organisation, const RequestId& request) override;
  Result<std::optional<IntentRow>> FindIntent(const OrganisationId& organisation, const RequestId& request) override;
  Result<Page<IntentRow>> Intents(std::string_view after, std::size_t limit) override;
  Result<std::optional<ChallengeRow>> FindChallenge(std::string_view nonce) override;
  Result<std::optional<DocumentRow>> NewestDocument(std::string_view name) override;
  Result<std::vector<DocumentRow>> NewestDocuments(std::string_view prefix) override;
  Result<Page<AuditRow>> AuditRows(std::uint64_t after_sequence, std::size_t limit) override;
  Result<Page<EventRow>> EventRows(std::uint64_t after_sequence, std::size_t limit) override;
  Result<Page<PersonRow>> AllPeople(std::string_view after, std::size_t limit) override;
  Result<Page<EmploymentRow>> AllEmployments(std::string_view after, std::size_t limit) override;
  Result<Page<AnswerRow>> AllAnswers(std::string_view after, std::size_t limit) override;
  Result<Page<DocumentRow>> AllDocuments(std::string_view after, std::size_t limit) override;

 private:
  friend class MemoryChange;
  // By the keys of key_layout.h, so that both stores list alike.
  struct Tables {
    std::map<std::string, OrganisationRow> organisations;
    std::map<std::string, PersonRow> people;
    std::map<std::string, EmploymentRow> employments;
    std::map<std::string, StatusListRow> status_lists;
    std::map<std::string, Entry> statuses;
    std::map<std::string, IntentRow> intents;
    std::map<std::string, AnswerRow> answers;
    std::map<std::string, CredentialRow> credentials;
    std::map<std::string, std::string> holdings;  // to the key of the credential
    std::map<std::string, std::string> slots;     // to the key of the credential
    std::map<std::string, std::string> codes;     // to the key of the person
    std::map<std::string, ChallengeRow> challenges;
    std::map<std::string, DocumentRow> documents;
    std::map<std::string, AuditRow> audit;
    std::map<std::string, EventRow> events;
  };
  std::mutex mutex_;
  FailureHook hook_;  // guarded by mutex_, as all below
  Tables tables_;
};

}  // namespace passport
