// A backup of a store, in two parts with different lives (docs/formats/backup.md).
//
//   BACKUP     says that the folder is ours and of which schema
//   records/   the rows, in as many versions as are kept; files that did not change are shared
//   people     the keys of people and what finds them, of the newest version alone: each backup replaces it
//
// What is sealed in records/ opens with people and the key store only. So it may be copied anywhere and kept long, and
// who was erased before `people` was last written is erased in every version. People is to be had once: where a copy is
// kept elsewhere, the new one takes the place of the old one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "passport-service/store/rocks_store.h"

namespace passport {

struct BackupReport {
  std::uint32_t version = 0;      // of records/
  std::uint32_t versions = 0;     // that are kept
  std::uint64_t people_rows = 0;  // keys and what finds people
};

// While the store is in use. Keeps the newest `keep` versions, at least 1. The folder is made when it does not exist or
// is empty. Crash at any instruction: the backup before still is one, or this one is. Fails with kDataFolder (the
// folder is not ours, can not be written), kStoreFull and kStoreUnavailable.
Result<BackupReport> BackUp(RocksStore& store, const std::filesystem::path& folder, std::uint32_t keep);

// Reads every byte of every version and of people, and compares sums. Fails with kDataFolder, naming the part.
Result<BackupReport> VerifyBackup(const std::filesystem::path& folder);

// Puts a version, the newest if none is named, into a new data folder, with the people of today. Afterwards
// FinishErasures (acts/) must be called, before anything else is. Fails with kNotFound (no such version), kDataFolder,
// also when `people` is older than the newest version, so that nobody is taken for erased; kSchemaNewer.
Result<BackupReport> RestoreBackup(const std::filesystem::path& folder, const std::filesystem::path& data,
                                   std::optional<std::uint32_t> version);

}  // namespace passport
