// The settings of RocksDB, and why.
#pragma once

#include <rocksdb/options.h>

#include "passport-service/store/rocks_options.h"

namespace passport {

rocksdb::DBOptions DatabaseSettings();
rocksdb::ColumnFamilyOptions TableSettings(const RocksOptions& options);
rocksdb::WriteOptions DurableWrite();
rocksdb::ReadOptions CheckedRead();

}  // namespace passport
