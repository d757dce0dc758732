#include "bench/status_lists.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "bench/world.h"
#include "credential/crypto/jwk.h"
#include "credential/trust/trust_registry.h"
#include "keys/file_key_store.h"
#include "passport-service/acts/decoys.h"
#include "passport-service/acts/open_list.h"

namespace passport::bench {
namespace {

constexpr std::string_view kListBase = "https://passport.example/";
constexpr PublishTerms kListTerms{.registry_lifetime = {86'400},
                                  .status_lifetime = {86'400},
                                  .status_ttl = {300},
                                  .freshness = {.status_age_max = {900}, .registry_grace = {3600}}};

template <class T>
T NeedList(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "bench: %s\n", result.fault().detail.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

void NeedDone(const Commit& commit) {
  if (commit.outcome == CommitOutcome::kDone) return;
  std::fprintf(stderr, "bench: a change was not made\n");
  std::exit(1);
}

std::filesystem::path KeysFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "passport-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::exit(1);
  return name;
}

FileKeyStore MakeListKeys(const std::filesystem::path& folder, Random& random) {
  constexpr std::string_view kWords = "of a bench";
  const Secret words(std::span(reinterpret_cast<const std::uint8_t*>(kWords.data()), kWords.size()));
  if (!FileKeyStore::Create(folder / "keys", words, kLeastCost, random).ok()) std::exit(1);
  return NeedList(FileKeyStore::Open(folder / "keys", words, kLeastCost, random));
}

OrganisationRow MakeRow() {
  const OrganisationId id = NeedList(OrganisationId::Parse("ods:X0A"));
  return {.id = id,
          .legal_name = "Example Trust",
          .type = "nhs_trust",
          .issuer = std::string(kListBase) + "issuers/" + id.PathSegment(),
          .status_uri_prefix = std::string(kListBase) + "status/" + id.PathSegment() + "/",
          .kinds = {},
          .valid_from = kNow - Seconds{86'400},
          .valid_until = {}};
}

std::shared_ptr<const TrustRegistry> RegistryOf(const OrganisationRow& row, const PublicKey& status_key) {
  PrivateKey registry_key = NeedList(PrivateKey::Generate());
  PrivateKey issue_key = NeedList(PrivateKey::Generate());
  const auto listed = [](const PublicKey& key) {
    return RegistryKey{.kid = Thumbprint(key.point()),
                       .key = key,
                       .certificate = {},
                       .valid_from = {},
                       .valid_until = std::nullopt,
                       .compromised_since = std::nullopt};
  };
  const RegistryOrganisation entry{
      .id = row.id,
      .legal_name = row.legal_name,
      .type = row.type,
      .services = {RegistryService::kIssue, RegistryService::kStatus},
      .issuer = row.issuer,
      .status_uri_prefix = row.status_uri_prefix,
      .kinds = {{.vct = std::string(AllRecordKinds().front()->vct), .from = {}, .until = std::nullopt}},
      .issue_keys = {listed(issue_key.public_key())},
      .status_keys = {listed(status_key)},
      .valid_from = {},
      .valid_until = {},
      .history = {{.state = EntryState::kActive, .since = {}, .reason = "enrolled"}},
      .successions = {}};
  RegistryContent content;
  content.sequence = 1;
  content.issued_at = kNow;
  content.next_update = kNow + Seconds{86'400};
  content.organisations = {entry};
  KeySet pinned;
  pinned.Add("registry", registry_key.public_key());
  const std::string token = NeedList(SignRegistry(content, "registry", registry_key));
  return std::make_shared<const TrustRegistry>(NeedList(TrustRegistry::Read(token, pinned, kNow, Seconds{60})));
}

}  // namespace

// Nowhere: what a disk costs is not a question of how many credentials there are.
class NoFiles final : public PublishedFiles {
 public:
  Result<void> Put(std::string_view, std::string_view) override { return {}; }
  Result<std::optional<std::string>> Get(std::string_view) override { return std::optional<std::string>(); }
  Result<void> Remove(std::string_view) override { return {}; }
};

struct ListSet::Parts {
  SystemRandom random;
  std::filesystem::path folder = KeysFolder();
  FileKeyStore keys = MakeListKeys(folder, random);
  MemoryStore store;
  NoFiles files;
  OrganisationRow row = MakeRow();
  OrganisationRows rows = {{row.id, row}};
  std::shared_ptr<const TrustRegistry> registry;
  SlotRuns runs{store, random};
  PublishLists lists{store, keys, files, random, kListTerms};
  std::uint32_t revoked = 0;  // counters of the first list
};

ListSet::ListSet(std::uint32_t taken) : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  NeedList(parts.keys.Generate(parts.row.id, KeyRole::kStatus, KeyState::kActive, kNow));
  parts.registry = RegistryOf(parts.row, NeedList(parts.keys.SignerFor(parts.row.id, KeyRole::kStatus))->public_key());
  NeedDone(parts.store.Apply({AddOrganisation{parts.row}}));
  const std::uint32_t of_one = taken / kOpenLists;
  std::uint32_t size = kFirstListSize;
  while (of_one > size / 2) size *= 2;
  for (std::uint32_t number = 1; number <= kReadyLists; ++number) {
    const Changes open = OpenList({parts.row.id, parts.row.status_uri_prefix, number, size}, parts.random);
    NeedDone(parts.store.Apply(open));
    if (of_one == 0 || number > kOpenLists) continue;
    NeedDone(parts.store.Apply({TakeSlots{parts.row.id, number, 0, of_one}}));
    const SlotPermutation permutation = PermutationOf(std::get<OpenStatusList>(open.front()).row);
    Changes set;
    for (std::uint32_t counter = of_one - of_one / 100; counter < of_one; ++counter)
      set.emplace_back(SetStatus{{parts.row.id, number, permutation.SlotOf(counter)}, 1});
    NeedDone(parts.store.Apply(set));
  }
}

ListSet::~ListSet() { std::filesystem::remove_all(parts_->folder); }

bool ListSet::TakeSlot() { return parts_->runs.Take(parts_->row).ok(); }

bool ListSet::RevokeAndPublish() {
  Parts& parts = *parts_;
  const StatusListRow list = NeedList(parts.store.StatusListsOf(parts.row.id)).front();
  const std::uint32_t index = PermutationOf(list).SlotOf(parts.revoked++ % (list.room() / 2));
  NeedDone(parts.store.Apply({SetStatus{{parts.row.id, list.number, index}, 1}}));
  TrustSnapshot::Builder builder(parts.registry, kListTerms.freshness);
  return parts.lists.Bring(list, {.now = kNow, .rows = parts.rows, .in_force = nullptr}, builder).ok();
}

}  // namespace passport::bench
