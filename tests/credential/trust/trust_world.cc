#include "tests/credential/trust/trust_world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "credential/crypto/jwk.h"
#include "credential/status/status_token.h"

namespace passport {
namespace {

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "trust world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

Party MakeParty(std::string_view id, std::string_view path) {
  return {.id = OrStop(OrganisationId::Parse(id)),
          .issuer = "https://passport.example/issuers/" + std::string(path),
          .status_prefix = "https://passport.example/status/" + std::string(path) + "/",
          .issue_key = NewKey(),
          .status_key = NewKey()};
}

constexpr Instant kFirstDay = kNow - Seconds{365 * 86400};

}  // namespace

RegistryKey ListedKey(const PrivateKey& key, std::string_view kid) {
  return {.kid = kid.empty() ? Thumbprint(key.public_key().point()) : std::string(kid),
          .key = key.public_key(),
          .certificate = {},
          .valid_from = kFirstDay,
          .valid_until = std::nullopt,
          .compromised_since = std::nullopt};
}

std::vector<KindWindow> AllKindsFrom(Instant from) {
  std::vector<KindWindow> kinds;
  for (const RecordKind* kind : AllRecordKinds())
    kinds.push_back({.vct = std::string(kind->vct), .from = from, .until = std::nullopt});
  return kinds;
}

RegistryOrganisation Party::Entry() const {
  return {.id = id,
          .legal_name = "Example " + std::string(id.value()),
          .type = "nhs_trust",
          .services = {RegistryService::kIssue, RegistryService::kStatus, RegistryService::kVerify},
          .issuer = issuer,
          .status_uri_prefix = status_prefix,
          .mechanism = KeyMechanism::kJwtVcIssuer,
          .kinds = AllKindsFrom(kFirstDay),
          .issue_keys = {ListedKey(issue_key)},
          .status_keys = {ListedKey(status_key)},
          .valid_from = kFirstDay,
          .valid_until = {},
          .history = {{.state = EntryState::kActive, .since = kFirstDay, .reason = "enrolled"}},
          .successions = {}};
}

TrustWorld& TrustWorld::Get() {
  static TrustWorld world;
  return world;
}

TrustWorld::TrustWorld()
    : registry_key(NewKey()),
      holder(NewKey()),
      other_holder(NewKey()),
      stranger(NewKey()),
      trust(MakeParty("ods:RC9", "ods-RC9")),
      council(MakeParty("ons:E06000032", "ons-E06000032")) {
  pinned.Add("registry-1", registry_key.public_key());
}

RegistryContent TrustWorld::Content() const {
  RegistryContent content;
  content.sequence = 7;
  content.issued_at = kNow - kMinute;
  content.next_update = kNow + kDay;
  content.organisations = {trust.Entry(), council.Entry()};
  return content;
}

std::string TrustWorld::RegistryToken(const RegistryContent& content) {
  return OrStop(SignRegistry(content, "registry-1", registry_key));
}

std::shared_ptr<const TrustRegistry> TrustWorld::Registry() {
  return std::make_shared<const TrustRegistry>(
      OrStop(TrustRegistry::Read(RegistryToken(Content()), pinned, kNow, kMinute)));
}

std::string TrustWorld::StatusToken(Party& party, const StatusEntries& entries, Instant issued_at, Seconds life) {
  StatusList list = OrStop(StatusList::Make(2, 1024));
  for (const auto& [index, value] : entries) {
    if (!list.Set(index, value).ok()) std::abort();
  }
  const StatusTokenTerms terms{
      .uri = party.list_uri(), .issued_at = issued_at, .expires_at = issued_at + life, .ttl = Seconds{300}};
  return OrStop(SignStatusToken(terms, list, Thumbprint(party.status_key.public_key().point()), party.status_key, 6));
}

std::shared_ptr<const TrustSnapshot> TrustWorld::Snapshot(const StatusEntries& of_trust) {
  TrustSnapshot::Builder builder(Registry(), kFreshness);
  const bool added = builder.AddStatusToken(trust.list_uri(), StatusToken(trust, of_trust), kNow, kMinute).ok() &&
                     builder.AddStatusToken(council.list_uri(), StatusToken(council, {}), kNow, kMinute).ok();
  if (!added) std::abort();
  return std::move(builder).Build();
}

Credential TrustWorld::Issue(const Record& record, std::uint32_t slot) {
  return Issue(trust, record, slot, holder.public_key().point());
}

Credential TrustWorld::Issue(Party& party, const Record& record, std::uint32_t slot, const P256Point& holder_point) {
  const CredentialTerms terms{.issuer = party.issuer,
                              .holder = holder_point,
                              .status = {.uri = party.list_uri(), .index = slot},
                              .issued_at = kNow - kDay,
                              .expires_at = kNow + Seconds{365 * 86400}};
  PreparedCredential prepared = OrStop(PreparedCredential::Prepare(record, terms, random));
  SignedCredential signed_one =
      OrStop(IssueCredential(std::move(prepared), Thumbprint(party.issue_key.public_key().point()), party.issue_key));
  return OrStop(std::move(signed_one).Release(party.issue_key.public_key()));
}

std::vector<Record::Field> With(std::vector<Record::Field> fields, const std::vector<Record::Field>& changes) {
  for (const Record::Field& change : changes) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Record::Field& field) { return field.first == change.first; });
    if (found == fields.end()) {
      fields.push_back(change);
    } else {
      found->second = change.second;
    }
  }
  return fields;
}

Record MakeRecord(std::string_view kind, const std::vector<Record::Field>& changes) {
  const RecordKind* found = FindRecordKind(kind);
  if (found == nullptr) std::abort();
  return OrStop(Record::Make(*found, With(FieldsOf(*found), changes)));
}

std::string Words(const Fault& fault) {
  std::string words(WordOf(fault.reason));
  if (!fault.check.empty()) words += " " + std::string(fault.check);
  return words;
}

}  // namespace passport
