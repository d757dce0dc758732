// The key store of a running service: always in another process.
#pragma once

#include <spdlog/logger.h>

#include <memory>

#include "passport-service/commands/opening.h"
#include "passport-service/config/settings.h"
#include "signer/remote_key_store.h"
#include "signer/signer_process.h"

namespace passport {

struct ServiceKeys {
  std::unique_ptr<SignerProcess> signer;  // nothing when it runs by itself; ends after the store
  std::unique_ptr<RemoteKeyStore> store;
};

// Connects to the signer that the settings name, or starts one: `passport-signer` beside this program.
OrStop<ServiceKeys> OpenServiceKeys(const Settings& settings, const std::shared_ptr<spdlog::logger>& log);

}  // namespace passport
