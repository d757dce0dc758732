// A real module through the C interface: what it keeps to itself, and what happens when it does not answer.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <thread>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "keys/ec_point.h"
#include "keys/key_place.h"
#include "keys/pkcs11_key_store.h"
#include "tests/keys/key_store_fixture.h"
#include "tests/keys/soft_hsm.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

class Pkcs11 : public KeyStoreFixture {
 protected:
  void SetUp() override {
    hsm().Back();
    place_ = hsm().MakeToken();
    const Result<void> made = Pkcs11KeyStore::Create(folder(), place_, SecretOf(SoftHsm::kPin), random_);
    ASSERT_TRUE(made.ok()) << made.fault().detail;
  }
  void TearDown() override { hsm().Back(); }
  static SoftHsm& hsm() { return SoftHsm::Get(); }

  Result<Pkcs11KeyStore> Open(std::string_view pin = SoftHsm::kPin) {
    return Pkcs11KeyStore::Open(folder(), place_, SecretOf(pin), random_);
  }
  // All that a service uses: a pair that signs, a sealing key, an index key.
  static void MakeKeys(KeyStore& store) {
    ASSERT_TRUE(store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
    ASSERT_TRUE(store.Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, kNow).ok());
    ASSERT_TRUE(store.Generate(KeyOwner::Service(), KeyRole::kIndex, KeyState::kActive, kNow).ok());
  }
  // Modules that were away are asked again after a moment.
  static void WaitUntilAskedAgain() { std::this_thread::sleep_for(std::chrono::milliseconds(250)); }

  Pkcs11Place place_;
};

// A session of the test's own on the store's token, which is logged in.
class Look {
 public:
  Look(SoftHsm& hsm, const std::string& token) : module_(hsm.module()) {
    EXPECT_EQ(
        module_.C_OpenSession(hsm.SlotOf(token), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session_),
        CKR_OK);
  }
  Look(const Look&) = delete;
  Look& operator=(const Look&) = delete;
  ~Look() { module_.C_CloseSession(session_); }

  std::vector<CK_OBJECT_HANDLE> All(CK_OBJECT_CLASS kind) {
    CK_ATTRIBUTE sought{CKA_CLASS, &kind, sizeof kind};
    std::vector<CK_OBJECT_HANDLE> objects(100);
    CK_ULONG count = 0;
    EXPECT_EQ(module_.C_FindObjectsInit(session_, &sought, 1), CKR_OK);
    EXPECT_EQ(module_.C_FindObjects(session_, objects.data(), objects.size(), &count), CKR_OK);
    EXPECT_EQ(module_.C_FindObjectsFinal(session_), CKR_OK);
    objects.resize(count);
    return objects;
  }
  CK_RV Read(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    std::array<std::uint8_t, 256> bytes{};
    CK_ATTRIBUTE asked{type, bytes.data(), bytes.size()};
    return module_.C_GetAttributeValue(session_, object, &asked, 1);
  }
  bool Is(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    CK_BBOOL flag = 2;
    CK_ATTRIBUTE asked{type, &flag, sizeof flag};
    EXPECT_EQ(module_.C_GetAttributeValue(session_, object, &asked, 1), CKR_OK);
    return flag == CK_TRUE;
  }

 private:
  CK_FUNCTION_LIST& module_;
  CK_SESSION_HANDLE session_ = CK_INVALID_HANDLE;
};

TEST_F(Pkcs11, NoKeyCanBeReadOutOfTheToken) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  Look look(hsm(), place_.token);
  const std::vector<CK_OBJECT_HANDLE> pairs = look.All(CKO_PRIVATE_KEY);
  const std::vector<CK_OBJECT_HANDLE> secrets = look.All(CKO_SECRET_KEY);
  ASSERT_EQ(pairs.size(), 1U);
  ASSERT_EQ(secrets.size(), 3U) << "seal, index and the ring key";
  for (const auto* keys : {&pairs, &secrets}) {
    for (const CK_OBJECT_HANDLE key : *keys) {
      EXPECT_EQ(look.Read(key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
      EXPECT_TRUE(look.Is(key, CKA_SENSITIVE));
      EXPECT_FALSE(look.Is(key, CKA_EXTRACTABLE));
      EXPECT_TRUE(look.Is(key, CKA_NEVER_EXTRACTABLE));
      EXPECT_FALSE(look.Is(key, CKA_UNWRAP));
    }
  }
  EXPECT_TRUE(look.Is(pairs[0], CKA_SIGN));
  EXPECT_FALSE(look.Is(pairs[0], CKA_DECRYPT));
  for (const CK_OBJECT_HANDLE key : secrets) {
    EXPECT_NE(look.Is(key, CKA_ENCRYPT), look.Is(key, CKA_SIGN)) << "one use each";
    EXPECT_FALSE(look.Is(key, CKA_WRAP));
  }
}

// What others see: the tool of OpenSC, which shares no code with us.
TEST_F(Pkcs11, AnotherToolSeesKeysThatNeverLeave) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  const std::string command = "pkcs11-tool --module " + SoftHsm::MakersModule() + " --token-label " + place_.token +
                              " --login --pin " + std::string(SoftHsm::kPin) + " --list-objects --type privkey 2>&1";
  std::string output;
  std::array<char, 512> part{};
  FILE* const pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) output += part.data();
  EXPECT_EQ(::pclose(pipe), 0) << output;
  EXPECT_THAT(output, HasSubstr("staff-passport ods:RC9 issue"));
  EXPECT_THAT(output, HasSubstr("sensitive, always sensitive, never extractable, local"));
}

TEST_F(Pkcs11, TheFolderHoldsNoSecretAndIsRefusedWhenAltered) {
  std::string kid;
  {
    Pkcs11KeyStore store = Open().value();
    kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  const std::filesystem::path file = folder() / (kid + ".key");
  const std::string text = ReadText(file);
  Pkcs11KeyStore store = Open().value();
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(static_cast<unsigned char>(flipped[bit / 8]) ^ (1U << (bit % 8)));
    WriteText(file, flipped);
    ASSERT_EQ(FaultOf(store.Reload()).reason, Reason::kKeyStore) << "bit " << bit;
  }
  std::string revived = text;
  revived.replace(revived.find("\"issue\""), 7, "\"registry\"");
  WriteText(file, revived);
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  WriteText(file, text);
  const std::string header = ReadText(folder() / "keystore");
  for (std::size_t bit = 0; bit < header.size() * 8; ++bit) {
    std::string flipped = header;
    flipped[bit / 8] = static_cast<char>(static_cast<unsigned char>(flipped[bit / 8]) ^ (1U << (bit % 8)));
    WriteText(folder() / "keystore", flipped);
    ASSERT_EQ(FaultOf(Open()).reason, Reason::kKeyStore) << "bit " << bit;
  }
}

TEST_F(Pkcs11, AFolderOfAnotherTokenIsRefused) {
  const Pkcs11Place other = hsm().MakeToken();
  ASSERT_TRUE(Pkcs11KeyStore::Create(folder("other"), other, SecretOf(SoftHsm::kPin), random_).ok());
  std::filesystem::copy_file(folder("other") / "keystore", folder() / "keystore",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore) << "another label";
  place_.token = other.token;
  EXPECT_TRUE(Open().ok());
  place_ = hsm().MakeToken();
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
}

TEST_F(Pkcs11, AWrongPinIsTriedOnceAndNeverAgain) {
  const long before = hsm().logins();
  const Fault fault = FaultOf(Open("00000000"));
  EXPECT_EQ(fault.reason, Reason::kPassphrase);
  EXPECT_THAT(fault.detail, HasSubstr("PIN"));
  EXPECT_EQ(hsm().logins(), before + 1);
  EXPECT_TRUE(Open().ok());
}

TEST_F(Pkcs11, APinThatWasChangedMeanwhileIsNotTriedUntilTheTokenLocks) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  const CK_SLOT_ID slot = hsm().SlotOf(place_.token);
  std::string old_pin(SoftHsm::kPin);
  std::string new_pin = "24680135";
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  ASSERT_EQ(hsm().module().C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session),
            CKR_OK);
  ASSERT_EQ(hsm().module().C_SetPIN(session, reinterpret_cast<CK_UTF8CHAR_PTR>(old_pin.data()), old_pin.size(),
                                    reinterpret_cast<CK_UTF8CHAR_PTR>(new_pin.data()), new_pin.size()),
            CKR_OK);
  ASSERT_EQ(hsm().module().C_CloseAllSessions(slot), CKR_OK);
  const long before = hsm().logins();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(FaultOf(store.Seal(BytesOf("x"), {})).reason, Reason::kPassphrase);
    WaitUntilAskedAgain();
  }
  EXPECT_EQ(hsm().logins(), before + 1);
}

TEST_F(Pkcs11, ALostSessionIsReplacedWithoutAFailedCall) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  const std::vector<std::uint8_t> sealed = store.Seal(BytesOf("data"), BytesOf("whose")).value();
  const Digest digest = Sha256("x");
  for (int round = 0; round < 5; ++round) {
    ASSERT_EQ(hsm().module().C_CloseAllSessions(hsm().SlotOf(place_.token)), CKR_OK);
    const Result<Signature> signature = signer->Sign(digest);
    ASSERT_TRUE(signature.ok()) << signature.fault().detail;
    EXPECT_TRUE(signer->public_key().Verify(digest, *signature));
    ASSERT_EQ(hsm().module().C_CloseAllSessions(hsm().SlotOf(place_.token)), CKR_OK);
    EXPECT_TRUE(store.Unseal(sealed, BytesOf("whose")).ok());
    ASSERT_EQ(hsm().module().C_CloseAllSessions(hsm().SlotOf(place_.token)), CKR_OK);
    EXPECT_TRUE(store.KeyedDigest("a", "b").ok());
  }
}

TEST_F(Pkcs11, WhileTheModuleIsAwayEverythingIsRefusedAndItComesBackByItself) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  const std::vector<std::uint8_t> sealed = store.Seal(BytesOf("data"), {}).value();
  const std::vector<KeyInfo> before = store.List();
  hsm().FailAfter(0);
  for (int i = 0; i < 3; ++i) {
    const Fault fault = FaultOf(signer->Sign(Sha256("x")));
    EXPECT_EQ(fault.reason, Reason::kSigning);
    EXPECT_THAT(fault.detail, HasSubstr("module"));
    EXPECT_EQ(FaultOf(store.Seal(BytesOf("x"), {})).reason, Reason::kSigning);
    EXPECT_EQ(FaultOf(store.Unseal(sealed, {})).reason, Reason::kSigning);
    EXPECT_EQ(FaultOf(store.KeyedDigest("a", "b")).reason, Reason::kSigning);
    EXPECT_EQ(FaultOf(store.MakeHolderKey({})).reason, Reason::kSigning);
    EXPECT_EQ(FaultOf(store.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow)).reason, Reason::kSigning);
    EXPECT_EQ(FaultOf(store.ChangeState(before[0].kid, KeyState::kRetired, kNow)).reason, Reason::kSigning);
    WaitUntilAskedAgain();
  }
  EXPECT_EQ(store.List().size(), before.size());
  EXPECT_TRUE(store.Reload().ok()) << "what is known stays known";
  hsm().Back();
  WaitUntilAskedAgain();
  EXPECT_TRUE(signer->Sign(Sha256("x")).ok());
  EXPECT_TRUE(store.Unseal(sealed, {}).ok());
  EXPECT_TRUE(store.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
}

// The module is pulled out at every single call of making and changing keys.
TEST_F(Pkcs11, AModuleThatGoesAwayAtAnyStepLeavesNothingHalfDone) {
  std::size_t made = 0;
  int steps = 0;
  for (long calls = 0;; ++calls, ++steps) {
    Pkcs11KeyStore store = Open().value();
    hsm().FailAfter(calls);
    const Result<std::string> kid = store.Generate(Trust(), KeyRole::kIssue, KeyState::kStaged, kNow);
    const Result<void> activated =
        kid.ok() ? store.ChangeState(*kid, KeyState::kActive, kNow) : Result<void>(kid.fault());
    hsm().Back();
    if (kid.ok()) ++made;
    WaitUntilAskedAgain();
    Pkcs11KeyStore again = Open().value();
    std::size_t active = 0;
    for (const KeyInfo& info : again.List()) active += info.state == KeyState::kActive ? 1 : 0;
    ASSERT_EQ(again.List().size(), made) << "after " << calls << " calls";
    ASSERT_EQ(active, activated.ok() ? 1U : 0U);
    if (activated.ok()) break;
    EXPECT_EQ(activated.fault().reason, Reason::kSigning) << activated.fault().detail;
    ASSERT_LT(calls, 200);
  }
  EXPECT_GT(steps, 8);
  Pkcs11KeyStore store = Open().value();
  EXPECT_TRUE(store.SignerFor(Trust(), KeyRole::kIssue).value()->Sign(Sha256("x")).ok());
}

TEST_F(Pkcs11, AChildOfTheProcessThatLoggedInSignsNothing) {
  Pkcs11KeyStore store = Open().value();
  MakeKeys(store);
  const std::shared_ptr<Signer> signer = store.SignerFor(Trust(), KeyRole::kIssue).value();
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<Signature> signature = signer->Sign(Sha256("x"));
    ::_exit(!signature.ok() && signature.fault().reason == Reason::kSigning ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_TRUE(signer->Sign(Sha256("x")).ok());
}

TEST_F(Pkcs11, SaysWhatIsMissing) {
  const auto open = [&](const Pkcs11Place& place) {
    return FaultOf(Pkcs11Token::Open(place, SecretOf(SoftHsm::kPin)));
  };
  const Fault no_token = open({.module = place_.module, .token = "no-such-token"});
  EXPECT_EQ(no_token.reason, Reason::kKeyStore);
  EXPECT_THAT(no_token.detail, HasSubstr("no-such-token"));
  EXPECT_EQ(open({.module = "/no/such/module.so", .token = place_.token}).reason, Reason::kKeyStore);
  EXPECT_EQ(open({.module = "libz.so.1", .token = place_.token}).reason, Reason::kKeyStore);
  hsm().MakeTokenLabelled("twins");
  hsm().MakeTokenLabelled("twins");
  const Fault twins = open({.module = place_.module, .token = "twins"});
  EXPECT_EQ(twins.reason, Reason::kKeyStore);
  EXPECT_THAT(twins.detail, HasSubstr("more than one"));
}

TEST_F(Pkcs11, AStoreOfTheOtherKindIsNoDamage) {
  const KeyPlace as_folder{.folder = folder(), .module = std::nullopt};
  EXPECT_THAT(FaultOf(OpenKeyStore(as_folder, SecretOf(SoftHsm::kPin), random_)).detail, HasSubstr("hardware module"));
  ASSERT_TRUE(Make(folder("files")).ok());
  const KeyPlace as_token{.folder = folder("files"), .module = place_};
  EXPECT_THAT(FaultOf(OpenKeyStore(as_token, SecretOf(kWords), random_)).detail, HasSubstr("in the folder"));
  const KeyPlace right{.folder = folder(), .module = place_};
  EXPECT_TRUE(OpenKeyStore(right, SecretOf(SoftHsm::kPin), random_).ok());
}

TEST_F(Pkcs11, AKeyThatTheTokenLostIsNoticedAtOpening) {
  {
    Pkcs11KeyStore store = Open().value();
    ASSERT_TRUE(store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
  }
  const std::shared_ptr<Pkcs11Token> token = Pkcs11Token::Open(place_, SecretOf(SoftHsm::kPin)).value();
  {
    Pkcs11KeyStore store = Open().value();
    ObjectId id(32);
    ASSERT_TRUE(DecodeBase64UrlInto(store.List()[0].kid, id).ok());
    token->Destroy(id);
  }
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
}

// X, Y of a point on the curve: the base point of P-256 (SEC 2, 2.4.2).
TEST(EcPoint, DecodesUncompressedPointsOnTheCurveAndNothingElse) {
  const std::vector<std::uint8_t> xy = DecodeBase64Url(
                                           "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li_hp_m47n60p8D54W"
                                           "K84zV2sxXs7LtkBoN79R9Q")
                                           .value();
  ASSERT_EQ(xy.size(), 64U);
  const auto with = [&](std::vector<std::uint8_t> before, std::size_t length = 64) {
    before.insert(before.end(), xy.begin(), xy.begin() + static_cast<std::ptrdiff_t>(length));
    return before;
  };
  EXPECT_TRUE(DecodeEcPoint(with({0x04, 0x41, 0x04})).ok());
  EXPECT_TRUE(DecodeEcPoint(with({0x04})).ok());
  std::vector<std::uint8_t> off_curve = with({0x04, 0x41, 0x04});
  off_curve.back() ^= 1;
  std::vector<std::uint8_t> longer = with({0x04, 0x41, 0x04});
  longer.push_back(0);
  for (const std::vector<std::uint8_t>& wrong :
       {std::vector<std::uint8_t>{}, with({}), with({0x03}), with({0x04, 0x41, 0x04}, 63), with({0x04, 0x40, 0x04}),
        with({0x03, 0x41, 0x04}), with({0x04, 0x41, 0x03}), with({0x04, 0x41, 0x02}, 32), with({0x02}, 32), longer,
        with({0x04, 0x81, 0x41, 0x04}), off_curve, std::vector<std::uint8_t>(67, 0)}) {
    EXPECT_EQ(FaultOf(DecodeEcPoint(wrong)).reason, Reason::kKeyStore) << wrong.size();
  }
}

}  // namespace
}  // namespace passport
