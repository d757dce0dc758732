// Asks for a change of the registry. It takes effect when enough registrars have signed it (SignProposal).
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/registry_effects.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr std::size_t kOpenProposalsMax = 20;  // of one organisation

class ProposeChange {
 public:
  struct Order {
    Caller by;  // a registrar; or any organisation for a step of its own that gives it no more than it has
    RequestId request;
    std::string reason;  // a word (text_forms.h)
    std::vector<RegistryStep> steps;
  };
  ProposeChange(Store& store, const Clock& clock, RegistryEffects& effects)
      : store_(store), clock_(clock), effects_(effects) {}
  // The number of the proposal. Steps that could not take effect now are refused at once: fails as
  // RegistryEffects::Judge does, with kCallerUnknown, kNotPermitted, kLimit (open proposals), kRequestReused, and as
  // the store does.
  Result<std::uint64_t> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
  RegistryEffects& effects_;
};

// Adds what `changes_of(number)` makes of the next free number; the changes end in RememberAnswer for `key`. Another
// proposal of the same moment takes the number first: then the next one is tried. Fails as ApplyOnce does.
template <class ChangesOf>
Result<std::uint64_t> AddNumbered(Store& store, const RequestKey& key, const ChangesOf& changes_of) {
  constexpr int kTriesMax = 8;
  for (int tries = 1;; ++tries) {
    TRY_ASSIGN(const std::uint64_t newest, store.NewestProposal());
    const Result<void> kept = ApplyOnce(store, changes_of(newest + 1), key);
    if (kept.ok()) return newest + 1;
    TRY_ASSIGN(const std::uint64_t newest_now, store.NewestProposal());
    if (newest_now == newest || tries == kTriesMax) return kept.fault();
  }
}

// The number an answer to such a request holds. Fails with kStoreUnavailable.
Result<std::uint64_t> NumberOf(std::string_view answer);

}  // namespace passport
