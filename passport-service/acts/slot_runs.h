// Hands out the slots of status lists, a run of counters at a time: one durable write serves many credentials.
//
// Each credential goes to one of the open lists of its organisation, drawn at random, so that what is issued together,
// and later revoked together, does not stand together. Callers who meet at one list take another.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

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
  // Counters of one list that are taken durably and not yet handed out.
  struct Run {
    explicit Run(StatusListRow row) : list(std::move(row)) {}
    std::mutex mutex;
    StatusListRow list;
    std::uint32_t next = 0;
    std::uint32_t end = 0;
  };
  using Runs = std::vector<std::shared_ptr<Run>>;
  // Of one organisation: while lists of one are opened, which is a durable write, the others go on.
  struct Open {
    std::mutex mutex;
    Runs runs;  // one for each list that is handed out
  };
  Open& OpenOf(const OrganisationId& organisation);
  Result<Runs> OpenRuns(const OrganisationRow& organisation);
  Result<void> OpenLists(const OrganisationRow& organisation, Runs& runs);
  Result<std::vector<StatusListRow>> ReadyLists(const OrganisationRow& organisation);
  void Forget(const OrganisationId& organisation, const std::shared_ptr<Run>& full);
  Result<void> Reserve(Run& run);
  Result<bool> IsRetired(const Run& run);

  Store& store_;
  Random& random_;
  std::mutex mutex_;
  std::map<OrganisationId, Open> open_;  // entries stay where they are
};

}  // namespace passport
