#include "verifier-cli/files/published_tree.h"

#include <algorithm>
#include <utility>

#include "credential/trust/registry_root.h"
#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr Seconds kLeeway{60};
constexpr int kNoTreeInput = -1;

// A whole file, one byte more than allowed at most; whoever judges it sees that it is too long.
Result<std::string> ReadWhole(const std::filesystem::path& path, std::size_t bytes_max) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path.string(), kNoTreeInput));
  TRY_ASSIGN(std::string text, file.ReadAtMost(bytes_max + 1));
  text.resize(WithoutLineEnd(text).size());
  return text;
}

// Whose signature the registry may bear.
Result<KeySet> KeysFor(const RegistryPin& pin, std::string_view registry, Instant now) {
  if (!pin.root) return pin.memory.Keys(pin.keys);
  TRY_ASSIGN(const KeySet under_root, RegistryKeyUnder(*pin.root, registry, now));
  return pin.memory.Keys(under_root);
}

}  // namespace

Result<PublishedTree> PublishedTree::Read(const std::filesystem::path& folder, KeySet pinned, Freshness freshness,
                                          Instant now) {
  RegistryPin pin{.keys = std::move(pinned)};
  return Read(folder, pin, freshness, now);
}

Result<PublishedTree> PublishedTree::Read(const std::filesystem::path& folder, RegistryPin& pin, Freshness freshness,
                                          Instant now) {
  PublishedTree tree(folder);
  TRY_ASSIGN(const std::string text, ReadWhole(folder / "registry.jwt", kRegistryBytesMax));
  TRY_ASSIGN(tree.registry_keys_, KeysFor(pin, text, now));
  TRY_ASSIGN(TrustRegistry read, TrustRegistry::Read(text, tree.registry_keys_, now, kLeeway));
  TRY(pin.memory.Accept(read));
  for (const RegistryKey& key : read.content().registry_keys) {
    if (!key.compromised_since && !tree.registry_keys_.Holds(key.key)) tree.registry_keys_.Add(key.kid, key.key);
  }
  const auto registry = std::make_shared<const TrustRegistry>(std::move(read));
  TrustSnapshot::Builder builder(registry, freshness);
  for (const RegistryOrganisation& organisation : registry->organisations()) tree.ReadLists(organisation, builder, now);
  tree.snapshot_ = std::move(builder).Build();
  return tree;
}

void PublishedTree::ReadLists(const RegistryOrganisation& organisation, TrustSnapshot::Builder& builder, Instant now) {
  const std::string place = "status/" + organisation.id.PathSegment();
  std::error_code error;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator at(folder_ / place, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".jwt") names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const Result<std::string> text = ReadWhole(folder_ / place / name, kStatusTokenBytesMax);
    const Result<void> added = text.ok()
                                   ? builder.AddStatusToken(organisation.status_uri_prefix + name, *text, now, kLeeway)
                                   : Result<void>(text.fault());
    if (!added.ok()) problems_.push_back(place + "/" + name + ": " + added.fault().detail);
  }
}

}  // namespace passport
