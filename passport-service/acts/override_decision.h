// A named person's decision to go on regardless of a "not met" or "cannot tell": with a reason of the list
// override_reason, words, and an end. It stands beside the decision, changes nothing of it, is reported, and expires.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr std::size_t kOverrideWordsMax = 500;  // bytes
inline constexpr Seconds kOverrideLengthMax{31 * 86'400};

// As people read it.
struct Override {
  OverrideRow row;
  std::string named_person;  // empty with `words` once the person it is about was erased
  std::string words;
};

class OverrideDecision {
 public:
  struct Order {
    Caller by;
    RequestId request;
    std::uint64_t reliance;    // the decision it stands beside, as CheckPresentation gave it
    std::string named_person;  // who takes it on themselves
    std::string reason;
    std::string words;
    Instant until;
  };
  OverrideDecision(Store& store, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), clock_(clock) {}
  // Fails with kNotFound (no such decision of the caller's), kStateConflict (it was met, or no role was decided),
  // kFieldInvalid (person, words, an end that is past or further than kOverrideLengthMax), kWordUnknown (reason),
  // kRequestReused, and as store and key store do.
  Result<void> operator()(const Order& order);

 private:
  Result<OverrideRow> Make(const OrganisationRow& caller, const Order& order, Instant now);
  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

// Everything the caller's people have overridden, in the order of the decisions; for its reports.
class ReadOverrides {
 public:
  static constexpr std::size_t kPageMax = 1000;
  ReadOverrides(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // At most `limit`, 100 for 0, kPageMax at most; `after` is empty or what `next` was. Fails with kCallerUnknown,
  // kFieldInvalid, and as store and key store do.
  Result<Page<Override>> operator()(const Caller& by, std::string_view after, std::size_t limit);

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

// The overrides of one person and profile that have not ended.
Result<std::vector<Override>> OverridesInForce(Reliances& reliances, PersonVault& vault,
                                               const OrganisationId& organisation, std::string_view subject,
                                               std::string_view profile, Instant now);
// What OpenOverride opens again. Fails as PersonVault::Seal.
Result<std::string> SealOverrideText(PersonVault& vault, const OverrideRow& row, std::string_view text);
Result<Override> OpenOverride(PersonVault& vault, OverrideRow row);

}  // namespace passport
