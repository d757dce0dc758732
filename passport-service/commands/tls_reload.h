// The server's TLS files, looked at again and again: what is new and fits together is used from the next connection on.
#pragma once

#include <spdlog/logger.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "passport-service/commands/opening.h"
#include "passport-service/rpc/server.h"

namespace passport {

// ca.pem, server.pem and server.key in the folder.
OrStop<TlsFiles> ReadTlsFiles(const std::filesystem::path& folder);

// The hosts people know the service by: `said`, or else those of its certificate. Stops where there are none of either.
OrStop<std::vector<std::string>> PeopleNamesOf(const std::vector<std::string>& said, const TlsFiles& files);

// One thread.
class TlsReload {
 public:
  // `used` is what the server began with; `replaced` is told what it has from now on.
  TlsReload(std::filesystem::path folder, TlsFiles used, std::function<void(const TlsFiles&)> replaced,
            std::shared_ptr<spdlog::logger> log)
      : folder_(std::move(folder)), seen_(std::move(used)), replaced_(std::move(replaced)), log_(std::move(log)) {}
  // Reads the files. New ones go to the server when they fit together; otherwise it keeps those it has, and the log
  // says once why. Half of a change is no harm: the other half is seen the next time.
  void Look(Server& server, Instant now);

 private:
  std::filesystem::path folder_;
  TlsFiles seen_;
  std::function<void(const TlsFiles&)> replaced_;
  std::string complained_;
  std::shared_ptr<spdlog::logger> log_;
};

}  // namespace passport
