#include "passport-service/store/backup.h"

#include <iostream>

#include "passport-service/acts/finish_erasures.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

void Tell(std::string_view done, const BackupReport& report) {
  std::cout << done << " version " << report.version << ", versions " << report.versions << ", rows of people "
            << report.people_rows << "\n";
}

}  // namespace

std::optional<Stop> MakeBackup(const BackupFlags& flags) {
  RocksOptions options;
  options.folder = flags.data;
  auto opened = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  const auto report = BackUp(*std::get<std::unique_ptr<RocksStore>>(opened), flags.backup, flags.keep);
  if (!report.ok()) return StopOf("backup " + flags.backup.string(), report.fault());
  Tell("backed up as", *report);
  return std::nullopt;
}

std::optional<Stop> CheckBackup(const CheckBackupFlags& flags) {
  const auto report = VerifyBackup(flags.backup);
  if (!report.ok()) return StopOf("backup " + flags.backup.string(), report.fault());
  Tell("whole; newest is", *report);
  return std::nullopt;
}

std::optional<Stop> Restore(const RestoreFlags& flags) {
  const auto report = RestoreBackup(flags.backup, flags.data, flags.version);
  if (!report.ok()) return StopOf("backup " + flags.backup.string(), report.fault());
  RocksOptions options;
  options.folder = flags.data;
  auto opened = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  const Result<std::uint64_t> finished = FinishErasures(*std::get<std::unique_ptr<RocksStore>>(opened), SystemClock());
  if (!finished.ok()) return StopOf("data folder " + flags.data.string(), finished.fault());
  Tell("restored", *report);
  std::cout << "rows of people who were erased since: " << *finished << "\n"
            << "now: passport-service check --data " << flags.data.string() << "\n";
  return std::nullopt;
}

}  // namespace passport
