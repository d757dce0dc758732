// Files that a person names, read with a bound and written so that others can not read what is private.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "keys/secret.h"

namespace passport {

// A file under way. Closed with the object.
class OpenFile {
 public:
  // For reading; "-" borrows `standard_input`. Fails with kFileUnreadable: which file and why.
  static Result<OpenFile> ForReading(const std::string& path, int standard_input);
  // Empty, replacing what was there. A new one is for its owner only: it holds rows about people.
  static Result<OpenFile> ForWriting(const std::string& path);
  // For its owner only, written at its end. Fails with kKeyPermissions when it exists and others may read it.
  static Result<OpenFile> PrivateForAppending(const std::string& path);
  // For its owner only and new. Fails with kFileUnreadable when it exists: a secret is not overwritten.
  static Result<OpenFile> PrivateNew(const std::string& path);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  // Fills what one read gives; 0 at the end.
  Result<std::size_t> Read(std::span<char> out);
  // All or kFileUnreadable (named so because it is the one reason of files; the detail says that writing failed).
  Result<void> Write(std::string_view bytes);
  // On the disk when it returns.
  Result<void> Sync();
  Result<bool> Empty() const;

 private:
  OpenFile(int descriptor, bool owned, std::string name);
  static Result<OpenFile> Make(const std::string& path, int flags, unsigned mode);
  int descriptor_;
  bool owned_;
  std::string name_;
};

// The whole of a file or of standard input ("-"). Fails with kFileUnreadable, and with kLimit when it is longer.
Result<std::string> ReadText(const std::string& path, int standard_input, std::size_t bytes_max);

// Puts a whole file, for its owner only, in the place of one that may be there: a reader sees the old or the new one,
// whenever the program or the machine stops. On the disk when it returns. Fails with kFileUnreadable; the old one
// stays.
Result<void> ReplaceFile(const std::string& path, std::string_view text);

// Removes a file of ours that came to nothing. That it can not be removed changes nothing about why.
void RemoveFile(const std::string& path);

// The first line of a file or of standard input, in memory that is wiped.
Result<Secret> ReadPassportCode(const std::string& path, int standard_input);

}  // namespace passport
