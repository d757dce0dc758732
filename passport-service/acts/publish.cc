#include "passport-service/acts/publish.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/record/record_kind.h"
#include "credential/record/type_metadata.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/published_keys.h"
#include "passport-service/acts/put_rules.h"
#include "passport-service/acts/registry_effects.h"
#include "passport-service/acts/registry_entry.h"
#include "passport-service/acts/tell_beginnings.h"

namespace passport {
namespace {

constexpr Seconds kPublishLeeway{60};
constexpr Instant kAnyTime{std::numeric_limits<std::int64_t>::max()};
constexpr std::string_view kKeysTyp = "dsp-keys+jwt";

// A document and how the registry lists it.
struct ListedDocument {
  RegistryDocument listed;
  std::string text;
};

// "urn:staff-passport:mandatory-training:1" lies at "types/mandatory-training-1.json".
std::string TypePathOf(std::string_view vct) {
  std::string name(vct.substr(std::string_view("urn:staff-passport:").size()));
  std::replace(name.begin(), name.end(), ':', '-');
  return "types/" + name + ".json";
}

// Versions of one kind of document; "profile/community-nurse" version 3 lies at "profiles/community-nurse/3.jwt".
Result<void> AddVersions(Documents& documents, DocumentKind kind, std::string_view prefix, std::string_view folder,
                         std::vector<ListedDocument>& all) {
  TRY_ASSIGN(const std::vector<DocumentRow> rows, documents.DocumentVersions(prefix));
  for (const DocumentRow& row : rows) {
    const std::string id = row.name.substr(prefix.size());
    all.push_back({{.kind = kind,
                    .id = id,
                    .version = static_cast<int>(row.version),
                    .path = std::string(folder) + "/" + id + "/" + std::to_string(row.version) + ".jwt",
                    .digest = Sha256(row.text),
                    .withdrawn_at = row.withdrawn_at},
                   row.text});
  }
  return {};
}

Result<std::vector<ListedDocument>> AllDocuments(Documents& documents) {
  std::vector<ListedDocument> all;
  TRY(AddVersions(documents, DocumentKind::kTaxonomy, "taxonomy/", "taxonomies", all));
  TRY(AddVersions(documents, DocumentKind::kRoleProfile, "profile/", "profiles", all));
  for (const RecordKind* kind : AllRecordKinds()) {
    std::string text = TypeMetadataOf(*kind);
    all.push_back({{.kind = DocumentKind::kType,
                    .id = std::string(kind->vct),
                    .version = 1,
                    .path = TypePathOf(kind->vct),
                    .digest = Sha256(text),
                    .withdrawn_at = {}},
                   std::move(text)});
  }
  return all;
}

std::map<std::string_view, const RegistryKey*> KeysOf(const RegistryContent& content) {
  std::map<std::string_view, const RegistryKey*> keys;
  const auto add = [&](const std::vector<RegistryKey>& listed) {
    for (const RegistryKey& key : listed) keys.emplace(key.kid, &key);
  };
  for (const RegistryOrganisation& organisation : content.organisations) {
    add(organisation.issue_keys);
    add(organisation.status_keys);
  }
  add(content.receipt_keys);
  add(content.registry_keys);
  return keys;
}

// Keys are listed for good, and a compromised one stays compromised. A key store that was put back from an old copy
// knows neither, and would make a leaked key good again.
Result<void> CheckKeysAreKept(const RegistryContent& published, const RegistryContent& next) {
  const auto keys = KeysOf(next);
  for (const auto& [kid, key] : KeysOf(published)) {
    const auto kept = keys.find(kid);
    if (kept == keys.end() || (key->compromised_since && !kept->second->compromised_since))
      return Fault{Reason::kKeyStore, "", "a published key was put back or is gone from the key store"};
  }
  return {};
}

// Nothing when all has begun.
std::optional<Instant> NextBeginning(const OrganisationRows& rows, Instant now) {
  std::optional<Instant> next;
  for (const auto& [id, row] : rows) {
    for (const Instant point : TurningPoints(row)) {
      if (point > now && (!next || point < *next)) next = point;
    }
  }
  return next;
}

}  // namespace

struct Publish::Work {
  Instant now;
  std::uint64_t events;  // the last that was there before anything was read
  SigningKey registry_key;
  KeySet pinned;
  std::vector<ListedDocument> documents;
  OrganisationRows rows;
  std::shared_ptr<const RuleBook> rules;
  Report report;
};

Result<void> Publish::PutIfNew(const std::string& path, const std::string& bytes, Work& work) {
  const Digest content = Sha256(bytes);
  const auto known = written_.find(path);
  if (known != written_.end() && known->second == content) return {};
  TRY(files_.Put(path, bytes));
  written_[path] = content;
  ++work.report.files_written;
  return {};
}

// A key that signs no more takes its signatures along: what it signed is signed again by the one in its place.
bool Publish::IsSignedBy(const std::string& path, const Digest& content, std::string_view kid) const {
  const auto known = signed_.find(path);
  return known != signed_.end() && known->second.content == content && known->second.kid == kid;
}

// The number that receivers may remember: an older store that was accepted does not know it. What others have put in
// its place counts as nothing.
Result<std::uint64_t> Publish::PublishedSequence(const Work& work) {
  const Result<std::optional<std::string>> text = files_.Get("registry.jwt");
  if (!text.ok() && text.fault().reason != Reason::kLimit) return text.fault();
  if (!text.ok() || !*text) return std::uint64_t{0};
  const Result<TrustRegistry> published = TrustRegistry::Read(**text, work.pinned, kAnyTime, kPublishLeeway);
  return published.ok() ? published->sequence() : std::uint64_t{0};
}

Result<TrustRegistry> Publish::PublishRegistry(Work& work) {
  const std::vector<KeyInfo> keys = keys_.List();
  TRY_ASSIGN(const CertificatesByKid certificates, ReadCertificates(store_));
  RegistryContent content;
  content.sequence = 1;
  content.issued_at = work.now;
  content.next_update = work.now + terms_.registry_lifetime;
  for (const auto& [id, row] : work.rows) {
    TRY_ASSIGN(RegistryOrganisation entry, EntryOf(row, keys, certificates));
    content.organisations.push_back(std::move(entry));
  }
  for (const ListedDocument& document : work.documents) content.documents.push_back(document.listed);
  TRY_ASSIGN(content.receipt_keys, RegistryKeysOf(KeyOwner::Service(), KeyRole::kReceipt, keys, certificates));
  TRY_ASSIGN(content.registry_keys, RegistryKeysOf(KeyOwner::Service(), KeyRole::kRegistry, keys, certificates));
  content.issuing_authorities = IssuingAuthoritiesOf(keys, certificates);
  TRY_ASSIGN(const std::optional<DocumentRow> newest, store_.NewestDocument(kRegistryDocument));
  if (newest) {
    // Also one that was signed while the clock was ahead: it is ours, and another one follows it.
    TRY_ASSIGN(TrustRegistry current, TrustRegistry::Read(newest->text, work.pinned, kAnyTime, kPublishLeeway));
    TRY(CheckKeysAreKept(current.content(), content));
    const Seconds half{terms_.registry_lifetime.count / 2};
    const bool fresh = current.issued_at() <= work.now + kPublishLeeway && work.now < current.issued_at() + half;
    if (fresh && WriteSubstance(current.content()) == WriteSubstance(content)) {
      TRY(PutIfNew("registry.jwt", newest->text, work));
      work.report.registry_sequence = current.sequence();
      return current;
    }
    content.sequence = current.sequence() + 1;
  }
  TRY_ASSIGN(const std::uint64_t published, PublishedSequence(work));
  content.sequence = std::max(content.sequence, published + 1);
  TRY_ASSIGN(std::string token, SignRegistry(content, work.registry_key.reference(), *work.registry_key.signer));
  TRY_ASSIGN(TrustRegistry registry, TrustRegistry::Read(token, work.pinned, work.now, kPublishLeeway));
  TRY(ApplyNow(store_,
               {PutDocument{{std::string(kRegistryDocument), content.sequence, token, work.now, {}}},
                AuditedOfService(work.now, {.what = "registry.published", .object = std::to_string(content.sequence)}),
                AppendEvent{{work.now, "registry.published", std::to_string(content.sequence)}}}));
  TRY(PutIfNew("registry.jwt", token, work));
  work.report.registry_sequence = content.sequence;
  return registry;
}

// Before the registry that names them, so that no reader looks for a file that is not there yet.
Result<void> Publish::PublishDocuments(Work& work) {
  for (const ListedDocument& document : work.documents) {
    const RegistryDocument& listed = document.listed;
    if (listed.kind == DocumentKind::kType) {
      TRY(PutIfNew(listed.path, document.text, work));
      continue;
    }
    if (!IsSignedBy(listed.path, listed.digest, work.registry_key.kid)) {
      TRY_ASSIGN(std::string token,
                 SignDocument(listed.kind, document.text, work.registry_key.reference(), *work.registry_key.signer));
      signed_[listed.path] = {listed.digest, std::move(token), work.registry_key.kid};
    }
    TRY(PutIfNew(listed.path, signed_[listed.path].token, work));
  }
  return {};
}

Result<void> Publish::PublishKeys(const RegistryOrganisation& organisation, Work& work) {
  const std::string path = "keys/" + organisation.id.PathSegment() + ".jwt";
  const std::string payload = KeysPayload(organisation, work.now);
  const Digest content = Sha256(payload);
  if (!IsSignedBy(path, content, work.registry_key.kid)) {
    TRY_ASSIGN(std::string token,
               SignJws(JwsHeader(kKeysTyp, work.registry_key.reference()), payload, *work.registry_key.signer));
    signed_[path] = {content, std::move(token), work.registry_key.kid};
  }
  TRY(PutIfNew(path, signed_[path].token, work));
  return PutIfNew(IssuerMetadataPath(organisation.issuer), IssuerMetadata(organisation, work.now), work);
}

// Everything that stands in the tree, as it stands there now.
Result<void> Publish::PublishBundled(const TrustRegistry& registry, bool now, Work& work) {
  if (!now && !bundle_.IsDue(work.now)) return {};
  BundleFiles files = lists_.Tokens();
  for (const RegistryDocument& listed : registry.content().documents) {
    if (listed.kind != DocumentKind::kType) files.emplace(listed.path, signed_.at(listed.path).token);
  }
  TRY_ASSIGN(const std::optional<DocumentRow> newest, store_.NewestDocument(kRegistryDocument));
  if (newest) files.emplace("registry.jwt", newest->text);
  TRY_ASSIGN(work.report.bundle_sequence, bundle_(files, work.pinned, work.registry_key, work.now));
  return {};
}

// What is told of later may or may not be seen in this publication; what begins today is told first, so that it is.
Result<void> Publish::ReadStore(Work& work) {
  while (true) {
    TRY_ASSIGN(work.events, store_.LastEvent());
    TRY_ASSIGN(work.documents, AllDocuments(store_));
    TRY_ASSIGN(work.rows, ReadRows(store_));
    TRY_ASSIGN(work.rules, ReadRuleBook(store_));
    TRY_ASSIGN(const bool told, TellBeginnings(store_, work.rows, *work.rules, work.now));
    if (!told) return {};
  }
}

Result<Publish::Report> Publish::operator()() { return Bring(false); }

Result<Publish::Report> Publish::Bring(bool with_bundle) {
  const std::lock_guard lock(mutex_);
  Work work{.now = clock_.Now(),
            .events = 0,
            .registry_key = {},
            .pinned = {},
            .documents = {},
            .rows = {},
            .rules = {},
            .report = {}};
  TRY(ReadStore(work));
  // States that a tool has changed meanwhile hold from here on.
  TRY(keys_.Reload());
  TRY(CertifyKeys(store_, keys_, work.now));
  TRY_ASSIGN(work.registry_key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kRegistry));
  // Of every age: the version that stands may have been signed before the key was replaced.
  TRY_ASSIGN(const std::vector<RegistryKey> registry_keys,
             RegistryKeysOf(KeyOwner::Service(), KeyRole::kRegistry, keys_.List(), {}));
  for (const RegistryKey& key : registry_keys) work.pinned.Add(key.kid, key.key);
  TRY(PublishDocuments(work));
  TRY_ASSIGN(TrustRegistry current, PublishRegistry(work));
  const auto registry = std::make_shared<const TrustRegistry>(std::move(current));
  TrustSnapshot::Builder builder(registry, terms_.freshness);
  builder.Remember(memory_);
  const std::shared_ptr<const TrustSnapshot> before = trust_.Get().trust;
  const PublishLists::Moment moment{.now = work.now, .rows = work.rows, .in_force = before.get()};
  for (const RegistryOrganisation& organisation : registry->organisations()) {
    TRY(PublishKeys(organisation, work));
    TRY_ASSIGN(const std::vector<StatusListRow> rows, store_.StatusListsOf(organisation.id));
    for (const StatusListRow& row : rows) TRY(lists_.Bring(row, moment, builder));
  }
  const PublishLists::Report lists = lists_.TakeReport();
  work.report.files_written += lists.files_written;
  work.report.lists_signed = lists.lists_signed;
  work.report.lists_without_key = lists.without_key;
  const std::shared_ptr<const TrustSnapshot> snapshot = std::move(builder).Build();
  work.report.snapshot_id = snapshot->id();
  work.report.again_at = NextBeginning(work.rows, work.now);
  trust_.Set({snapshot, work.rules, work.events});
  // What receivers fetch from time to time is no condition for what is judged here.
  if (const Result<void> bundled = PublishBundled(*registry, with_bundle, work); !bundled.ok())
    work.report.bundle_fault = bundled.fault();
  return work.report;
}

Result<Publish::Report> Publish::Ordered(const Caller& by) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  if (!caller.registrar) return Fault{Reason::kNotPermitted, "", "only a registrar orders a publication"};
  TRY(ApplyNow(store_, {Audited(clock_.Now(), by, {.what = "publication.ordered"})}));
  TRY_ASSIGN(Report report, Bring(true));
  if (report.bundle_fault) return *report.bundle_fault;
  return report;
}

}  // namespace passport
