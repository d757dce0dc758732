#include "passport-service/store/rocks_settings.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstdarg>
#include <memory>

namespace passport {
namespace {

// RocksDB's own log file is not written: it may name keys, and on a full disk the library of Debian 12, which is built
// with its assertions, ends the process when it appends to that file a second time. What goes wrong is told by faults.
class Silence final : public rocksdb::Logger {
 public:
  Silence() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

}  // namespace

rocksdb::DBOptions DatabaseSettings() {
  rocksdb::DBOptions settings;
  // A torn tail of the log is what a normal loss of power leaves; what was acknowledged lies before the tear. Absolute
  // consistency would refuse to open after it, and skipping corrupted records would leave holes.
  settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  settings.track_and_verify_wals_in_manifest = true;  // a log that is missing is an error, not a shorter history
  settings.paranoid_checks = true;
  // Never: manual_wal_flush, FlushWAL, wal_bytes_per_sync, recycle_log_file_num. Each has lost or holed a log before
  // (RocksDB pull requests 10560, 10185, 12489, 12918).
  settings.max_total_wal_size = std::uint64_t{128} << 20;
  settings.db_write_buffer_size = std::size_t{128} << 20;
  settings.max_background_jobs = 2;
  settings.max_open_files = 512;
  settings.info_log = std::make_shared<Silence>();
  // After a full disk RocksDB looks for space again by itself; after anything else the store is opened again.
  return settings;
}

rocksdb::ColumnFamilyOptions TableSettings(const RocksOptions& options) {
  rocksdb::BlockBasedTableOptions blocks;
  blocks.checksum = rocksdb::kXXH3;
  blocks.format_version = 5;
  blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));  // most expectations are "is not there yet"
  blocks.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  rocksdb::ColumnFamilyOptions settings;
  settings.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  settings.write_buffer_size = options.write_buffer_bytes;
  settings.compression = rocksdb::kLZ4Compression;
  return settings;
}

rocksdb::WriteOptions DurableWrite() {
  rocksdb::WriteOptions write;
  write.sync = true;
  return write;
}

rocksdb::ReadOptions CheckedRead() {
  rocksdb::ReadOptions read;
  read.verify_checksums = true;
  return read;
}

}  // namespace passport
