// What the service does about its own data while it runs: raise what an older program wrote, erase what was kept long
// enough, back up.
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <optional>

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/retire_lists.h"
#include "passport-service/commands/opening.h"
#include "passport-service/config/settings.h"
#include "passport-service/publish/publish_loop.h"

namespace passport {

// Seals what a store of an older schema has in clear. Does nothing to one of this schema.
std::optional<Stop> RaiseIfOlder(RocksStore& store, KeyStore& keys, Random& random, Instant now, spdlog::logger& log);

// The file the settings name; nothing when they name none. A file that does not hold stops the start: nobody should
// think that rules are in force which are not.
OrStop<std::optional<RetentionRules>> ReadRetention(const Settings& settings);

// Applies the rules, retires status lists and backs up, each at its interval and once at the start, in threads of their
// own. What goes wrong is logged and tried again. All outlive it.
class Upkeep {
 public:
  Upkeep(const Settings& settings, RocksStore& store, ApplyRetention& retention, RetireLists& lists,
         const std::shared_ptr<spdlog::logger>& log);

 private:
  std::optional<PublishLoop> retention_;
  std::optional<PublishLoop> backup_;
  std::optional<PublishLoop> lists_;
};

}  // namespace passport
