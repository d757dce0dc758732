// The signer on its socket: whom it answers, what it signs, what it survives.
#include "signer/signer_server.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "credential/crypto/jwk.h"
#include "keys/file_key_store.h"
#include "signer/remote_key_store.h"
#include "tests/keys/key_store_fixture.h"
#include "tests/signer/sample_messages.h"
#include "tests/support/seeded_random.h"

namespace passport {
namespace {

class SignerServerTest : public KeyStoreFixture {
 protected:
  void SetUp() override {
    KeyStoreFixture::SetUp();
    store_ = std::make_unique<FileKeyStore>(Open().value());
    issue_ = store_->Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
    status_ = store_->Generate(Trust(), KeyRole::kStatus, KeyState::kActive, kNow).value();
    ASSERT_TRUE(store_->Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, kNow).ok());
    Serve({.user = ::geteuid(), .process = std::nullopt});
  }
  void Serve(SignerTerms terms) {
    server_.reset();
    Listening listening = ListenSomewhere().value();
    address_ = listening.address;
    server_ = std::make_unique<SignerServer>(std::move(listening.socket), *store_, terms);
  }
  Result<RemoteKeyStore> Connect() {
    return RemoteKeyStore::Connect(address_, {::geteuid()}, std::chrono::milliseconds(2000));
  }
  // What the signer answers to these bytes; nothing when it hangs up.
  std::optional<SignerAnswer> Ask(std::span<const std::uint8_t> bytes) {
    const FileDescriptor socket = ConnectTo(address_, std::chrono::seconds(2)).value();
    if (!SendMessage(socket, Secret(bytes))) return std::nullopt;
    const std::optional<Secret> answer = ReceiveMessage(socket, kSignerAnswerMax);
    if (!answer) return std::nullopt;
    return ReadSignerAnswer(answer->bytes()).value();
  }
  Fault FaultOfAsking(const SignerRequest& request) {
    const std::optional<SignerAnswer> answer = Ask(WriteSignerRequest(request).bytes());
    const Fault* const fault = answer ? std::get_if<Fault>(&*answer) : nullptr;
    return fault == nullptr ? Fault{Reason::kNone, "", ""} : *fault;
  }

  std::unique_ptr<FileKeyStore> store_;
  std::unique_ptr<SignerServer> server_;
  SocketAddress address_;
  std::string issue_;
  std::string status_;
};

TEST_F(SignerServerTest, SignsForTheOwnerAndRoleOfTheKeyAlone) {
  const Digest digest = Sha256("x");
  EXPECT_EQ(FaultOfAsking(AskSign{Trust(), KeyRole::kIssue, issue_, digest}).reason, Reason::kNone);
  // A key is not reached under another name, before and after it was used.
  EXPECT_EQ(FaultOfAsking(AskSign{Trust(), KeyRole::kStatus, issue_, digest}).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOfAsking(AskSign{Trust(), KeyRole::kIssue, status_, digest}).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOfAsking(AskSign{Council(), KeyRole::kIssue, issue_, digest}).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOfAsking(AskSign{KeyOwner::Service(), KeyRole::kRegistry, issue_, digest}).reason, Reason::kKeyState);
  EXPECT_EQ(FaultOfAsking(AskSign{KeyOwner::Service(), KeyRole::kSeal, issue_, digest}).reason, Reason::kKeyState);
}

TEST_F(SignerServerTest, AHoldersKeyNeverLeavesItAsData) {
  RemoteKeyStore remote = Connect().value();
  const SealedHolderKey holder = remote.MakeHolderKey(BytesOf("person")).value();
  const std::shared_ptr<Signer> signer = remote.HolderSigner(holder.sealed, BytesOf("person")).value();
  const Digest digest = Sha256("x");
  EXPECT_TRUE(PublicKey::Import(holder.point).value().Verify(digest, signer->Sign(digest).value()));
  EXPECT_EQ(FaultOf(remote.Unseal(holder.sealed, BytesOf("person"))).reason, Reason::kKeyStore);
  std::vector<std::uint8_t> renamed = holder.sealed;
  renamed[0] = 1;
  EXPECT_EQ(FaultOf(remote.Unseal(renamed, BytesOf("person"))).reason, Reason::kKeyStore);
}

TEST_F(SignerServerTest, SurvivesGarbageAndGoesOnAnswering) {
  SeededRandom random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::uint8_t> bytes(1 + static_cast<std::size_t>(round % 300));
    random.Fill(bytes);
    if (round % 2 == 0) bytes[0] = 1;
    if (round % 4 == 0 && bytes.size() > 1) bytes[1] = static_cast<std::uint8_t>(round % 14);
    const std::optional<SignerAnswer> answer = Ask(bytes);
    ASSERT_TRUE(answer) << "round " << round;
  }
  RemoteKeyStore remote = Connect().value();
  EXPECT_EQ(remote.List().size(), 3U) << "and made nothing of it";
}

TEST_F(SignerServerTest, RefusesMessagesWithoutEndBeforeTheyAreSent) {
  for (const std::vector<std::uint8_t>& length :
       {std::vector<std::uint8_t>{0xff, 0xff, 0xff, 0xff}, std::vector<std::uint8_t>{0, 0, 0, 0},
        std::vector<std::uint8_t>{0x00, 0x20, 0x00, 0x00}}) {
    const FileDescriptor socket = ConnectTo(address_, std::chrono::seconds(2)).value();
    ASSERT_EQ(::send(socket.get(), length.data(), length.size(), MSG_NOSIGNAL), 4);
    std::uint8_t byte = 0;
    EXPECT_EQ(::recv(socket.get(), &byte, 1, 0), 0) << "hung up";
  }
  EXPECT_TRUE(Connect().ok());
}

TEST_F(SignerServerTest, AnswersNobodyElse) {
  Serve({.user = ::geteuid() + 1, .process = std::nullopt});
  EXPECT_EQ(FaultOf(Connect()).reason, Reason::kSigning);
  Serve({.user = ::geteuid(), .process = ::getpid() + 1});
  EXPECT_EQ(FaultOf(Connect()).reason, Reason::kSigning);
  Serve({.user = ::geteuid(), .process = ::getpid()});
  EXPECT_TRUE(Connect().ok());
}

TEST_F(SignerServerTest, AnotherProcessOfOurUserIsTurnedAwayWhereOneIsNamed) {
  Serve({.user = ::geteuid(), .process = ::getpid()});
  const pid_t child = ::fork();
  if (child == 0) ::_exit(RemoteKeyStore::Connect(address_, {::geteuid()}).ok() ? 1 : 0);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST_F(SignerServerTest, AClientAsksNobodyButItsSigner) {
  EXPECT_EQ(FaultOf(RemoteKeyStore::Connect(address_, {::geteuid() + 1})).reason, Reason::kNotPermitted);
  EXPECT_EQ(FaultOf(RemoteKeyStore::Connect("@no-such-signer", {::geteuid()})).reason, Reason::kSigning);
}

TEST_F(SignerServerTest, AClientOutlivesItsSigner) {
  RemoteKeyStore remote = Connect().value();
  const std::shared_ptr<Signer> signer = remote.SignerFor(Trust(), KeyRole::kIssue).value();
  const Digest digest = Sha256("x");
  ASSERT_TRUE(signer->Sign(digest).ok());
  server_.reset();
  EXPECT_EQ(FaultOf(signer->Sign(digest)).reason, Reason::kSigning);
  EXPECT_EQ(FaultOf(remote.Seal(BytesOf("x"), {})).reason, Reason::kSigning);
  EXPECT_EQ(FaultOf(remote.Reload()).reason, Reason::kSigning);
  EXPECT_EQ(FaultOf(remote.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow)).reason, Reason::kSigning);
  EXPECT_EQ(remote.List().size(), 3U) << "what is known stays known";
}

TEST_F(SignerServerTest, AKeyThatIsBeingReplacedStillSignsWhatIsUnderWay) {
  RemoteKeyStore remote = Connect().value();
  const std::shared_ptr<Signer> before = remote.SignerFor(Trust(), KeyRole::kIssue).value();
  ASSERT_TRUE(before->Sign(Sha256("x")).ok());
  const std::string next = remote.Generate(Trust(), KeyRole::kIssue, KeyState::kStaged, kNow).value();
  ASSERT_TRUE(remote.ChangeState(next, KeyState::kActive, kNow + Seconds{1}).ok());
  EXPECT_TRUE(before->Sign(Sha256("x")).ok());
  const std::shared_ptr<Signer> after = remote.SignerFor(Trust(), KeyRole::kIssue).value();
  EXPECT_EQ(Thumbprint(after->public_key().point()), next);
  EXPECT_TRUE(after->Sign(Sha256("x")).ok());
  ASSERT_TRUE(remote.ChangeState(issue_, KeyState::kRetired, kNow + Seconds{2}).ok());
  EXPECT_EQ(FaultOf(before->Sign(Sha256("x"))).reason, Reason::kKeyState);
}

}  // namespace
}  // namespace passport
