#include "credential/bundle/bundle_body.h"

#include <algorithm>
#include <array>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

constexpr std::size_t kPathBytesMax = 200;
constexpr std::size_t kPathLength = 2;  // bytes of a number
constexpr std::size_t kFileLength = 4;
constexpr std::size_t kSignatureBytes = 64;
constexpr char kAsItIs = 0;
constexpr char kAsJws = 1;

struct JwsParts {
  std::string header;
  std::string payload;
  std::string signature;
};

std::string TextOfParts(std::string_view header, std::string_view payload, std::string_view signature) {
  return EncodeBase64Url(header) + "." + EncodeBase64Url(payload) + "." + EncodeBase64Url(signature);
}

// True for a text that comes back byte for byte.
bool TakeApart(std::string_view text, JwsParts& parts) {
  const std::size_t first = text.find('.');
  const std::size_t last = text.rfind('.');
  if (first == std::string_view::npos || first == last) return false;
  const bool decoded = DecodeBase64Url(text.substr(0, first), parts.header).ok() &&
                       DecodeBase64Url(text.substr(first + 1, last - first - 1), parts.payload).ok() &&
                       DecodeBase64Url(text.substr(last + 1), parts.signature).ok();
  return decoded && parts.signature.size() == kSignatureBytes &&
         TextOfParts(parts.header, parts.payload, parts.signature) == text;
}

}  // namespace

Fault BundleRefused(std::string_view what) { return {Reason::kRegistry, "TRUST-01", "bundle: " + std::string(what)}; }

std::uint64_t BundleBytes::Number(std::size_t bytes) {
  std::uint64_t number = 0;
  for (const char c : Text(bytes)) number = number << 8 | static_cast<std::uint8_t>(c);
  return number;
}

std::string_view BundleBytes::Text(std::uint64_t length) {
  if (failed_ || length > rest_.size()) {
    failed_ = true;
    return {};
  }
  const std::string_view text = rest_.substr(0, static_cast<std::size_t>(length));
  rest_.remove_prefix(static_cast<std::size_t>(length));
  return text;
}

void AppendNumber(std::uint64_t number, std::size_t bytes, std::string& out) {
  for (std::size_t left = bytes; left > 0; --left) out += static_cast<char>(number >> (8 * (left - 1)) & 0xFFU);
}

bool IsBundlePath(std::string_view path) {
  if (path.size() > kPathBytesMax) return false;
  constexpr std::array<std::string_view, 3> kFolders = {"status/", "taxonomies/", "profiles/"};
  const bool below =
      std::any_of(kFolders.begin(), kFolders.end(), [&](std::string_view folder) { return path.starts_with(folder); });
  if (!below) return path == "registry.jwt";
  char before = '/';
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    const bool between = (c == '.' || c == '/') && before != '/' && before != '.';
    if (!plain && !between) return false;
    before = c;
  }
  return before != '/' && before != '.';
}

std::string PackFile(std::string_view text) {
  JwsParts parts;
  std::string packed;
  if (!TakeApart(text, parts)) {
    packed += kAsItIs;
    return packed += text;
  }
  packed += kAsJws;
  AppendNumber(parts.header.size(), kFileLength, packed);
  packed += parts.header;
  packed += parts.signature;
  return packed += parts.payload;
}

Result<std::string> UnpackFile(std::string_view packed) {
  BundleBytes in(packed);
  const std::string_view form = in.Text(1);
  if (in.failed() || form.front() > kAsJws || form.front() < kAsItIs) return BundleRefused("a file of no known form");
  if (form.front() == kAsItIs) return std::string(in.Text(in.left()));
  const std::string_view header = in.Text(in.Number(kFileLength));
  const std::string_view signature = in.Text(kSignatureBytes);
  if (in.failed()) return BundleRefused("a file is cut off");
  return TextOfParts(header, in.Text(in.left()), signature);
}

std::string PackBody(const BundleFiles& files) {
  std::string body;
  for (const auto& [path, text] : files) {
    const std::string packed = PackFile(text);
    AppendNumber(path.size(), kPathLength, body);
    body += path;
    AppendNumber(packed.size(), kFileLength, body);
    body += packed;
  }
  return body;
}

Result<PackedFiles> UnpackBody(std::string_view body) {
  PackedFiles files;
  BundleBytes in(body);
  while (in.left() > 0) {
    const std::string_view path = in.Text(in.Number(kPathLength));
    const std::string_view packed = in.Text(in.Number(kFileLength));
    if (in.failed()) return BundleRefused("its content is cut off");
    if (!IsBundlePath(path)) return BundleRefused("it holds a file that does not belong in one");
    if (!files.empty() && path <= files.rbegin()->first) return BundleRefused("its files are not in order");
    if (files.size() == kBundleFilesMax) return Fault{Reason::kLimit, "", "bundle: more than 50000 files"};
    files.emplace_hint(files.end(), path, packed);
  }
  return files;
}

}  // namespace passport
