#include "verifier-cli/files/remembered_registry.h"

#include <string>
#include <utility>

#include "verifier-cli/files/durable_file.h"
#include "verifier-cli/files/input.h"

namespace passport {
namespace {

constexpr int kNoRegistryInput = -1;

}  // namespace

Result<RememberedRegistry> RememberedRegistry::Open(const std::optional<std::filesystem::path>& file) {
  RememberedRegistry remembered;
  remembered.file_ = file;
  remembered.remembers_ = file.has_value();
  if (!file) return remembered;
  TRY_ASSIGN(remembered.memory_, ReadFile(*file));
  return remembered;
}

Result<RegistryMemory> RememberedRegistry::ReadFile(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return RegistryMemory();
  TRY_ASSIGN(InputFile input, InputFile::Open(file.string(), kNoRegistryInput));
  TRY_ASSIGN(const std::string text, input.ReadAtMost(kRegistryMemoryBytesMax + 1));
  return RegistryMemory::Read(text);
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

struct RememberedRegistry::Seen {
  const TrustSnapshot& snapshot;
  std::uint64_t bundle;
  Instant now;
};

Result<RegistryMemory> RememberedRegistry::After(const RegistryMemory& memory, const Seen& seen) {
  TRY_ASSIGN(RegistryMemory after, memory.After(seen.snapshot.registry()));
  RegistryMemory::ListTimes lists;
  for (const auto& [uri, life] : seen.snapshot.ListLives()) lists.emplace(uri, life.issued_at);
  after = after.AfterLists(lists, seen.now);
  if (seen.bundle == 0) return after;
  return after.AfterBundle(seen.bundle);
}

Result<void> RememberedRegistry::Write(const Seen& seen) {
  std::filesystem::path lock_file = *file_;
  lock_file += ".lock";
  TRY_ASSIGN(const FileLock lock, FileLock::Wait(lock_file));
  TRY_ASSIGN(const RegistryMemory there, ReadFile(*file_));
  const bool newer =
      there.sequence() > seen.snapshot.registry().sequence() || (seen.bundle > 0 && there.bundle() > seen.bundle);
  if (newer) return {};
  TRY_ASSIGN(const RegistryMemory after, After(there, seen));
  return WriteFile(file_->string(), after.Text());
}

Result<void> RememberedRegistry::Accept(const TrustSnapshot& snapshot, std::uint64_t bundle, Instant now) {
  if (!remembers_) return {};
  const Seen seen{.snapshot = snapshot, .bundle = bundle, .now = now};
  TRY_ASSIGN(RegistryMemory after, After(memory_, seen));
  const bool known = memory_.sequence() && memory_.Text() == after.Text();
  if (!known && file_) TRY(Write(seen));
  memory_ = std::move(after);
  return {};
}

}  // namespace passport
