// A registrar signs or rejects a proposal.
//
// With the last signature that is needed the proposal takes effect: rows, systems, status lists, audit rows, events and
// the proposal itself are one write. Receivers see it after the next publication.
#pragma once

#include <cstdint>

#include "passport-service/acts/read_proposals.h"
#include "passport-service/acts/registry_effects.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class SignProposal {
 public:
  struct Order {
    Caller by;  // a registrar; each of its systems signs once
    RequestId request;
    std::uint64_t number;
    Digest seen;  // ProposalReview::seen
  };
  struct Answer {
    ProposalState state;
    std::uint32_t counted;
    std::uint32_t needed;
  };
  SignProposal(Store& store, const Clock& clock, RegistryEffects& effects)
      : store_(store), clock_(clock), effects_(effects) {}
  // Fails with kCallerUnknown, kNotPermitted, kNotFound, kStateConflict (closed; signed by this system already; what it
  // changes is not what was shown; it can not take effect any more), kRequestReused, and as store and key store do.
  Result<Answer> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
  RegistryEffects& effects_;
};

class RejectProposal {
 public:
  struct Order {
    Caller by;  // a registrar, or whoever proposed it
    RequestId request;
    std::uint64_t number;
    std::string reason;  // a word
  };
  RejectProposal(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // For good. Fails with kCallerUnknown, kNotFound, kFieldInvalid, kStateConflict (closed), kRequestReused, and as the
  // store does.
  Result<void> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
};

}  // namespace passport
