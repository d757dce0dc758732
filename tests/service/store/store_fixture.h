// One test, every store: what the contract promises must hold for all of them.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "passport-service/store/memory_store.h"
#include "passport-service/store/rocks_store.h"
#include "tests/service/store/sample_rows.h"

namespace passport::test {

enum class Kind { kMemory, kRocks };

// A commit as a test names it.
struct Outcome {
  CommitOutcome outcome;
  std::size_t refused_at = 0;
  Reason reason = Reason::kNone;
  bool operator==(const Outcome&) const = default;
};
inline Outcome Refused(std::size_t at, Reason reason) { return {CommitOutcome::kRefused, at, reason}; }
inline const Outcome kDone{CommitOutcome::kDone};
inline void PrintTo(const Outcome& outcome, std::ostream* out) {
  *out << "outcome " << static_cast<int>(outcome.outcome) << " at " << outcome.refused_at << " "
       << WordOf(outcome.reason);
}
inline Outcome Apply(Store& store, const Changes& changes) {
  const Commit commit = store.Apply(changes);
  return {commit.outcome, commit.refused_at, commit.reason};
}

inline RocksOptions TestOptions(const std::filesystem::path& folder) {
  RocksOptions options;
  options.folder = folder;
  options.create = true;
  options.free_floor_bytes = 0;
  options.write_buffer_bytes = std::uint64_t{1} << 20;
  options.block_cache_bytes = std::uint64_t{1} << 20;
  return options;
}

class StoreContract : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::kMemory) {
      store_ = std::make_unique<MemoryStore>();
      return;
    }
    auto opened = RocksStore::Open(TestOptions(folder_ / "store"));
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    store_ = std::move(opened).value();
  }
  Store& store() { return *store_; }
  Outcome Apply(const Changes& changes) { return test::Apply(*store_, changes); }

  const OrganisationId trust_ = Organisation("ods:RC9");
  const OrganisationId council_ = Organisation("ons:E06000032");

 private:
  ScratchFolder folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace passport::test
