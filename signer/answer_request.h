// One request, answered from a key store.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "signer/signer_protocol.h"

namespace passport {

// Any thread may call.
class AnswerRequest {
 public:
  explicit AnswerRequest(KeyStore& keys) : keys_(keys) {}
  // Signs only with an active key that is of the owner and role that were named.
  SignerAnswer operator()(const SignerRequest& request);

 private:
  SignerAnswer Answer(const AskList& ask);
  SignerAnswer Answer(const AskReload& ask);
  SignerAnswer Answer(const AskGenerate& ask);
  SignerAnswer Answer(const AskChangeState& ask);
  SignerAnswer Answer(const AskNotePublished& ask);
  SignerAnswer Answer(const AskSign& ask);
  SignerAnswer Answer(const AskSeal& ask);
  SignerAnswer Answer(const AskUnseal& ask);
  SignerAnswer Answer(const AskKeyedDigest& ask);
  SignerAnswer Answer(const AskMakeHolderKey& ask);
  SignerAnswer Answer(const AskHolderPoint& ask);
  SignerAnswer Answer(const AskHolderSign& ask);

  // Signers of keys that were the newest: somebody may still be signing with them after another became that.
  struct Known {
    KeyOwner owner;
    KeyRole role;
    std::shared_ptr<Signer> signer;
  };
  Result<std::shared_ptr<Signer>> FindSigner(const AskSign& ask);
  void KeepPresentSigner(std::string_view successor);

  KeyStore& keys_;
  std::mutex mutex_;
  std::map<std::string, Known, std::less<>> known_;  // by kid
};

}  // namespace passport
