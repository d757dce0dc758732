// A credential: the whole token, and its payload as if a trusted issuer had signed it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "credential/credential/credential.h"
#include "credential/credential/verify_credential.h"
#include "keys/private_key.h"

namespace {

using passport::Instant;
using passport::Result;
using passport::StatusReading;
using passport::TrustedIssuer;

passport::PrivateKey& Key() {
  static passport::PrivateKey key = passport::PrivateKey::Generate().value();
  return key;
}

class OneIssuer final : public passport::IssuerDirectory {
 public:
  OneIssuer() {
    issuer_.issuer = "https://passport.example/issuers/ods-RC9";
    issuer_.keys.Add("k1", Key().public_key());
    issuer_.vcts = types;
    issuer_.status_uri_prefix = "https://passport.example/status/ods-RC9/";
  }
  const TrustedIssuer* Find(std::string_view issuer) const override {
    return issuer == issuer_.issuer ? &issuer_ : nullptr;
  }
  std::vector<std::string> types = {"urn:staff-passport:mandatory-training:1"};

 private:
  TrustedIssuer issuer_;
};

class NoStatuses final : public passport::StatusSource {
 public:
  Result<StatusReading> Read(const passport::StatusReference&, const TrustedIssuer&, Instant) override {
    return passport::Fault{passport::Reason::kStatusUnknown, "TSL-18", "no list"};
  }
};

Result<passport::VerifiedCredential> Verify(std::string_view token, passport::json::Tree& tree) {
  static const OneIssuer directory;
  NoStatuses statuses;
  const passport::CredentialExpectation expected{.now = {1795300000},
                                                 .leeway = {60},
                                                 .allowed_algs = passport::Es256Only(),
                                                 .key_binding = passport::NoKeyBinding{},
                                                 .limits = passport::kSdJwtLimits,
                                                 .requested_vcts = directory.types};
  return VerifyCredential(token, expected, directory, statuses, tree);
}

}  // namespace

// Input: a payload, then "~" and disclosures.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  passport::json::Tree tree;
  if (Verify(text, tree).ok()) std::abort();  // nobody signed it
  const std::size_t tilde = text.find('~');
  const std::string_view payload = text.substr(0, tilde);
  const std::string_view rest = tilde == std::string_view::npos ? std::string_view() : text.substr(tilde + 1);
  const auto jwt = passport::SignJws(passport::JwsHeader(passport::kCredentialTyp, "k1"), payload, Key());
  if (!jwt.ok()) std::abort();
  const auto verified = Verify(*jwt + "~" + std::string(rest), tree);
  if (!verified.ok()) return 0;
  for (const std::string_view machinery : {"_sd", "_sd_alg", "..."}) {
    if (verified->claims->Find(machinery) != nullptr) std::abort();
  }
  const auto* kind = passport::FindRecordKindByVct(verified->vct);
  if (kind == nullptr) std::abort();
  const auto record = passport::Record::FromClaims(*kind, *verified->claims);
  if (record.ok() && record->facts().size() > kind->fields.size()) std::abort();
  return 0;
}
