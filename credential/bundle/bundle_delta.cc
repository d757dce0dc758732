#include "credential/bundle/bundle_delta.h"

#include <algorithm>

namespace passport {
namespace {

constexpr std::size_t kDeltaPathLength = 2;
constexpr std::size_t kPartLength = 4;

std::string_view OldOf(const PackedFiles& base, std::string_view path) {
  const auto found = base.find(path);
  return found == base.end() ? std::string_view() : found->second;
}

}  // namespace

std::string MakeDelta(const PackedFiles& base, const PackedFiles& target) {
  std::string delta;
  for (const auto& [path, packed] : target) {
    const std::string_view old = OldOf(base, path);
    const auto start = static_cast<std::size_t>(
        std::mismatch(packed.begin(), packed.end(), old.begin(), old.end()).first - packed.begin());
    std::string_view rest = packed.substr(start);
    const std::string_view old_rest = old.substr(start);
    const auto end = static_cast<std::size_t>(
        std::mismatch(rest.rbegin(), rest.rend(), old_rest.rbegin(), old_rest.rend()).first - rest.rbegin());
    rest.remove_suffix(end);
    AppendNumber(path.size(), kDeltaPathLength, delta);
    delta += path;
    AppendNumber(start, kPartLength, delta);
    AppendNumber(end, kPartLength, delta);
    AppendNumber(rest.size(), kPartLength, delta);
    delta += rest;
  }
  return delta;
}

Result<std::string> ApplyDelta(const PackedFiles& base, std::string_view delta, std::uint64_t size) {
  std::string body;
  BundleBytes in(delta);
  while (in.left() > 0) {
    const std::string_view path = in.Text(in.Number(kDeltaPathLength));
    const std::uint64_t start = in.Number(kPartLength);
    const std::uint64_t end = in.Number(kPartLength);
    const std::string_view between = in.Text(in.Number(kPartLength));
    if (in.failed()) return BundleRefused("the delta is cut off");
    const std::string_view old = OldOf(base, path);
    if (start + end > old.size()) return BundleRefused("the delta wants more of a file than there is");
    const std::uint64_t packed = start + between.size() + end;
    if (body.size() + kDeltaPathLength + path.size() + kPartLength + packed > size)
      return BundleRefused("the delta makes more than was signed");
    AppendNumber(path.size(), kDeltaPathLength, body);
    body += path;
    AppendNumber(packed, kPartLength, body);
    body += old.substr(0, static_cast<std::size_t>(start));
    body += between;
    body += old.substr(old.size() - static_cast<std::size_t>(end));
  }
  return body;
}

}  // namespace passport
