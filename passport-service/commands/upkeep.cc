#include "passport-service/commands/upkeep.h"

#include <fstream>
#include <iterator>

#include "passport-service/acts/raise_to_people_keys.h"
#include "passport-service/store/backup.h"

namespace passport {
namespace {

constexpr std::chrono::minutes kLapseInterval{5};
constexpr std::chrono::milliseconds kFollowInterval{500};
constexpr std::size_t kSharesAtATime = 200;
constexpr std::size_t kEventsAtATime = 500;
constexpr std::chrono::milliseconds kSoon{5000};  // after the start
constexpr std::chrono::hours kRetireInterval{6};
constexpr std::chrono::hours kForgetNoticesInterval{6};
constexpr std::chrono::milliseconds kRebindingsLook{30'000};
constexpr std::chrono::minutes kForgetInterval{15};  // docs/operating.md names it

std::chrono::milliseconds LengthOf(Seconds interval) { return std::chrono::seconds(interval.count); }

void Apply(ApplyRetention& retention, spdlog::logger& log) {
  const Result<std::uint64_t> erased = retention.ApplyToAll();
  if (!erased.ok()) log.error("retention: {} {}", WordOf(erased.fault().reason), erased.fault().detail);
  if (erased.ok() && *erased > 0) log.info("retention: {} were kept long enough and are erased", *erased);
}

void Retire(RetireLists& lists, spdlog::logger& log) {
  const Result<std::size_t> retired = lists();
  if (!retired.ok()) log.error("status lists: {} {}", WordOf(retired.fault().reason), retired.fault().detail);
  if (retired.ok() && *retired > 0) log.info("{} status lists are retired", *retired);
}

void Save(RocksStore& store, const Settings& settings, spdlog::logger& log) {
  const Result<BackupReport> made =
      BackUp(store, *settings.backup, static_cast<std::uint32_t>(settings.backup_versions));
  if (!made.ok()) log.error("backup: {} {}", WordOf(made.fault().reason), made.fault().detail);
  if (made.ok()) log.info("backed up as version {}", made->version);
}

void Forget(RebindPassport& rebind, spdlog::logger& log) {
  const Result<bool> forgotten = rebind.ForgetWhatEnded();
  if (!forgotten.ok()) log.error("keys that ended: {} {}", WordOf(forgotten.fault().reason), forgotten.fault().detail);
}

void Lapse(EndShare& end, spdlog::logger& log) {
  while (true) {
    const Result<EndShare::Lapsed> lapsed = end.Due(kSharesAtATime);
    if (!lapsed.ok()) log.error("shares: {} {}", WordOf(lapsed.fault().reason), lapsed.fault().detail);
    if (lapsed.ok() && lapsed->damaged > 0) log.error("shares: {} rows can not be read; run check", lapsed->damaged);
    if (!lapsed.ok() || !lapsed->more) return;
  }
}

void Follow(FollowEvents& follow, spdlog::logger& log) {
  while (true) {
    const Result<FollowEvents::Report> read = follow(kEventsAtATime);
    if (!read.ok()) log.error("notices: {} {}", WordOf(read.fault().reason), read.fault().detail);
    if (read.ok() && read->damaged > 0) log.error("notices: {} rows can not be read; run check", read->damaged);
    if (!read.ok() || read->events < kEventsAtATime) return;
  }
}

void Forget(ReadShareNotices& notices, spdlog::logger& log) {
  const Result<void> forgotten = notices.ForgetOld();
  if (!forgotten.ok()) log.error("notices: {} {}", WordOf(forgotten.fault().reason), forgotten.fault().detail);
}

}  // namespace

std::optional<Stop> RaiseIfOlder(RocksStore& store, KeyStore& keys, Random& random, Instant now, spdlog::logger& log) {
  if (!store.raising()) return std::nullopt;
  if (auto stop = EnsureServiceKeys(keys, now)) return stop;
  log.info("the data is of an older schema and is being sealed; this is done once");
  PersonVault vault(store, keys, random);
  RaiseToPeopleKeys seals(store, vault, keys);
  const Result<void> raised = store.Raise(seals);
  if (!raised.ok()) return StopOf("data folder", raised.fault());
  return std::nullopt;
}

OrStop<std::optional<RetentionRules>> ReadRetention(const Settings& settings) {
  if (!settings.retention) return std::optional<RetentionRules>();
  std::ifstream file(*settings.retention, std::ios::binary);
  if (!file.is_open()) return Stop{kExitUsage, "retention rules " + settings.retention->string() + " can not be read"};
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Result<RetentionRules> rules = RetentionRules::Parse(text);
  if (!rules.ok()) return Stop{kExitUsage, settings.retention->string() + ": " + rules.fault().detail};
  return std::optional(std::move(rules).value());
}

bool FinishRebindings(RebindPassport& rebind, spdlog::logger& log) {
  const Result<std::size_t> ended = rebind.FinishAll();
  if (!ended.ok()) log.error("lost and moved passports: {} {}", WordOf(ended.fault().reason), ended.fault().detail);
  if (ended.ok() && *ended > 0) log.info("lost and moved passports: {} finished or over", *ended);
  return !ended.ok() || *ended > 0;
}

Upkeep::Upkeep(const Settings& settings, RocksStore& store, ApplyRetention& retention, RetireLists& lists,
               const ShareUpkeep& shares, RebindPassport& rebind, std::function<void()> changed,
               const std::shared_ptr<spdlog::logger>& log) {
  rebindings_.emplace(
      [&rebind, changed = std::move(changed), log] {
        if (FinishRebindings(rebind, *log)) changed();
      },
      kRebindingsLook, kSoon);
  forget_.emplace([&rebind, log] { Forget(rebind, *log); }, kForgetInterval, kSoon);
  forget_->Wake();
  retention_.emplace([&retention, log] { Apply(retention, *log); }, LengthOf(settings.retention_interval), kSoon);
  retention_->Wake();
  shares_due_.emplace([&end = shares.end, log] { Lapse(end, *log); }, kLapseInterval, kSoon);
  shares_due_->Wake();
  share_events_.emplace([&follow = shares.follow, log] { Follow(follow, *log); }, kFollowInterval, kFollowInterval);
  share_notices_.emplace([&notices = shares.notices, log] { Forget(notices, *log); }, kForgetInterval, kSoon);
  share_notices_->Wake();
  lists_.emplace([&lists, log] { Retire(lists, *log); }, kRetireInterval, kSoon);
  lists_->Wake();
  if (settings.backup) {
    const auto interval = LengthOf(settings.backup_interval);
    backup_.emplace([&store, settings, log] { Save(store, settings, *log); }, interval, kSoon);
    backup_->Wake();
  }
}

}  // namespace passport
