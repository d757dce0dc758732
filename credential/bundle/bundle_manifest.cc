#include "credential/bundle/bundle_manifest.h"

#include <charconv>

#include "credential/bundle/bundle_body.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::string_view kWholeLine = "dsp-bundle 1";
constexpr std::string_view kDeltaLine = "dsp-bundle-delta 1 ";
constexpr std::size_t kLineBytesMax = 64;

Result<std::uint64_t> NumberOf(const json::Value& payload, std::string_view name, std::uint64_t max) {
  const json::Value* value = payload.Find(name);
  const std::optional<std::int64_t> number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > max)
    return BundleRefused(std::string(name) + " of its manifest is missing or out of range");
  return static_cast<std::uint64_t>(*number);
}

// The line up to a line feed, which is taken too; nothing when there is none near.
std::optional<std::string_view> TakeLine(std::string_view& rest, std::size_t bytes_max) {
  const std::size_t end = rest.substr(0, bytes_max + 1).find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

Result<BundleManifest> ReadBundleManifest(std::string_view jws, const KeySet& registry_keys) {
  constexpr std::uint64_t kIntegerMax = (std::uint64_t{1} << 53) - 1;
  json::Tree tree;
  const JwsRules rules{.typ = kBundleTyp,
                       .allowed_algs = Es256Only(),
                       .token_bytes = kBundleManifestBytesMax,
                       .header_bytes = kHeaderBytesMax,
                       .payload = json::kTokenLimits};
  const Result<UnverifiedJws> token = UnverifiedJws::Read(jws, rules, tree);
  if (!token.ok()) return BundleRefused("its manifest: " + token.fault().detail);
  const Result<VerifiedJws> verified = registry_keys.Verify(*token);
  if (!verified.ok()) return BundleRefused("the registry's key did not sign it: " + verified.fault().detail);
  const json::Value& payload = *verified->payload;
  BundleManifest manifest;
  TRY_ASSIGN(manifest.sequence, NumberOf(payload, "sequence", kIntegerMax));
  TRY_ASSIGN(const std::uint64_t as_of, NumberOf(payload, "iat", kIntegerMax));
  manifest.as_of = Instant{static_cast<std::int64_t>(as_of)};
  TRY_ASSIGN(manifest.files, NumberOf(payload, "files", kBundleFilesMax));
  TRY_ASSIGN(manifest.size, NumberOf(payload, "size", kBundleBodyBytesMax));
  const json::Value* digest = payload.Find("sha256");
  if (digest == nullptr || !digest->is_string() || !DecodeBase64UrlInto(*digest->text(), manifest.digest).ok())
    return BundleRefused("sha256 of its manifest is missing or is none");
  return manifest;
}

Result<std::string> SignBundleManifest(const BundleManifest& manifest, KeyReference key, Signer& registry_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("sequence", tree.Integer(static_cast<std::int64_t>(manifest.sequence)));
  payload.Append("iat", tree.Integer(manifest.as_of.seconds));
  payload.Append("files", tree.Integer(static_cast<std::int64_t>(manifest.files)));
  payload.Append("size", tree.Integer(static_cast<std::int64_t>(manifest.size)));
  payload.Append("sha256", tree.String(EncodeBase64Url(manifest.digest)));
  return SignJws(JwsHeader(kBundleTyp, key), json::Write(payload), registry_key);
}

Result<BundleEnvelope> OpenEnvelope(std::string_view file) {
  if (file.size() > kBundleBytesMax) return Fault{Reason::kLimit, "", "bundle: larger than 16 MiB"};
  const std::optional<std::string_view> line = TakeLine(file, kLineBytesMax);
  BundleEnvelope envelope;
  if (line && line->starts_with(kDeltaLine)) {
    const std::string_view digits = line->substr(kDeltaLine.size());
    std::uint64_t base = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), base);
    if (error != std::errc() || end != digits.data() + digits.size())
      return BundleRefused("it does not say what it starts from");
    envelope.base = base;
  } else if (line != kWholeLine) {
    return BundleRefused("it is no bundle, or one of a later version");
  }
  const std::optional<std::string_view> manifest = TakeLine(file, kBundleManifestBytesMax);
  if (!manifest) return BundleRefused("it has no manifest");
  envelope.manifest = *manifest;
  envelope.stream = std::span(reinterpret_cast<const std::uint8_t*>(file.data()), file.size());
  return envelope;
}

std::string MakeEnvelope(std::optional<std::uint64_t> base, std::string_view manifest,
                         std::span<const std::uint8_t> stream) {
  std::string file(base ? std::string(kDeltaLine) + std::to_string(*base) : std::string(kWholeLine));
  file += '\n';
  file += manifest;
  file += '\n';
  file.append(stream.begin(), stream.end());
  return file;
}

}  // namespace passport
