// One credential as its holder has it: all facts known, any part of it can be shown.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "credential/crypto/signer.h"
#include "credential/record/record.h"
#include "credential/sdjwt/present.h"
#include "credential/trust/issuer_directory.h"
#include "credential/vocabulary/identifiers.h"

namespace passport {

class HeldCredential {
 public:
  // Verifies the credential as its holder receives it, without key binding or status. Fails with the reasons of the
  // token checks, an expired one with kTime.
  static Result<HeldCredential> Read(std::string text, const IssuerDirectory& issuers, Instant now, Seconds leeway);

  const CredentialId& id() const { return id_; }
  const Record& record() const { return record_; }
  Instant issued_at() const { return issued_at_; }

  // The credential with the named facts only, bound to an audience by the holder's key. Facts that are always shown
  // need no naming. A name that is no fact of this record is kClaims.
  Result<std::string> Present(std::span<const std::string> facts, const BindingTerms& terms, Signer& holder) const;

 private:
  HeldCredential(std::string text, CredentialId id, Record record, Instant issued_at)
      : text_(std::move(text)), id_(std::move(id)), record_(std::move(record)), issued_at_(issued_at) {}
  std::string text_;
  CredentialId id_;
  Record record_;
  Instant issued_at_;
};

}  // namespace passport
