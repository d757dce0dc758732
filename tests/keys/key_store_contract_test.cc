// What every key store promises, whether its keys lie in a folder or in a hardware module.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

#include "credential/crypto/jwk.h"
#include "keys/pkcs11_key_store.h"
#include "keys/sealing.h"
#include "signer/remote_key_store.h"
#include "signer/signer_server.h"
#include "tests/keys/key_store_fixture.h"
#include "tests/keys/soft_hsm.h"

namespace passport {
namespace {

enum class Kind { kFolder, kToken, kSigner };

class KeyStoreContract : public KeyStoreFixture, public ::testing::WithParamInterface<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() != Kind::kToken) return KeyStoreFixture::SetUp();
    place_ = SoftHsm::Get().MakeToken();
    const Result<void> made = Pkcs11KeyStore::Create(folder(), place_, SecretOf(SoftHsm::kPin), random_);
    ASSERT_TRUE(made.ok()) << made.fault().detail;
  }
  std::unique_ptr<KeyStore> Open() {
    if (GetParam() == Kind::kFolder) return Moved(KeyStoreFixture::Open());
    if (GetParam() == Kind::kSigner) return Moved(OpenBehindSigner());
    return Moved(Pkcs11KeyStore::Open(folder(), place_, SecretOf(SoftHsm::kPin), random_));
  }

 private:
  // A signer of its own for each, as for a service and a tool on one folder.
  Result<RemoteKeyStore> OpenBehindSigner() {
    behind_.push_back(Moved(KeyStoreFixture::Open()));
    Listening listening = ListenSomewhere().value();
    signers_.push_back(std::make_unique<SignerServer>(std::move(listening.socket), *behind_.back(),
                                                      SignerTerms{.user = ::geteuid(), .process = std::nullopt}));
    return RemoteKeyStore::Connect(listening.address, {::geteuid()});
  }
  template <class Store>
  static std::unique_ptr<KeyStore> Moved(Result<Store> opened) {
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.fault().detail);
    return std::make_unique<Store>(std::move(opened).value());
  }
  Pkcs11Place place_;
  std::vector<std::unique_ptr<KeyStore>> behind_;
  std::vector<std::unique_ptr<SignerServer>> signers_;
};

INSTANTIATE_TEST_SUITE_P(Folder, KeyStoreContract, ::testing::Values(Kind::kFolder));
INSTANTIATE_TEST_SUITE_P(Signer, KeyStoreContract, ::testing::Values(Kind::kSigner));
INSTANTIATE_TEST_SUITE_P(Pkcs11, KeyStoreContract, ::testing::Values(Kind::kToken));

const KeyInfo* Find(const std::vector<KeyInfo>& list, std::string_view kid) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const KeyInfo& info) { return info.kid == kid; });
  return found == list.end() ? nullptr : &*found;
}

TEST_P(KeyStoreContract, KeepsKeysFromOneOpeningToTheNext) {
  std::string kid;
  {
    const std::unique_ptr<KeyStore> store_held = Open();
    KeyStore& store = *store_held;
    EXPECT_TRUE(store.List().empty());
    kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  const std::vector<KeyInfo> list = store.List();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kid, kid);
  EXPECT_EQ(list[0].owner, KeyOwner(Trust()));
  EXPECT_EQ(list[0].role, KeyRole::kIssue);
  EXPECT_EQ(list[0].state, KeyState::kActive);
  EXPECT_EQ(list[0].created_at, kNow);
  EXPECT_EQ(list[0].activated_at, kNow);
  EXPECT_EQ(list[0].retired_at, std::nullopt);
  EXPECT_EQ(Thumbprint(list[0].point.value()), kid);
}

TEST_P(KeyStoreContract, SignsWhatThePublishedPointVerifies) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  const std::string kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  const PublicKey published = PublicKey::Import(store.List()[0].point.value()).value();
  const Digest digest = Sha256("header.payload");
  EXPECT_TRUE(published.Verify(digest, signer->Sign(digest).value()));
  EXPECT_EQ(signer->public_key(), published);
}

TEST_P(KeyStoreContract, NeverGivesAKeyOfAnotherRoleOrOwner) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  for (const KeyRole made : AllKeyRoles()) {
    if (IsSecretRole(made)) continue;
    const OrganisationId owner = OrganisationId::Parse("ods:" + std::to_string(static_cast<int>(made))).value();
    ASSERT_TRUE(store.Generate(owner, made, KeyState::kActive, kNow).ok());
    for (const KeyRole asked : AllKeyRoles()) {
      EXPECT_EQ(store.SignerFor(owner, asked).ok(), asked == made) << WordOf(made) << " asked for " << WordOf(asked);
      EXPECT_EQ(FaultOf(store.SignerFor(Trust(), asked)).reason, Reason::kKeyState);
      EXPECT_EQ(FaultOf(store.SignerFor(KeyOwner::Service(), asked)).reason, Reason::kKeyState);
    }
  }
}

TEST_P(KeyStoreContract, SignsOnlyWithActiveKeys) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  const std::string kid = store.Generate(Trust(), KeyRole::kStatus, KeyState::kStaged, kNow).value();
  EXPECT_EQ(FaultOf(store.SignerFor(Trust(), KeyRole::kStatus)).reason, Reason::kKeyState);
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kActive, kNow + Seconds{60}).ok());
  const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kStatus).value();
  EXPECT_TRUE(signer->Sign(Sha256("x")).ok());
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kRetired, kNow + Seconds{120}).ok());
  EXPECT_EQ(FaultOf(signer->Sign(Sha256("x"))).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOf(store.SignerFor(Trust(), KeyRole::kStatus)).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOf(store.ChangeState(kid, KeyState::kActive, kNow)).reason, Reason::kKeyState);
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kCompromised, kNow + Seconds{180}).ok());

  const std::vector<KeyInfo> list = Open()->List();
  const KeyInfo* const info = Find(list, kid);
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->state, KeyState::kCompromised);
  EXPECT_EQ(info->created_at, kNow);
  EXPECT_EQ(info->activated_at, kNow + Seconds{60});
  EXPECT_EQ(info->retired_at, kNow + Seconds{120});
  EXPECT_EQ(info->compromised_at, kNow + Seconds{180});
}

TEST_P(KeyStoreContract, RotatesWithoutAGap) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  const std::string old_kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  EXPECT_EQ(FaultOf(store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow)).reason, Reason::kKeyState);
  const std::string new_kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kStaged, kNow).value();
  const std::shared_ptr<Signer> old_signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  EXPECT_EQ(Thumbprint(old_signer->public_key().point()), old_kid);
  ASSERT_TRUE(store.ChangeState(new_kid, KeyState::kActive, kNow + Seconds{1}).ok());
  EXPECT_TRUE(old_signer->Sign(Sha256("x")).ok());
  const std::shared_ptr<Signer> new_signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  EXPECT_EQ(Thumbprint(new_signer->public_key().point()), new_kid);
  ASSERT_TRUE(store.ChangeState(old_kid, KeyState::kRetired, kNow + Seconds{2}).ok());
  EXPECT_TRUE(new_signer->Sign(Sha256("x")).ok());
}

TEST_P(KeyStoreContract, RefusesWhatIsNotThereOrNotABeginning) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  EXPECT_EQ(FaultOf(store.ChangeState("none", KeyState::kActive, kNow)).reason, Reason::kNotFound);
  for (const KeyState state : {KeyState::kRetired, KeyState::kCompromised}) {
    EXPECT_EQ(FaultOf(store.Generate(Trust(), KeyRole::kIssue, state, kNow)).reason, Reason::kKeyState);
  }
  EXPECT_TRUE(store.List().empty());
}

TEST_P(KeyStoreContract, SignersOutliveTheStore) {
  std::shared_ptr<Signer> signer;
  {
    const std::unique_ptr<KeyStore> store_held = Open();
    KeyStore& store = *store_held;
    ASSERT_TRUE(store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
    signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  }
  const Digest digest = Sha256("x");
  EXPECT_TRUE(signer->public_key().Verify(digest, signer->Sign(digest).value()));
}

TEST_P(KeyStoreContract, TakesUpWhatAnotherProcessDid) {
  const std::unique_ptr<KeyStore> service_held = Open();
  KeyStore& service = *service_held;
  const std::string kid = service.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  const std::shared_ptr<Signer> signer = service.SignerFor(Trust(), KeyRole::kIssue).value();
  const std::unique_ptr<KeyStore> tool_held = Open();
  KeyStore& tool = *tool_held;
  const std::string other = tool.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  ASSERT_TRUE(tool.ChangeState(kid, KeyState::kCompromised, kNow).ok());
  ASSERT_TRUE(service.Reload().ok());
  EXPECT_EQ(FaultOf(signer->Sign(Sha256("x"))).reason, Reason::kKeyState);
  EXPECT_NE(Find(service.List(), other), nullptr);
  // And a write sees it without being asked to.
  ASSERT_TRUE(service.ChangeState(other, KeyState::kRetired, kNow).ok());
  EXPECT_EQ(FaultOf(tool.ChangeState(other, KeyState::kRetired, kNow)).reason, Reason::kKeyState);
}

TEST_P(KeyStoreContract, SealsForOthers) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  EXPECT_EQ(FaultOf(store.Seal(BytesOf("x"), {})).reason, Reason::kKeyState);
  const std::string kid = store.Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, kNow).value();
  EXPECT_EQ(store.List()[0].point, std::nullopt);
  const std::vector<std::uint8_t> sealed = store.Seal(BytesOf("holder key"), BytesOf("person 1")).value();
  const std::vector<std::uint8_t> again = store.Seal(BytesOf("holder key"), BytesOf("person 1")).value();
  EXPECT_NE(sealed, again);
  const auto unsealed = [&](KeyStore& in) {
    const Secret text = in.Unseal(sealed, BytesOf("person 1")).value();
    return std::string(text.bytes().begin(), text.bytes().end());
  };
  EXPECT_EQ(unsealed(store), "holder key");
  const std::unique_ptr<KeyStore> reopened_held = Open();
  KeyStore& reopened = *reopened_held;
  EXPECT_EQ(unsealed(reopened), "holder key");
  EXPECT_EQ(FaultOf(store.Unseal(sealed, BytesOf("person 2"))).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(store.Unseal(sealed, {})).reason, Reason::kKeyStore);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::vector<std::uint8_t> flipped = sealed;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
    ASSERT_EQ(FaultOf(store.Unseal(flipped, BytesOf("person 1"))).reason, Reason::kKeyStore) << "bit " << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    ASSERT_FALSE(store.Unseal(std::span(sealed).first(length), BytesOf("person 1")).ok());
  }
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kRetired, kNow).ok());
  EXPECT_EQ(FaultOf(store.Seal(BytesOf("x"), {})).reason, Reason::kKeyState);
  EXPECT_EQ(unsealed(store), "holder key");
  ASSERT_TRUE(store.ChangeState(kid, KeyState::kCompromised, kNow).ok());
  EXPECT_EQ(FaultOf(store.Unseal(sealed, BytesOf("person 1"))).reason, Reason::kKeyState);
}

TEST_P(KeyStoreContract, SealsNothingAndAMebibyteAndNotMore) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  ASSERT_TRUE(store.Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, kNow).ok());
  EXPECT_TRUE(store.Unseal(store.Seal({}, {}).value(), {}).value().empty());
  std::vector<std::uint8_t> text(kSealedTextMax, 7);
  EXPECT_EQ(store.Unseal(store.Seal(text, {}).value(), {}).value().size(), text.size());
  text.push_back(7);
  EXPECT_EQ(FaultOf(store.Seal(text, {})).reason, Reason::kLimit);
}

TEST_P(KeyStoreContract, DigestsUnderItsOwnKeySoThatNobodyElseFindsTheValue) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  EXPECT_EQ(FaultOf(store.KeyedDigest("a", "b")).reason, Reason::kKeyState);
  ASSERT_TRUE(store.Generate(KeyOwner::Service(), KeyRole::kIndex, KeyState::kActive, kNow).ok());
  const Digest digest = store.KeyedDigest("national insurance number", "QQ123456C").value();
  EXPECT_EQ(store.KeyedDigest("national insurance number", "QQ123456C").value(), digest);
  EXPECT_EQ(Open()->KeyedDigest("national insurance number", "QQ123456C").value(), digest) << "also after opening";
  EXPECT_NE(store.KeyedDigest("national insurance number", "QQ123456D").value(), digest);
  EXPECT_NE(store.KeyedDigest("national insurance numberQ", "Q123456C").value(), digest);
  EXPECT_NE(store.KeyedDigest("", "national insurance numberQQ123456C").value(), digest);
  EXPECT_NE(Sha256("25:national insurance numberQQ123456C"), digest);
}

// RFC 4231, test cases 1 and 2 (a key of 20 bytes, a key of four letters).
TEST(HmacSha256, AgreesWithThePublishedVectors) {
  const auto hex = [](const Digest& digest) {
    std::string text;
    for (const std::uint8_t byte : digest) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 15U];
    }
    return text;
  };
  EXPECT_EQ(hex(HmacSha256(Secret(std::vector<std::uint8_t>(20, 0x0b)), BytesOf("Hi There")).value()),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(HmacSha256(Secret(BytesOf("Jefe")), BytesOf("what do ya want for nothing?")).value()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_P(KeyStoreContract, ServesEightThreadsAtOnce) {
  const std::unique_ptr<KeyStore> store_held = Open();
  KeyStore& store = *store_held;
  ASSERT_TRUE(store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
  ASSERT_TRUE(store.Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, kNow).ok());
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&store, t] {
      for (int i = 0; i < 50; ++i) {
        const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
        const Digest digest = Sha256(std::to_string(t * 1000 + i));
        ASSERT_TRUE(signer->public_key().Verify(digest, signer->Sign(digest).value()));
        ASSERT_TRUE(store.Unseal(store.Seal(digest, {}).value(), {}).ok());
        ASSERT_GE(store.List().size(), 2U);
        if (i % 10 != 0) continue;
        const std::string kid = store.Generate(Council(), KeyRole::kIssue, KeyState::kStaged, kNow).value();
        ASSERT_TRUE(store.ChangeState(kid, KeyState::kRetired, kNow).ok());
        ASSERT_TRUE(store.Reload().ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store.List().size(), 2U + 8U * 5U);
}

}  // namespace
}  // namespace passport
