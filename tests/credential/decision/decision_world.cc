#include "tests/credential/decision/decision_world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "credential/passport/held_credential.h"

namespace passport {
namespace {

constexpr std::string_view kAudience = "ons:E06000032";
constexpr std::string_view kNonce = "nonce";

std::shared_ptr<const TrustSnapshot> SnapshotOf(const StatusEntries& entries, RegistryAge age) {
  TrustWorld& world = TrustWorld::Get();
  if (age == RegistryAge::kFresh) return world.Snapshot(entries);
  RegistryContent content = world.Content();
  content.issued_at = kNow - kDay;
  content.next_update = kNow - kFreshness.registry_grace;
  auto registry = std::make_shared<const TrustRegistry>(
      *TrustRegistry::Read(world.RegistryToken(content), world.pinned, kNow, kMinute));
  TrustSnapshot::Builder builder(registry, kFreshness);
  if (!builder.AddStatusToken(world.trust.list_uri(), world.StatusToken(world.trust, entries), kNow, kMinute).ok()) {
    std::abort();
  }
  return std::move(builder).Build();
}

}  // namespace

VerifiedPresentation Verified(const std::vector<Shown>& shown, std::vector<CredentialId>* ids, RegistryAge age) {
  TrustWorld& world = TrustWorld::Get();
  StatusEntries entries;
  Presentation presentation;
  const std::shared_ptr<const TrustRegistry> registry = world.Registry();
  for (std::uint32_t slot = 0; slot < shown.size(); ++slot) {
    const Record record = MakeRecord(shown[slot].kind, shown[slot].changes);
    if (shown[slot].status != 0) entries[slot] = shown[slot].status;
    const Credential credential = world.Issue(record, slot);
    const Result<HeldCredential> held = HeldCredential::Read(credential.text(), *registry, kNow, kMinute);
    std::vector<std::string> facts;
    for (const Fact& fact : record.facts()) {
      const auto& back = shown[slot].keep_back;
      if (std::find(back.begin(), back.end(), fact.rule->name) == back.end()) facts.emplace_back(fact.rule->name);
    }
    presentation.credentials.push_back(
        *held->Present(facts, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, world.holder));
    if (ids != nullptr) ids->push_back(credential.id());
  }
  const Expectation expected{.audience = kAudience, .nonce = kNonce, .proof_age_max = {300}, .leeway = {60}};
  Result<VerifiedPresentation> verified = VerifyPresentation(presentation, expected, *SnapshotOf(entries, age), kNow);
  if (!verified.ok()) {
    std::fprintf(stderr, "decision world: %s\n", verified.fault().detail.c_str());
    std::abort();
  }
  return std::move(verified).value();
}

std::string ProfileText(std::string_view any_of, int expiring_within_days) {
  return R"({"id":"test","version":1,"title":"Test","effective_from":"2026-01-01","expiring_within_days":)" +
         std::to_string(expiring_within_days) + R"(,"requirements":[{"id":"it","needs":"it","any_of":[)" +
         std::string(any_of) + "]}]}";
}

RoleProfile Profile(std::string_view any_of, int expiring_within_days) {
  Result<RoleProfile> profile = RoleProfile::Parse(ProfileText(any_of, expiring_within_days));
  if (!profile.ok()) {
    std::fprintf(stderr, "decision world: %s\n", profile.fault().detail.c_str());
    std::abort();
  }
  return std::move(profile).value();
}

CivilDay DayOf(std::string_view text) {
  const Result<CivilDay> day = CivilDay::Parse(text);
  if (!day.ok()) std::abort();
  return *day;
}

}  // namespace passport
