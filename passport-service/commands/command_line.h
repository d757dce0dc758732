// The flags of passport-service.
#pragma once

#include <variant>

#include "passport-service/commands/commands.h"
#include "passport-service/config/settings.h"

namespace passport {

struct CheckFlags {
  std::filesystem::path data;
};

// What is to be done, or nothing but to end with that code: help was shown, or the flags are wrong and it was said so.
using Order = std::variant<InitFlags, CertificateFlags, MakeRootFlags, RequestAuthorityFlags, SignAuthorityFlags,
                           InstallAuthorityFlags, Settings, RegisterFlags, BackupFlags, CheckBackupFlags, RestoreFlags,
                           CheckFlags, ExitCode>;

Order ReadCommandLine(int count, const char* const* words);

}  // namespace passport
