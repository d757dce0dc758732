#include "passport-service/store/rocks_tables.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/listener.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "passport-service/store/rocks_settings.h"

namespace passport {

// Knows from RocksDB whether it has run out of space and not yet found some again.
class SpaceWatch : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status* error) override {
    if (error->IsNoSpace()) out_of_space_ = true;
  }
  void OnErrorRecoveryEnd(const rocksdb::BackgroundErrorRecoveryInfo& info) override {
    if (info.new_bg_error.ok()) out_of_space_ = false;
  }
  bool out_of_space() const { return out_of_space_; }

 private:
  std::atomic<bool> out_of_space_ = false;
};

namespace {

rocksdb::Slice AsSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view AsView(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// RocksDB's own words may hold keys, so only their class is told.
Fault Unavailable(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return {Reason::kStoreFull, "", "the disk of the store is full"};
  if (status.IsCorruption()) return {Reason::kStoreUnavailable, "", "the files of the store are damaged"};
  if (status.IsIOError()) return {Reason::kStoreUnavailable, "", "the files of the store can not be read or written"};
  return {Reason::kStoreUnavailable, "", "the store answers with status code " + std::to_string(status.code())};
}

std::vector<rocksdb::ColumnFamilyDescriptor> Descriptors(const RocksOptions& options, std::span<const Table> without) {
  const auto settings = TableSettings(options);
  std::vector<rocksdb::ColumnFamilyDescriptor> tables;
  for (std::size_t at = 0; at < kTableNames.size(); ++at) {
    if (std::find(without.begin(), without.end(), static_cast<Table>(at)) != without.end()) continue;
    tables.emplace_back(kTableNames.at(at), settings);
  }
  tables.emplace_back(rocksdb::kDefaultColumnFamilyName, settings);  // RocksDB insists on it; nothing is in it
  return tables;
}

}  // namespace

RocksTables::RocksTables(std::filesystem::path path, const RocksOptions& options)
    : path_(std::move(path)),
      free_floor_bytes_(options.free_floor_bytes),
      env_(options.file_system ? rocksdb::NewCompositeEnv(options.file_system) : nullptr),
      space_(std::make_shared<SpaceWatch>()) {}

RocksTables::~RocksTables() {
  for (auto* const handle : handles_) {
    if (handle != nullptr) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  // Every acknowledged write is durable already: closing has nothing to save, so there is nothing to fail.
  if (db_) db_->Close().PermitUncheckedError();
}

Result<std::unique_ptr<RocksTables>> RocksTables::Open(const std::filesystem::path& path, Create create,
                                                       const RocksOptions& options) {
  return OpenThese(path, create, {}, options);
}

Result<std::unique_ptr<RocksTables>> RocksTables::OpenWithout(const std::filesystem::path& path,
                                                              std::span<const Table> without,
                                                              const RocksOptions& options) {
  return OpenThese(path, Create::kNothing, without, options);
}

Result<std::unique_ptr<RocksTables>> RocksTables::OpenThese(const std::filesystem::path& path, Create create,
                                                            std::span<const Table> without,
                                                            const RocksOptions& options) {
  std::unique_ptr<RocksTables> tables(new RocksTables(path, options));
  rocksdb::DBOptions settings = DatabaseSettings();
  settings.create_if_missing = create == Create::kAll;
  settings.create_missing_column_families = create != Create::kNothing;
  settings.listeners.push_back(tables->space_);
  if (tables->env_) settings.env = tables->env_.get();
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const auto status = rocksdb::DB::Open(settings, path.string(), Descriptors(options, without), &handles, &db);
  tables->db_.reset(db);
  // Those that were left out keep their places.
  std::size_t opened = 0;
  for (std::size_t at = 0; at < kTableNames.size() && opened < handles.size(); ++at) {
    const bool left_out = std::find(without.begin(), without.end(), static_cast<Table>(at)) != without.end();
    tables->handles_.push_back(left_out ? nullptr : handles[opened++]);
  }
  for (; opened < handles.size(); ++opened) tables->handles_.push_back(handles[opened]);
  if (!status.ok()) return Unavailable(status);
  return tables;
}

Result<std::optional<std::string>> RocksTables::Get(Table table, std::string_view key) const {
  std::string value;
  const auto status = db_->Get(CheckedRead(), Handle(table), AsSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return Unavailable(status);
  return std::optional<std::string>(std::move(value));
}

Result<void> RocksTables::Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const {
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(CheckedRead(), Handle(table)));
  for (at->Seek(AsSlice(from)); at->Valid() && AsView(at->key()).starts_with(prefix); at->Next()) {
    TRY_ASSIGN(const bool more, visit(AsView(at->key()), AsView(at->value())));
    if (!more) return {};
  }
  if (!at->status().ok()) return Unavailable(at->status());
  return {};
}

Result<std::optional<std::string>> RocksTables::Last(Table table) const {
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(CheckedRead(), Handle(table)));
  at->SeekToLast();
  if (at->Valid()) return std::optional<std::string>(at->value().ToString());
  if (!at->status().ok()) return Unavailable(at->status());
  return std::optional<std::string>();
}

Result<std::optional<std::string>> RocksTables::LastKey(Table table) const {
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(CheckedRead(), Handle(table)));
  at->SeekToLast();
  if (at->Valid()) return std::optional<std::string>(at->key().ToString());
  if (!at->status().ok()) return Unavailable(at->status());
  return std::optional<std::string>();
}

void RocksTables::Batch::Put(Table table, std::string_view key, std::string_view value) {
  // Fails only for tables with timestamps, which ours are not.
  batch_.Put(tables_.Handle(table), AsSlice(key), AsSlice(value)).PermitUncheckedError();
}

void RocksTables::Batch::Delete(Table table, std::string_view key) {
  batch_.Delete(tables_.Handle(table), AsSlice(key)).PermitUncheckedError();
}

RocksTables::Written RocksTables::Write(Batch& batch) {
  const auto status = db_->Write(DurableWrite(), &batch.batch_);
  if (status.ok()) return Written::kDurable;
  if (status.IsNoSpace()) return Written::kNoSpace;
  const bool passing = status.IsTryAgain() || status.IsBusy() || status.IsIncomplete() || status.IsTimedOut();
  return passing ? Written::kNothingHappened : Written::kBroken;
}

Result<void> RocksTables::ForgetDeleted(std::span<const Table> tables) {
  // All tables share one log, so it is gone only once all of them have left it.
  rocksdb::FlushOptions flush;
  flush.allow_write_stall = true;
  const auto flushed = db_->Flush(flush, handles_);
  if (!flushed.ok()) return Unavailable(flushed);
  rocksdb::CompactRangeOptions compact;
  compact.allow_write_stall = true;
  compact.exclusive_manual_compaction = false;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (const Table table : tables) {
    const auto compacted = db_->CompactRange(compact, Handle(table), nullptr, nullptr);
    if (!compacted.ok()) return Unavailable(compacted);
  }
  // Files that are no longer needed go in the background otherwise; this waits for it.
  auto removed = db_->DisableFileDeletions();
  if (removed.ok()) removed = db_->EnableFileDeletions(/*force=*/false);
  if (!removed.ok()) return Unavailable(removed);
  return {};
}

Result<void> RocksTables::CopyTo(const std::filesystem::path& folder) const {
  rocksdb::Checkpoint* made = nullptr;
  auto status = rocksdb::Checkpoint::Create(db_.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(folder.string());
  if (!status.ok()) return Unavailable(status);
  return {};
}

Result<void> RocksTables::Drop(std::span<const Table> tables) {
  for (const Table table : tables) {
    rocksdb::ColumnFamilyHandle*& handle = handles_.at(static_cast<std::size_t>(table));
    auto status = db_->DropColumnFamily(handle);
    if (status.ok()) status = db_->DestroyColumnFamilyHandle(std::exchange(handle, nullptr));
    if (!status.ok()) return Unavailable(status);
  }
  return {};
}

bool RocksTables::Full() const {
  if (space_->out_of_space()) return true;
  std::uint64_t free_bytes = 0;
  const auto status =
      db_->GetFileSystem()->GetFreeSpace(path_.string(), rocksdb::IOOptions(), &free_bytes, /*dbg=*/nullptr);
  // Where the file system can not say how much there is, the write itself will tell.
  return status.ok() && free_bytes < free_floor_bytes_;
}

}  // namespace passport
