#include "verifier-cli/bundle/take_bundle.h"

#include <utility>

namespace passport {
namespace {

// What counts for taking a bundle is whether it holds; how old it may be is a question of those who ask it.
constexpr Freshness kTakenAtAnyAge{.status_age_max = {std::int64_t{1} << 40},
                                   .registry_grace = {std::int64_t{1} << 40}};

// The bundle in the folder; nothing when there is none, or none that still holds.
Result<std::shared_ptr<const Bundle>> AtHand(const BundleFolder& folder, const RegistryPin& pin, Instant now) {
  TRY_ASSIGN(const std::optional<std::string> file, folder.Bundle());
  if (!file) return std::shared_ptr<const Bundle>();
  const Result<std::string> manifest = Bundle::ManifestTextOf(*file);
  if (!manifest.ok()) return std::shared_ptr<const Bundle>();
  const Result<KeySet> keys = KeysUnder(pin, *manifest, now);
  if (!keys.ok()) return std::shared_ptr<const Bundle>();
  Result<Bundle> bundle = Bundle::Read(*file, *keys);
  if (!bundle.ok()) return std::shared_ptr<const Bundle>();
  return std::make_shared<const Bundle>(std::move(bundle).value());
}

Result<Bundle> ReadEither(const std::string& file, const Bundle* at_hand, const RegistryPin& pin, Instant now) {
  TRY_ASSIGN(const std::string manifest, Bundle::ManifestTextOf(file));
  TRY_ASSIGN(const KeySet keys, KeysUnder(pin, manifest, now));
  TRY_ASSIGN(const std::optional<std::uint64_t> base, Bundle::BaseOf(file));
  if (!base) return Bundle::Read(file, keys);
  if (at_hand == nullptr)
    return Fault{Reason::kRegistry, "TRUST-01", "bundle: a delta needs the bundle it starts from, and there is none"};
  return at_hand->After(file, keys);
}

Result<void> CheckIsTheSame(const Bundle& at_hand, const BundleManifest& other) {
  if (at_hand.manifest().digest == other.digest) return {};
  return Fault{Reason::kRegistry, "TRUST-03", "bundle: another one with this number is at hand"};
}

Result<TakenBundle> Put(const BundleFolder& folder, Bundle made, const Bundle* at_hand, TakenBundle taken,
                        RegistryPin& pin, Instant now) {
  const auto bundle = std::make_shared<const Bundle>(std::move(made));
  taken.manifest = bundle->manifest();
  TRY_ASSIGN(const PublishedTree tree, PublishedTree::Open(bundle, pin, kTakenAtAnyAge, now));
  taken.problems = tree.problems();
  if (at_hand != nullptr && at_hand->manifest().sequence == taken.manifest.sequence) {
    TRY(CheckIsTheSame(*at_hand, taken.manifest));
    taken.how = TakenBundle::How::kUnchanged;
  } else {
    TRY(folder.PutBundle(bundle->File()));
  }
  // After the bundle: a program that ends in between leaves a bundle that is newer than what is remembered, which is
  // fine; the other way round the one in the folder would be refused.
  TRY(tree.Remember(pin, now));
  return taken;
}

}  // namespace

Result<TakenBundle> TakeBundleFile(const BundleFolder& folder, const std::string& file, RegistryPin& pin, Instant now) {
  TRY_ASSIGN(const std::shared_ptr<const Bundle> at_hand, AtHand(folder, pin, now));
  TRY_ASSIGN(const std::optional<std::uint64_t> base, Bundle::BaseOf(file));
  TRY_ASSIGN(Bundle made, ReadEither(file, at_hand.get(), pin, now));
  TakenBundle taken;
  taken.how = base ? TakenBundle::How::kDelta : TakenBundle::How::kWhole;
  taken.bytes = file.size();
  return Put(folder, std::move(made), at_hand.get(), taken, pin, now);
}

Result<TakenBundle> TakeNewestBundle(const BundleFolder& folder, const std::string& base, const FetchFile& fetch,
                                     RegistryPin& pin, Instant now) {
  TRY_ASSIGN(const std::shared_ptr<const Bundle> at_hand, AtHand(folder, pin, now));
  TakenBundle taken;
  if (at_hand != nullptr) taken.manifest = at_hand->manifest();
  const std::string tag = at_hand == nullptr ? "" : folder.TagFor(base);
  TRY_ASSIGN(const BundleAnswer head, fetch("bundle/newest.jwt", kBundleManifestBytesMax, tag));
  if (head.unchanged && at_hand != nullptr) return taken;
  if (!head.found) return Fault{Reason::kServiceUnreachable, "", "there is no bundle published at " + base};
  taken.bytes = head.body.size();
  TRY_ASSIGN(const KeySet keys, KeysUnder(pin, head.body, now));
  TRY_ASSIGN(const BundleManifest newest, ReadBundleManifest(head.body, keys));
  if (at_hand != nullptr && newest.sequence == taken.manifest.sequence) {
    TRY(CheckIsTheSame(*at_hand, newest));
    folder.NoteTag(base, head.tag);
    return taken;
  }
  const std::string number = std::to_string(newest.sequence);
  if (at_hand != nullptr) {
    const Result<BundleAnswer> delta =
        fetch("bundle/delta/" + std::to_string(taken.manifest.sequence) + "-" + number, kBundleBytesMax, "");
    if (delta.ok() && delta->found) {
      taken.bytes += delta->body.size();
      Result<Bundle> made = ReadEither(delta->body, at_hand.get(), pin, now);
      taken.how = TakenBundle::How::kDelta;
      // One that does not hold costs the whole instead.
      if (made.ok()) {
        TRY_ASSIGN(taken, Put(folder, std::move(made).value(), at_hand.get(), taken, pin, now));
        folder.NoteTag(base, head.tag);
        return taken;
      }
    }
  }
  TRY_ASSIGN(BundleAnswer whole, fetch("bundle/" + number, kBundleBytesMax, ""));
  if (!whole.found) {
    TRY_ASSIGN(whole, fetch("bundle/newest", kBundleBytesMax, ""));
  }
  if (!whole.found) return Fault{Reason::kServiceUnreachable, "", "there is no bundle published at " + base};
  taken.bytes += whole.body.size();
  taken.how = TakenBundle::How::kWhole;
  TRY_ASSIGN(Bundle made, ReadEither(whole.body, nullptr, pin, now));
  TRY_ASSIGN(taken, Put(folder, std::move(made), at_hand.get(), taken, pin, now));
  folder.NoteTag(base, head.tag);
  return taken;
}

}  // namespace passport
