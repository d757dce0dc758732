#include "verifier-cli/files/input.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "verifier-cli/files/durable_file.h"

namespace passport {
namespace {

Fault Unreadable(const std::string& name, int error) {
  return {Reason::kFileUnreadable, "", "can not read " + name + ": " + std::generic_category().message(error)};
}

}  // namespace

Result<InputFile> InputFile::Open(std::string_view path, int standard_input) {
  if (path == "-") return InputFile(standard_input, false, "standard input");
  const std::string name(path);
  const int descriptor = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Unreadable(name, errno);
  return InputFile(descriptor, true, name);
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(other.descriptor_), owned_(std::exchange(other.owned_, false)), name_(std::move(other.name_)) {}

InputFile::~InputFile() {
  if (owned_) close(descriptor_);
}

Result<std::size_t> InputFile::Read(std::span<char> out) {
  while (true) {
    const ssize_t count = read(descriptor_, out.data(), out.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return Unreadable(name_, errno);
  }
}

Result<std::string> InputFile::ReadAtMost(std::size_t bytes_max) {
  std::string text;
  std::array<char, 64 * 1024> block;
  while (text.size() < bytes_max) {
    const std::size_t wanted = std::min(block.size(), bytes_max - text.size());
    TRY_ASSIGN(const std::size_t count, Read(std::span(block).first(wanted)));
    if (count == 0) break;
    text.append(block.data(), count);
  }
  return text;
}

Result<void> WriteFile(std::string_view path, std::string_view text) {
  const std::string name(path);
  // A name of its own: another program may be writing the same file.
  std::string partial = name + ".XXXXXX";
  const auto failed = [&](int error) {
    return Fault{Reason::kFileUnreadable, "", "can not write " + name + ": " + std::generic_category().message(error)};
  };
  const int descriptor = mkostemp(partial.data(), O_CLOEXEC);
  if (descriptor < 0) return failed(errno);
  int error = WriteSynced(descriptor, text);
  if (error == 0 && std::rename(partial.c_str(), name.c_str()) != 0) error = errno;
  if (error != 0) {
    unlink(partial.c_str());
    return failed(error);
  }
  error = SyncFolder(std::filesystem::path(name).parent_path());
  return error == 0 ? Result<void>() : Result<void>(failed(error));
}

std::string_view WithoutLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace passport
