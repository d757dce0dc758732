#include "signer/signer_protocol.h"

#include <algorithm>
#include <utility>

#include "signer/byte_fields.h"

namespace passport {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kWordMax = 32;
constexpr std::size_t kOwnerMax = 128;
constexpr std::size_t kKidBytes = 43;
constexpr std::size_t kDetailMax = 4096;

std::vector<std::uint8_t> Copy(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

// --- values ---------------------------------------------------------------------------------------------------------

KeyOwner ReadOwner(ByteReader& in) {
  const Result<KeyOwner> owner = KeyOwner::Parse(in.Text(kOwnerMax));
  if (!owner.ok()) in.Spoil();
  return owner.ok() ? *owner : KeyOwner::Service();
}
KeyRole ReadRole(ByteReader& in) {
  const Result<KeyRole> role = ParseKeyRole(in.Text(kWordMax));
  if (!role.ok()) in.Spoil();
  return role.ok() ? *role : KeyRole::kIssue;
}
KeyState ReadState(ByteReader& in) {
  const Result<KeyState> state = ParseKeyState(in.Text(kWordMax));
  if (!state.ok()) in.Spoil();
  return state.ok() ? *state : KeyState::kStaged;
}
std::string ReadKid(ByteReader& in) {
  std::string kid(in.Text(kKidBytes));
  if (!IsKeyId(kid)) in.Spoil();
  return kid;
}

void WriteInfo(const KeyInfo& info, ByteWriter& out) {
  out.Text(info.owner.text());
  out.Text(WordOf(info.role));
  out.Text(info.kid);
  out.Text(WordOf(info.state));
  out.Time(info.created_at);
  out.TimeIfAny(info.published_at);
  out.TimeIfAny(info.activated_at);
  out.TimeIfAny(info.retired_at);
  out.TimeIfAny(info.compromised_at);
  out.Byte(info.point ? 1 : 0);
  if (info.point) out.Fixed(*info.point);
}

KeyInfo ReadInfo(ByteReader& in) {
  KeyInfo info{.owner = ReadOwner(in),
               .role = ReadRole(in),
               .kid = ReadKid(in),
               .state = ReadState(in),
               .created_at = in.Time(),
               .published_at = in.TimeIfAny(),
               .activated_at = in.TimeIfAny(),
               .retired_at = in.TimeIfAny(),
               .compromised_at = in.TimeIfAny(),
               .point = std::nullopt};
  const std::uint8_t has_point = in.Byte();
  if (has_point > 1 || (has_point == 1) == IsSecretRole(info.role)) in.Spoil();
  if (has_point == 1) in.Fixed(info.point.emplace());
  return info;
}

// --- requests
// ---------------------------------------------------------------------------------------------------------

void Write(const AskList&, ByteWriter&) {}
void Write(const AskReload&, ByteWriter&) {}
void Write(const AskGenerate& ask, ByteWriter& out) {
  out.Text(ask.owner.text());
  out.Text(WordOf(ask.role));
  out.Text(WordOf(ask.initial));
  out.Time(ask.now);
}
void Write(const AskChangeState& ask, ByteWriter& out) {
  out.Text(ask.kid);
  out.Text(WordOf(ask.to));
  out.Time(ask.at);
}
void Write(const AskNotePublished& ask, ByteWriter& out) {
  out.Text(ask.kid);
  out.Time(ask.at);
}
void Write(const AskSign& ask, ByteWriter& out) {
  out.Text(ask.owner.text());
  out.Text(WordOf(ask.role));
  out.Text(ask.kid);
  out.Fixed(ask.digest);
}
void Write(const AskSeal& ask, ByteWriter& out) {
  out.Bytes(ask.plaintext.bytes());
  out.Bytes(ask.context);
}
void Write(const AskUnseal& ask, ByteWriter& out) {
  out.Bytes(ask.sealed);
  out.Bytes(ask.context);
}
void Write(const AskKeyedDigest& ask, ByteWriter& out) {
  out.Text(ask.context);
  out.Bytes(ask.value.bytes());
}
void Write(const AskMakeHolderKey& ask, ByteWriter& out) { out.Bytes(ask.context); }
void Write(const AskHolderPoint& ask, ByteWriter& out) {
  out.Bytes(ask.sealed);
  out.Bytes(ask.context);
}
void Write(const AskHolderSign& ask, ByteWriter& out) {
  out.Bytes(ask.sealed);
  out.Bytes(ask.context);
  out.Fixed(ask.digest);
}

// The members of braces are read in their order.
SignerRequest ReadAsk(ByteReader& in, std::uint8_t number) {
  switch (number) {
    case 1:
      return AskList{};
    case 2:
      return AskReload{};
    case 3:
      return AskGenerate{ReadOwner(in), ReadRole(in), ReadState(in), in.Time()};
    case 4:
      return AskChangeState{ReadKid(in), ReadState(in), in.Time()};
    case 5:
      return AskNotePublished{ReadKid(in), in.Time()};
    case 6: {
      AskSign ask{ReadOwner(in), ReadRole(in), ReadKid(in), {}};
      in.Fixed(ask.digest);
      return ask;
    }
    case 7:
      return AskSeal{Secret(in.Bytes(kSignerTextMax)), Copy(in.Bytes(kSignerContextMax))};
    case 8:
      return AskUnseal{Copy(in.Bytes(kSignerTextMax)), Copy(in.Bytes(kSignerContextMax))};
    case 9:
      return AskKeyedDigest{std::string(in.Text(kSignerContextMax)), Secret(in.Bytes(kSignerTextMax))};
    case 10:
      return AskMakeHolderKey{Copy(in.Bytes(kSignerContextMax))};
    case 11:
      return AskHolderPoint{Copy(in.Bytes(kSignerTextMax)), Copy(in.Bytes(kSignerContextMax))};
    case 12: {
      AskHolderSign ask{Copy(in.Bytes(kSignerTextMax)), Copy(in.Bytes(kSignerContextMax)), {}};
      in.Fixed(ask.digest);
      return ask;
    }
    default:
      in.Spoil();
      return AskList{};
  }
}

// --- answers
// ----------------------------------------------------------------------------------------------------------

void Write(const Fault& fault, ByteWriter& out) {
  out.Text(WordOf(fault.reason));
  out.Text(std::string_view(fault.detail).substr(0, kDetailMax));
}
void Write(const Done&, ByteWriter&) {}
void Write(const GiveKeys& give, ByteWriter& out) {
  out.Count(static_cast<std::uint32_t>(give.keys.size()));
  for (const KeyInfo& info : give.keys) WriteInfo(info, out);
}
void Write(const GiveKid& give, ByteWriter& out) { out.Text(give.kid); }
void Write(const GiveSignature& give, ByteWriter& out) { out.Fixed(give.signature); }
void Write(const GiveSealed& give, ByteWriter& out) { out.Bytes(give.sealed); }
void Write(const GiveSecret& give, ByteWriter& out) { out.Bytes(give.secret.bytes()); }
void Write(const GiveDigest& give, ByteWriter& out) { out.Fixed(give.digest); }
void Write(const GiveHolderKey& give, ByteWriter& out) {
  out.Fixed(give.key.point);
  out.Bytes(give.key.sealed);
}
void Write(const GivePoint& give, ByteWriter& out) { out.Fixed(give.point); }

Fault ReadFault(ByteReader& in) {
  const std::string_view word = in.Text(kWordMax);
  Fault fault{Reason::kNone, "", std::string(in.Text(kDetailMax))};
  for (const ReasonText& text : AllReasons()) {
    if (text.word == word) fault.reason = text.reason;
  }
  if (fault.reason == Reason::kNone) in.Spoil();
  return fault;
}

GiveKeys ReadKeys(ByteReader& in) {
  GiveKeys give;
  const std::uint32_t count = in.Count();
  if (count > kKeysMax) in.Spoil();
  for (std::uint32_t i = 0; i < count && in.good(); ++i) give.keys.push_back(ReadInfo(in));
  return give;
}

template <class Give, class Value>
Give ReadFixed(ByteReader& in, Value Give::*value) {
  Give give{};
  in.Fixed(give.*value);
  return give;
}

SignerAnswer ReadGive(ByteReader& in, std::uint8_t number) {
  switch (number) {
    case 0:
      return ReadFault(in);
    case 1:
      return Done{};
    case 2:
      return ReadKeys(in);
    case 3:
      return GiveKid{ReadKid(in)};
    case 4:
      return ReadFixed(in, &GiveSignature::signature);
    case 5:
      return GiveSealed{Copy(in.Bytes(kSignerTextMax))};
    case 6:
      return GiveSecret{Secret(in.Bytes(kSignerTextMax))};
    case 7:
      return ReadFixed(in, &GiveDigest::digest);
    case 8: {
      GiveHolderKey give{};
      in.Fixed(give.key.point);
      give.key.sealed = Copy(in.Bytes(kSignerTextMax));
      return give;
    }
    case 9:
      return ReadFixed(in, &GivePoint::point);
    default:
      in.Spoil();
      return Done{};
  }
}

}  // namespace

bool IsKeyId(std::string_view text) {
  return text.size() == kKidBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

Secret WriteSignerRequest(const SignerRequest& request) {
  ByteWriter out;
  out.Byte(kVersion);
  out.Byte(static_cast<std::uint8_t>(request.index() + 1));
  std::visit([&](const auto& ask) { Write(ask, out); }, request);
  return out.Take();
}

Result<SignerRequest> ReadSignerRequest(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  if (in.Byte() != kVersion) in.Spoil();
  SignerRequest request = ReadAsk(in, in.Byte());
  TRY(in.Ended());
  return request;
}

Secret WriteSignerAnswer(const SignerAnswer& answer) {
  ByteWriter out;
  out.Byte(kVersion);
  out.Byte(static_cast<std::uint8_t>(answer.index()));
  std::visit([&](const auto& give) { Write(give, out); }, answer);
  return out.Take();
}

Result<SignerAnswer> ReadSignerAnswer(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  if (in.Byte() != kVersion) in.Spoil();
  SignerAnswer answer = ReadGive(in, in.Byte());
  TRY(in.Ended());
  return answer;
}

}  // namespace passport
