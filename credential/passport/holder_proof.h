// The holder's proof of one call: made with the key the passport is bound to, good for this very call to this service,
// a minute and once (RFC 9449 in form, with a claim that names the request; docs/formats/holder-proof.md).
//
// The service is named as the caller dialled it and TLS has verified it. So whoever is called under one name can do
// nothing with the proof under another.
//
// Pure. Any thread may call.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "credential/crypto/p256.h"
#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/random.h"
#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kHolderProofBytesMax = 2048;
// Either way: clocks of people are not ours.
inline constexpr Seconds kHolderProofAgeMax{60};

// The call that is proved.
struct ProvenCall {
  std::string_view path;     // "/staffpassport.v1.WalletService/Receive"
  std::string_view request;  // the request message as it is sent
};

// The host of "passport.example:8444" as a proof names it: small letters, without the port. An IPv6 address keeps its
// brackets.
std::string ServiceNameOf(std::string_view address);
// Whether it is of that form: letters, digits, '-' and '.', at most 253 of them, or an IPv6 address in brackets.
bool IsServiceName(std::string_view name);

// Fails as the signer does.
Result<std::string> MakeHolderProof(std::string_view service, const ProvenCall& call, Instant now, Random& random,
                                    Signer& holder);

// A proof that holds. It says whose key it was, not whose passport that is, nor whether it was used before.
struct HolderProof {
  P256Point key{};
  std::string thumbprint;  // RFC 7638
  std::string id;          // the `jti`: with the key, names the proof
  Instant made_at;
};

// Fails with kLimit, kMalformed, kAlg, kCrit; kKbTyp for another kind of token; kKbKey when the header brings anything
// but one public P-256 key; kKbSig; kClaims when a claim is missing, unknown or of another form; kKbAud when it is
// about another call, or to a service that goes by none of `names`; kKbHash about another request; kKbTime when it was
// made more than kHolderProofAgeMax from `now`.
Result<HolderProof> VerifyHolderProof(std::string_view proof, std::span<const std::string> names,
                                      const ProvenCall& call, Instant now);

}  // namespace passport
