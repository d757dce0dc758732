// A published tree on disk, a presentation, and passport-verify run on them in this process at a fixed time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/bundle/bundle.h"
#include "credential/trust/published_document.h"
#include "tests/credential/trust/trust_world.h"
#include "tests/verifier/program.h"

namespace passport {

// One version of a rule, and what the tree does with it.
struct PublishedRule {
  enum class File : std::uint8_t { kWhole, kMissing, kAltered, kOlderInItsPlace };
  DocumentKind kind;
  std::string id;
  int version;
  std::string text;
  std::optional<Instant> withdrawn_at = {};
  File file = File::kWhole;
};
// A profile that asks for an identity check no older than so many months, in force from a day on.
PublishedRule IdentityProfile(std::string_view id, int version, int within_months,
                              std::string_view effective_from = "2026-01-01");
PublishedRule SmallTaxonomy();

class OfflineWorld {
 public:
  explicit OfflineWorld(const std::vector<PublishedRule>& rules, const StatusEntries& of_trust = {});

  // What the nurse shows the council: identity check and fire safety.
  std::string presentation() const { return folder_.Path("shown.json"); }
  std::string published() const { return folder_.Path("pub"); }
  std::string registry() const { return folder_.Path("pub/registry.jwt"); }
  std::string anchor() const { return folder_.Path("anchor.jwk"); }
  const TemporaryFolder& folder() const { return folder_; }
  // passport-verify presentation with all it needs, and more words.
  Ending Present(const std::vector<std::string>& more) const;

 private:
  TemporaryFolder folder_;
};

std::string WholeFile(const std::string& path);
// All that is published there, and a bundle of it.
BundleFiles BundleFilesOf(const OfflineWorld& world);
Bundle BundleOf(const BundleFiles& files, std::uint64_t sequence, Instant as_of = kNow);

// passport-verify at kNow; `words` begin with the command.
Ending RunAtNow(const std::vector<std::string>& words, std::string_view input = "");

}  // namespace passport
