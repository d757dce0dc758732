// Signs records of an organisation's people, one or many at a time.
//
// The write order of design decision 5: intent, slot and audit row are durable before the signature; the signature is
// verified before it leaves; credential, audit row, event and answer are one batch before the caller hears yes. In the
// same batch it takes the place of an older credential of the same fact, whose life ends ("superseded"). A record that
// says what stands already is not signed again. One bad order does not stop the others.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "credential/credential/credential.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/check_words.h"
#include "passport-service/acts/fact_digest.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/acts/slot_runs.h"
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
    // What somebody was shown that it would take the place of. When that is not so any more the order is refused with
    // kStateConflict. Nothing: whatever stands.
    struct Shown {
      std::optional<CredentialId> replaces;
    };
    std::optional<Shown> shown = {};
    // Signs the facts of this credential again, for the same holder and no longer than it would have held: its key was
    // lost. Employee number and fields are left empty.
    std::optional<CredentialId> renews = {};
    // With `renews`: signs for the key the passport is bound to now, because it was bound to another one. The old
    // credential ends, or waits suspended as it is; what its issuer had suspended is suspended again.
    enum class OldOne : std::uint8_t { kEnds, kWaits };
    std::optional<OldOne> rebinds = {};
  };
  struct Issued {
    CredentialId credential;
    bool again;              // the request had been answered before
    bool unchanged = false;  // the same stood signed already: this credential
    std::optional<CredentialId> superseded = {};
  };
  // Whether what is to be signed was prepared by one system of the organisation and approved by another.
  enum class Approval { kOnePerson, kTwoPeople };

  // `lifetime` bounds every credential: its `exp`. `words` judges the words of each record on the day of issue.
  IssueCredentials(Store& store, KeyStore& keys, PersonVault& vault, Random& random, const Clock& clock,
                   Seconds lifetime, WordCheck words)
      : store_(store),
        keys_(keys),
        vault_(vault),
        random_(random),
        clock_(clock),
        lifetime_(lifetime),
        words_(std::move(words)),
        slots_(store, random) {}

  // One result for each order, in order. Faults: kNotPermitted (kind), kRecordKind, kRecordField, kContentForbidden,
  // kWordUnknown, kNotFound (person), kRequestReused, kStateConflict (what it would replace is suspended, or is not
  // what was shown), kStatusListFull, kSigning, kKeyState, kOutcomeUnknown (also while another call has the same
  // request or the same fact in hand), and as the store does. An order that occurs twice in one call is issued once;
  // of several orders that tell the same fact each takes the place of the one before. Fails as a whole with
  // kCallerUnknown, kLimit, or kSecondPerson when the organisation has the two-person rule and one person asks.
  Result<std::vector<Result<Issued>>> operator()(const Caller& by, std::span<const Order> orders,
                                                 Approval approval = Approval::kOnePerson);

 private:
  struct Job;
  class Claims;  // what one call has in hand
  // Everything that can be judged of one order before looking at what stands.
  Result<Job> TakeUp(const OrganisationRow& organisation, const Order& order, Claims& claims, Instant now);
  Result<void> Read(const OrganisationRow& organisation, Job& job, Instant now);
  Result<void> ReadHolder(const OrganisationRow& organisation, Job& job);
  Result<void> ReadRenewed(const OrganisationRow& organisation, Job& job, Instant now);
  // The old credential is what it takes the place of, although it says the same.
  static Result<void> SettleRenewed(Job& job);
  static Result<void> SettleRebound(Job& job);
  // What it takes the place of, and its slot.
  Result<void> Settle(const OrganisationRow& organisation, Job& job, Claims& claims, Instant now);
  void AuditRepeats(std::vector<Job>& jobs, Instant now);
  // Settles and signs those of the waiting jobs that tell different facts. True when there are more.
  bool DoRound(const OrganisationRow& organisation, std::vector<Job>& jobs, Claims& claims, Instant now);
  // True if the intent of this very job is durable.
  bool IsIntended(const OrganisationRow& organisation, const Job& job);
  void CommitUnchanged(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  void CommitIntents(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  void Sign(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);
  void CommitCredentials(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now);

  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  Random& random_;
  const Clock& clock_;
  Seconds lifetime_;
  WordCheck words_;
  SlotRuns slots_;
  std::mutex mutex_;
  std::set<std::pair<OrganisationId, std::string>> in_hand_;  // request ids and identities of facts
};

}  // namespace passport
