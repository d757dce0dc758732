// The reads of RocksStore.
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {
Result<std::optional<OrganisationRow>> RocksStore::FindOrganisation(const OrganisationId& id) {
  return Find<OrganisationRow>(Table::kOrganisation, key::Organisation(id));
}

Result<std::vector<OrganisationRow>> RocksStore::AllOrganisations() {
  TRY_ASSIGN(auto page, RowsOf<OrganisationRow>(Table::kOrganisation, "", "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::optional<CertificateRow>> RocksStore::FindCertificate(std::string_view kid) {
  return Find<CertificateRow>(Table::kCertificate, key::Certificate(kid));
}

Result<std::vector<CertificateRow>> RocksStore::AllCertificates() {
  TRY_ASSIGN(auto page, RowsOf<CertificateRow>(Table::kCertificate, "", "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::optional<PersonRow>> RocksStore::FindPerson(const PersonId& id) {
  return Find<PersonRow>(Table::kPerson, key::Person(id));
}

Result<std::optional<PersonRow>> RocksStore::FindPersonByCode(const Digest& passport_code_hash) {
  TRY_ASSIGN(const auto text, tables_->Get(Table::kPersonCode, key::PersonCode(passport_code_hash)));
  if (!text) return std::optional<PersonRow>();
  const auto id = PersonId::Parse(*text);
  if (!id.ok()) return DanglingKey("person_code");
  TRY_ASSIGN(auto row, FindPerson(*id));
  if (!row) return DanglingKey("person_code");
  return row;
}

Result<std::optional<CredentialRow>> RocksStore::FindCredential(const OrganisationId& organisation,
                                                                const CredentialId& id) {
  return Find<CredentialRow>(Table::kCredential, key::Credential(organisation, id));
}

Result<Page<CredentialRow>> RocksStore::CredentialsOf(const OrganisationId& organisation, std::string_view after,
                                                      std::size_t limit) {
  return RowsOf<CredentialRow>(Table::kCredential, key::CredentialPrefix(organisation), after, limit);
}

Result<Page<CredentialRow>> RocksStore::CredentialsHeldBy(const PersonId& person, std::string_view after,
                                                          std::size_t limit) {
  const std::string prefix = key::HoldingPrefix(person);
  // What stands behind the person in the key of a holding is the key of the credential.
  const auto follow = [&](std::string_view key, std::string_view) -> Result<CredentialRow> {
    TRY_ASSIGN(auto row, Find<CredentialRow>(Table::kCredential, std::string(key.substr(prefix.size()))));
    if (!row) return DanglingKey("holding");
    return std::move(*row);
  };
  return PageOf<CredentialRow>(Table::kHolding, prefix, after, limit, follow);
}

Result<std::vector<StatusListRow>> RocksStore::StatusListsOf(const OrganisationId& organisation) {
  TRY_ASSIGN(auto page, RowsOf<StatusListRow>(Table::kStatusList, key::StatusListPrefix(organisation), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::vector<Statuses::Entry>> RocksStore::StatusEntries(const OrganisationId& organisation, std::uint32_t list) {
  std::vector<Entry> entries;
  const std::string prefix = key::StatusPrefix(organisation, list);
  TRY(tables_->Scan(Table::kStatus, prefix, prefix, [&](std::string_view key, std::string_view value) -> Result<bool> {
    KeyReader parts(key.substr(prefix.size()));
    const auto index = parts.U32();
    if (!index || !parts.AtEnd() || value.size() != 1) {
      return Fault{Reason::kStoreUnavailable, "", "an entry of the table status does not read"};
    }
    entries.push_back({.index = *index, .value = static_cast<std::uint8_t>(value.front())});
    return true;
  }));
  return entries;
}

Result<std::optional<AnswerRow>> RocksStore::FindAnswer(const OrganisationId& organisation, const RequestId& request) {
  return Find<AnswerRow>(Table::kAnswer, key::Request(organisation, request));
}

Result<std::optional<IntentRow>> RocksStore::FindIntent(const OrganisationId& organisation, const RequestId& request) {
  return Find<IntentRow>(Table::kIntent, key::Request(organisation, request));
}

Result<Page<IntentRow>> RocksStore::Intents(std::string_view after, std::size_t limit) {
  return RowsOf<IntentRow>(Table::kIntent, "", after, limit);
}

Result<std::optional<ChallengeRow>> RocksStore::FindChallenge(std::string_view nonce) {
  return Find<ChallengeRow>(Table::kChallenge, key::Challenge(nonce));
}

Result<std::optional<DocumentRow>> RocksStore::NewestDocument(std::string_view name) {
  TRY_ASSIGN(const auto newest, tables_->Get(Table::kDocumentNewest, key::DocumentNewest(name)));
  if (!newest) return std::optional<DocumentRow>();
  const auto version = KeyReader(*newest).U64();
  if (!version) return DanglingKey("document_newest");
  TRY_ASSIGN(auto row, Find<DocumentRow>(Table::kDocument, key::Document(name, *version)));
  if (!row) return DanglingKey("document_newest");
  return row;
}

Result<std::vector<DocumentRow>> RocksStore::NewestDocuments(std::string_view name_prefix) {
  std::vector<DocumentRow> rows;
  const std::string prefix = key::DocumentPrefix(name_prefix);
  const auto follow = [&](std::string_view key, std::string_view value) -> Result<bool> {
    // The key of a document is the key of its newest version and that version.
    TRY_ASSIGN(auto row, Find<DocumentRow>(Table::kDocument, std::string(key).append(value)));
    if (!row) return DanglingKey("document_newest");
    rows.push_back(std::move(*row));
    return true;
  };
  TRY(tables_->Scan(Table::kDocumentNewest, prefix, prefix, follow));
  return rows;
}

Result<std::vector<DocumentRow>> RocksStore::DocumentVersions(std::string_view prefix) {
  TRY_ASSIGN(auto page, RowsOf<DocumentRow>(Table::kDocument, key::DocumentPrefix(prefix), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::optional<ProposalRow>> RocksStore::FindProposal(std::uint64_t number) {
  return Find<ProposalRow>(Table::kProposal, key::Sequence(number));
}

Result<Page<ProposalRow>> RocksStore::ProposalRows(std::uint64_t after, std::size_t limit) {
  return PageAfter<ProposalRow>(
      Table::kProposal, "", after, limit,
      [](std::string_view, std::string_view value) { return Decode<ProposalRow>(value); },
      [](const ProposalRow& row) { return row.number; });
}

Result<std::uint64_t> RocksStore::NewestProposal() {
  TRY_ASSIGN(const auto newest, tables_->Last(Table::kProposal));
  if (!newest) return std::uint64_t{0};
  TRY_ASSIGN(const ProposalRow row, Decode<ProposalRow>(*newest));
  return row.number;
}

Result<Page<AuditRow>> RocksStore::AuditRows(std::uint64_t after_sequence, std::size_t limit) {
  return PageAfter<AuditRow>(
      Table::kAudit, "", after_sequence, limit,
      [](std::string_view, std::string_view value) { return Decode<AuditRow>(value); },
      [](const AuditRow& row) { return row.sequence; });
}

Result<Page<AuditRow>> RocksStore::AuditRowsOf(std::string_view actor, std::uint64_t after_actor_sequence,
                                               std::size_t limit) {
  return PageAfter<AuditRow>(
      Table::kAuditOf, key::AuditOfPrefix(actor), after_actor_sequence, limit,
      [&](std::string_view, std::string_view value) -> Result<AuditRow> {
        TRY_ASSIGN(auto row, Find<AuditRow>(Table::kAudit, std::string(value)));
        if (!row) return DanglingKey("audit_of");
        return std::move(*row);
      },
      [](const AuditRow& row) { return row.actor_sequence; });
}

Result<std::optional<AuditRow>> RocksStore::LastAuditRow() {
  TRY_ASSIGN(const auto bytes, tables_->Last(Table::kAudit));
  if (!bytes) return std::optional<AuditRow>();
  TRY_ASSIGN(auto row, Decode<AuditRow>(*bytes));
  return std::optional<AuditRow>(std::move(row));
}

Result<std::vector<AuditEnd>> RocksStore::AuditEnds() {
  std::vector<AuditEnd> ends;
  TRY(tables_->Scan(Table::kAuditLast, "", "", [&](std::string_view key, std::string_view value) -> Result<bool> {
    std::optional<std::string> actor = KeyReader(key).Text();
    if (!actor) return Fault{Reason::kStoreUnavailable, "", "a key of the table audit_last does not read"};
    TRY_ASSIGN(const auto last, Decode<AuditLast>(value));
    ends.push_back({.actor = std::move(*actor), .sequence = last.actor_sequence, .hash = last.hash});
    return true;
  }));
  return ends;
}

Result<Page<EventRow>> RocksStore::EventRows(std::uint64_t after_sequence, std::size_t limit) {
  return PageAfter<EventRow>(
      Table::kEvent, "", after_sequence, limit,
      [](std::string_view, std::string_view value) { return Decode<EventRow>(value); },
      [](const EventRow& row) { return row.sequence; });
}

Result<std::uint64_t> RocksStore::LastEvent() {
  TRY_ASSIGN(const auto last, tables_->LastKey(Table::kEvent));
  return last ? KeyReader(*last).U64().value_or(0) : 0;
}

Result<Page<PersonRow>> RocksStore::AllPeople(std::string_view after, std::size_t limit) {
  return RowsOf<PersonRow>(Table::kPerson, "", after, limit);
}

Result<Page<AnswerRow>> RocksStore::AllAnswers(std::string_view after, std::size_t limit) {
  return RowsOf<AnswerRow>(Table::kAnswer, "", after, limit);
}

Result<Page<DocumentRow>> RocksStore::AllDocuments(std::string_view after, std::size_t limit) {
  return RowsOf<DocumentRow>(Table::kDocument, "", after, limit);
}

}  // namespace passport
