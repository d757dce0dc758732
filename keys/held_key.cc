#include "keys/held_key.h"

#include <utility>

namespace passport {
namespace {

class StateSigner final : public Signer {
 public:
  explicit StateSigner(std::shared_ptr<HeldKey> key) : key_(std::move(key)) {}

  Result<Signature> Sign(const Digest& signing_input_digest) override {
    if (key_->state.load() != KeyState::kActive) return Fault{Reason::kKeyState, "", "the key is no longer active"};
    return key_->Sign(signing_input_digest);
  }
  const PublicKey& public_key() const override { return key_->public_key(); }

 private:
  std::shared_ptr<HeldKey> key_;
};

}  // namespace

std::string KeyFileName(std::string_view kid) { return std::string(kid) + ".key"; }

KeyInfo NewKeyInfo(const KeyOwner& owner, KeyRole role, KeyState state, Instant now) {
  return {.owner = owner,
          .role = role,
          .kid = "",
          .state = state,
          .created_at = now,
          .published_at = std::nullopt,
          .activated_at = state == KeyState::kActive ? std::optional(now) : std::nullopt,
          .retired_at = std::nullopt,
          .compromised_at = std::nullopt,
          .point = std::nullopt};
}

std::shared_ptr<Signer> MakeSigner(std::shared_ptr<HeldKey> key) {
  return std::make_shared<StateSigner>(std::move(key));
}

Result<void> TryOut(HeldKey& pair) {
  const Digest digest = Sha256("a key signs and verifies before it is kept");
  TRY_ASSIGN(const Signature signature, pair.Sign(digest));
  if (!pair.public_key().Verify(digest, signature)) return Fault{Reason::kSigning, "", "a new key does not verify"};
  return {};
}

}  // namespace passport
