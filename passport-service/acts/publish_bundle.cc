#include "passport-service/acts/publish_bundle.h"

#include <algorithm>

#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::string_view kKeptPath = "bundle/kept.json";
constexpr json::Limits kKeptLimits{.bytes = 4096, .depth = 2, .nodes = 100, .string_bytes = 16, .members = 4};

std::string WholePath(std::uint64_t sequence) { return "bundle/" + std::to_string(sequence); }
std::string DeltaPath(std::uint64_t from, std::uint64_t to) {
  return "bundle/delta/" + std::to_string(from) + "-" + std::to_string(to);
}

std::string KeptText(const std::vector<std::uint64_t>& kept) {
  std::string text = "[";
  for (const std::uint64_t sequence : kept) text += (text.size() > 1 ? "," : "") + std::to_string(sequence);
  return text + "]\n";
}

// What others have put in the place of one of ours counts as nothing.
Result<std::optional<std::string>> GetPublished(PublishedFiles& files, const std::string& path) {
  Result<std::optional<std::string>> text = files.Get(path);
  if (!text.ok() && text.fault().reason == Reason::kLimit) return std::optional<std::string>();
  return text;
}

}  // namespace

Result<std::vector<std::uint64_t>> PublishBundle::ReadKept() {
  std::vector<std::uint64_t> kept;
  TRY_ASSIGN(const std::optional<std::string> text, GetPublished(files_, std::string(kKeptPath)));
  json::Tree tree;
  if (!text) return kept;
  const Result<json::Value*> list = tree.Parse(*text, kKeptLimits);
  if (!list.ok() || !(*list)->is_array()) return kept;
  for (const json::Value& value : **list) {
    if (value.integer() && *value.integer() > 0) kept.push_back(static_cast<std::uint64_t>(*value.integer()));
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

Result<std::vector<Bundle>> PublishBundle::ReadBundles(const std::vector<std::uint64_t>& kept,
                                                       const KeySet& registry_keys) {
  std::vector<Bundle> bundles;
  for (const std::uint64_t sequence : kept) {
    TRY_ASSIGN(const std::optional<std::string> file, GetPublished(files_, WholePath(sequence)));
    if (!file) continue;
    Result<Bundle> bundle = Bundle::Read(*file, registry_keys);
    if (bundle.ok() && bundle->manifest().sequence == sequence) bundles.push_back(std::move(bundle).value());
  }
  return bundles;
}

Result<void> PublishBundle::TakeAway(std::vector<std::uint64_t>& kept, const std::vector<Bundle>& stay) {
  std::vector<std::uint64_t> left;
  for (const std::uint64_t sequence : kept) {
    const bool stays = std::any_of(stay.begin(), stay.end(),
                                   [&](const Bundle& bundle) { return bundle.manifest().sequence == sequence; });
    if (stays) {
      left.push_back(sequence);
      continue;
    }
    TRY(files_.Remove(WholePath(sequence)));
    for (const std::uint64_t other : kept) {
      TRY(files_.Remove(DeltaPath(std::min(sequence, other), std::max(sequence, other))));
    }
  }
  kept = std::move(left);
  return {};
}

Result<void> PublishBundle::PutFiles(const Bundle& made, const std::vector<Bundle>& bases) {
  const std::uint64_t sequence = made.manifest().sequence;
  const std::string whole = made.File();
  if (whole.size() > kBundleBytesMax) return Fault{Reason::kLimit, "", "bundle: larger than 16 MiB"};
  TRY(files_.Put(WholePath(sequence), whole));
  for (const Bundle& base : bases) {
    TRY(files_.Put(DeltaPath(base.manifest().sequence, sequence), made.DeltaFrom(base)));
  }
  TRY(files_.Put("bundle/newest", whole));
  return files_.Put("bundle/newest.jwt", made.manifest_text());
}

Result<std::uint64_t> PublishBundle::operator()(const BundleFiles& content, const KeySet& registry_keys,
                                                const SigningKey& key, Instant now) {
  TRY_ASSIGN(std::vector<std::uint64_t> kept, ReadKept());
  TRY_ASSIGN(std::vector<Bundle> bases, ReadBundles(kept, registry_keys));
  // What an attempt that was cut off has left.
  TRY(TakeAway(kept, bases));
  const std::uint64_t last = kept.empty() ? 0 : kept.back();
  if (bases.size() >= kKept) bases.erase(bases.begin(), bases.end() - (kKept - 1));
  // Receivers may remember the last one, whoever wrote the folder since. A number is no more than a second ahead.
  const std::uint64_t sequence = std::max(now.seconds > 0 ? static_cast<std::uint64_t>(now.seconds) : 1, last + 1);
  TRY_ASSIGN(Bundle made, Bundle::Sign(content, sequence, now, key.reference(), *key.signer));
  // Named before it is there, so that the next attempt finds what this one leaves.
  kept.push_back(sequence);
  TRY(files_.Put(kKeptPath, KeptText(kept)));
  TRY(PutFiles(made, bases));
  // Deltas lead to the newest only; who was about to fetch another takes it whole.
  for (const std::uint64_t from : kept) {
    for (const std::uint64_t to : kept) {
      if (from < to && to != sequence) TRY(files_.Remove(DeltaPath(from, to)));
    }
  }
  bases.push_back(std::move(made));
  TRY(TakeAway(kept, bases));
  TRY(files_.Put(kKeptPath, KeptText(kept)));
  last_ = now;
  return sequence;
}

}  // namespace passport
