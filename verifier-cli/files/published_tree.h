// The published files of a region, read from a folder or a bundle: what an offline receiver knows
// (docs/formats/published-tree.md, docs/formats/bundle.md).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "credential/bundle/bundle.h"
#include "credential/crypto/certificate.h"
#include "credential/trust/trust_snapshot.h"
#include "verifier-cli/files/published_rules.h"
#include "verifier-cli/files/published_source.h"
#include "verifier-cli/files/remembered_registry.h"

namespace passport {

// Why a receiver believes a registry: keys or a root that came another way, and what it remembers.
struct RegistryPin {
  KeySet keys;                           // one of these signed it,
  std::optional<Certificate> root = {};  // or, where there is one, a key that its certificates lead to
  RememberedRegistry memory = {};
};
// Whose signature a document of the registry (itself, a bundle) may bear. Fails with kRegistry.
Result<KeySet> KeysUnder(const RegistryPin& pin, std::string_view jws, Instant now);

class PublishedTree {
 public:
  // Reads the registry and every status list of its organisations as the pin allows, and remembers them. `place` is the
  // folder of a tree, a bundle, or the folder that `passport-verify bundle fetch` keeps one in; that folder has a
  // memory of its own, which counts where the pin has none. A list that does not verify is left out and named in
  // problems(): records that need it are then "cannot tell". Fails with kFileUnreadable when there is no readable
  // registry, with kRegistry or kLimit when it or the bundle does not hold, and as RememberedRegistry does.
  static Result<PublishedTree> Read(const std::filesystem::path& place, RegistryPin& pin, Freshness freshness,
                                    Instant now);
  // The same without a memory, under these keys.
  static Result<PublishedTree> Read(const std::filesystem::path& place, KeySet pinned, Freshness freshness,
                                    Instant now);
  // A bundle at hand; nothing is remembered until Remember.
  static Result<PublishedTree> Open(const std::shared_ptr<const Bundle>& bundle, const RegistryPin& pin,
                                    Freshness freshness, Instant now);
  Result<void> Remember(RegistryPin& pin, Instant now) const;

  const TrustSnapshot& snapshot() const { return *snapshot_; }
  // What it was read from; nothing when that was no bundle.
  const std::optional<BundleManifest>& bundle() const { return bundle_; }
  // One line for each file that was left out: its path and why.
  const std::vector<std::string>& problems() const { return problems_; }
  // The rules its registry lists; fails as PublishedRules::Read does.
  Result<PublishedRules> Rules(Instant now) const {
    return PublishedRules::Read(*source_, snapshot_->registry(), registry_keys_, now);
  }

 private:
  explicit PublishedTree(std::shared_ptr<const PublishedSource> source) : source_(std::move(source)) {}
  Result<void> ReadAll(const RegistryPin& pin, Freshness freshness, Instant now);
  void ReadLists(const RegistryOrganisation& organisation, TrustSnapshot::Builder& builder, Instant now);
  std::shared_ptr<const PublishedSource> source_;
  std::optional<BundleManifest> bundle_;
  KeySet registry_keys_;  // that may have signed rules: of the pin, and those the registry itself lists
  std::shared_ptr<const TrustSnapshot> snapshot_;
  std::vector<std::string> problems_;
};

}  // namespace passport
