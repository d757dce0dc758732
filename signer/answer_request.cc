#include "signer/answer_request.h"

#include <utility>

#include "credential/crypto/jwk.h"

namespace passport {
namespace {

template <class Give, class Value>
SignerAnswer GiveOr(Result<Value> result) {
  if (!result.ok()) return result.fault();
  return Give{std::move(result).value()};
}

SignerAnswer DoneOr(const Result<void>& result) {
  if (!result.ok()) return result.fault();
  return Done{};
}

}  // namespace

SignerAnswer AnswerRequest::operator()(const SignerRequest& request) {
  return std::visit([this](const auto& ask) { return Answer(ask); }, request);
}

SignerAnswer AnswerRequest::Answer(const AskList&) { return GiveKeys{keys_.List()}; }
SignerAnswer AnswerRequest::Answer(const AskReload&) { return DoneOr(keys_.Reload()); }
SignerAnswer AnswerRequest::Answer(const AskGenerate& ask) {
  return GiveOr<GiveKid>(keys_.Generate(ask.owner, ask.role, ask.initial, ask.now));
}
// The key that is active now stays reachable by its id when another one takes its place.
void AnswerRequest::KeepPresentSigner(std::string_view successor) {
  for (const KeyInfo& info : keys_.List()) {
    if (info.kid != successor) continue;
    const Result<std::shared_ptr<Signer>> present = keys_.SignerFor(info.owner, info.role);
    if (!present.ok()) return;
    std::string kid = Thumbprint((*present)->public_key().point());
    const std::lock_guard lock(mutex_);
    known_.insert_or_assign(std::move(kid), Known{info.owner, info.role, *present});
  }
}

SignerAnswer AnswerRequest::Answer(const AskChangeState& ask) {
  if (ask.to == KeyState::kActive) KeepPresentSigner(ask.kid);
  return DoneOr(keys_.ChangeState(ask.kid, ask.to, ask.at));
}
SignerAnswer AnswerRequest::Answer(const AskNotePublished& ask) { return DoneOr(keys_.NotePublished(ask.kid, ask.at)); }

Result<std::shared_ptr<Signer>> AnswerRequest::FindSigner(const AskSign& ask) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(ask.kid);
    if (known != known_.end()) {
      if (known->second.owner == ask.owner && known->second.role == ask.role) return known->second.signer;
      return Fault{Reason::kKeyState, "", "the key is of another owner or role"};
    }
  }
  TRY_ASSIGN(const std::shared_ptr<Signer> newest, keys_.SignerFor(ask.owner, ask.role));
  if (Thumbprint(newest->public_key().point()) != ask.kid) {
    return Fault{Reason::kKeyState, "", "the key does not sign for this owner and role"};
  }
  const std::lock_guard lock(mutex_);
  known_.insert_or_assign(ask.kid, Known{ask.owner, ask.role, newest});
  return newest;
}

SignerAnswer AnswerRequest::Answer(const AskSign& ask) {
  const Result<std::shared_ptr<Signer>> signer = FindSigner(ask);
  if (!signer.ok()) return signer.fault();
  return GiveOr<GiveSignature>((*signer)->Sign(ask.digest));
}

SignerAnswer AnswerRequest::Answer(const AskSeal& ask) {
  return GiveOr<GiveSealed>(keys_.Seal(ask.plaintext.bytes(), ask.context));
}
SignerAnswer AnswerRequest::Answer(const AskUnseal& ask) {
  return GiveOr<GiveSecret>(keys_.Unseal(ask.sealed, ask.context));
}
SignerAnswer AnswerRequest::Answer(const AskKeyedDigest& ask) {
  const auto value = ask.value.bytes();
  return GiveOr<GiveDigest>(
      keys_.KeyedDigest(ask.context, {reinterpret_cast<const char*>(value.data()), value.size()}));
}
SignerAnswer AnswerRequest::Answer(const AskMakeHolderKey& ask) {
  return GiveOr<GiveHolderKey>(keys_.MakeHolderKey(ask.context));
}
SignerAnswer AnswerRequest::Answer(const AskHolderPoint& ask) {
  const Result<std::shared_ptr<Signer>> holder = keys_.HolderSigner(ask.sealed, ask.context);
  if (!holder.ok()) return holder.fault();
  return GivePoint{(*holder)->public_key().point()};
}
SignerAnswer AnswerRequest::Answer(const AskHolderSign& ask) {
  const Result<std::shared_ptr<Signer>> holder = keys_.HolderSigner(ask.sealed, ask.context);
  if (!holder.ok()) return holder.fault();
  return GiveOr<GiveSignature>((*holder)->Sign(ask.digest));
}

}  // namespace passport
