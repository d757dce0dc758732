#include "verifier-cli/files/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

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
  const std::string partial = name + ".partial";
  const auto failed = [&](int error) {
    return Fault{Reason::kFileUnreadable, "", "can not write " + name + ": " + std::generic_category().message(error)};
  };
  const int descriptor = open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return failed(errno);
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(partial.c_str(), name.c_str()) != 0) error = errno;
  if (error == 0) return {};
  unlink(partial.c_str());
  return failed(error);
}

std::string_view WithoutLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace passport
