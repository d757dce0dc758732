// Signs records of an organisation's people, one or many at a time.
//
// The write order of design decision 5: intent, slot and audit row are durable before the signature; the signature is
// verified before it leaves; credential, audit row, event and answer are one batch before the caller hears yes. One bad
// order does not stop the others.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "credential/credential/credential.h"
#include "keys/file_key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class IssueCredentials {
 public:
  // As many orders as one call takes.
  static constexpr std::size_t kOrdersMax = 500;

  struct Order {
    RequestId request;
    std::string employee_number;  // whose: the caller's own number for the person
    std::string kind;             // word of a record kind
    std::vector<Record::Field> fields;
  };
  struct Issued {
    CredentialId credential;
    bool again;  // the request had been answered before
  };
  // `lifetime` bounds every credential: its `exp`.
  IssueCredentials(Store& store, FileKeyStore& keys, Random& random, const Clock& clock, Seconds lifetime)
      : store_(store), keys_(keys), random_(random), clock_(clock), lifetime_(lifetime) {}

  // One result for each order, in order. Faults: kNotPermitted (kind), kRecordKind, kRecordField, kNotFound (person),
  // kRequestReused, kStatusListFull, kSigning, kKeyState, kOutcomeUnknown (also while another call has the same request
  // in hand), and as the store does. An order that occurs twice in one call is issued once. Fails as a whole with
  // kCallerUnknown or kLimit.
  Result<std::vector<Result<Issued>>> operator()(const Caller& by, std::span<const Order> orders);

 private:
  struct Job;
  class Claims;  // the requests one call has in hand
  // Takes up one order; `claims` holds its request until the call ends.
  Result<Job> TakeUp(const OrganisationRow& organisation, const Order& order, Claims& claims, Instant now);
  void AuditRepeats(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  Result<Slot> TakeSlot(const OrganisationRow& organisation, std::string& uri);
  Result<void> ReserveRun(const OrganisationRow& organisation);
  Result<Job> Prepare(const OrganisationRow& organisation, const Order& order, Instant now);
  // True if the intent of this very job is durable.
  bool IsIntended(const OrganisationRow& organisation, const Job& job);
  void CommitIntents(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  void Sign(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  void CommitCredentials(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);

  // Counters of one organisation's newest list that are taken durably and not yet handed out.
  struct Run {
    StatusListRow list;
    std::uint32_t next = 0;
    std::uint32_t end = 0;
  };
  Store& store_;
  FileKeyStore& keys_;
  Random& random_;
  const Clock& clock_;
  Seconds lifetime_;
  std::mutex mutex_;
  std::map<OrganisationId, Run> runs_;
  std::set<std::pair<OrganisationId, RequestId>> in_hand_;
};

}  // namespace passport
