#include "credential/passport/held_credential.h"

#include <algorithm>
#include <vector>

#include "credential/credential/credential.h"
#include "credential/credential/verify_credential.h"

namespace passport {
namespace {

// Status is not a holder's question.
class NoStatuses final : public StatusSource {
 public:
  Result<StatusReading> Read(const StatusReference&, const TrustedIssuer&, Instant at) override {
    return StatusReading{.value = 0, .as_of = at};
  }
};

}  // namespace

Result<HeldCredential> HeldCredential::Read(std::string text, const IssuerDirectory& issuers, Instant now,
                                            Seconds leeway) {
  std::vector<std::string> types;
  for (const RecordKind* kind : AllRecordKinds()) types.emplace_back(kind->vct);
  const CredentialExpectation expectation{.now = now,
                                          .leeway = leeway,
                                          .allowed_algs = Es256Only(),
                                          .key_binding = NoKeyBinding{},
                                          .limits = kSdJwtLimits,
                                          .requested_vcts = types};
  NoStatuses statuses;
  json::Tree tree;
  TRY_ASSIGN(const VerifiedCredential verified, VerifyCredential(text, expectation, issuers, statuses, tree));
  if (verified.issuer_standing == Reason::kCompromised)
    return Fault{Reason::kIssuer, "TRUST-06", "the issuer or its key is compromised"};
  if (verified.key_binding) return Fault{Reason::kMalformed, "SDJWT-02", "a presentation is not a credential to hold"};
  const RecordKind* kind = FindRecordKindByVct(verified.vct);
  assert(kind != nullptr);
  TRY_ASSIGN(Record record, Record::FromClaims(*kind, *verified.claims));
  return HeldCredential(std::move(text), CredentialIdOf(verified.signing_input_digest), std::move(record),
                        verified.issued_at);
}

Result<std::string> HeldCredential::Present(std::span<const std::string> facts, const BindingTerms& terms,
                                            Signer& holder) const {
  json::Tree tree;
  TRY_ASSIGN(const std::vector<HeldDisclosure> disclosures, ListDisclosures(text_, kSdJwtLimits, tree));
  std::vector<std::size_t> chosen;
  for (const std::string& name : facts) {
    if (!record_.Find(name)) return Fault{Reason::kClaims, "", "the record has no such fact"};
    const auto found = std::find_if(disclosures.begin(), disclosures.end(),
                                    [&](const HeldDisclosure& disclosure) { return disclosure.path == "/" + name; });
    if (found != disclosures.end()) chosen.push_back(static_cast<std::size_t>(found - disclosures.begin()));
  }
  TRY_ASSIGN(std::string presented, PresentSdJwt(text_, disclosures, chosen));
  return BindToAudience(std::move(presented), terms, holder);
}

}  // namespace passport
