// The server's TLS files, looked at again and again: what is new and fits together is used from the next connection on.
#pragma once

#include <spdlog/logger.h>

#include <filesystem>
#include <memory>

#include "passport-service/commands/opening.h"
#include "passport-service/rpc/server.h"

namespace passport {

// ca.pem, server.pem and server.key in the folder.
OrStop<TlsFiles> ReadTlsFiles(const std::filesystem::path& folder);

// One thread.
class TlsReload {
 public:
  // `used` is what the server began with.
  TlsReload(std::filesystem::path folder, TlsFiles used, std::shared_ptr<spdlog::logger> log)
      : folder_(std::move(folder)), seen_(std::move(used)), log_(std::move(log)) {}
  // Reads the files. New ones go to the server when they fit together; otherwise it keeps those it has, and the log
  // says once why. Half of a change is no harm: the other half is seen the next time.
  void Look(Server& server, Instant now);

 private:
  std::filesystem::path folder_;
  TlsFiles seen_;
  std::string complained_;
  std::shared_ptr<spdlog::logger> log_;
};

}  // namespace passport
