// The key store of another process, asked through its socket. No private key is ever in this process.
//
// Connections are kept and shared; one that broke is replaced. While the signer is away everything that needs a key
// fails with kSigning, and a change that may have been made with kOutcomeUnknown; it works again by itself when the
// signer is back. List tells what was known at the last Reload or change of this store.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <vector>

#include "keys/key_store.h"
#include "signer/signer_connection.h"

namespace passport {

class RemoteKeyStore final : public KeyStore {
 public:
  // How long one answer may take.
  static constexpr std::chrono::milliseconds kPatience{15'000};

  // `users`: as whom the signer may run; another at that address is not asked. Fails with kSigning when it does not
  // answer, kNotPermitted when it is another's or does not answer us.
  static Result<RemoteKeyStore> Connect(const SocketAddress& address, std::vector<uid_t> users,
                                        std::chrono::milliseconds patience = kPatience);
  RemoteKeyStore(RemoteKeyStore&&) noexcept;
  RemoteKeyStore& operator=(RemoteKeyStore&&) noexcept;
  ~RemoteKeyStore() override;

  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) override;
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant at) override;
  Result<void> NotePublished(std::string_view kid, Instant at) override;
  Result<void> Reload() override;
  std::vector<KeyInfo> List() const override;
  Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const override;
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> context) const override;
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const override;
  Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const override;
  Result<SealedHolderKey> MakeHolderKey(std::span<const std::uint8_t> context) const override;
  Result<std::shared_ptr<Signer>> HolderSigner(std::span<const std::uint8_t> sealed,
                                               std::span<const std::uint8_t> context) const override;

 private:
  class Line;
  explicit RemoteKeyStore(std::shared_ptr<Line> line);
  std::shared_ptr<Line> line_;  // signers keep it, too
};

}  // namespace passport
