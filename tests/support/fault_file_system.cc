#include "tests/support/fault_file_system.h"

#include <algorithm>
#include <fstream>
#include <utility>
#include <vector>

namespace passport::test {

namespace fs = std::filesystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

namespace {

bool IsLog(const std::string& name) { return fs::path(name).extension() == ".log"; }
std::string FolderOf(const std::string& name) { return fs::path(name).parent_path().string(); }

}  // namespace

class FaultFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(std::string name, std::shared_ptr<FaultFileSystem::Bytes> bytes,
            std::unique_ptr<rocksdb::FSWritableFile> file, FaultFileSystem& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), bytes_(std::move(bytes)), disk_(disk) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions&, IODebugContext*) override {
    return disk_.Append(*target(), *bytes_, data);
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions&, const rocksdb::DataVerificationInfo&,
                  IODebugContext*) override {
    return disk_.Append(*target(), *bytes_, data);
  }
  IOStatus PositionedAppend(const rocksdb::Slice&, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::NotSupported("PositionedAppend");
  }
  IOStatus PositionedAppend(const rocksdb::Slice&, std::uint64_t, const IOOptions&,
                            const rocksdb::DataVerificationInfo&, IODebugContext*) override {
    return IOStatus::NotSupported("PositionedAppend");
  }
  IOStatus Truncate(std::uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Allocate(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  void PrepareWrite(std::size_t, std::size_t, const IOOptions&, IODebugContext*) override {}
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return disk_.Sync(name_, *bytes_); }
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.Sync(name_, *bytes_); }

 private:
  std::string name_;
  std::shared_ptr<FaultFileSystem::Bytes> bytes_;
  FaultFileSystem& disk_;
};

class FaultDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultDirectory(std::string name, std::unique_ptr<rocksdb::FSDirectory> directory, FaultFileSystem& disk)
      : FSDirectoryWrapper(std::move(directory)), name_(std::move(name)), disk_(disk) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.SyncFolder(name_); }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*, const rocksdb::DirFsyncOptions&) override {
    return disk_.SyncFolder(name_);
  }

 private:
  std::string name_;
  FaultFileSystem& disk_;
};

FaultFileSystem::FaultFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

IOStatus FaultFileSystem::Dead() const { return IOStatus::IOError("the power is gone"); }

void FaultFileSystem::CutPower() {
  const std::lock_guard lock(mutex_);
  dead_ = true;
}

void FaultFileSystem::FailNextLogSync(SyncFailure failure) {
  const std::lock_guard lock(mutex_);
  sync_failure_ = static_cast<int>(failure);
}

IOStatus FaultFileSystem::Append(rocksdb::FSWritableFile& file, Bytes& bytes, const rocksdb::Slice& data) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  if (data.size() > space_) {
    IOStatus full = IOStatus::NoSpace("no space left");
    return full;
  }
  IOStatus status = file.Append(data, IOOptions(), nullptr);
  if (!status.ok()) return status;
  if (space_ != UINT64_MAX) space_ -= data.size();
  bytes.written += data.size();
  return status;
}

IOStatus FaultFileSystem::Sync(const std::string& name, Bytes& bytes) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  ++syncs_;
  if (IsLog(name) && pretend_) return IOStatus::OK();
  if (IsLog(name) && sync_failure_ >= 0) {
    const auto failure = static_cast<SyncFailure>(std::exchange(sync_failure_, -1));
    if (failure == SyncFailure::kSyncedButReportedLost) bytes.synced = bytes.written;
    return IOStatus::IOError("the sync failed");
  }
  bytes.synced = bytes.written;
  return IOStatus::OK();
}

IOStatus FaultFileSystem::SyncFolder(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  const std::string name = fs::path(folder + "/").parent_path().string();
  std::erase_if(unsynced_, [&](const Unsynced& change) { return change.folder == name; });
  return IOStatus::OK();
}

void FaultFileSystem::Remember(const std::string& name, std::function<void()> undo) {
  unsynced_.push_back({.folder = FolderOf(name), .undo = std::move(undo)});
}

std::string FaultFileSystem::Keep(const std::string& name) {
  // Beside RocksDB's folder, where it does not look.
  const fs::path folder = fs::path(FolderOf(name)).parent_path() / "kept";
  fs::create_directories(folder);
  const fs::path kept = folder / std::to_string(kept_++);
  fs::remove(kept);
  fs::create_hard_link(name, kept);
  return kept.string();
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* dbg) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  if (space_ == 0) return IOStatus::NoSpace("no space left");
  rocksdb::FileOptions buffered = options;
  buffered.use_direct_writes = false;
  buffered.use_mmap_writes = false;
  const bool there = fs::exists(name);
  const std::string kept = there ? Keep(name) : "";
  if (there) fs::remove(name);  // a new file under the old name: what is kept stays as it was
  std::unique_ptr<rocksdb::FSWritableFile> real;
  IOStatus status = target()->NewWritableFile(name, buffered, &real, dbg);
  if (!status.ok()) return status;
  auto bytes = std::make_shared<Bytes>();
  const auto before = files_.contains(name) ? files_[name] : nullptr;
  files_[name] = bytes;
  Remember(name, [this, name, kept, before] {
    fs::remove(name);
    files_.erase(name);
    if (kept.empty()) return;
    fs::rename(kept, name);
    if (before) files_[name] = before;
  });
  *file = std::make_unique<FaultFile>(name, std::move(bytes), std::move(real), *this);
  return status;
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string&, const rocksdb::FileOptions&,
                                             std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("ReopenWritableFile");
}

IOStatus FaultFileSystem::ReuseWritableFile(const std::string&, const std::string&, const rocksdb::FileOptions&,
                                            std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("ReuseWritableFile");
}

IOStatus FaultFileSystem::NewRandomRWFile(const std::string&, const rocksdb::FileOptions&,
                                          std::unique_ptr<rocksdb::FSRandomRWFile>*, IODebugContext*) {
  return IOStatus::NotSupported("NewRandomRWFile");
}

IOStatus FaultFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* directory, IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSDirectory> real;
  IOStatus status = target()->NewDirectory(name, options, &real, dbg);
  if (status.ok()) *directory = std::make_unique<FaultDirectory>(name, std::move(real), *this);
  return status;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* dbg) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  if (!fs::exists(name)) return target()->DeleteFile(name, options, dbg);
  const std::string kept = Keep(name);
  IOStatus status = target()->DeleteFile(name, options, dbg);
  if (!status.ok()) return status;
  const auto bytes = files_.contains(name) ? files_[name] : nullptr;
  files_.erase(name);
  Remember(name, [this, name, kept, bytes] {
    fs::rename(kept, name);
    if (bytes) files_[name] = bytes;
  });
  return status;
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                     IODebugContext* dbg) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Dead();
  const std::string kept = fs::is_regular_file(to) ? Keep(to) : "";
  IOStatus status = target()->RenameFile(from, to, options, dbg);
  if (!status.ok()) return status;
  const auto moved = files_.contains(from) ? files_[from] : nullptr;
  const auto replaced = files_.contains(to) ? files_[to] : nullptr;
  files_.erase(from);
  files_.erase(to);
  if (moved) files_[to] = moved;
  Remember(to, [this, from, to, kept, moved, replaced] {
    fs::rename(to, from);
    files_.erase(to);
    if (moved) files_[from] = moved;
    if (!kept.empty()) fs::rename(kept, to);
    if (replaced) files_[to] = replaced;
  });
  return status;
}

IOStatus FaultFileSystem::LinkFile(const std::string&, const std::string&, const IOOptions&, IODebugContext*) {
  return IOStatus::NotSupported("LinkFile");
}

IOStatus FaultFileSystem::Truncate(const std::string&, std::size_t, const IOOptions&, IODebugContext*) {
  return IOStatus::NotSupported("Truncate");
}

IOStatus FaultFileSystem::GetFreeSpace(const std::string& path, const IOOptions& options, std::uint64_t* free,
                                       IODebugContext* dbg) {
  IOStatus status = target()->GetFreeSpace(path, options, free, dbg);
  if (status.ok()) *free = std::min<std::uint64_t>(*free, space_);
  return status;
}

void FaultFileSystem::LoseUnsynced(std::mt19937_64& chance) {
  const std::lock_guard lock(mutex_);
  const std::size_t happened = chance() % (unsynced_.size() + 1);
  while (unsynced_.size() > happened) {
    unsynced_.back().undo();
    unsynced_.pop_back();
  }
  unsynced_.clear();
  TearFiles(chance);
  files_.clear();
  dead_ = false;
}

void FaultFileSystem::TearFiles(std::mt19937_64& chance) {
  for (const auto& [name, bytes] : files_) {
    if (bytes->synced == bytes->written || !fs::exists(name)) continue;
    const std::uint64_t unsynced = bytes->written - bytes->synced;
    const std::uint64_t left = bytes->synced + chance() % (unsynced + 1);
    fs::resize_file(name, left);
    if (left == bytes->synced || chance() % 3 != 0) continue;
    // The size reached the disk before all of the bytes did.
    const std::uint64_t hole = bytes->synced + chance() % (left - bytes->synced);
    std::fstream file(name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(hole));
    const std::string zeros(static_cast<std::size_t>(std::min<std::uint64_t>(left - hole, 4096)), '\0');
    file.write(zeros.data(), static_cast<std::streamsize>(zeros.size()));
  }
}

}  // namespace passport::test
