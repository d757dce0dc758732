// What a verifier remembers of the issuers it trusts, so that what they signed is checked faster. No answer ever
// depends on it: a signature holds or not, remembered or new.
//
// Only for keys that a registry lists: what a stranger sends makes nothing grow. Never for a holder's proof. Belongs to
// whoever verifies much (the service); a program that verifies one thing has none. Any thread may call.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "credential/crypto/key_table.h"
#include "credential/crypto/p256.h"
#include "credential/crypto/verdict_memory.h"

namespace passport {

class IssuerMemory {
 public:
  struct Limits {
    std::size_t tables;       // key tables at the most, of KeyTable::kBytes each; 0: none are made
    std::uint32_t sightings;  // a key has a table made with that many signatures of it that hold
    std::size_t verdicts;     // signatures known to hold at the most, of VerdictMemory::kBytesEach; 0: none are kept
  };
  // Making a table costs as much as 500 verifications: whatever order signatures come in, remembering never takes more
  // than half again the time of doing without.
  static constexpr std::uint32_t kSightingsUsual = 1000;

  // What happened since the start, for figures of a service.
  struct Counts {
    std::uint64_t remembered;  // answered from memory
    std::uint64_t by_table;
    std::uint64_t stock;        // verified by the library alone
    std::uint64_t tables_made;  // those among them that were dropped again are made anew and counted again
  };

  explicit IssuerMemory(Limits limits);

  // What key.Verify answers. A verdict counts for the version of the registry it was found under, no other. The call
  // that sees a key often enough makes its table, and takes as long as some 500 verifications; one at a time does.
  bool Verify(const Digest& registry, const PublicKey& key, const Digest& digest, const Signature& signature);
  Counts counts() const;
  // Key tables there are now.
  std::size_t tables() const;

 private:
  // Keys that were seen lately, the latest first; those without a table only count.
  struct Seen {
    P256Point key;
    std::uint32_t signatures = 0;
    std::shared_ptr<const KeyTable> table;
  };
  static constexpr std::size_t kSeenPerTable = 8;
  struct HashOfPoint {
    std::size_t operator()(const P256Point& point) const {
      return std::hash<std::string_view>()({reinterpret_cast<const char*>(point.data()), point.size()});
    }
  };

  std::shared_ptr<const KeyTable> TableOf(const PublicKey& key);
  // Counts one signature that holds, and makes the table when it is time.
  void Count(const PublicKey& key);
  // The entry of a key, now the latest. Under the lock.
  Seen& Touch(const P256Point& key);
  void DropOldestTable();

  const Limits limits_;
  VerdictMemory verdicts_;
  mutable std::mutex mutex_;
  std::list<Seen> seen_;
  std::unordered_map<P256Point, std::list<Seen>::iterator, HashOfPoint> by_key_;
  std::size_t tables_ = 0;
  bool making_ = false;
  std::atomic<std::uint64_t> remembered_{0};
  std::atomic<std::uint64_t> by_table_{0};
  std::atomic<std::uint64_t> stock_{0};
  std::atomic<std::uint64_t> tables_made_{0};
};

// The memory as one version of the registry uses it. Refers to both.
class KnownIssuers {
 public:
  KnownIssuers(IssuerMemory& memory, const Digest& registry) : memory_(&memory), registry_(&registry) {}
  bool Verify(const PublicKey& key, const Digest& digest, const Signature& signature) const {
    return memory_->Verify(*registry_, key, digest, signature);
  }

 private:
  IssuerMemory* memory_;
  const Digest* registry_;
};

}  // namespace passport
