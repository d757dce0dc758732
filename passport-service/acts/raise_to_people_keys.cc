#include "passport-service/acts/raise_to_people_keys.h"

#include "passport-service/acts/fact_digest.h"
#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

std::span<const std::uint8_t> RaisedBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

Result<std::string> RaiseToPeopleKeys::Unseal(std::string_view sealed, const std::string& context) const {
  TRY_ASSIGN(const Secret opened, keys_.Unseal(RaisedBytes(sealed), RaisedBytes(context)));
  return std::string(opened.bytes().begin(), opened.bytes().end());
}

Result<PersonRow> RaiseToPeopleKeys::Raise(const PersonBySchema2& old) {
  PersonRow row{
      .id = old.id, .passport_code_hash = old.passport_code_hash, .enrolled_at = old.enrolled_at, .sealed_holder = {}};
  TRY_ASSIGN(row.sealed_holder,
             SealHolderAgain(vault_, old.id, {.jwk = old.holder_jwk, .sealed = old.sealed_holder_key}));
  return row;
}

Result<EmploymentRow> RaiseToPeopleKeys::Raise(const EmploymentBySchema2& old) {
  const DataOwner person = owner::Person(old.organisation, old.person);
  TRY(vault_.Ensure(std::span(&person, 1)));
  TRY_ASSIGN(AddEmployment raised, EmploymentOf(vault_, old.organisation, old.employee_number, old.person));
  return std::move(raised.row);
}

Result<CredentialRow> RaiseToPeopleKeys::Raise(CredentialRow row, std::string_view token) {
  TRY_ASSIGN(row.sealed_token, SealTokenAgain(vault_, row, token));
  return row;
}

Result<StandingRecordRow> RaiseToPeopleKeys::Raise(const StandingRecordRow& row) {
  TRY_ASSIGN(const std::optional<CredentialRow> credential, store_.FindCredential(row.organisation, row.credential));
  if (!credential) return row;
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, *credential));
  const Result<Record> record = token ? RecordOf(row.kind, *token) : Fault{Reason::kNotFound, "", ""};
  if (!record.ok()) return row;
  TRY_ASSIGN(const FactDigests digests, DigestFact(vault_, row.organisation, row.person, *record));
  StandingRecordRow raised = row;
  raised.identity = digests.identity;
  raised.content = digests.content;
  return raised;
}

// What a draft says was written in the same form.
Result<DraftRow> RaiseToPeopleKeys::Raise(DraftRow row) {
  TRY_ASSIGN(const std::string text,
             Unseal(row.sealed_fields, "draft " + row.organisation.text() + " " + row.request.text() + " " + row.kind));
  TRY_ASSIGN(const DraftContent content, ReadContent(text));
  TRY_ASSIGN(row.number, EmployeeNumberDigest(vault_, row.organisation, content.keys.employee_number));
  TRY_ASSIGN(row.sealed_fields, SealContent(vault_, row, content));
  return row;
}

Result<ImportRow> RaiseToPeopleKeys::Raise(ImportRow row) {
  TRY_ASSIGN(const std::string checker,
             Unseal(row.sealed_checker, "checker " + row.organisation.text() + " " + row.import.text()));
  TRY_ASSIGN(row.sealed_checker, SealChecker(vault_, row, checker));
  return row;
}

Result<RelianceRow> RaiseToPeopleKeys::Raise(RelianceRow row) {
  RelianceEntry& entry = row.entry;
  TRY_ASSIGN(const std::string receipt,
             Unseal(entry.sealed_receipt, "reliance " + entry.organisation.text() + " " + entry.subject));
  TRY_ASSIGN(entry.sealed_receipt, SealReceipt(vault_, entry, receipt));
  return row;
}

Result<OverrideRow> RaiseToPeopleKeys::Raise(OverrideRow row) {
  TRY_ASSIGN(const std::string words,
             Unseal(row.sealed_words, "override " + row.organisation.text() + " " + row.id.text()));
  TRY_ASSIGN(row.sealed_words, SealOverrideText(vault_, row, words));
  return row;
}

}  // namespace passport
