// A region under attack: what attackers have (keys of any role, tokens they signed themselves), and what receivers say.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/presentation/verified_presentation.h"
#include "passport-service/acts/key_certificates.h"
#include "tests/service/acts/relying_world.h"

namespace passport {

// A key that fell into the wrong hands, with the names its tokens may bear.
struct LootedKey {
  std::string what;  // "issue key of the trust"
  SigningKey key;
};

struct ThreatWorld : RelyingWorld {
  // One for every role and owner that signs.
  std::vector<LootedKey> Loot();
  SigningKey KeyOf(const KeyOwner& owner, KeyRole role);

  // A moving and handling credential in the name of `issuer`, signed with that key.
  struct Forgery {
    std::string issuer = "https://passport.example/issuers/ods-RC9";
    std::string status_uri = "https://passport.example/status/ods-RC9/1.jwt";
    std::uint32_t slot = 4242;
    Instant issued_at;
  };
  std::string Forge(const Forgery& forgery, const SigningKey& key);
  // "good", or the word of the fault or of the standing, as any receiver would judge it now.
  std::string Judged(const std::string& credential);

  // Every entry valid, in the name of that list.
  std::string ForgeList(const std::string& uri, const SigningKey& key);
  // "ok" or the word of the fault when receivers take up that list.
  std::string TakenUp(const std::string& uri, const std::string& token);
  // The same of a registry.
  std::string Read(const std::string& registry);

  std::shared_ptr<const TrustSnapshot> Snapshot() { return trust_in_force.Get().trust; }
};

}  // namespace passport
