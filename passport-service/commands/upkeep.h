// What the service does about its own data while it runs: raise what an older program wrote, erase what was kept long
// enough, back up.
#pragma once

#include <spdlog/logger.h>

#include <functional>
#include <memory>
#include <optional>

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/end_share.h"
#include "passport-service/acts/follow_events.h"
#include "passport-service/acts/read_share_notices.h"
#include "passport-service/acts/rebind_passport.h"
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

// What becomes of shares by itself: they lapse on their day, their receivers hear of events that touch them, and what
// they heard is forgotten when it is old.
struct ShareUpkeep {
  EndShare& end;
  FollowEvents& follow;
  ReadShareNotices& notices;
};

// Finishes passports whose binding to another key was cut off, and ends the losses whose day is over. True when there
// were any. What goes wrong is logged and tried again.
bool FinishRebindings(RebindPassport& rebind, spdlog::logger& log);

// Looks after shares, applies the rules, retires status lists, ends losses, takes keys that ended out of the files and
// backs up, each at its interval and once at the start, in threads of their own. What goes wrong is logged and tried
// again. All outlive it.
class Upkeep {
 public:
  // `changed` is told when the published tree must change.
  Upkeep(const Settings& settings, RocksStore& store, ApplyRetention& retention, RetireLists& lists,
         const ShareUpkeep& shares, RebindPassport& rebind, std::function<void()> changed,
         const std::shared_ptr<spdlog::logger>& log);

 private:
  std::optional<PublishLoop> retention_;
  std::optional<PublishLoop> backup_;
  std::optional<PublishLoop> lists_;
  std::optional<PublishLoop> rebindings_;
  std::optional<PublishLoop> forget_;
  std::optional<PublishLoop> shares_due_;
  std::optional<PublishLoop> share_events_;
  std::optional<PublishLoop> share_notices_;
};

}  // namespace passport
