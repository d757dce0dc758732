// The folder in which passport-verify keeps the newest bundle it took, and what it remembers with it.
//
//   newest.bundle   the bundle, replaced whole: who reads it sees the old or the new one, whenever the program ended
//   memory.json     what was seen (docs/formats/registry.md), so that nothing older is taken
//   newest.etag     what the web server calls the newest manifest, to ask for it only when there is another
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "verifier-cli/files/durable_file.h"

namespace passport {

// Moves, never copies: it holds the folder for itself where it was opened to be changed.
class BundleFolder {
 public:
  static constexpr std::string_view kBundleName = "newest.bundle";
  static constexpr std::string_view kMemoryName = "memory.json";
  static constexpr std::string_view kTagName = "newest.etag";

  // True for a folder with a bundle in it.
  static bool IsOne(const std::filesystem::path& folder);
  // Makes the folder where it is missing, and waits for another program that changes it. Fails with kFileUnreadable.
  static Result<BundleFolder> OpenToChange(const std::filesystem::path& folder);
  std::filesystem::path bundle() const { return folder_ / kBundleName; }
  std::filesystem::path memory() const { return folder_ / kMemoryName; }
  // The bundle's file; nothing when there is none. Fails with kFileUnreadable.
  Result<std::optional<std::string>> Bundle() const;
  // Durable on return. Fails with kFileUnreadable; the old one stays.
  Result<void> PutBundle(std::string_view file) const;
  // What was noted for that address; empty when nothing was.
  std::string TagFor(std::string_view address) const;
  // A tag that could not be noted costs a fetch and nothing else.
  void NoteTag(std::string_view address, std::string_view tag) const;

 private:
  BundleFolder(std::filesystem::path folder, FileLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::filesystem::path folder_;
  FileLock lock_;
};

}  // namespace passport
