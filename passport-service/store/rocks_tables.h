// The tables in RocksDB: bytes under keys, with the settings under which an acknowledged write is a durable write.
//
// Nothing here knows what a row means. Any thread may read; one thread at a time may write.
#pragma once

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"
#include "passport-service/store/key_layout.h"
#include "passport-service/store/rocks_options.h"

namespace passport {

class SpaceWatch;

class RocksTables {
 public:
  enum class Create : std::uint8_t {
    kNothing,
    kMissingTables,  // of tables that an older program made
    kAll,
  };
  // `path` is the folder of RocksDB alone. Fails with kStoreUnavailable when the tables are damaged or not all there,
  // kStoreFull when there is no space to open them.
  static Result<std::unique_ptr<RocksTables>> Open(const std::filesystem::path& path, Create create,
                                                   const RocksOptions& options);
  // The same without some of the tables, which must not exist any more. They must not be asked for.
  static Result<std::unique_ptr<RocksTables>> OpenWithout(const std::filesystem::path& path,
                                                          std::span<const Table> without, const RocksOptions& options);
  ~RocksTables();
  RocksTables(const RocksTables&) = delete;
  RocksTables& operator=(const RocksTables&) = delete;

  // Fails with kStoreUnavailable.
  Result<std::optional<std::string>> Get(Table table, std::string_view key) const;

  // Visits keys in order, from the first one not below `from`, as long as they begin with `prefix` and `visit` says
  // true. Sees one state of the tables. Fails with kStoreUnavailable or with what `visit` fails with.
  using Visit = std::function<Result<bool>(std::string_view key, std::string_view value)>;
  Result<void> Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const;

  // The last value of a table in the order of keys; the last key.
  Result<std::optional<std::string>> Last(Table table) const;
  Result<std::optional<std::string>> LastKey(Table table) const;

  class Batch {
   public:
    void Put(Table table, std::string_view key, std::string_view value);
    void Delete(Table table, std::string_view key);

   private:
    friend class RocksTables;
    explicit Batch(const RocksTables& tables) : tables_(tables) {}
    const RocksTables& tables_;
    rocksdb::WriteBatch batch_;
  };
  Batch NewBatch() const { return Batch(*this); }

  enum class Written : std::uint8_t {
    kDurable,
    kNothingHappened,  // a passing reason
    kNoSpace,          // may or may not be durable; writing goes on when there is space
    kBroken,           // may or may not be durable; these tables must not be written any more
  };
  // All of the batch or nothing, durable on kDurable.
  Written Write(Batch& batch);

  // Rewrites these tables without what was deleted from them, and begins a new log. When it returns nothing that was
  // deleted before is in a file. Fails with kStoreUnavailable and kStoreFull; then call again.
  Result<void> ForgetDeleted(std::span<const Table> tables);

  // A copy as of now in a folder that does not exist yet. On the same disk its files are shared. Fails with
  // kStoreUnavailable and kStoreFull.
  Result<void> CopyTo(const std::filesystem::path& folder) const;
  // Removes whole tables with their files, for good; they must not be asked for any more. Fails with kStoreUnavailable.
  Result<void> Drop(std::span<const Table> tables);
  // For what RocksDB does with a database as a whole (backup.cc).
  rocksdb::DB& database() const { return *db_; }

  // True while there is too little space to begin a write.
  bool Full() const;

 private:
  RocksTables(std::filesystem::path path, const RocksOptions& options);
  static Result<std::unique_ptr<RocksTables>> OpenThese(const std::filesystem::path& path, Create create,
                                                        std::span<const Table> without, const RocksOptions& options);
  rocksdb::ColumnFamilyHandle* Handle(Table table) const { return handles_[static_cast<std::size_t>(table)]; }

  std::filesystem::path path_;
  std::uint64_t free_floor_bytes_;
  std::unique_ptr<rocksdb::Env> env_;  // null: the default one
  std::shared_ptr<SpaceWatch> space_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;  // of db_, in the order of Table
};

}  // namespace passport
