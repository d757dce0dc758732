#include "tests/service/acts/threat_world.h"

#include "credential/credential/credential.h"
#include "credential/crypto/jwk.h"
#include "credential/record/record_kind.h"
#include "credential/status/status_token.h"

namespace passport {

SigningKey ThreatWorld::KeyOf(const KeyOwner& owner, KeyRole role) {
  return FindSigningKey(*keys, store, owner, role).value();
}

std::vector<LootedKey> ThreatWorld::Loot() {
  return {{"issue key of the trust", KeyOf(trust.organisation, KeyRole::kIssue)},
          {"status key of the trust", KeyOf(trust.organisation, KeyRole::kStatus)},
          {"issue key of the council", KeyOf(council.organisation, KeyRole::kIssue)},
          {"status key of the council", KeyOf(council.organisation, KeyRole::kStatus)},
          {"registry key", KeyOf(KeyOwner::Service(), KeyRole::kRegistry)},
          {"receipt key", KeyOf(KeyOwner::Service(), KeyRole::kReceipt)},
          {"key of the issuing authority", KeyOf(KeyOwner::Service(), KeyRole::kIssuingAuthority)}};
}

std::string ThreatWorld::Forge(const Forgery& forgery, const SigningKey& key) {
  const IssueCredentials::Order order = TrainingOrder("forged", "1001");
  const Record record = Record::Make(*FindRecordKind(order.kind), order.fields).value();
  const CredentialTerms terms{.issuer = forgery.issuer,
                              .holder = PrivateKey::Generate()->public_key().point(),
                              .status = {.uri = forgery.status_uri, .index = forgery.slot},
                              .issued_at = forgery.issued_at,
                              .expires_at = clock.now + Seconds{365 * 86400}};
  PreparedCredential prepared = PreparedCredential::Prepare(record, terms, random).value();
  SignedCredential forged = IssueCredential(std::move(prepared), key.reference(), *key.signer).value();
  return std::move(forged).Release(key.signer->public_key()).value().text();
}

std::string ThreatWorld::Judged(const std::string& credential) {
  const Result<HeldRecords> records = VerifyHeld(std::span(&credential, 1), *Snapshot(), Seconds{60}, clock.now);
  if (!records.ok()) return std::string(WordOf(records.fault().reason));
  return records->WorstStanding() == Standing::kGood ? "good" : std::string(WordOf(records->WorstReason()));
}

std::string ThreatWorld::ForgeList(const std::string& uri, const SigningKey& key) {
  const StatusList list = StatusList::Make(2, 1U << 17).value();
  const StatusTokenTerms terms{
      .uri = uri, .issued_at = clock.now, .expires_at = clock.now + Seconds{3600}, .ttl = Seconds{300}};
  return SignStatusToken(terms, list, key.reference(), *key.signer, 6).value();
}

std::string ThreatWorld::TakenUp(const std::string& uri, const std::string& token) {
  const auto registry = std::make_shared<const TrustRegistry>(
      TrustRegistry::Read(files.files["registry.jwt"], Pinned(), clock.now, Seconds{60}).value());
  TrustSnapshot::Builder builder(registry, {.status_age_max = {900}, .registry_grace = {3600}});
  return WordsOf(builder.AddStatusToken(uri, token, clock.now, Seconds{60}));
}

std::string ThreatWorld::Read(const std::string& registry) {
  return WordsOf(TrustRegistry::Read(registry, Pinned(), clock.now, Seconds{60}));
}

}  // namespace passport
