// What people say of their records: that one is right, or what is wrong with it; and what the issuer answers.
//
// A dispute goes to whoever answers for the record today. It ends when the person takes it back, or when the issuer
// confirms the record or has corrected it: issued it anew or revoked it, since. What both write is sealed under the
// issuer's key of the person and goes with it. A dispute follows its record when a passport is bound to another key.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr std::size_t kDisputeWordsMax = 1000;  // bytes
inline constexpr std::string_view kDisputeWordsContext = "dispute words";
inline constexpr std::string_view kDisputeAnswerContext = "dispute answer";

// A dispute as it is read: nothing sealed.
struct Dispute {
  DisputeRow row;
  std::string words;   // empty when they were erased
  std::string answer;  // empty while it is open
};

class AcceptRecord {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;
    CredentialId credential;
  };
  AcceptRecord(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Doing it again is no change. Fails with kHolderUnknown, kNotFound (no such record of the person, or it is over),
  // kStateConflict while the person disputes it, and as the store does.
  Result<void> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
};

class DisputeRecord {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;
    CredentialId credential;
    std::string words;  // 1 to kDisputeWordsMax bytes
    bool withdraw = false;
  };
  DisputeRecord(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Fails with kHolderUnknown, kFieldInvalid, kNotFound (no such record of the person; nothing to take back),
  // kAlreadyExists while one of the same record is open, kRequestReused, and as store and vault do.
  Result<Dispute> operator()(const Order& order);

 private:
  Result<Dispute> Withdraw(const Order& order, std::vector<DisputeRow> all);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  std::mutex mutex_;  // of two devices of a person, one after the other
};

class ReadDisputes {
 public:
  struct ListOrder {
    Caller by;
    std::size_t limit = 100;
    std::string after;
    bool all = false;  // those that are settled, too
  };
  ReadDisputes(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Of the person who calls, in the order they were raised. Fails with kHolderUnknown.
  Result<std::vector<Dispute>> Mine(const HolderCaller& by);
  // Of records the caller answers for; by organisation, there in the order they were raised. Fails with kCallerUnknown
  // and kFieldInvalid (token).
  Result<Page<Dispute>> List(const ListOrder& order);

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

class SettleDispute {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::string dispute;
    DisputeState state = DisputeState::kConfirmed;  // or kCorrected
    std::string answer;                             // 1 to kDisputeWordsMax bytes
  };
  SettleDispute(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Fails with kCallerUnknown, kFieldInvalid, kNotFound (also for a dispute of a record of somebody else's),
  // kStateConflict (it is settled; it was said to be corrected, but the record stands as it was), kRequestReused, and
  // as store and vault do.
  Result<Dispute> operator()(const Order& order);

 private:
  Result<bool> WasCorrected(const DisputeRow& row);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
