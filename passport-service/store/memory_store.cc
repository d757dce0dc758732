#include "passport-service/store/memory_store.h"

#include <algorithm>
#include <utility>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {
void MemoryStore::OnApply(FailureHook hook) {
  const std::lock_guard lock(mutex_);
  hook_ = std::move(hook);
}

Commit MemoryStore::Apply(const Changes& changes) {
  const std::lock_guard lock(mutex_);
  const auto failure = hook_ ? hook_(changes) : std::nullopt;
  if (failure && failure->when == Failure::When::kBefore) {
    return {.outcome = failure->outcome, .reason = failure->reason};
  }
  MemoryChange change(*this);
  for (std::size_t at = 0; at < changes.size(); ++at) {
    const Reason reason = std::visit(change, changes[at]);
    if (reason != Reason::kNone) return {.outcome = CommitOutcome::kRefused, .refused_at = at, .reason = reason};
  }
  change.Keep();
  if (failure) return {.outcome = failure->outcome, .reason = failure->reason};
  return {.outcome = CommitOutcome::kDone};
}

Result<std::optional<OrganisationRow>> MemoryStore::FindOrganisation(const OrganisationId& id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.organisations, key::Organisation(id));
}

Result<std::vector<OrganisationRow>> MemoryStore::AllOrganisations() {
  const std::lock_guard lock(mutex_);
  std::vector<OrganisationRow> rows;
  for (const auto& [key, row] : tables_.organisations) rows.push_back(row);
  return rows;
}

Result<std::optional<CertificateRow>> MemoryStore::FindCertificate(std::string_view kid) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.certificates, key::Certificate(kid));
}

Result<std::vector<CertificateRow>> MemoryStore::AllCertificates() {
  const std::lock_guard lock(mutex_);
  std::vector<CertificateRow> rows;
  for (const auto& [key, row] : tables_.certificates) rows.push_back(row);
  return rows;
}

Result<std::optional<PersonRow>> MemoryStore::FindPerson(const PersonId& id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.people, key::Person(id));
}

Result<std::optional<PersonRow>> MemoryStore::FindPersonByCode(const Digest& passport_code_hash) {
  const std::lock_guard lock(mutex_);
  const auto person = tables_.codes.find(key::PersonCode(passport_code_hash));
  if (person == tables_.codes.end()) return std::optional<PersonRow>();
  return FindIn(tables_.people, person->second);
}

Result<std::optional<CredentialRow>> MemoryStore::FindCredential(const OrganisationId& organisation,
                                                                 const CredentialId& id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.credentials, key::Credential(organisation, id));
}

Result<Page<CredentialRow>> MemoryStore::CredentialsOf(const OrganisationId& organisation, std::string_view after,
                                                       std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<CredentialRow>(tables_.credentials, key::CredentialPrefix(organisation), after, limit);
}

Result<Page<CredentialRow>> MemoryStore::CredentialsHeldBy(const PersonId& person, std::string_view after,
                                                           std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<CredentialRow>(tables_.holdings, key::HoldingPrefix(person), after, limit,
                               [&](const std::string& key) { return tables_.credentials.at(key); });
}

Result<std::vector<StatusListRow>> MemoryStore::StatusListsOf(const OrganisationId& organisation) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<StatusListRow>(tables_.status_lists, key::StatusListPrefix(organisation), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::vector<Statuses::Entry>> MemoryStore::StatusEntries(const OrganisationId& organisation,
                                                                std::uint32_t list) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<Entry>(tables_.statuses, key::StatusPrefix(organisation, list), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::optional<AnswerRow>> MemoryStore::FindAnswer(const OrganisationId& organisation, const RequestId& request) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.answers, key::Request(organisation, request));
}

Result<std::optional<IntentRow>> MemoryStore::FindIntent(const OrganisationId& organisation, const RequestId& request) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.intents, key::Request(organisation, request));
}

Result<Page<IntentRow>> MemoryStore::Intents(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<IntentRow>(tables_.intents, "", after, limit);
}

Result<std::optional<ChallengeRow>> MemoryStore::FindChallenge(std::string_view nonce) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.challenges, key::Challenge(nonce));
}

Result<std::optional<DocumentRow>> MemoryStore::NewestDocument(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const std::string first = key::Document(name, 0);
  auto at = tables_.documents.upper_bound(key::Document(name, UINT64_MAX));
  if (at == tables_.documents.begin() || (--at)->first < first) return std::optional<DocumentRow>();
  return std::optional<DocumentRow>(at->second);
}

Result<std::vector<DocumentRow>> MemoryStore::NewestDocuments(std::string_view prefix) {
  const std::lock_guard lock(mutex_);
  std::vector<DocumentRow> rows;
  for (const auto& [key, row] : tables_.documents) {
    if (!row.name.starts_with(prefix)) continue;
    if (!rows.empty() && rows.back().name == row.name) rows.pop_back();
    rows.push_back(row);
  }
  return rows;
}

Result<std::vector<DocumentRow>> MemoryStore::DocumentVersions(std::string_view prefix) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<DocumentRow>(tables_.documents, key::DocumentPrefix(prefix), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<AuditRow>> MemoryStore::AuditRows(std::uint64_t after_sequence, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<AuditRow>(
      tables_.audit, "", after_sequence, limit, [](const AuditRow& row) { return row; },
      [](const AuditRow& row) { return row.sequence; });
}

Result<Page<AuditRow>> MemoryStore::AuditRowsOf(std::string_view actor, std::uint64_t after_actor_sequence,
                                                std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<AuditRow>(
      tables_.audit_of, key::AuditOfPrefix(actor), after_actor_sequence, limit,
      [this](const std::string& key) { return tables_.audit.at(key); },
      [](const AuditRow& row) { return row.actor_sequence; });
}

Result<std::optional<AuditRow>> MemoryStore::LastAuditRow() {
  const std::lock_guard lock(mutex_);
  return tables_.audit.empty() ? std::nullopt : std::optional<AuditRow>(tables_.audit.rbegin()->second);
}

Result<std::vector<AuditEnd>> MemoryStore::AuditEnds() {
  const std::lock_guard lock(mutex_);
  std::vector<AuditEnd> ends;
  for (const auto& [key, at] : tables_.audit_of) {
    const AuditRow& row = tables_.audit.at(at);
    if (ends.empty() || ends.back().actor != row.entry.actor) ends.push_back({row.entry.actor, 0, {}});
    ends.back().sequence = row.actor_sequence;
    ends.back().hash = row.hash;
  }
  return ends;
}

Result<Page<EventRow>> MemoryStore::EventRows(std::uint64_t after_sequence, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<EventRow>(
      tables_.events, "", after_sequence, limit, [](const EventRow& row) { return row; },
      [](const EventRow& row) { return row.sequence; });
}

Result<std::uint64_t> MemoryStore::LastEvent() {
  const std::lock_guard lock(mutex_);
  return tables_.events.empty() ? 0 : tables_.events.rbegin()->second.sequence;
}

Result<Page<PersonRow>> MemoryStore::AllPeople(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<PersonRow>(tables_.people, "", after, limit);
}

Result<Page<AnswerRow>> MemoryStore::AllAnswers(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<AnswerRow>(tables_.answers, "", after, limit);
}

Result<Page<DocumentRow>> MemoryStore::AllDocuments(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<DocumentRow>(tables_.documents, "", after, limit);
}

}  // namespace passport
