// Makes tokens that no honest program makes: any header, any payload, any disclosure, correctly signed or not.
//
// Everything takes JSON as text, so that duplicate names, odd numbers and broken syntax can be written down. What can
// only fail through our own fault ends the test program.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"
#include "keys/private_key.h"

namespace passport {

PrivateKey NewKey();

// base64url of the UTF-8 text.
std::string Encoded(std::string_view text);

// header.payload.signature, signed whatever the header says.
std::string ForgeJws(std::string_view header_json, std::string_view payload_json, Signer& signer);
// The same with a signature of the caller's.
std::string ForgeJwsWith(std::string_view header_json, std::string_view payload_json, std::string_view signature);

// The base64url text of a disclosure, and the digest that refers to it.
std::string ForgeDisclosure(std::string_view json);
std::string DigestOf(std::string_view disclosure);
// "[\"digest\",...]" over disclosures, for `_sd`.
std::string DigestsOf(std::span<const std::string> disclosures);

// jwt~disclosure~...~
std::string ForgeSdJwt(std::string_view issuer_jwt, std::span<const std::string> disclosures);

// The claims of a KB-JWT as JSON texts; an empty text leaves the claim out.
struct ForgedBinding {
  std::string header = R"({"alg":"ES256","typ":"kb+jwt"})";
  std::string iat;
  std::string aud;
  std::string nonce;
  std::string sd_hash;  // empty: left out; the right one is QuotedSdHash(presented)
  std::string more;     // further members, with their leading comma
};
std::string QuotedSdHash(std::string_view presented);
// The KB-JWT alone; append it to the presented text.
std::string ForgeBinding(const ForgedBinding& binding, Signer& holder);

// The same JWS with s replaced by n - s: the other valid encoding of its signature.
std::string WithOtherS(std::string_view jws);

}  // namespace passport
