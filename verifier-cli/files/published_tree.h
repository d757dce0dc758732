// The published files of a region, read from a folder: what an offline receiver knows (docs/formats/published-tree.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "credential/trust/trust_snapshot.h"
#include "verifier-cli/files/published_rules.h"

namespace passport {

class PublishedTree {
 public:
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
    return PublishedRules::Read(folder_, snapshot_->registry(), pinned_, now);
  }

 private:
  PublishedTree(std::filesystem::path folder, KeySet pinned) : folder_(std::move(folder)), pinned_(std::move(pinned)) {}
  void ReadLists(const RegistryOrganisation& organisation, TrustSnapshot::Builder& builder, Instant now);
  std::filesystem::path folder_;
  KeySet pinned_;
  std::shared_ptr<const TrustSnapshot> snapshot_;
  std::vector<std::string> problems_;
};

}  // namespace passport
