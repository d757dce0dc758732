// A person reads what is asked and answers: gives it, gives an answer alone, or says no.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "keys/key_store.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr std::uint32_t kWrongCodesMax = 10;

class ReadShareRequest {
 public:
  struct Order {
    HolderCaller by;
    ShareId share;
    std::string code;
  };
  ReadShareRequest(Store& store, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), clock_(clock) {}
  // Fails with kNotFound, in the same words for an unknown link, a wrong code and a link that is dead after
  // kWrongCodesMax of them; kHolderUnknown when a session code proved the call and another organisation asks;
  // kStateConflict when it is answered or its time is over; and as store and key store do.
  Result<ShareView> operator()(const Order& order);

 private:
  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

// Of the same passport: a presentation as the request asks for it.
struct GivePresentation {
  std::string text;
};
// The least that satisfies what is asked, of a passport that is kept.
struct GiveLeast {};
struct Decline {};

class AnswerShare {
 public:
  struct Order {
    HolderCaller by;
    RequestId request;
    ShareId share;
    std::string code;
    std::variant<GivePresentation, GiveLeast, Decline> what;
    bool answer_only = false;
  };
  AnswerShare(Store& store, KeyStore& keys, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // The presentation is verified at once, and the request answered once: of two devices exactly one wins. The same
  // request of the same person again gives the same answer; with other content it fails with kRequestReused. Nothing is
  // given of a passport that is erased or bound to another key at the same time (kNotFound, kStateConflict). Fails as
  // ReadShareRequest and VerifyForShare do; with
  // kHolderMismatch when it is bound to another key than the caller's; kStateConflict when it was answered already, is
  // to be made of a passport that is not kept, or an answer alone was not asked for; kRecordMissing when nothing of
  // what was asked is held; kRegistryStale; and as store and key store do.
  Result<ShareView> operator()(const Order& order);

 private:
  Result<GivenShare> Given(const Order& order, const ShareRow& row, const Known& known, Instant now);
  Result<std::string> Least(const PersonId& person, const ShareRow& row, const Known& known, Instant now);
  Result<std::string> KeyOf(const HolderCaller& by);
  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
