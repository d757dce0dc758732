// Passphrases come from a file or an open descriptor, never from the command line or the environment, where others can
// read them.
#pragma once

#include <cstddef>
#include <filesystem>

#include "credential/vocabulary/result.h"
#include "keys/file_descriptor.h"
#include "keys/secret.h"

namespace passport {

inline constexpr std::size_t kPassphraseBytesMax = 1024;

// Opens the file for somebody else to read. Fails with kFileUnreadable when it can not be read or is no regular file,
// kKeyPermissions when it is not owned by us or root, or others can read or write it. Group read is allowed on a file
// of root:root only: so systemd hands over a LoadCredential.
Result<FileDescriptor> OpenPassphraseFile(const std::filesystem::path& path);

// The bytes of the file without one newline at its end, if there is one (LF; a second one, CR and blanks belong to the
// passphrase). Fails with kPassphrase when nothing remains or it is longer than kPassphraseBytesMax, and as opening
// does.
Result<Secret> ReadPassphraseFile(const std::filesystem::path& path);

// The same from an open descriptor (a pipe, say) up to its end. The descriptor stays open. Fails with kPassphrase,
// kFileUnreadable.
Result<Secret> ReadPassphraseDescriptor(int descriptor);

}  // namespace passport
