#include "wallet-cli/export_lines.h"

#include "credential/encoding/json.h"
#include "credential/passport/carried_record.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

std::string HeaderLine(const CarriedPassport& carried, std::string_view holder, Instant now) {
  json::Tree tree;
  json::Value& header = tree.Object();
  header.Append("staff_passport_wallet_export", tree.Integer(1));
  header.Append("made_at", tree.String(UtcText(now)));
  header.Append("person_id", tree.String(carried.person));
  header.Append("holder", tree.String(holder));
  if (carried.received_at) header.Append("received_at", tree.String(UtcText(*carried.received_at)));
  header.Append("credentials", tree.Integer(static_cast<std::int64_t>(carried.credentials.size())));
  return json::Write(header);
}

std::string CredentialLine(const CarriedCredential& credential) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("credential_id", tree.String(credential.id));
  line.Append("kind", tree.String(credential.kind));
  line.Append("issuer", tree.String(credential.issuer));
  line.Append("issuer_name", tree.String(credential.issuer_name));
  line.Append("state", tree.String(credential.state));
  line.Append("state_reason", tree.String(credential.state_reason));
  line.Append("accepted", tree.Boolean(credential.accepted));
  if (const Result<Record> record = RecordOf(credential); record.ok()) {
    json::Value& facts = tree.Object();
    for (const Fact& fact : record->facts()) facts.Append(fact.rule->name, Record::ToJson(fact, tree));
    line.Append("facts", facts);
  }
  line.Append("token", tree.String(credential.token));
  return json::Write(line);
}

}  // namespace

Result<void> ExportLines(const CarriedPassport& carried, std::string_view holder, Instant now,
                         const std::function<Result<void>(std::string_view line)>& line) {
  TRY(line(HeaderLine(carried, holder, now)));
  for (const CarriedCredential& credential : carried.credentials) TRY(line(CredentialLine(credential)));
  return {};
}

}  // namespace passport
