#include "credential/evidence/audit_head.h"

#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/evidence/members.h"
#include "credential/evidence/receipt_key.h"

namespace passport {
namespace {

Result<AuditHead> ReadPayload(const json::Value& payload, std::string_view what) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(payload, std::string(what), {"version", "actor", "count", "last", "at", "actors"}));
  TRY_ASSIGN(const std::uint64_t version, members.Number("version"));
  if (version != 1) return members.Wrong("version", "is not 1");
  AuditHead head;
  TRY_ASSIGN(std::string actor, members.TextOrEmpty("actor"));
  if (!actor.empty()) head.actor = std::move(actor);
  TRY_ASSIGN(head.count, members.Number("count"));
  TRY_ASSIGN(head.last, members.Sha("last"));
  TRY_ASSIGN(head.at, members.Time("at"));
  if (!members.Has("actors")) return head;
  TRY_ASSIGN(const json::Value* const actors, members.Array("actors"));
  for (const json::Value& value : *actors) {
    TRY_ASSIGN(const EvidenceMembers each,
               EvidenceMembers::Of(value, std::string(what) + ": actors", {"actor", "last"}));
    TRY_ASSIGN(std::string name, each.Text("actor"));
    TRY_ASSIGN(const Digest last, each.Sha("last"));
    if (!head.actors.emplace(std::move(name), last).second) return members.Wrong("actors", "names one twice");
  }
  return head;
}

}  // namespace

Result<std::string> SignAuditHead(const AuditHead& head, KeyReference key, Signer& receipt_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("version", tree.Integer(1));
  if (head.actor) payload.Append("actor", tree.String(*head.actor));
  payload.Append("count", tree.Integer(static_cast<std::int64_t>(head.count)));
  payload.Append("last", tree.String(EncodeBase64Url(head.last)));
  payload.Append("at", tree.Integer(head.at.seconds));
  if (!head.actors.empty()) {
    json::Value& actors = tree.Array();
    for (const auto& [name, last] : head.actors) {
      json::Value& entry = tree.Object();
      entry.Append("actor", tree.String(name));
      entry.Append("last", tree.String(EncodeBase64Url(last)));
      actors.Append(entry);
    }
    payload.Append("actors", actors);
  }
  return SignJws(JwsHeader(kAuditHeadTyp, key), json::Write(payload), receipt_key);
}

Result<AuditHead> ReadAuditHead(std::string_view token, const TrustRegistry& registry) {
  json::Tree tree;
  TRY_ASSIGN(const ReceiptKeyProof proof, VerifyWithReceiptKey(token, kAuditHeadTyp, "head", registry, tree));
  TRY_ASSIGN(AuditHead head, ReadPayload(*proof.payload, "head"));
  TRY(CheckInUse(*proof.key, head.at, "head"));
  TRY(CheckNotCompromised(*proof.key, std::nullopt, "head"));
  return head;
}

Result<AuditHead> ReadDayHead(std::string_view token, const TrustRegistry& registry, std::string_view what) {
  json::Tree tree;
  TRY_ASSIGN(const ReceiptKeyProof proof, VerifyWithReceiptKey(token, kAuditHeadTyp, what, registry, tree));
  TRY_ASSIGN(AuditHead head, ReadPayload(*proof.payload, what));
  TRY(CheckInUse(*proof.key, head.at, what));
  return head;
}

Result<AuditHead> ReadOwnAuditHead(std::string_view token, const KeySet& receipt_keys) {
  const JwsRules rules{.typ = kAuditHeadTyp,
                       .allowed_algs = Es256Only(),
                       .token_bytes = kReceiptBytesMax,
                       .header_bytes = kReceiptHeaderBytesMax,
                       .payload = kReceiptJson};
  json::Tree tree;
  TRY_ASSIGN(const UnverifiedJws read, UnverifiedJws::Read(token, rules, tree));
  const Result<VerifiedJws> verified = receipt_keys.Verify(read);
  if (!verified.ok()) return Fault{Reason::kEvidence, "", "head: no receipt key of the service signed it"};
  return ReadPayload(*verified->payload, "head");
}

std::string AuditDayPath(Instant at) { return "audit/" + CivilDay::InLondon(at).Text() + ".jwt"; }

}  // namespace passport
