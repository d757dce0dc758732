#include "signer/remote_key_store.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

#include "credential/crypto/jwk.h"
#include "signer/signer_protocol.h"

namespace passport {
namespace {

constexpr std::size_t kIdleMax = 32;

Fault NoSuchKey() { return {Reason::kNotFound, "", "there is no key of that id"}; }
Fault Away() { return {Reason::kSigning, "", "the signer does not answer"}; }

// Asking twice does no harm.
bool IsRepeatable(const SignerRequest& request) {
  return !std::holds_alternative<AskGenerate>(request) && !std::holds_alternative<AskChangeState>(request);
}

}  // namespace

class RemoteKeyStore::Line {
 public:
  Line(SocketAddress address, std::vector<uid_t> users, std::chrono::milliseconds patience)
      : address_(std::move(address)), users_(std::move(users)), patience_(patience) {}

  // Asks, and gives the one kind of answer that fits.
  template <class Give>
  Result<Give> Ask(const SignerRequest& request) {
    TRY_ASSIGN(SignerAnswer answer, Exchange(request));
    if (auto* const fault = std::get_if<Fault>(&answer)) return std::move(*fault);
    if (auto* const give = std::get_if<Give>(&answer)) return std::move(*give);
    return Fault{Reason::kSigning, "", "the signer gave another answer than was asked for"};
  }

  Result<void> Learn() {
    TRY_ASSIGN(GiveKeys given, Ask<GiveKeys>(AskList{}));
    const std::unique_lock lock(memory_);
    keys_ = std::move(given.keys);
    return {};
  }
  std::vector<KeyInfo> keys() const {
    const std::shared_lock lock(memory_);
    return keys_;
  }
  std::optional<KeyInfo> Newest(const KeyOwner& owner, KeyRole role) const {
    const std::shared_lock lock(memory_);
    const KeyInfo* newest = nullptr;
    for (const KeyInfo& info : keys_) {
      if (info.state != KeyState::kActive || info.role != role || info.owner != owner) continue;
      if (newest == nullptr || info.activated_at > newest->activated_at) newest = &info;
    }
    return newest == nullptr ? std::nullopt : std::optional(*newest);
  }

 private:
  Result<FileDescriptor> Connected() {
    TRY_ASSIGN(FileDescriptor socket, ConnectTo(address_, patience_));
    const std::optional<Peer> peer = PeerOf(socket);
    if (!peer || std::find(users_.begin(), users_.end(), peer->user) == users_.end()) {
      return Fault{Reason::kNotPermitted, "", "what answers at the signer's address runs as another user"};
    }
    return socket;
  }

  std::optional<SignerAnswer> Try(const FileDescriptor& socket, const Secret& message) {
    if (!SendMessage(socket, message)) return std::nullopt;
    const std::optional<Secret> bytes = ReceiveMessage(socket, kSignerAnswerMax);
    if (!bytes) return std::nullopt;
    Result<SignerAnswer> answer = ReadSignerAnswer(bytes->bytes());
    if (!answer.ok()) return std::nullopt;
    return std::move(answer).value();
  }

  // A kept connection may have ended with an earlier signer; then a fresh one is asked. What must not be done twice is
  // asked on a fresh one from the beginning.
  Result<SignerAnswer> Exchange(const SignerRequest& request) {
    const Secret message = WriteSignerRequest(request);
    if (message.size() > kSignerRequestMax) return Fault{Reason::kLimit, "", "more than the signer takes at once"};
    if (IsRepeatable(request)) {
      if (std::optional<FileDescriptor> kept = TakeIdle()) {
        if (std::optional<SignerAnswer> answer = Try(*kept, message)) {
          Keep(std::move(*kept));
          return std::move(*answer);
        }
      }
    }
    TRY_ASSIGN(FileDescriptor socket, Connected());
    std::optional<SignerAnswer> answer = Try(socket, message);
    if (answer) {
      Keep(std::move(socket));
      return std::move(*answer);
    }
    if (IsRepeatable(request)) return Away();
    return Fault{Reason::kOutcomeUnknown, "", "the signer went away before it answered"};
  }

  std::optional<FileDescriptor> TakeIdle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::nullopt;
    FileDescriptor taken = std::move(idle_.back());
    idle_.pop_back();
    return taken;
  }
  void Keep(FileDescriptor socket) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kIdleMax) idle_.push_back(std::move(socket));
  }

  const SocketAddress address_;
  const std::vector<uid_t> users_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::vector<FileDescriptor> idle_;
  mutable std::shared_mutex memory_;  // over keys_
  std::vector<KeyInfo> keys_;
};

namespace {

// `Line` as the signers see it.
template <class Line>
class RoleSigner final : public Signer {
 public:
  RoleSigner(std::shared_ptr<Line> line, KeyInfo info, PublicKey key)
      : line_(std::move(line)), info_(std::move(info)), key_(std::move(key)) {}
  Result<Signature> Sign(const Digest& signing_input_digest) override {
    TRY_ASSIGN(const GiveSignature given,
               line_->template Ask<GiveSignature>(AskSign{info_.owner, info_.role, info_.kid, signing_input_digest}));
    return given.signature;
  }
  const PublicKey& public_key() const override { return key_; }

 private:
  std::shared_ptr<Line> line_;
  KeyInfo info_;
  PublicKey key_;
};

template <class Line>
class RemoteHolder final : public Signer {
 public:
  RemoteHolder(std::shared_ptr<Line> line, std::vector<std::uint8_t> sealed, std::vector<std::uint8_t> context,
               PublicKey key)
      : line_(std::move(line)), sealed_(std::move(sealed)), context_(std::move(context)), key_(std::move(key)) {}
  Result<Signature> Sign(const Digest& signing_input_digest) override {
    TRY_ASSIGN(const GiveSignature given,
               line_->template Ask<GiveSignature>(AskHolderSign{sealed_, context_, signing_input_digest}));
    return given.signature;
  }
  const PublicKey& public_key() const override { return key_; }

 private:
  std::shared_ptr<Line> line_;
  std::vector<std::uint8_t> sealed_;
  std::vector<std::uint8_t> context_;
  PublicKey key_;
};

std::vector<std::uint8_t> CopyOf(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

RemoteKeyStore::RemoteKeyStore(std::shared_ptr<Line> line) : line_(std::move(line)) {}
RemoteKeyStore::RemoteKeyStore(RemoteKeyStore&&) noexcept = default;
RemoteKeyStore& RemoteKeyStore::operator=(RemoteKeyStore&&) noexcept = default;
RemoteKeyStore::~RemoteKeyStore() = default;

Result<RemoteKeyStore> RemoteKeyStore::Connect(const SocketAddress& address, std::vector<uid_t> users,
                                               std::chrono::milliseconds patience) {
  auto line = std::make_shared<Line>(address, std::move(users), patience);
  TRY(line->Learn());
  return RemoteKeyStore(std::move(line));
}

Result<std::string> RemoteKeyStore::Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) {
  TRY_ASSIGN(GiveKid given, line_->Ask<GiveKid>(AskGenerate{owner, role, initial, now}));
  TRY(line_->Learn());
  return std::move(given.kid);
}

Result<void> RemoteKeyStore::ChangeState(std::string_view kid, KeyState to, Instant at) {
  if (!IsKeyId(kid)) return NoSuchKey();
  TRY(line_->Ask<Done>(AskChangeState{std::string(kid), to, at}));
  return line_->Learn();
}

Result<void> RemoteKeyStore::NotePublished(std::string_view kid, Instant at) {
  if (!IsKeyId(kid)) return NoSuchKey();
  TRY(line_->Ask<Done>(AskNotePublished{std::string(kid), at}));
  return line_->Learn();
}

Result<void> RemoteKeyStore::Reload() {
  TRY(line_->Ask<Done>(AskReload{}));
  return line_->Learn();
}

std::vector<KeyInfo> RemoteKeyStore::List() const { return line_->keys(); }

Result<std::shared_ptr<Signer>> RemoteKeyStore::SignerFor(const KeyOwner& owner, KeyRole role) const {
  if (IsSecretRole(role)) return Fault{Reason::kKeyState, "", "a secret key does not sign"};
  std::optional<KeyInfo> newest = line_->Newest(owner, role);
  if (!newest || !newest->point) {
    return Fault{Reason::kKeyState, "", "there is no active key for the role " + std::string(WordOf(role))};
  }
  TRY_ASSIGN(PublicKey key, PublicKey::Import(*newest->point));
  return std::shared_ptr<Signer>(std::make_shared<RoleSigner<Line>>(line_, std::move(*newest), std::move(key)));
}

Result<std::vector<std::uint8_t>> RemoteKeyStore::Seal(std::span<const std::uint8_t> plaintext,
                                                       std::span<const std::uint8_t> context) const {
  if (plaintext.size() > kSealedTextMax) return Fault{Reason::kLimit, "", "more than 1 MiB can not be sealed at once"};
  TRY_ASSIGN(GiveSealed given, line_->Ask<GiveSealed>(AskSeal{Secret(plaintext), CopyOf(context)}));
  return std::move(given.sealed);
}

Result<Secret> RemoteKeyStore::Unseal(std::span<const std::uint8_t> sealed,
                                      std::span<const std::uint8_t> context) const {
  TRY_ASSIGN(GiveSecret given, line_->Ask<GiveSecret>(AskUnseal{CopyOf(sealed), CopyOf(context)}));
  return std::move(given.secret);
}

Result<Digest> RemoteKeyStore::KeyedDigest(std::string_view context, std::string_view value) const {
  const Secret bytes(std::span(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
  TRY_ASSIGN(const GiveDigest given,
             line_->Ask<GiveDigest>(AskKeyedDigest{std::string(context), Secret(bytes.bytes())}));
  return given.digest;
}

Result<SealedHolderKey> RemoteKeyStore::MakeHolderKey(std::span<const std::uint8_t> context) const {
  TRY_ASSIGN(GiveHolderKey given, line_->Ask<GiveHolderKey>(AskMakeHolderKey{CopyOf(context)}));
  return std::move(given.key);
}

Result<std::shared_ptr<Signer>> RemoteKeyStore::HolderSigner(std::span<const std::uint8_t> sealed,
                                                             std::span<const std::uint8_t> context) const {
  TRY_ASSIGN(const GivePoint given, line_->Ask<GivePoint>(AskHolderPoint{CopyOf(sealed), CopyOf(context)}));
  TRY_ASSIGN(PublicKey key, PublicKey::Import(given.point));
  return std::shared_ptr<Signer>(
      std::make_shared<RemoteHolder<Line>>(line_, CopyOf(sealed), CopyOf(context), std::move(key)));
}

}  // namespace passport
