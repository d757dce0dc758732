#include "credential/evidence/evidence_file.h"

#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/evidence/hashed_fields.h"

namespace passport {

void OverrideTally::Add(const EvidenceOverride& one) {
  digest_ = HashedFields()
                .Add(digest_)
                .Add(one.link)
                .Add(one.named_person)
                .Add(one.reason)
                .Add(one.words)
                .Add(one.from)
                .Add(one.until)
                .Hash();
  ++count_;
}

Result<std::string> SignEvidenceHead(const EvidenceHead& head, KeyReference key, Signer& receipt_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("version", tree.Integer(1));
  payload.Append("organisation", tree.String(head.organisation.text()));
  if (head.subject) payload.Append("sub", tree.String(*head.subject));
  payload.Append("count", tree.Integer(static_cast<std::int64_t>(head.count)));
  payload.Append("last", tree.String(EncodeBase64Url(head.last)));
  payload.Append("erased", tree.Integer(static_cast<std::int64_t>(head.erased)));
  payload.Append("overrides", tree.Integer(static_cast<std::int64_t>(head.overrides)));
  payload.Append("overrides_digest", tree.String(EncodeBase64Url(head.overrides_digest)));
  payload.Append("at", tree.Integer(head.at.seconds));
  return SignJws(JwsHeader(kEvidenceHeadTyp, key), json::Write(payload), receipt_key);
}

std::string EvidenceFileHeader(std::string_view signed_head, std::string_view registry_token) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("evidence", tree.Integer(1));
  line.Append("head", tree.String(signed_head));
  line.Append("registry", tree.String(registry_token));
  return json::Write(line) + "\n";
}

std::string EvidenceFileItem(const EvidenceItem& item, const std::vector<EvidenceOverride>& overrides) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("sequence", tree.Integer(static_cast<std::int64_t>(item.link.sequence)));
  line.Append("previous", tree.String(EncodeBase64Url(item.link.previous)));
  line.Append("subject_sequence", tree.Integer(static_cast<std::int64_t>(item.link.subject_sequence)));
  line.Append("subject_previous", tree.String(EncodeBase64Url(item.link.subject_previous)));
  line.Append("at", tree.Integer(item.link.at.seconds));
  line.Append("sub", tree.String(item.link.subject));
  line.Append("receipt_digest", tree.String(EncodeBase64Url(item.link.receipt_digest)));
  line.Append("hash", tree.String(EncodeBase64Url(item.link.hash)));
  if (!item.receipt.empty()) line.Append("receipt", tree.String(item.receipt));
  if (overrides.empty()) return json::Write(line) + "\n";
  json::Value& array = tree.Array();
  for (const EvidenceOverride& one : overrides) {
    json::Value& entry = tree.Object();
    if (!one.named_person.empty()) entry.Append("named_person", tree.String(one.named_person));
    entry.Append("reason", tree.String(one.reason));
    if (!one.words.empty()) entry.Append("words", tree.String(one.words));
    entry.Append("from", tree.Integer(one.from.seconds));
    entry.Append("until", tree.Integer(one.until.seconds));
    array.Append(entry);
  }
  line.Append("overrides", array);
  return json::Write(line) + "\n";
}

}  // namespace passport
