// Puts rules in force: new versions of taxonomies and role profiles, and their withdrawal.
//
// Taxonomies and regional profiles are the registrar's. An employer puts its own profile, which extends a regional one
// and is stricter by construction (role_profile.h). Receivers see a change after the next publication.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "credential/decision/profile_check.h"
#include "credential/decision/rule_book.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

enum class RuleKind : std::uint8_t { kTaxonomy, kRoleProfile };

// As many versions as are kept at all, withdrawn ones too, and of them as many as one employer may put. The registry
// names them all, so none of them may fill it up for the others.
inline constexpr std::size_t kRuleVersionsMax = 10'000;
inline constexpr std::size_t kOwnRuleVersionsMax = 200;
inline constexpr std::size_t kRegionalRuleVersionsKept = 1'000;  // of kRuleVersionsMax, for the registrar's

// The name its versions are kept under: "taxonomy/training", "profile/community-nurse".
std::string DocumentNameOf(RuleKind kind, std::string_view id);
// Every version that was put, as the service stores them. Fails as the store does.
Result<std::shared_ptr<const RuleBook>> ReadRuleBook(Documents& documents);

class PutRules {
 public:
  struct Order {
    Caller by;
    RequestId request;
    RuleKind kind;
    std::string text;  // JSON; its version is one above the newest (the first: any), effective no earlier
  };
  struct Withdrawal {
    Caller by;
    RequestId request;
    RuleKind kind;
    std::string id;
    int version;
  };
  struct Answer {
    std::vector<ProfileFinding> warnings;  // of a profile that was put all the same
  };
  PutRules(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // A profile that CheckProfile finds an error in is refused, and so is a taxonomy that contradicts another one or that
  // a profile in force could not be read by. Fails with kNotPermitted, kFieldInvalid naming the place, kStateConflict
  // (version, or a profile needs what a taxonomy leaves out), kLimit (versions), kRequestReused, and as the store does.
  Result<Answer> operator()(const Order& order);
  // The version before it is in force again. Answers that were given stay as they were. Withdrawing twice is one
  // withdrawal. Fails with kNotPermitted, kNotFound, kStateConflict (the only version of a taxonomy, or one
  // that others build on), and as above.
  Result<void> Withdraw(const Withdrawal& order);

 private:
  Result<Answer> Judge(const OrganisationRow& caller, const Order& order, std::string& name, std::uint64_t& version);
  Store& store_;
  const Clock& clock_;
  std::mutex mutex_;  // each change is judged beside everything that was put before it
};

}  // namespace passport
