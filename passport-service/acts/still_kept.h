// What organisations keep of a person and must keep for a time, whatever the person wishes: who, why, and until when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/retention_rules.h"

namespace passport {

enum class KeptOf : std::uint8_t {
  kPeople,       // that the person was one of an employer's people: numbers, identity checks, how they left
  kCredentials,  // records the employer signed, with their facts
  kReliances,    // what a receiver relied on: receipts and overrides
  kPassport,     // the passport's number, the digest of its code and the names of its keys
  kAudit,        // that something was done with it, by that number alone
};

struct StillKept {
  KeptOf what = KeptOf::kPeople;
  std::optional<OrganisationId> keeper = {};  // nothing: the service
  std::string keeper_name = {};               // legal name
  std::uint64_t count = 0;                    // of credentials or receipts; 0 where there is nothing to count
  std::optional<Instant> until = {};          // nothing: for as long as somebody else keeps something, or the trail
  std::string rule = {};                      // id of the rule of retention; empty where none says how long
  std::string why = {};                       // in the words of the rule, or ours
  std::string source = {};                    // what the rule follows: a law or a code of practice
};

// By organisation, then by what it is; the service comes last. Rows of files that an employer has not signed yet are
// not looked through. `rules`: nothing when the operator has named none; then nothing says until when. Fails as store
// and vault do.
Result<std::vector<StillKept>> FindStillKept(Store& store, PersonVault& vault,
                                             const std::optional<RetentionRules>& rules, const PersonRow& person);

}  // namespace passport
