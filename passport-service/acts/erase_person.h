// Erases what an organisation keeps of one person.
//
// The keys go first, in one write: from then on nothing of it can be read, in no copy. Then the rows that are worth
// nothing without them, step by step; an erasure that was cut off goes on when it is asked for again. What proves
// something stays and says nothing: rows of credentials with their slots, which become invalid, links of reliance with
// their hashes, the audit trail.
//
// Each organisation answers for what it keeps, and for what those it took over kept. What the person has given it in
// shares ends. When none has the person any more, the passport itself goes, the holder key and the passport code, and
// in the same write all shares end that it ever gave.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

struct ErasureCounts {
  std::uint64_t credentials = 0;  // of which nothing can be read any more
  std::uint64_t receipts = 0;
  std::uint64_t drafts = 0;
  bool passport = false;  // the passport itself went: nobody had the person any more
};

// Who erases, and why, for the audit trail.
struct Eraser {
  std::optional<Caller> by;  // nothing: the service itself, by the retention rules
  std::string request = {};
  std::string why;  // word
  AppendAudit Audit(Instant now, std::string_view what, std::string object) const;
};

class ErasePerson {
 public:
  struct Order {
    Caller by;
    RequestId request;                                // for the audit trail
    std::optional<OrganisationId> organisation = {};  // whose data: nothing for the caller's own
    std::optional<std::string> employee_number = {};  // one of its people; or
    std::optional<std::string> subject = {};          // somebody it relied on: the thumbprint of their holder key
    std::string why;                                  // "person_asked", "kept_long_enough", "wrong_person", "test_data"
  };
  ErasePerson(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // When it returns the keys are in no file of the store. Asking again is kNotFound, which says that it was done. Fails
  // with kCallerUnknown, kFieldInvalid, kNotFound, kNotPermitted (another organisation answers for it now), and as
  // store and key store do; then ask again.
  Result<ErasureCounts> operator()(const Order& order);
  // The same for whom retention names; leaves ForgetDeleted to the caller.
  Result<ErasureCounts> EraseEmployee(const OrganisationId& keeper, const PersonId& person, const Eraser& eraser);
  Result<ErasureCounts> EraseSubject(const OrganisationId& keeper, const std::string& subject, const Eraser& eraser);

 private:
  struct Erasure;
  Result<void> GatherCredentials(Erasure& erasure);
  Result<void> DropKeys(Erasure& erasure);
  Result<std::uint64_t> ForgetReceipts(const OrganisationId& keeper, const std::string& subject);
  Result<void> DropDrafts(Erasure& erasure);
  Result<std::size_t> EndSharesAbout(const OrganisationId& keeper, const std::string& subject, const Eraser& eraser);
  Result<void> DropPersonRows(Erasure& erasure);
  Result<void> DropPassport(const Erasure& erasure, Changes changes);
  Result<bool> IsEmployedElsewhere(const Erasure& erasure);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

// What becomes of one credential whose text is erased: its key goes, its row stays. A credential that is still good is
// revoked where `revoke` says so.
enum class OfGoodOnes : std::uint8_t { kStay, kRevoke };
Changes EraseCredential(const CredentialRow& row, OfGoodOnes good_ones, const Eraser& eraser, Instant now);

}  // namespace passport
