// A list set at its beginning and one with a million live credentials: what an issue and a publication cost in each.
#pragma once

#include <memory>

#include "passport-service/acts/publish_lists.h"
#include "passport-service/acts/slot_runs.h"
#include "passport-service/store/memory_store.h"

namespace passport::bench {

class ListSet {
 public:
  // `taken` counters are taken already, one in a hundred of them revoked.
  explicit ListSet(std::uint32_t taken);
  ~ListSet();
  ListSet(const ListSet&) = delete;
  ListSet& operator=(const ListSet&) = delete;

  // The part of an issue that depends on the lists.
  bool TakeSlot();
  // One more is revoked, and its list comes up to date.
  bool RevokeAndPublish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace passport::bench
