// What must be written when steps of the registry take effect: rows, systems, first status lists, audit rows, events;
// and the keys of new organisations, which are made before.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/registry_steps.h"
#include "passport-service/ports/store.h"

namespace passport {

Result<OrganisationRows> ReadRows(Organisations& organisations);

// One for the whole service: Turn() is what its acts share.
class RegistryEffects {
 public:
  RegistryEffects(Store& store, KeyStore& keys, Random& random, PublishedBase base)
      : store_(store), keys_(keys), random_(random), base_(std::move(base)) {}

  struct Cause {
    std::optional<Caller> by;  // nothing: the service itself
    RequestId request;
    std::string reason;
  };
  // To be held from reading the rows until what was judged on them is written: rules span rows, and two changes that
  // are each right on the rows of before could break one together. Waits.
  [[nodiscard]] std::unique_lock<std::mutex> Turn() { return std::unique_lock(turn_); }

  // Judges the steps against rows, systems and keys; nothing is made. Fails as TakeSteps does, and with kStateConflict
  // when too few systems could act as registrar at any moment afterwards, or when an organisation would be active again
  // with keys it had when its compromise was put on record.
  Result<OrganisationRows> Judge(const OrganisationRows& rows, std::span<const RegistryStep> steps, Instant now);

  // The same, then makes the keys that new organisations lack (an earlier attempt's are kept) and says what is to be
  // written.
  Result<Changes> Prepare(const OrganisationRows& rows, std::span<const RegistryStep> steps, const Cause& cause,
                          Instant now);

 private:
  Result<void> CheckOffice(const OrganisationRows& rows, const OrganisationRows& after,
                           std::span<const RegistryStep> steps, Instant now);
  Result<std::optional<Instant>> CompromiseRecorded(const OrganisationId& organisation);
  Result<void> CheckKeysAreNew(const OrganisationId& organisation, std::optional<Instant> recorded);
  Result<void> CheckReturn(const OrganisationRows& rows, std::span<const RegistryStep> steps);
  void OpenFirstLists(const OrganisationId& organisation, Changes& changes);

  Store& store_;
  KeyStore& keys_;
  Random& random_;
  PublishedBase base_;
  std::mutex turn_;
};

}  // namespace passport
