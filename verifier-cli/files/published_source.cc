#include "verifier-cli/files/published_source.h"

#include <algorithm>
#include <utility>

#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr int kNoSourceInput = -1;
constexpr std::string_view kTokenEnding = ".jwt";

class FolderSource final : public PublishedSource {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::string> Read(std::string_view path, std::size_t bytes_max) const override {
    TRY_ASSIGN(InputFile file, InputFile::Open((folder_ / path).string(), kNoSourceInput));
    TRY_ASSIGN(std::string text, file.ReadAtMost(bytes_max + 1));
    text.resize(WithoutLineEnd(text).size());
    return text;
  }
  std::vector<std::string> NamesIn(std::string_view folder) const override {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(folder_ / folder, error), end; !error && at != end;
         at.increment(error)) {
      if (at->path().extension() == kTokenEnding) names.push_back(at->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path folder_;
};

class BundleSource final : public PublishedSource {
 public:
  explicit BundleSource(std::shared_ptr<const Bundle> bundle) : bundle_(std::move(bundle)) {}
  Result<std::string> Read(std::string_view path, std::size_t bytes_max) const override {
    const auto found = bundle_->files().find(path);
    if (found == bundle_->files().end())
      return Fault{Reason::kFileUnreadable, "", "there is no " + std::string(path) + " in the bundle"};
    return found->second.substr(0, bytes_max + 1);
  }
  std::vector<std::string> NamesIn(std::string_view folder) const override {
    const std::string prefix = std::string(folder) + "/";
    std::vector<std::string> names;
    for (auto at = bundle_->files().lower_bound(prefix); at != bundle_->files().end(); ++at) {
      if (!at->first.starts_with(prefix)) break;
      const std::string name = at->first.substr(prefix.size());
      if (name.ends_with(kTokenEnding) && name.find('/') == std::string::npos) names.push_back(name);
    }
    return names;
  }

 private:
  std::shared_ptr<const Bundle> bundle_;
};

}  // namespace

std::shared_ptr<const PublishedSource> SourceOf(std::filesystem::path folder) {
  return std::make_shared<const FolderSource>(std::move(folder));
}

std::shared_ptr<const PublishedSource> SourceOf(std::shared_ptr<const Bundle> bundle) {
  return std::make_shared<const BundleSource>(std::move(bundle));
}

}  // namespace passport
