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

Result<void> RememberedRegistry::Accept(const TrustRegistry& registry) {
  if (!remembers_) return {};
  TRY_ASSIGN(RegistryMemory after, memory_.After(registry));
  if (file_) TRY(WriteFile(file_->string(), after.Text()));
  memory_ = std::move(after);
  return {};
}

}  // namespace passport
