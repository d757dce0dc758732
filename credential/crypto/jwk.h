// JSON Web Keys (RFC 7517, 7518 section 6.2) and their thumbprints (RFC 7638).
#pragma once

#include <string>
#include <string_view>

#include "credential/crypto/p256.h"
#include "credential/encoding/json.h"

namespace passport {

// Reads a public EC P-256 JWK for verifying ES256. Refused with kKey (check JWT-06; PQ-01 for AKP): another kty or crv,
// coordinates that are not exactly 32 bytes or not on the curve, a private part, `use` other than "sig", `alg` other
// than "ES256", `key_ops` without "verify".
Result<P256Point> ReadJwkPoint(const json::Value& jwk);
// The same, imported for repeated use.
Result<PublicKey> ReadJwk(const json::Value& jwk);

// The `kid` of a JWK: kKey when it is there and not a string, "" when it is not there.
Result<std::string_view> ReadKid(const json::Value& jwk);

// {"kty":"EC","crv":"P-256","x":"...","y":"..."} in the order of the specification, without optional members.
std::string WriteJwk(const P256Point& point);
json::Value& MakeJwk(const P256Point& point, json::Tree& tree);

// base64url SHA-256 thumbprint of EC, OKP, RSA and AKP keys over their required members only. Fails with kKey for
// symmetric and unknown keys, and for members that are not in their one canonical form: one key has one thumbprint
// (THUMB-01, THUMB-02).
Result<std::string> Thumbprint(const json::Value& jwk);
std::string Thumbprint(const P256Point& point);

}  // namespace passport
