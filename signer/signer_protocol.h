// What may be asked of the signer, and its answers, as bytes (docs/formats/signer-protocol.md). Pure.
//
// A message is read whole or refused: typed, bounded, nothing left over. One text of bytes stands for one message.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "keys/key_store.h"

namespace passport {

inline constexpr std::size_t kSignerContextMax = 4096;
// What is sealed, opened or digested, with room for the seal.
inline constexpr std::size_t kSignerTextMax = kSealedTextMax + 128;
inline constexpr std::size_t kSignerRequestMax = kSignerTextMax + kSignerContextMax + 1024;
inline constexpr std::size_t kSignerAnswerMax = std::size_t{8} << 20;  // a list of kKeysMax keys

// Each asks for what the function of KeyStore does.
struct AskList {};
struct AskReload {};
struct AskGenerate {
  KeyOwner owner;
  KeyRole role;
  KeyState initial;
  Instant now;
};
struct AskChangeState {
  std::string kid;
  KeyState to;
  Instant at;
};
struct AskNotePublished {
  std::string kid;
  Instant at;
};
// Owner and role must be the key's: nobody signs for another role by naming a key.
struct AskSign {
  KeyOwner owner;
  KeyRole role;
  std::string kid;
  Digest digest;
};
struct AskSeal {
  Secret plaintext;
  std::vector<std::uint8_t> context;
};
struct AskUnseal {
  std::vector<std::uint8_t> sealed;
  std::vector<std::uint8_t> context;
};
struct AskKeyedDigest {
  std::string context;
  Secret value;
};
struct AskMakeHolderKey {
  std::vector<std::uint8_t> context;
};
struct AskHolderPoint {
  std::vector<std::uint8_t> sealed;
  std::vector<std::uint8_t> context;
};
struct AskHolderSign {
  std::vector<std::uint8_t> sealed;
  std::vector<std::uint8_t> context;
  Digest digest;
};
// In the order of their numbers on the wire, from 1; never renumbered.
using SignerRequest = std::variant<AskList, AskReload, AskGenerate, AskChangeState, AskNotePublished, AskSign, AskSeal,
                                   AskUnseal, AskKeyedDigest, AskMakeHolderKey, AskHolderPoint, AskHolderSign>;

struct GiveKeys {
  std::vector<KeyInfo> keys;
};
struct GiveKid {
  std::string kid;
};
struct GiveSignature {
  Signature signature;
};
struct GiveSealed {
  std::vector<std::uint8_t> sealed;
};
struct GiveSecret {
  Secret secret;
};
struct GiveDigest {
  Digest digest;
};
struct GiveHolderKey {
  SealedHolderKey key;
};
struct GivePoint {
  P256Point point;
};
// The same for answers, from 0. A fault is an answer, too.
using SignerAnswer = std::variant<Fault, Done, GiveKeys, GiveKid, GiveSignature, GiveSealed, GiveSecret, GiveDigest,
                                  GiveHolderKey, GivePoint>;

// True for what names a key on the wire: 43 of A-Z a-z 0-9 '-' '_'.
bool IsKeyId(std::string_view text);

Secret WriteSignerRequest(const SignerRequest& request);
// Fails with kMalformed.
Result<SignerRequest> ReadSignerRequest(std::span<const std::uint8_t> bytes);
Secret WriteSignerAnswer(const SignerAnswer& answer);
// Fails with kMalformed.
Result<SignerAnswer> ReadSignerAnswer(std::span<const std::uint8_t> bytes);

}  // namespace passport
