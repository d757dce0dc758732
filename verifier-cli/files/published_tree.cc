#include "verifier-cli/files/published_tree.h"

#include <utility>

#include "credential/trust/registry_root.h"
#include "verifier-cli/files/bundle_folder.h"
#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr Seconds kLeeway{60};
constexpr int kNoTreeInput = -1;

Result<std::shared_ptr<const Bundle>> ReadBundle(const std::filesystem::path& path, const RegistryPin& pin,
                                                 Instant now) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path.string(), kNoTreeInput));
  TRY_ASSIGN(const std::string text, file.ReadAtMost(kBundleBytesMax + 1));
  TRY_ASSIGN(const std::string manifest, Bundle::ManifestTextOf(text));
  TRY_ASSIGN(const KeySet keys, KeysUnder(pin, manifest, now));
  TRY_ASSIGN(Bundle bundle, Bundle::Read(text, keys));
  return std::make_shared<const Bundle>(std::move(bundle));
}

}  // namespace

Result<KeySet> KeysUnder(const RegistryPin& pin, std::string_view jws, Instant now) {
  if (!pin.root) return pin.memory.Keys(pin.keys);
  TRY_ASSIGN(const KeySet under_root, RegistryKeyUnder(*pin.root, jws, now));
  return pin.memory.Keys(under_root);
}

Result<PublishedTree> PublishedTree::Read(const std::filesystem::path& place, KeySet pinned, Freshness freshness,
                                          Instant now) {
  RegistryPin pin{.keys = std::move(pinned)};
  return Read(place, pin, freshness, now);
}

Result<PublishedTree> PublishedTree::Read(const std::filesystem::path& place, RegistryPin& pin, Freshness freshness,
                                          Instant now) {
  std::error_code error;
  const bool kept = BundleFolder::IsOne(place);
  if (kept && !pin.memory.has_file()) {
    TRY_ASSIGN(pin.memory, RememberedRegistry::Open(place / BundleFolder::kMemoryName));
  }
  if (kept || std::filesystem::is_regular_file(place, error)) {
    TRY_ASSIGN(std::shared_ptr<const Bundle> bundle,
               ReadBundle(kept ? place / BundleFolder::kBundleName : place, pin, now));
    TRY_ASSIGN(PublishedTree tree, Open(bundle, pin, freshness, now));
    TRY(tree.Remember(pin, now));
    return tree;
  }
  PublishedTree tree(SourceOf(place));
  TRY(tree.ReadAll(pin, freshness, now));
  TRY(tree.Remember(pin, now));
  return tree;
}

Result<PublishedTree> PublishedTree::Open(const std::shared_ptr<const Bundle>& bundle, const RegistryPin& pin,
                                          Freshness freshness, Instant now) {
  if (bundle->manifest().as_of > now + kLeeway)
    return Fault{Reason::kRegistry, "TRUST-02", "the bundle is from the future"};
  TRY(pin.memory.CheckBundle(bundle->manifest().sequence));
  PublishedTree tree(SourceOf(bundle));
  tree.bundle_ = bundle->manifest();
  TRY(tree.ReadAll(pin, freshness, now));
  return tree;
}

Result<void> PublishedTree::Remember(RegistryPin& pin, Instant now) const {
  return pin.memory.Accept(*snapshot_, bundle_ ? bundle_->sequence : 0, now);
}

Result<void> PublishedTree::ReadAll(const RegistryPin& pin, Freshness freshness, Instant now) {
  TRY_ASSIGN(const std::string text, source_->Read("registry.jwt", kRegistryBytesMax));
  TRY_ASSIGN(registry_keys_, KeysUnder(pin, text, now));
  TRY_ASSIGN(TrustRegistry read, TrustRegistry::Read(text, registry_keys_, now, kLeeway));
  TRY(pin.memory.CheckRegistry(read));
  for (const RegistryKey& key : read.content().registry_keys) {
    if (!key.compromised_since && !registry_keys_.Holds(key.key)) registry_keys_.Add(key.kid, key.key);
  }
  const auto registry = std::make_shared<const TrustRegistry>(std::move(read));
  TrustSnapshot::Builder builder(registry, freshness);
  builder.RefuseOlderThan(pin.memory.Lists());
  for (const RegistryOrganisation& organisation : registry->organisations()) ReadLists(organisation, builder, now);
  snapshot_ = std::move(builder).Build();
  return {};
}

void PublishedTree::ReadLists(const RegistryOrganisation& organisation, TrustSnapshot::Builder& builder, Instant now) {
  const std::string place = "status/" + organisation.id.PathSegment();
  const std::vector<std::string> names = source_->NamesIn(place);
  for (const std::string& name : names) {
    const std::string path = place + "/" + name;
    const Result<std::string> text = source_->Read(path, kStatusTokenBytesMax);
    const Result<void> added = text.ok()
                                   ? builder.AddStatusToken(organisation.status_uri_prefix + name, *text, now, kLeeway)
                                   : Result<void>(text.fault());
    if (!added.ok()) problems_.push_back(path + ": " + added.fault().detail);
  }
}

}  // namespace passport
