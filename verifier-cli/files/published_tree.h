// The published files of a region, read from a folder: what an offline receiver knows (docs/formats/published-tree.md).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "credential/crypto/certificate.h"
#include "credential/trust/trust_snapshot.h"
#include "verifier-cli/files/published_rules.h"
#include "verifier-cli/files/remembered_registry.h"

namespace passport {

// Why a receiver believes a registry: keys or a root that came another way, and what it remembers.
struct RegistryPin {
  KeySet keys;                           // one of these signed it,
  std::optional<Certificate> root = {};  // or, where there is one, a key that its certificates lead to
  RememberedRegistry memory = {};
};

class PublishedTree {
 public:
  // Reads the registry as the pin allows, and remembers it. Fails as the other does, and as RememberedRegistry does.
  static Result<PublishedTree> Read(const std::filesystem::path& folder, RegistryPin& pin, Freshness freshness,
                                    Instant now);
  // Reads the registry and every status list of its organisations under the pinned registry keys. A list that does not
  // verify is left out and named in problems(): records that need it are then "cannot tell". Fails with kFileUnreadable
  // when there is no readable registry, kRegistry or kLimit when it does not hold.
  static Result<PublishedTree> Read(const std::filesystem::path& folder, KeySet pinned, Freshness freshness,
                                    Instant now);

  const TrustSnapshot& snapshot() const { return *snapshot_; }
  // One line for each file that was left out: its path and why.
  const std::vector<std::string>& problems() const { return problems_; }
  // The rules its registry lists; fails as PublishedRules::Read does.
  Result<PublishedRules> Rules(Instant now) const {
    return PublishedRules::Read(folder_, snapshot_->registry(), registry_keys_, now);
  }

 private:
  explicit PublishedTree(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void ReadLists(const RegistryOrganisation& organisation, TrustSnapshot::Builder& builder, Instant now);
  std::filesystem::path folder_;
  KeySet registry_keys_;  // that may have signed rules: of the pin, and those the registry itself lists
  std::shared_ptr<const TrustSnapshot> snapshot_;
  std::vector<std::string> problems_;
};

}  // namespace passport
