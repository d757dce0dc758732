#include "samples/demo/facts.h"

#include "credential/encoding/json.h"

namespace passport {
namespace {

json::Value& CountIn(json::Tree& tree, std::size_t count) { return tree.Integer(static_cast<std::int64_t>(count)); }

json::Value& DecisionsIn(json::Tree& tree, const std::vector<DemoDecision>& decisions) {
  json::Value& list = tree.Array();
  for (const DemoDecision& decision : decisions) {
    json::Value& reasons = tree.Array();
    for (const std::string& reason : decision.reasons) reasons.Append(tree.String(reason));
    json::Value& entry = tree.Object();
    entry.Append("story", tree.String(decision.story));
    entry.Append("outcome", tree.String(decision.outcome));
    entry.Append("reasons", reasons);
    list.Append(entry);
  }
  return list;
}

json::Value& RefusalsIn(json::Tree& tree, const std::vector<DemoRefusal>& refusals) {
  json::Value& list = tree.Array();
  for (const DemoRefusal& refusal : refusals) {
    json::Value& entry = tree.Object();
    entry.Append("attempt", tree.String(refusal.attempt));
    entry.Append("reason", tree.String(refusal.reason));
    list.Append(entry);
  }
  return list;
}

json::Value& RulesIn(json::Tree& tree, const DemoFacts::Rules& rules) {
  json::Value& object = tree.Object();
  object.Append("taxonomies", CountIn(tree, rules.taxonomies));
  object.Append("profiles", CountIn(tree, rules.profiles));
  return object;
}

json::Value& ProfileCheckIn(json::Tree& tree, const DemoFacts::ProfileCheck& check) {
  json::Value& object = tree.Object();
  object.Append("now", tree.String(check.now));
  object.Append("would_be", tree.String(check.would_be));
  return object;
}

json::Value& CorrectionIn(json::Tree& tree, const DemoFacts::Correction& correction) {
  json::Value& object = tree.Object();
  object.Append("superseded", CountIn(tree, correction.superseded));
  object.Append("issued_again", CountIn(tree, correction.issued_again));
  object.Append("second_person", tree.Boolean(correction.second_person));
  return object;
}

json::Value& OverrideIn(json::Tree& tree, const DemoFacts::Override& override) {
  json::Value& object = tree.Object();
  object.Append("recorded", tree.Boolean(override.recorded));
  object.Append("decision_unchanged", tree.Boolean(override.decision_unchanged));
  return object;
}

json::Value& EvidenceIn(json::Tree& tree, const DemoFacts::Evidence& evidence) {
  json::Value& object = tree.Object();
  object.Append("items", CountIn(tree, evidence.items));
  object.Append("overrides", CountIn(tree, evidence.overrides));
  object.Append("page_bytes", CountIn(tree, evidence.page_bytes));
  object.Append("holds", tree.Boolean(evidence.holds));
  object.Append("tampering_found", tree.Boolean(evidence.tampering_found));
  object.Append("receipt_holds", tree.Boolean(evidence.receipt_holds));
  return object;
}

json::Value& CountsIn(json::Tree& tree, const DemoFacts::Counts& counts) {
  json::Value& object = tree.Object();
  object.Append("shown", CountIn(tree, counts.shown));
  object.Append("suppressed", CountIn(tree, counts.suppressed));
  return object;
}

json::Value& RegistryIn(json::Tree& tree, const DemoFacts::Registry& registry) {
  json::Value& object = tree.Object();
  object.Append("changes", CountIn(tree, registry.changes));
  object.Append("responsibility_passed", tree.Boolean(registry.responsibility_passed));
  object.Append("old_code_refused", tree.Boolean(registry.old_code_refused));
  return object;
}

json::Value& LostPassportIn(json::Tree& tree, const DemoFacts::LostPassport& lost) {
  json::Value& object = tree.Object();
  object.Append("signed_again", CountIn(tree, lost.signed_again));
  object.Append("old_code_dead", tree.Boolean(lost.old_code_dead));
  object.Append("old_key_dead", tree.Boolean(lost.old_key_dead));
  object.Append("good_again", tree.Boolean(lost.good_again));
  object.Append("milliseconds", tree.Integer(lost.time.count()));
  return object;
}

json::Value& LostKeyIn(json::Tree& tree, const DemoFacts::LostKey& lost) {
  json::Value& object = tree.Object();
  object.Append("credentials", CountIn(tree, lost.credentials));
  object.Append("people", CountIn(tree, lost.people));
  object.Append("reissued", CountIn(tree, lost.reissued));
  object.Append("holds_again", tree.Boolean(lost.holds_again));
  return object;
}

json::Value& ErasureIn(json::Tree& tree, const DemoFacts::Erasure& erasure) {
  json::Value& object = tree.Object();
  object.Append("credentials", CountIn(tree, erasure.credentials));
  object.Append("passport_gone", tree.Boolean(erasure.passport_gone));
  return object;
}

json::Value& AuditIn(json::Tree& tree, const DemoFacts::Audit& audit) {
  json::Value& object = tree.Object();
  object.Append("rows", CountIn(tree, audit.rows));
  object.Append("holds", tree.Boolean(audit.holds));
  object.Append("tampering_found", tree.Boolean(audit.tampering_found));
  return object;
}

json::Value& BundleIn(json::Tree& tree, const DemoFacts::Bundle& bundle) {
  json::Value& object = tree.Object();
  object.Append("bytes", CountIn(tree, bundle.bytes));
  object.Append("answers", tree.Boolean(bundle.answers));
  object.Append("too_old_is_no_answer", tree.Boolean(bundle.too_old_is_no_answer));
  object.Append("revocation_seen", tree.Boolean(bundle.revocation_seen));
  return object;
}

// "21.437". JSON trees of the house hold no fractions, because no token has any.
std::string SecondsText(std::chrono::milliseconds time) {
  const std::string thousandths = std::to_string(1000 + time.count() % 1000).substr(1);
  return std::to_string(time.count() / 1000) + "." + thousandths;
}

}  // namespace

std::string JsonOf(const DemoFacts& facts) {
  json::Tree tree;
  json::Value& seen = tree.Object();
  seen.Append("online", tree.Boolean(facts.revocation_seen.online));
  seen.Append("offline", tree.Boolean(facts.revocation_seen.offline));
  json::Value& all = tree.Object();
  all.Append("organisations", CountIn(tree, facts.organisations));
  all.Append("people", CountIn(tree, facts.people));
  all.Append("rows_read", CountIn(tree, facts.rows_read));
  all.Append("rows_refused", CountIn(tree, facts.rows_refused));
  all.Append("credentials_issued", CountIn(tree, facts.credentials_issued));
  all.Append("older_rounds", CountIn(tree, facts.older_rounds));
  all.Append("issued_singly", CountIn(tree, facts.issued_singly));
  all.Append("rules", RulesIn(tree, facts.rules));
  all.Append("profile_check", ProfileCheckIn(tree, facts.profile_check));
  all.Append("correction", CorrectionIn(tree, facts.correction));
  all.Append("decisions", DecisionsIn(tree, facts.decisions));
  all.Append("refusals", RefusalsIn(tree, facts.refusals));
  all.Append("offline_verified", tree.Boolean(facts.offline_verified));
  all.Append("revocation_seen", seen);
  all.Append("bundle", BundleIn(tree, facts.bundle));
  all.Append("override", OverrideIn(tree, facts.override));
  all.Append("evidence", EvidenceIn(tree, facts.evidence));
  all.Append("counts", CountsIn(tree, facts.counts));
  all.Append("registry", RegistryIn(tree, facts.registry));
  all.Append("lost_key", LostKeyIn(tree, facts.lost_key));
  all.Append("lost_passport", LostPassportIn(tree, facts.lost_passport));
  all.Append("erasure", ErasureIn(tree, facts.erasure));
  all.Append("audit", AuditIn(tree, facts.audit));
  std::string text = json::Write(all);
  text.pop_back();
  return text + ",\"seconds\":" + SecondsText(facts.time) + "}\n";
}

}  // namespace passport
