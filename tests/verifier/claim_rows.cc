// HOST-64 to HOST-82: SD-JWT VC, claims and time.
#include "credential/crypto/jwk.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

std::function<void(Scene&)> Claim(const std::string& name, const std::string& json) {
  return [name, json](Scene& scene) { scene.claims.Set(name, json); };
}

std::function<void(Scene&)> DisclosedInstead(const std::string& name) {
  return [name](Scene& scene) {
    const std::string value = scene.claims.Get(name).empty() ? std::to_string(1) : scene.claims.Get(name);
    scene.claims.Remove(name);
    scene.Disclose(R"(["6Ij7tM-a5iVPGboS5tmvVA",)" + Quoted(name) + "," + value + "]");
  };
}

void AddTypeRows(HostileRows& rows) {
  rows.push_back({"HOST-64 missing", "vct|missing", [](Scene& scene) { scene.claims.Remove("vct"); }});
  for (const std::string vct : {"7", "[\"https://types.example/training\"]", "\"\"",
                                "\"https://types.example/training/\"", "\"https://types.example/Training\""}) {
    rows.push_back({"HOST-64 " + vct, "vct", Claim("vct", vct)});
  }
  rows.push_back({"HOST-64 only in aka_vcts", "vct", [](Scene& scene) {
                    scene.claims.Set("vct", Quoted("https://types.example/other"));
                    scene.claims.Set("aka_vcts", "[" + Quoted(kSceneVct) + "]");
                  }});
  rows.push_back({"HOST-65", "vct", [](Scene& scene) {
                    scene.claims.Set("vct", Quoted("https://types.example/employment"));
                    scene.entry.Set("vct", R"(["https://types.example/training","https://types.example/employment"])");
                  }});
  rows.push_back(
      {"HOST-66", "issuer", [](Scene& scene) { scene.entry.Set("vct", R"(["https://types.example/employment"])"); }});
  rows.push_back({"HOST-67", "vct", Claim("vct", Quoted("https://attacker.example/x"))});
  for (const std::string name : {"exp", "nbf", "iss", "vct", "cnf", "status"}) {
    rows.push_back({"HOST-69 " + name, "disclosure", DisclosedInstead(name)});
  }
  rows.push_back({"HOST-70", "disclosure", [](Scene& scene) {
                    const std::string jwk =
                        ForgeDisclosure(R"(["salt","jwk",)" + WriteJwk(TheActors().holder.public_key().point()) + "]");
                    scene.disclosures.push_back(jwk);
                    scene.claims.Set("cnf", R"({"_sd":[)" + Quoted(DigestOf(jwk)) + "]}");
                  }});
  for (const std::string alias : {"[]", "\"a\"", "[7]", "[\"a\",\"a\"]", "[\"https://types.example/training\"]"}) {
    rows.push_back({"SDVC-11 " + alias, "malformed", Claim("aka_vcts", alias)});
  }
}

void AddIssuerRows(HostileRows& rows) {
  for (const std::string iss : {"https://trust.exampl\xd0\xb5", "https://trust%2eexample", "https://trust.example.",
                                "https://TRUST.example", "https://trust.example:443", "https://u@trust.example",
                                "https://trust.example/", "https://trust.e\xcc\x81xample"}) {
    rows.push_back({"HOST-71 " + iss, "issuer", Claim("iss", Quoted(iss))});
  }
  for (const std::string iss : {"https://trust.exampl", "https://trust.example/a"}) {
    rows.push_back({"HOST-72 " + iss, "issuer", Claim("iss", Quoted(iss))});
  }
  rows.push_back({"SDJWT-18 iss missing", "missing|issuer", [](Scene& scene) { scene.claims.Remove("iss"); }});
  rows.push_back({"SDJWT-04 iss of another issuer", "issuer|sig|key|vct",
                  [](Scene& scene) { scene.claims.Set("iss", Quoted("https://other.example")); }});
  rows.push_back({"HOST-80 RSA key of that name", "key", [](Scene& scene) {
                    scene.entry.Set("keys", "[" + JwkWith(TheActors().issuer, "issue-1") +
                                                R"(,{"kty":"RSA","kid":"issue-1","n":"AQAB","e":"AQAB"}])");
                  }});
  rows.push_back({"HOST-80 two keys of that name", "key", [](Scene& scene) {
                    scene.entry.Set("keys", "[" + JwkWith(TheActors().attacker, "issue-1") + "," +
                                                JwkWith(TheActors().issuer, "issue-1") + "]");
                  }});
  rows.push_back({"HOST-80 only an RSA key", "key", [](Scene& scene) {
                    scene.entry.Set("keys", R"([{"kty":"RSA","kid":"issue-1","n":"AQAB","e":"AQAB"}])");
                  }});
  rows.push_back({"HOST-82 typ", "typ", [](Scene& scene) { scene.header.Set("typ", Quoted("vc+jwt")); }});
  rows.push_back({"TRUST-05 a key under two issuers", "issuer", [](Scene& scene) {
                    scene.other_entry.Set("keys", "[" + JwkWith(TheActors().issuer, "elsewhere") + "]");
                  }});
}

void AddTimeRows(HostileRows& rows) {
  rows.push_back({"HOST-73 exp = now", "time", Claim("exp", std::to_string(kSceneNow))});
  rows.push_back({"HOST-73 exp = now - 1", "time", Claim("exp", std::to_string(kSceneNow - 1))});
  rows.push_back({"HOST-73 exp = now + 1", "valid", Claim("exp", std::to_string(kSceneNow + 1))});
  for (const std::string exp : {"\"1895300000\"", "true", "null", "{}", "[]"}) {
    rows.push_back({"HOST-74 " + exp, "time|malformed", Claim("exp", exp)});
  }
  for (const std::string exp : {"1e308", "9223372036854775808", "18446744075504851616", "9e99", "-1"}) {
    rows.push_back({"HOST-75 " + exp, "time", Claim("exp", exp)});
  }
  for (const std::string exp : {"1895300000.5", "1.8953e9"}) {
    rows.push_back({"HOST-75 " + exp, "valid|time", Claim("exp", exp)});
  }
  rows.push_back({"HOST-76 nbf", "time", Claim("nbf", std::to_string(kSceneNow + 86'400))});
  rows.push_back({"HOST-76 iat", "time", Claim("iat", std::to_string(kSceneNow + 86'400))});
  rows.push_back({"HOST-77", "missing", [](Scene& scene) {
                    scene.claims.Remove("exp");
                    scene.claims.Remove("status");
                  }});
  rows.push_back({"HOST-77 exp alone", "valid", [](Scene& scene) { scene.claims.Remove("status"); }});
  rows.push_back({"HOST-77 status alone", "valid", [](Scene& scene) { scene.claims.Remove("exp"); }});
  for (const std::string aud : {"\"https://else.example\"", "[\"https://else.example\"]"}) {
    rows.push_back({"HOST-78 " + aud, "aud", Claim("aud", aud)});
  }
  rows.push_back(
      {"HOST-78 us among others", "valid", Claim("aud", R"(["https://else.example","https://ward.example"])")});
}

}  // namespace

HostileRows ClaimRows() {
  HostileRows rows;
  AddTypeRows(rows);
  AddIssuerRows(rows);
  AddTimeRows(rows);
  return rows;
}

}  // namespace passport
