#include "credential/credential/credential.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "credential/credential/verify_credential.h"
#include "credential/sdjwt/present.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

// Style 2: nothing is signed unchecked or twice, and nothing else makes a credential.
static_assert(!std::is_copy_constructible_v<PreparedCredential>);
static_assert(!std::is_copy_assignable_v<PreparedCredential>);
static_assert(!std::is_default_constructible_v<PreparedCredential>);
static_assert(std::is_nothrow_move_constructible_v<PreparedCredential>);
static_assert(!std::is_default_constructible_v<SignedCredential>);
static_assert(!std::is_default_constructible_v<Credential>);
static_assert(!std::is_constructible_v<Credential, std::string, CredentialId>);
static_assert(!std::is_constructible_v<SignedCredential, std::string>);

TrustWorld& World() { return TrustWorld::Get(); }

CredentialTerms Terms() {
  return {.issuer = World().trust.issuer,
          .holder = World().holder.public_key().point(),
          .status = {.uri = World().trust.list_uri(), .index = 9},
          .issued_at = kNow,
          .expires_at = kNow + kDay};
}

// Signs, and damages one bit of what it signed.
class FaultySigner final : public Signer {
 public:
  FaultySigner(Signer& good, std::size_t bit) : good_(good), bit_(bit) {}
  Result<Signature> Sign(const Digest& digest) override {
    TRY_ASSIGN(Signature signature, good_.Sign(digest));
    signature[bit_ / 8] = static_cast<std::uint8_t>(signature[bit_ / 8] ^ (1U << (bit_ % 8)));
    return signature;
  }
  const PublicKey& public_key() const override { return good_.public_key(); }

 private:
  Signer& good_;
  std::size_t bit_;
};

class NoSigner final : public Signer {
 public:
  Result<Signature> Sign(const Digest&) override { return Fault{Reason::kKeyState, "", "the key is retired"}; }
  const PublicKey& public_key() const override { return World().stranger.public_key(); }
};

Result<Credential> IssueWith(Signer& signer, const PublicKey& published) {
  TRY_ASSIGN(PreparedCredential prepared,
             PreparedCredential::Prepare(MakeRecord("mandatory_training"), Terms(), World().random));
  TRY_ASSIGN(SignedCredential made, IssueCredential(std::move(prepared), "kid", signer));
  return std::move(made).Release(published);
}

TEST(Credential, IsReleasedOnceTheSignatureVerifies) {
  Signer& key = World().trust.issue_key;
  const Result<Credential> credential = IssueWith(key, key.public_key());
  ASSERT_TRUE(credential.ok());
  EXPECT_EQ(credential->id().text().size(), 43U);
  EXPECT_EQ(credential->text().back(), '~');
}

TEST(Credential, LetsNothingOutWhenTheSignerFlipsABit) {
  Signer& key = World().trust.issue_key;
  for (const std::size_t bit : {0U, 7U, 255U, 256U, 300U, 511U}) {
    FaultySigner faulty(key, bit);
    EXPECT_EQ(Verdict(IssueWith(faulty, key.public_key())), "signing") << bit;
  }
}

TEST(Credential, LetsNothingOutUnderAKeyThatIsNotPublished) {
  EXPECT_EQ(Verdict(IssueWith(World().stranger, World().trust.issue_key.public_key())), "signing");
  NoSigner none;
  EXPECT_EQ(Verdict(IssueWith(none, none.public_key())), "key_state");
}

TEST(Credential, HasATimeOfLife) {
  for (const std::int64_t life : {0, -1}) {
    CredentialTerms terms = Terms();
    terms.expires_at = terms.issued_at + Seconds{life};
    EXPECT_EQ(Verdict(PreparedCredential::Prepare(MakeRecord("employment"), terms, World().random)), "time");
  }
}

TEST(Credential, SDJWT19_TakesFreshSaltsForEveryCredential) {
  const Credential first = World().Issue(MakeRecord("identity_check"), 1);
  const Credential second = World().Issue(MakeRecord("identity_check"), 1);
  EXPECT_NE(first.id(), second.id());
  const std::string one = first.text().substr(first.text().find('~'));
  const std::string two = second.text().substr(second.text().find('~'));
  EXPECT_NE(one, two);
}

// What the credential shows when every disclosure is kept back, and all that can be shown.
TEST(Credential, SDVC04_KeepsChosenFactsBackAndValidityInTheClear) {
  for (const RecordKind* kind : AllRecordKinds()) {
    const Record record = MakeRecord(kind->word);
    const Credential credential = World().Issue(record, 1);
    json::Tree tree;
    const Result<std::vector<HeldDisclosure>> disclosures = ListDisclosures(credential.text(), kSdJwtLimits, tree);
    ASSERT_TRUE(disclosures.ok());
    std::size_t by_choice = 0;
    for (const Fact& fact : record.facts()) {
      const std::string path = "/" + std::string(fact.rule->name);
      const bool listed = std::any_of(disclosures->begin(), disclosures->end(),
                                      [&](const HeldDisclosure& each) { return each.path == path; });
      EXPECT_EQ(listed, fact.rule->showing == Showing::kByChoice) << kind->word << path;
      if (listed) ++by_choice;
    }
    EXPECT_EQ(disclosures->size(), by_choice) << kind->word;
  }
}

// HOST-24: an ECDSA signature has two encodings; the credential is one.
TEST(Credential, HOST24_KeepsItsIdentityUnderTheOtherSignature) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 1);
  const std::size_t tilde = credential.text().find('~');
  const std::string other = WithOtherS(credential.text().substr(0, tilde)) + credential.text().substr(tilde);
  ASSERT_NE(other, credential.text());
  const auto snapshot = World().Snapshot();
  TrustSnapshot statuses = *snapshot;
  const std::vector<std::string> types = {"urn:staff-passport:mandatory-training:1"};
  const CredentialExpectation expected{.now = kNow,
                                       .leeway = kMinute,
                                       .allowed_algs = Es256Only(),
                                       .key_binding = NoKeyBinding{},
                                       .limits = kSdJwtLimits,
                                       .requested_vcts = types};
  for (const std::string& text : {credential.text(), other}) {
    json::Tree tree;
    const Result<VerifiedCredential> verified = VerifyCredential(text, expected, snapshot->registry(), statuses, tree);
    ASSERT_TRUE(verified.ok()) << verified.fault().detail;
    EXPECT_EQ(CredentialIdOf(verified->signing_input_digest), credential.id());
  }
}

}  // namespace
}  // namespace passport
