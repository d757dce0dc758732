// What the benchmarks work on: one issuer, many holders, a credential and a presentation each, a registry, a status
// list.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "credential/credential/credential.h"
#include "credential/decision/decision.h"
#include "credential/passport/held_credential.h"
#include "keys/private_key.h"
#include "keys/system_random.h"

namespace passport::bench {

// More than any cache of verdicts would hold apart, so that every verification is a cold one.
inline constexpr std::size_t kHolders = 256;
inline constexpr Instant kNow{1'795'300'000};
inline constexpr std::string_view kAudience = "ods:X0A";
inline constexpr std::string_view kNonce = "n-0S6_WzA2Mj-4b1c7f0e";

struct World {
  SystemRandom random;
  PrivateKey issuer;
  std::string kid;
  std::vector<PrivateKey> holders;
  std::vector<Record> records;           // of training: 4 facts always shown, 8 by choice
  std::vector<std::string> credentials;  // with all disclosures
  std::vector<HeldCredential> held;
  std::vector<Presentation> presentations;  // 3 of 8 facts, bound to kAudience and kNonce
  std::shared_ptr<const TrustRegistry> registry;
  Freshness freshness;
  std::shared_ptr<const TrustSnapshot> snapshot;  // with the list; remembers nothing
  StatusList list;                                // 2^20 entries, 1 % of them set
  std::string list_uri;
  std::string list_token;
  KeySet status_keys;
  RoleProfile profile;                           // ten requirements: five of facts, five of courses
  Taxonomies taxonomies;                         // that know the courses
  Duty duty;                                     // the whole of today
  std::optional<VerifiedPresentation> passport;  // 25 records of training of one holder; always there
};

// Ends the process with a message when anything fails: a benchmark of broken things measures nothing.
std::unique_ptr<World> MakeWorld();

CredentialTerms TermsOf(const World& world, std::size_t holder);
// The three facts that are shown.
const std::vector<std::string>& ShownFacts();

}  // namespace passport::bench
