// The body of a bundle: every file with its path, in the order of the paths. A JWS stands there with its base64url
// undone, so that the body compresses as well as what is in it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "credential/bundle/bundle.h"

namespace passport {

Fault BundleRefused(std::string_view what);

// Reads numbers and texts of known length one after another. What is not there makes it fail for good.
class BundleBytes {
 public:
  explicit BundleBytes(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t Number(std::size_t bytes);  // big-endian
  std::string_view Text(std::uint64_t length);
  bool failed() const { return failed_; }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};
void AppendNumber(std::uint64_t number, std::size_t bytes, std::string& out);

// "registry.jwt", or below status/, taxonomies/ or profiles/: parts of letters, digits, '-', '_' and '.' between single
// slashes, none of which begins with a dot; 200 characters at most.
bool IsBundlePath(std::string_view path);

// One entry after another: path length (2 bytes), path, length (4 bytes), packed file.
std::string PackBody(const BundleFiles& files);
// Packed file by path; both point into the body. Fails with kRegistry, or kLimit.
using PackedFiles = std::map<std::string_view, std::string_view>;
Result<PackedFiles> UnpackBody(std::string_view body);

std::string PackFile(std::string_view text);
Result<std::string> UnpackFile(std::string_view packed);

}  // namespace passport
