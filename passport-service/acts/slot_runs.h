// Hands out the slots of status lists, a run of counters at a time: one durable write serves many credentials.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "credential/vocabulary/random.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

// Any thread may call.
class SlotRuns {
 public:
  // Both outlive it.
  SlotRuns(Store& store, Random& random) : store_(store), random_(random) {}

  struct Taken {
    Slot slot;
    std::string uri;  // of its list
  };
  // A slot nobody had or will have; the counter it stands for is taken durably. Opens a further list when one is full.
  // Fails with kStatusListFull, and as the store does.
  Result<Taken> Take(const OrganisationRow& organisation);

 private:
  // Counters of one organisation's newest list that are taken durably and not yet handed out.
  struct Run {
    StatusListRow list;
    std::uint32_t next = 0;
    std::uint32_t end = 0;
  };
  Result<void> Reserve(const OrganisationRow& organisation);

  Store& store_;
  Random& random_;
  std::mutex mutex_;
  std::map<OrganisationId, Run> runs_;
};

}  // namespace passport
