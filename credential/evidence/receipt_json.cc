#include "credential/evidence/receipt_json.h"

#include <utility>

#include "credential/evidence/members.h"

namespace passport {
namespace {

json::Value& ToJson(const ReceiptLine& line, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("requirement", tree.String(line.requirement));
  entry.Append("needs", tree.String(line.needs));
  entry.Append("outcome", tree.String(line.outcome));
  entry.Append("reason", tree.String(line.reason));
  json::Value& relied_on = tree.Array();
  for (const CredentialId& credential : line.relied_on) relied_on.Append(tree.String(credential.text()));
  entry.Append("relied_on", relied_on);
  if (line.holds_through) entry.Append("holds_through", tree.String(line.holds_through->Text()));
  return entry;
}

json::Value& ToJson(const ReceiptRecord& record, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("credential", tree.String(record.credential.text()));
  entry.Append("kind", tree.String(record.kind));
  entry.Append("issuer", tree.String(record.issuer.text()));
  entry.Append("issuer_name", tree.String(record.issuer_name));
  entry.Append("issuer_kid", tree.String(record.issuer_kid));
  if (record.responsible) {
    entry.Append("responsible", tree.String(record.responsible->id.text()));
    entry.Append("responsible_name", tree.String(record.responsible->name));
  }
  entry.Append("issued_at", tree.Integer(record.issued_at.seconds));
  entry.Append("standing", tree.String(record.standing));
  if (record.standing != "cannot_tell") entry.Append("status_as_of", tree.Integer(record.status_as_of.seconds));
  json::Value& facts = tree.Object();
  for (const auto& [name, value] : record.facts) facts.Append(tree.Keep(name), tree.String(value));
  entry.Append("facts", facts);
  return entry;
}

template <class Entry>
json::Value& ToJson(const std::vector<Entry>& entries, json::Tree& tree) {
  json::Value& array = tree.Array();
  for (const Entry& entry : entries) array.Append(ToJson(entry, tree));
  return array;
}

Result<CredentialId> ReadCredentialId(const EvidenceMembers& members, std::string_view name, const json::Value& value) {
  if (!value.is_string()) return members.Wrong(name, "is not a text");
  Result<CredentialId> id = CredentialId::Parse(*value.text());
  if (!id.ok()) return members.Wrong(name, "is not the id of a credential");
  return id;
}

Result<ReceiptLine> ReadLine(const json::Value& value) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(value, "receipt: lines",
                                 {"requirement", "needs", "outcome", "reason", "relied_on", "holds_through"}));
  ReceiptLine line;
  TRY_ASSIGN(line.requirement, members.Text("requirement"));
  TRY_ASSIGN(line.needs, members.Text("needs"));
  TRY_ASSIGN(line.outcome, members.Text("outcome"));
  TRY_ASSIGN(line.reason, members.Text("reason"));
  TRY_ASSIGN(const json::Value* const relied_on, members.Array("relied_on"));
  for (const json::Value& one : *relied_on) {
    TRY_ASSIGN(CredentialId id, ReadCredentialId(members, "relied_on", one));
    line.relied_on.push_back(std::move(id));
  }
  if (!members.Has("holds_through")) return line;
  TRY_ASSIGN(const std::string day_text, members.Text("holds_through"));
  const Result<CivilDay> day = CivilDay::Parse(day_text);
  if (!day.ok()) return members.Wrong("holds_through", "is not a day");
  line.holds_through = *day;
  return line;
}

Result<ReceiptRecord> ReadRecord(const json::Value& value) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(value, "receipt: records",
                                 {"credential", "kind", "issuer", "issuer_name", "issuer_kid", "responsible",
                                  "responsible_name", "issued_at", "standing", "status_as_of", "facts"}));
  const json::Value* credential = members.Find("credential");
  if (credential == nullptr) return members.Wrong("credential", "is not a text");
  TRY_ASSIGN(CredentialId id, ReadCredentialId(members, "credential", *credential));
  TRY_ASSIGN(OrganisationId issuer, members.Organisation("issuer"));
  ReceiptRecord record{.credential = std::move(id),
                       .kind = {},
                       .issuer = std::move(issuer),
                       .issuer_name = {},
                       .issuer_kid = {},
                       .responsible = {},
                       .issued_at = {},
                       .standing = {},
                       .status_as_of = {},
                       .facts = {}};
  TRY_ASSIGN(record.kind, members.Text("kind"));
  TRY_ASSIGN(record.issuer_name, members.Text("issuer_name"));
  TRY_ASSIGN(record.issuer_kid, members.Text("issuer_kid"));
  if (members.Has("responsible") || members.Has("responsible_name")) {
    TRY_ASSIGN(OrganisationId responsible, members.Organisation("responsible"));
    TRY_ASSIGN(std::string name, members.Text("responsible_name"));
    record.responsible = {.id = std::move(responsible), .name = std::move(name)};
  }
  TRY_ASSIGN(record.issued_at, members.Time("issued_at"));
  TRY_ASSIGN(record.standing, members.Text("standing"));
  if (members.Has("status_as_of") == (record.standing == "cannot_tell"))
    return members.Wrong("status_as_of", "is there exactly when the standing could be told");
  if (members.Has("status_as_of")) {
    TRY_ASSIGN(record.status_as_of, members.Time("status_as_of"));
  }
  const json::Value* facts = members.Find("facts");
  if (facts == nullptr || !facts->is_object()) return members.Wrong("facts", "is not an object");
  for (const json::Value& fact : *facts) {
    if (!fact.is_string()) return members.Wrong("facts", "has one that is not a text");
    record.facts.emplace_back(fact.name(), *fact.text());
  }
  return record;
}

// What is there only when a role was decided.
Result<void> ReadDecided(const EvidenceMembers& members, ReceiptContent& content) {
  const json::Value* profile = members.Find("profile");
  const json::Value* duty = members.Find("duty");
  if ((profile == nullptr) != (duty == nullptr) || (profile == nullptr) != !members.Has("lines"))
    return members.Wrong("profile", "comes with duty and lines, or none of them");
  if (profile == nullptr) return {};
  TRY_ASSIGN(const EvidenceMembers rule,
             EvidenceMembers::Of(*profile, "receipt: profile", {"id", "version", "digest"}));
  TRY_ASSIGN(content.profile, rule.Text("id"));
  TRY_ASSIGN(const std::uint64_t version, rule.Number("version", kDocumentVersionMax));
  content.profile_version = static_cast<int>(version);
  TRY(rule.Sha("digest"));
  TRY_ASSIGN(content.profile_digest, rule.Text("digest"));
  TRY_ASSIGN(const EvidenceMembers when,
             EvidenceMembers::Of(*duty, "receipt: duty", {"place", "engagement", "starts_at", "ends_at"}));
  TRY_ASSIGN(const OrganisationId place, when.Organisation("place"));
  content.place = place.text();
  TRY_ASSIGN(content.engagement, when.Text("engagement"));
  TRY_ASSIGN(content.starts_at, when.Time("starts_at"));
  TRY_ASSIGN(content.ends_at, when.Time("ends_at"));
  TRY_ASSIGN(const json::Value* const lines, members.Array("lines"));
  for (const json::Value& value : *lines) {
    TRY_ASSIGN(ReceiptLine line, ReadLine(value));
    content.lines.push_back(std::move(line));
  }
  return {};
}

void AppendDecided(const ReceiptContent& content, json::Value& payload, json::Tree& tree) {
  json::Value& profile = tree.Object();
  profile.Append("id", tree.String(*content.profile));
  profile.Append("version", tree.Integer(content.profile_version));
  profile.Append("digest", tree.String(content.profile_digest));
  payload.Append("profile", profile);
  json::Value& duty = tree.Object();
  duty.Append("place", tree.String(content.place));
  duty.Append("engagement", tree.String(content.engagement));
  if (content.starts_at) duty.Append("starts_at", tree.Integer(content.starts_at->seconds));
  if (content.ends_at) duty.Append("ends_at", tree.Integer(content.ends_at->seconds));
  payload.Append("duty", duty);
}

}  // namespace

std::string WriteReceipt(const ReceiptContent& content) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("version", tree.Integer(1));
  payload.Append("receiver", tree.String(content.receiver.text()));
  payload.Append("sub", tree.String(content.subject));
  if (!content.purpose.empty()) payload.Append("purpose", tree.String(content.purpose));
  if (!content.agreement.empty()) payload.Append("agreement", tree.String(content.agreement));
  payload.Append("decided_at", tree.Integer(content.decided_at.seconds));
  payload.Append("snapshot", tree.String(content.snapshot_id));
  payload.Append("registry_sequence", tree.Integer(static_cast<std::int64_t>(content.registry_sequence)));
  payload.Append("outcome", tree.String(content.outcome));
  if (content.profile) {
    AppendDecided(content, payload, tree);
    payload.Append("lines", ToJson(content.lines, tree));
  }
  payload.Append("records", ToJson(content.records, tree));
  return json::Write(payload);
}

Result<ReceiptContent> ReadReceiptPayload(const json::Value& payload) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(payload, "receipt",
                                 {"version", "receiver", "sub", "purpose", "agreement", "decided_at", "snapshot",
                                  "registry_sequence", "outcome", "profile", "duty", "lines", "records"}));
  TRY_ASSIGN(const std::uint64_t version, members.Number("version"));
  if (version != 1) return members.Wrong("version", "is not 1");
  TRY_ASSIGN(OrganisationId receiver, members.Organisation("receiver"));
  ReceiptContent content{.receiver = std::move(receiver)};
  TRY_ASSIGN(content.subject, members.Text("sub"));
  TRY_ASSIGN(content.purpose, members.TextOrEmpty("purpose"));
  TRY_ASSIGN(content.agreement, members.TextOrEmpty("agreement"));
  TRY_ASSIGN(content.decided_at, members.Time("decided_at"));
  TRY_ASSIGN(content.snapshot_id, members.Text("snapshot"));
  TRY_ASSIGN(content.registry_sequence, members.Number("registry_sequence"));
  TRY_ASSIGN(content.outcome, members.Text("outcome"));
  TRY(ReadDecided(members, content));
  TRY_ASSIGN(const json::Value* const records, members.Array("records"));
  for (const json::Value& value : *records) {
    TRY_ASSIGN(ReceiptRecord record, ReadRecord(value));
    content.records.push_back(std::move(record));
  }
  return content;
}

}  // namespace passport
