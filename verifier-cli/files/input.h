// Files and standard input, read with a bound; files written whole.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "credential/vocabulary/result.h"

namespace passport {

// A file descriptor that is closed with the object, unless it was borrowed. Moves, never copies.
class InputFile {
 public:
  // Opens a path for reading, or borrows `standard_input` when the path is "-". Fails with kFileUnreadable and says
  // which file and why.
  static Result<InputFile> Open(std::string_view path, int standard_input);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  // Fills what it can with one read; 0 at the end. Fails with kFileUnreadable.
  Result<std::size_t> Read(std::span<char> out);
  // Everything up to the end, at most `bytes_max`; what lies after it is not read. A caller who must know whether there
  // is more asks for one more byte than it allows.
  Result<std::string> ReadAtMost(std::size_t bytes_max);

 private:
  InputFile(int descriptor, bool owned, std::string name)
      : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}
  int descriptor_;
  bool owned_;
  std::string name_;
};

// Writes a whole file that only its owner may read, in the place of one that may be there: a reader sees the old or the
// new one, whoever else writes it and whenever the power goes. Durable on return. Fails with kFileUnreadable and says
// which file and why.
Result<void> WriteFile(std::string_view path, std::string_view text);

// The text without one line end at its end: editors and echo put one there.
std::string_view WithoutLineEnd(std::string_view text);

}  // namespace passport
