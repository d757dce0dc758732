// A file system that loses what was not synced, refuses to sync, or runs full, whenever a test says so.
//
// It lies over the real one and keeps book: how many bytes of each file have been synced, and which files were made,
// renamed and deleted since their folder was synced. A loss of power then leaves a disk as a crash may leave it:
//   - of each file, what was synced, and of the bytes after that a random stretch from their beginning, sometimes with
//     zeros in it (a torn write)
//   - of the changes to a folder since its last sync, in the order they were made, a random number of the first; the
//     rest never happened
// Built on RocksDB's public interface alone. Nothing is synced for real, so it is fast; the machine must stay up.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>

namespace passport::test {

// Any thread may call, LoseUnsynced apart.
class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem();
  const char* Name() const override { return "FaultFileSystem"; }

  // From here on nothing reaches the disk: every call that would change it fails.
  void CutPower();
  // After CutPower and when all files are closed: leaves on the real disk what the loss of power left. Then power is
  // back.
  void LoseUnsynced(std::mt19937_64& chance);

  // Logs are reported as synced without being so: what happens to a store that does not sync.
  void PretendToSyncLogs() { pretend_ = true; }

  enum class SyncFailure { kNothingSynced, kSyncedButReportedLost };
  // The next sync of a log fails.
  void FailNextLogSync(SyncFailure failure);

  // How many bytes can still be written; anything beyond fails with NoSpace. Deleting gives nothing back.
  void SetSpace(std::uint64_t bytes) { space_ = bytes; }
  void FreeSpace() { space_ = UINT64_MAX; }

  std::uint64_t syncs() const { return syncs_; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus Truncate(const std::string& name, size_t size, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options, std::uint64_t* free,
                                 rocksdb::IODebugContext* dbg) override;

 private:
  friend class FaultFile;
  friend class FaultDirectory;

  // The bytes of one file, whatever it is called at the moment.
  struct Bytes {
    std::uint64_t written = 0;
    std::uint64_t synced = 0;
  };
  // One change of a folder that is not synced yet, and how to make it not have happened.
  struct Unsynced {
    std::string folder;
    std::function<void()> undo;
  };

  rocksdb::IOStatus Dead() const;
  rocksdb::IOStatus Append(rocksdb::FSWritableFile& file, Bytes& bytes, const rocksdb::Slice& data);
  rocksdb::IOStatus Sync(const std::string& name, Bytes& bytes);
  rocksdb::IOStatus SyncFolder(const std::string& folder);
  // A second name for a file in a folder of our own, to bring it back by.
  std::string Keep(const std::string& name);
  void Remember(const std::string& name, std::function<void()> undo);
  void TearFiles(std::mt19937_64& chance);

  std::mutex mutex_;  // guards what follows; held while the real disk changes
  bool dead_ = false;
  std::map<std::string, std::shared_ptr<Bytes>> files_;  // by present name
  std::deque<Unsynced> unsynced_;
  std::uint64_t kept_ = 0;
  int sync_failure_ = -1;
  std::atomic<bool> pretend_ = false;
  std::atomic<std::uint64_t> space_ = UINT64_MAX;
  std::atomic<std::uint64_t> syncs_ = 0;
};

}  // namespace passport::test
