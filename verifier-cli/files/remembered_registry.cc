#include "verifier-cli/files/remembered_registry.h"

#include <string>
#include <utility>

#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr int kNoRegistryInput = -1;

}  // namespace

Result<RememberedRegistry> RememberedRegistry::Open(const std::optional<std::filesystem::path>& file) {
  RememberedRegistry remembered;
  remembered.file_ = file;
  remembered.remembers_ = file.has_value();
  std::error_code error;
  if (!file || !std::filesystem::exists(*file, error)) return remembered;
  TRY_ASSIGN(InputFile input, InputFile::Open(file->string(), kNoRegistryInput));
  TRY_ASSIGN(const std::string text, input.ReadAtMost(kRegistryMemoryBytesMax + 1));
  TRY_ASSIGN(remembered.memory_, RegistryMemory::Read(text));
  return remembered;
}

Result<RememberedRegistry> RememberedRegistry::Of(std::string_view text) {
  RememberedRegistry remembered;
  remembered.remembers_ = true;
  if (text.empty()) return remembered;
  TRY_ASSIGN(remembered.memory_, RegistryMemory::Read(text));
  return remembered;
}

Result<void> RememberedRegistry::CheckRegistry(const TrustRegistry& registry) const {
  const Result<RegistryMemory> after = memory_.After(registry);
  return after.ok() ? Result<void>() : Result<void>(after.fault());
}

Result<void> RememberedRegistry::CheckBundle(std::uint64_t sequence) const {
  const Result<RegistryMemory> after = memory_.AfterBundle(sequence);
  return after.ok() ? Result<void>() : Result<void>(after.fault());
}

Result<void> RememberedRegistry::Accept(const TrustSnapshot& snapshot, std::uint64_t bundle, Instant now) {
  if (!remembers_) return {};
  TRY_ASSIGN(RegistryMemory after, memory_.After(snapshot.registry()));
  RegistryMemory::ListTimes lists;
  for (const auto& [uri, life] : snapshot.ListLives()) lists.emplace(uri, life.issued_at);
  after = after.AfterLists(lists, now);
  if (bundle > 0) {
    TRY_ASSIGN(after, after.AfterBundle(bundle));
  }
  const std::string text = after.Text();
  const bool known = memory_.sequence() && memory_.Text() == text;
  if (!known && file_) {
    TRY(WriteFile(file_->string(), text));
  }
  memory_ = std::move(after);
  return {};
}

}  // namespace passport
