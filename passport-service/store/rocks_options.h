// How a RocksStore is opened.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace rocksdb {
class FileSystem;
}

namespace passport {

struct RocksOptions {
  std::filesystem::path folder;
  bool create = false;  // make the folder if it does not exist or is empty
  // Nothing is written while the disk has less than this free, so that a full disk never meets a half written row and
  // there is room left to put things right.
  std::uint64_t free_floor_bytes = std::uint64_t{256} << 20;
  std::uint64_t write_buffer_bytes = std::uint64_t{16} << 20;  // for each table
  std::uint64_t block_cache_bytes = std::uint64_t{64} << 20;   // for all tables
  // What the tables are written through; the file system of the machine if null. For tests that break it.
  std::shared_ptr<rocksdb::FileSystem> file_system;
};

}  // namespace passport
