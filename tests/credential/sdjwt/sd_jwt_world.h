// The baseline of the hostile rows (docs/checks.md): one trusted issuer, one holder, key binding required, clock fixed.
// Everything a test does not touch is valid.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/sdjwt/verify.h"
#include "tests/support/token_forge.h"

namespace passport {

inline constexpr Instant kNow{1795300000};
inline constexpr std::string_view kIssuerHeader = R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"issuer-1"})";
inline constexpr std::string_view kAudience = "https://receiver.example";
inline constexpr std::string_view kNonce = "n-0S6_WzA2Mj";

// A presentation in the making. In `more` and in disclosures, $0 to $9 stand for the digests of disclosures 0 to 9; a
// disclosure may name those before it only.
struct Forged {
  std::string more;                      // members of the payload, with their leading comma
  std::vector<std::string> disclosures;  // JSON texts
};

struct SdJwtWorld {
  SdJwtWorld();
  // Keys are made once for the program.
  static SdJwtWorld& Get();

  PrivateKey issuer;
  PrivateKey holder;
  PrivateKey stranger;
  KeySet keys;

  // {"iss":...,"iat":...,"exp":...,"cnf":...MORE}
  std::string Payload(std::string_view more) const;
  std::string SdJwt(const Forged& forged);
  // The base64url texts of the disclosures and the filled payload of the same.
  std::vector<std::string> Disclosures(const Forged& forged) const;

  // A KB-JWT's claims as an honest holder makes them for `sd_jwt`.
  ForgedBinding Binding(std::string_view sd_jwt) const;
  // Appends the honest KB-JWT.
  std::string Bound(const std::string& sd_jwt);

  SdJwtExpectation Expectation() const;         // key binding required
  SdJwtExpectation UnboundExpectation() const;  // and not required
};

inline SdJwtWorld& World() { return SdJwtWorld::Get(); }

// What came of verifying: "ok", or the reason's word and the check, "kb_time KB-05".
std::string Verdict(std::string_view token, const SdJwtExpectation& expected);
std::string Verdict(const Result<VerifiedSdJwt>& result);
// The processed claims as JSON text, or the verdict.
std::string Claims(std::string_view token, const SdJwtExpectation& expected);

}  // namespace passport
