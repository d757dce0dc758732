#include "bench/verification.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "credential/credential/verify_credential.h"
#include "credential/status/status_token.h"

namespace passport::bench {
namespace {

using SharedSnapshot = std::shared_ptr<const TrustSnapshot>;

// A snapshot as the source of statuses.
class Statuses final : public StatusSource {
 public:
  explicit Statuses(const TrustSnapshot& snapshot) : snapshot_(snapshot) {}
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) override {
    return snapshot_.Read(reference, issuer, at);
  }

 private:
  const TrustSnapshot& snapshot_;
};

bool VerifiesCredential(const World& world, const TrustSnapshot& snapshot, std::size_t i) {
  static const std::vector<std::string> types = {std::string(FindRecordKind("mandatory_training")->vct)};
  const CredentialExpectation expected{.now = kNow,
                                       .leeway = {60},
                                       .allowed_algs = Es256Only(),
                                       .key_binding = NoKeyBinding{},
                                       .limits = kSdJwtLimits,
                                       .requested_vcts = types};
  Statuses statuses(snapshot);
  json::Tree tree;
  const auto verified =
      VerifyCredential(world.credentials[i], expected, snapshot.registry(), statuses, tree, snapshot.memory());
  return verified.ok() && verified->status.ok();
}

bool VerifiesPresentation(const World& world, const TrustSnapshot& snapshot, std::size_t i) {
  const Expectation expected{.audience = kAudience, .nonce = kNonce, .proof_age_max = {300}, .leeway = {60}};
  const auto verified = VerifyPresentation(world.presentations[i], expected, snapshot, kNow);
  return verified.ok() && verified->WorstStanding() == Standing::kGood;
}

// The same world, remembering. What is to be remembered has been seen when this returns.
SharedSnapshot Remembering(const World& world, IssuerMemory::Limits limits) {
  TrustSnapshot::Builder builder(world.registry, world.freshness);
  builder.StartFrom(*world.snapshot);
  auto memory = std::make_shared<IssuerMemory>(limits);
  builder.Remember(memory);
  SharedSnapshot snapshot = std::move(builder).Build();
  for (std::size_t i = 0; i < kHolders; ++i) {
    if (!VerifiesCredential(world, *snapshot, i)) std::abort();
  }
  if (memory->tables() != limits.tables) std::abort();
  return snapshot;
}

void RegisterWith(const World& world, const SharedSnapshot& snapshot, const char* credential,
                  const char* presentation) {
  Measure(credential, [&world, snapshot](std::size_t i) { return VerifiesCredential(world, *snapshot, i); });
  Measure(presentation, [&world, snapshot](std::size_t i) { return VerifiesPresentation(world, *snapshot, i); });
}

// A list as it comes from the network: verify, inflate, look one entry up.
bool ReadsColdStatus(const World& world, std::size_t i) {
  const StatusTokenRules rules{.now = kNow,
                               .leeway = {60},
                               .allowed_algs = Es256Only(),
                               .token_bytes = kStatusTokenBytesMax,
                               .inflated_bytes = kStatusInflatedBytesMax};
  const Result<StatusListToken> list = VerifyStatusToken(world.list_token, world.list_uri, world.status_keys, rules);
  return list.ok() && list->list.At(i * 4096 + i).ok();
}

}  // namespace

void RegisterVerification(World& world) {
  RegisterWith(world, world.snapshot, "verify_credential", "verify_presentation");
  RegisterWith(world, Remembering(world, {.tables = 1, .sightings = 1, .verdicts = 0}),
               "verify_credential_known_issuer", "verify_presentation_known_issuer");
  Measure("verify_again", [&world, snapshot = Remembering(world, {.tables = 0, .sightings = 0, .verdicts = 65'536})](
                              std::size_t i) { return VerifiesCredential(world, *snapshot, i); });
  Measure("status_warm", [&](std::size_t i) {
    const Result<std::uint8_t> value = world.list.At(i * 4096 + i);
    return value.ok() && *value <= 1;
  });
  Measure("status_cold", [&](std::size_t i) { return ReadsColdStatus(world, i); });
}

}  // namespace passport::bench
