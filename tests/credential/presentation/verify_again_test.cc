// Presentations verified with a snapshot that remembers its issuers: every answer is that of one that does not.
#include <gtest/gtest.h>

#include "credential/passport/held_credential.h"
#include "credential/presentation/verified_presentation.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr Expectation kAskedAgain{
    .audience = "ons:E06000032", .nonce = "n-0S6_WzA2Mj", .proof_age_max = {300}, .leeway = {60}};

// Snapshots of the world that share one memory.
class PresentedAgain : public ::testing::Test {
 protected:
  std::shared_ptr<const TrustSnapshot> Remembering(const RegistryContent& content, const StatusEntries& entries = {}) {
    TrustSnapshot::Builder builder(
        std::make_shared<const TrustRegistry>(
            TrustRegistry::Read(world.RegistryToken(content), world.pinned, kNow, kMinute).value()),
        kFreshness);
    EXPECT_TRUE(
        builder.AddStatusToken(world.trust.list_uri(), world.StatusToken(world.trust, entries), kNow, kMinute).ok());
    builder.Remember(memory);
    return std::move(builder).Build();
  }
  std::string Bound(const Credential& credential, Signer& holder, std::string_view nonce = kAskedAgain.nonce) {
    const Result<HeldCredential> held = HeldCredential::Read(credential.text(), *world.Registry(), kNow, kMinute);
    EXPECT_TRUE(held.ok());
    const BindingTerms terms{.audience = kAskedAgain.audience, .nonce = nonce, .made_at = kNow, .purpose = {}};
    return held->Present(std::vector<std::string>{"achieved_on"}, terms, holder).value();
  }
  static std::string Judge(const std::string& token, const TrustSnapshot& snapshot) {
    const Result<VerifiedPresentation> verified =
        VerifyPresentation({.credentials = {token}}, kAskedAgain, snapshot, kNow);
    return verified.ok() ? std::string(WordOf(verified->WorstStanding())) : Words(verified.fault());
  }

  TrustWorld& world = TrustWorld::Get();
  std::shared_ptr<IssuerMemory> memory =
      std::make_shared<IssuerMemory>(IssuerMemory::Limits{.tables = 1, .sightings = 1000, .verdicts = 1024});
  Credential training = world.Issue(MakeRecord("mandatory_training"), 1);
};

TEST_F(PresentedAgain, ASnapshotRemembersNothingUnlessItIsTold) {
  EXPECT_EQ(world.Snapshot()->memory(), nullptr);
  EXPECT_NE(Remembering(world.Content())->memory(), nullptr);
}

TEST_F(PresentedAgain, TheIssuersSignatureIsRememberedAndTheHoldersNever) {
  const auto snapshot = Remembering(world.Content());
  const std::string token = Bound(training, world.holder);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Judge(token, *snapshot), "good");
  EXPECT_EQ(memory->counts().stock, 1U) << "one signature of an issuer, and no proof of a holder";
  EXPECT_EQ(memory->counts().remembered, 2U);
  const std::size_t proof = token.rfind('.') + 10;
  std::string altered = token;
  altered[proof] = altered[proof] == 'A' ? 'B' : 'A';
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Judge(altered, *snapshot), "kb_sig KB-03");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Judge(Bound(training, world.other_holder), *snapshot), "kb_sig KB-03");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Judge(Bound(training, world.holder, "old"), *snapshot), "kb_nonce KB-06");
}

TEST_F(PresentedAgain, ANewListIsReadAndTheSignatureRemembered) {
  const std::string token = Bound(training, world.holder);
  EXPECT_EQ(Judge(token, *Remembering(world.Content())), "good");
  EXPECT_EQ(Judge(token, *Remembering(world.Content(), {{1, 1}})), "revoked");
  EXPECT_EQ(Judge(token, *Remembering(world.Content(), {{1, 2}})), "suspended");
  EXPECT_EQ(memory->counts().remembered, 2U) << "the registry is the same";
}

TEST_F(PresentedAgain, ANewRegistryStartsAnew) {
  const std::string token = Bound(training, world.holder);
  EXPECT_EQ(Judge(token, *Remembering(world.Content())), "good");
  RegistryContent next = world.Content();
  ++next.sequence;
  EXPECT_EQ(Judge(token, *Remembering(next)), "good");
  EXPECT_EQ(memory->counts().remembered, 0U);
  ++next.sequence;
  next.organisations[0].issue_keys = {ListedKey(NewKey())};
  EXPECT_EQ(Judge(token, *Remembering(next)), "key SDVC-08");
}

}  // namespace
}  // namespace passport
