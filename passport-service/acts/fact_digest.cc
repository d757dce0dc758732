#include "passport-service/acts/fact_digest.h"

#include "credential/encoding/base64url.h"
#include "credential/sdjwt/disclose.h"
#include "credential/sdjwt/sd_jwt.h"

namespace passport {
namespace {

void AppendPart(std::string_view part, std::string& text) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

Result<Record> Read(std::string_view kind_word, std::string_view token) {
  TRY_ASSIGN(const SdJwtText pieces, SplitSdJwt(token, kSdJwtLimits));
  const std::string_view jwt = pieces.issuer_jwt;
  const std::size_t begin = jwt.find('.') + 1;
  std::string payload;
  TRY(DecodeBase64Url(jwt.substr(begin, jwt.find('.', begin) - begin), payload));
  json::Tree tree;
  TRY_ASSIGN(json::Value* const claims, tree.Parse(payload, kSdJwtLimits.payload));
  TRY(Disclose(*claims, pieces.disclosures, tree, kSdJwtLimits));
  const RecordKind* const kind = FindRecordKind(kind_word);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  return Record::FromClaims(*kind, *claims);
}

}  // namespace

Result<FactDigests> DigestFact(PersonVault& vault, const OrganisationId& organisation, const PersonId& person,
                               const Record& record) {
  std::string text;
  AppendPart(organisation.text(), text);
  AppendPart(person.text(), text);
  std::string facts = text;
  AppendPart(record.Identity(), text);
  AppendPart(record.kind().vct, facts);
  for (const Fact& fact : record.facts()) {
    if (IsAboutTheCheck(fact.rule->name)) continue;
    AppendPart(fact.rule->name, facts);
    AppendPart(fact.value, facts);
  }
  const DataOwner theirs = owner::Person(organisation, person);
  TRY_ASSIGN(const std::optional<Digest> identity, vault.DigestUnder(theirs, "fact identity", text));
  TRY_ASSIGN(const std::optional<Digest> content, vault.DigestUnder(theirs, "fact content", facts));
  if (!identity || !content) return Fault{Reason::kNotFound, "", "the person was erased"};
  return FactDigests{.identity = *identity, .content = *content};
}

bool IsAboutTheCheck(std::string_view field) { return field == "checked_on" || field == "checker_role"; }

Result<Record> RecordOf(std::string_view kind, std::string_view token) {
  Result<Record> record = Read(kind, token);
  if (!record.ok()) return Fault{Reason::kStoreUnavailable, "", "the record of a credential we keep can not be read"};
  return record;
}

Result<void> CheckDays(const Record& record, const CivilDay& today) {
  for (const std::string_view name :
       {"achieved_on", "checked_on", "issued_on", "seen_on", "register_checked_on", "update_service_checked_on"}) {
    const std::optional<CivilDay> day = record.Day(name);
    if (day && *day > today) return Fault{Reason::kRecordField, "", std::string(name) + " is in the future"};
  }
  return {};
}

}  // namespace passport
