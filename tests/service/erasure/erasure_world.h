// A service whose every change is also written to a RocksStore in a folder, so that its files can be looked at: two
// people of a trust, with imports, credentials, receipts and an override about them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/stage_import.h"
#include "passport-service/store/backup.h"
#include "tests/service/acts/relying_world.h"
#include "tests/service/store/sample_rows.h"

namespace passport {

// Every byte of every file below a folder.
std::string AllBytes(const std::filesystem::path& folder);
// Every key and value of every table, as RocksDB gives them back.
std::string AllRows(const std::filesystem::path& data);

struct Mirrored {
  Mirrored();
  test::ScratchFolder scratch;
  std::unique_ptr<RocksStore> rocks;
  std::filesystem::path data() const { return scratch.path() / "data"; }
  std::filesystem::path backup() const { return scratch.path() / "backup"; }
  void Reopen();
};

struct ErasureWorld : Mirrored, RelyingWorld {
  // Florrie is erased in these tests, Wren stays.
  ErasureWorld();
  static constexpr std::string_view kNumber = "FLORRIE7781";
  Holder florrie;
  Holder wren;
  std::string florrie_subject;
  std::vector<std::string> known;  // what is known of Florrie, and what was said of her

  // "ok" or the word of the reason. `of`: an organisation that was taken over.
  std::string EraseFlorrie(const Caller& by, const std::optional<OrganisationId>& of = {});
  std::string EraseSubject(const Caller& by, const std::string& subject, const std::optional<OrganisationId>& of = {});
  // From now on `successor` answers for `of`.
  void TakeOver(const Caller& of, const Caller& successor);
  ErasureCounts counts;
  // The wrapped keys of everything that is kept of Florrie.
  std::vector<std::string> FlorriesKeys();
  PersonId FlorriesId();
  // "ok 3" with the number of items of the council's evidence, or what does not hold.
  std::string Evidence();
  // How many credentials of the trust the vault of this store opens.
  std::size_t Opens(Store& store);
  std::string HouseOf(Store& store);

 private:
  void ImportFlorrie();
};

}  // namespace passport
