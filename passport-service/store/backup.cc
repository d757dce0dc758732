#include "passport-service/store/backup.h"

#include <fcntl.h>
#include <rocksdb/utilities/backup_engine.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "passport-service/store/people_file.h"
#include "passport-service/store/rocks_settings.h"

namespace passport {
namespace {

namespace fs = std::filesystem;

const std::string kMark = "staff passport backup\nschema " + std::to_string(kStoreSchema) + "\n";

Fault BackupNotUsable(std::string detail) { return {Reason::kDataFolder, "", std::move(detail)}; }
Fault Failed(const rocksdb::Status& status, std::string_view what) {
  if (status.IsNoSpace()) return {Reason::kStoreFull, "", "the disk of the backup is full"};
  return BackupNotUsable(std::string(what));
}

// Removes a folder when it goes.
class Passing {
 public:
  explicit Passing(fs::path path) : path_(std::move(path)) {}
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  ~Passing() {
    std::error_code ignored;  // what stays is removed when the store is opened next
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<void> CheckMark(const fs::path& folder) {
  std::ifstream file(folder / "BACKUP", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text == kMark) return {};
  if (text.starts_with("staff passport backup\n"))
    return Fault{Reason::kSchemaNewer, "", "the backup was made by a program with another schema"};
  return BackupNotUsable("the folder is no backup of this service");
}

// Makes a new folder ours, or sees that it is.
Result<void> Claim(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / "BACKUP", error)) return CheckMark(folder);
  fs::create_directories(folder, error);
  if (error || !fs::is_empty(folder, error)) {
    return BackupNotUsable("the backup folder is not empty and was not made by us");
  }
  if (chmod(folder.c_str(), 0700) != 0) return BackupNotUsable("the mode of the backup folder can not be set to 0700");
  std::ofstream file(folder / "BACKUP", std::ios::binary);
  file << kMark;
  file.close();
  if (!file) return BackupNotUsable("the backup folder can not be written");
  return {};
}

using Engine = std::unique_ptr<rocksdb::BackupEngine>;

Result<Engine> OpenEngine(const fs::path& folder) {
  rocksdb::BackupEngineOptions options((folder / "records").string());
  options.share_files_with_checksum = true;
  options.sync = true;
  rocksdb::BackupEngine* engine = nullptr;
  static const rocksdb::DBOptions settings = DatabaseSettings();  // its silent log outlives the engine
  options.info_log = settings.info_log.get();
  const auto status = rocksdb::BackupEngine::Open(options, rocksdb::Env::Default(), &engine);
  if (!status.ok()) return Failed(status, "the records of the backup can not be opened");
  return Engine(engine);
}

std::vector<rocksdb::BackupInfo> VersionsOf(const rocksdb::BackupEngine& engine) {
  std::vector<rocksdb::BackupInfo> versions;
  engine.GetBackupInfo(&versions);
  return versions;
}

}  // namespace

Result<BackupReport> BackUp(RocksStore& store, const fs::path& folder, std::uint32_t keep) {
  TRY(Claim(folder));
  TRY_ASSIGN(const fs::path made, store.TakeCopy());
  const Passing copy(made);
  TRY_ASSIGN(Engine engine, OpenEngine(folder));
  const auto before = VersionsOf(*engine);
  BackupReport report{.version = before.empty() ? 1 : before.back().backup_id + 1};
  {
    TRY_ASSIGN(const auto tables, RocksTables::Open(copy.path(), RocksTables::Create::kNothing, {}));
    // People first: keys that are newer than the records open them all the same.
    TRY_ASSIGN(report.people_rows, WritePeople(*tables, report.version, folder / "people"));
    TRY(tables->Drop(kPeopleTables));
  }
  // Opened anew, so that not even the list of files remembers the tables that were dropped.
  TRY_ASSIGN(const auto records, RocksTables::OpenWithout(copy.path(), kPeopleTables, {}));
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = false;
  rocksdb::BackupID id = 0;
  const auto status = engine->CreateNewBackup(options, &records->database(), &id);
  if (!status.ok()) return Failed(status, "the records of the backup can not be written");
  report.version = id;
  if (const auto purged = engine->PurgeOldBackups(std::max<std::uint32_t>(keep, 1)); !purged.ok()) {
    return Failed(purged, "old versions of the backup can not be removed");
  }
  report.versions = static_cast<std::uint32_t>(VersionsOf(*engine).size());
  return report;
}

Result<BackupReport> VerifyBackup(const fs::path& folder) {
  TRY(CheckMark(folder));
  TRY_ASSIGN(const PeopleHead people,
             ReadPeople(folder / "people", [](Table, std::string_view, std::string_view) { return Result<void>(); }));
  TRY_ASSIGN(const Engine engine, OpenEngine(folder));
  const auto versions = VersionsOf(*engine);
  std::vector<rocksdb::BackupID> damaged;
  engine->GetCorruptedBackups(&damaged);
  if (versions.empty() || !damaged.empty()) return BackupNotUsable("a version of the backup is damaged or missing");
  for (const rocksdb::BackupInfo& each : versions) {
    const auto status = engine->VerifyBackup(each.backup_id, /*verify_with_checksum=*/true);
    if (!status.ok()) return BackupNotUsable("version " + std::to_string(each.backup_id) + " of the backup is damaged");
  }
  if (people.version < versions.back().backup_id) {
    return BackupNotUsable("the file people is older than the newest version");
  }
  return BackupReport{.version = versions.back().backup_id,
                      .versions = static_cast<std::uint32_t>(versions.size()),
                      .people_rows = people.rows};
}

Result<BackupReport> RestoreBackup(const fs::path& folder, const fs::path& data, std::optional<std::uint32_t> version) {
  TRY_ASSIGN(BackupReport report, VerifyBackup(folder));
  TRY_ASSIGN(const Engine engine, OpenEngine(folder));
  const auto versions = VersionsOf(*engine);
  report.version = version.value_or(report.version);
  const bool there = std::any_of(versions.begin(), versions.end(),
                                 [&](const rocksdb::BackupInfo& each) { return each.backup_id == report.version; });
  if (!there) return Fault{Reason::kNotFound, "", "the backup has no version " + std::to_string(report.version)};
  TRY_ASSIGN(DataFolder held, DataFolder::Hold(data, Making::kAllowed));
  if (!held.making()) return BackupNotUsable("the data folder holds a store already; restore into a new one");
  const std::string path = held.tables().string();
  const auto status = engine->RestoreDBFromBackup(report.version, path, path);
  if (!status.ok()) return Failed(status, "the records can not be restored");
  TRY_ASSIGN(const auto tables, RocksTables::Open(path, RocksTables::Create::kMissingTables, {}));
  constexpr std::uint64_t kRowsAtOnce = 1000;
  std::optional<RocksTables::Batch> batch = tables->NewBatch();
  std::uint64_t rows = 0;
  const auto write = [&]() -> Result<void> {
    if (tables->Write(*batch) != RocksTables::Written::kDurable) {
      return BackupNotUsable("the data folder can not be written");
    }
    batch.emplace(tables->NewBatch());
    return {};
  };
  TRY(ReadPeople(folder / "people", [&](Table table, std::string_view key, std::string_view value) -> Result<void> {
    batch->Put(table, key, value);
    return ++rows % kRowsAtOnce == 0 ? write() : Result<void>();
  }));
  TRY(write());
  TRY(held.FinishMaking());
  return report;
}

}  // namespace passport
