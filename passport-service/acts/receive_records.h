// Everything issued for a person since last time, and what became of what they have.
//
// What they were given is in the token they bring back, not in a clock: a record that was signed before the last time
// and written after it, or that changed back and forth, is given all the same. So nothing is missed; something may come
// twice.
#pragma once

#include <functional>
#include <string>

#include "keys/key_store.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

struct Received {
  CredentialRow row;
  std::string issuer_name;
  CredentialState state;  // suspended too while the key it was signed with is lost
  std::string reason;     // word; "compromised" for that
  std::string token;      // SD-JWT VC with all disclosures; empty when it is of no use any more or was erased
  bool accepted = false;
};

class ReceiveRecords {
 public:
  // Eight bytes a record; about 80,000 of them.
  static constexpr std::size_t kTokenBytesMax = 640 * 1024;
  struct Order {
    HolderCaller by;
    std::string since;  // token of last time, or empty
  };
  using Sink = std::function<Result<void>(const Received&)>;
  ReceiveRecords(Store& store, const KeyStore& keys, PersonVault& vault, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), clock_(clock) {}
  // Gives `sink` one record after the other, and returns the token for the next time. Audited before the first. Fails
  // with kFieldInvalid when `since` is no token, with kLimit past its size, with what `sink` fails with, and as the
  // store and the vault do.
  Result<std::string> operator()(const Order& order, const Sink& sink);

 private:
  class Issuers;
  Result<Received> Look(CredentialRow row, Issuers& issuers, Instant now);

  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
