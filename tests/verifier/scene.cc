#include "tests/verifier/scene.h"

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/inflate.h"

namespace passport {

void ObjectText::Set(std::string_view name, std::string json) {
  for (auto& [known, text] : members_) {
    if (known == name) {
      text = std::move(json);
      return;
    }
  }
  Add(std::string(name), std::move(json));
}

void ObjectText::Add(std::string name, std::string json) { members_.emplace_back(std::move(name), std::move(json)); }

void ObjectText::Remove(std::string_view name) {
  std::erase_if(members_, [&](const auto& member) { return member.first == name; });
}

std::string ObjectText::Get(std::string_view name) const {
  const auto found =
      std::find_if(members_.begin(), members_.end(), [&](const auto& member) { return member.first == name; });
  return found == members_.end() ? "" : found->second;
}

std::string ObjectText::Text() const {
  std::string text = "{";
  for (const auto& [name, json] : members_) {
    if (text.size() > 1) text += ',';
    text += Quoted(name) + ":" + json;
  }
  return text + "}";
}

std::string Quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string JwkWith(const PrivateKey& key, std::string_view kid) {
  std::string jwk = WriteJwk(key.public_key().point());
  jwk.pop_back();
  return jwk + R"(,"kid":)" + Quoted(kid) + "}";
}

Actors& TheActors() {
  static Actors actors;
  return actors;
}

Scene::Scene()
    : header{{"alg", Quoted("ES256")}, {"typ", Quoted("dc+sd-jwt")}, {"kid", Quoted("issue-1")}},
      claims{{"iss", Quoted(kSceneIssuer)},
             {"vct", Quoted(kSceneVct)},
             {"iat", std::to_string(kSceneNow - 1000)},
             {"exp", std::to_string(kSceneNow + 100'000'000)},
             {"cnf", R"({"jwk":)" + WriteJwk(TheActors().holder.public_key().point()) + "}"},
             {"status", R"({"status_list":{"idx":7,"uri":)" + Quoted(kSceneStatusUri) + "}}"},
             {"_sd_alg", Quoted("sha-256")},
             {"subject", Quoted("moving and handling")}},
      signer(&TheActors().issuer),
      binding_signer(&TheActors().holder),
      status_header{{"alg", Quoted("ES256")}, {"typ", Quoted("statuslist+jwt")}, {"kid", Quoted("status-1")}},
      status_claims{{"sub", Quoted(kSceneStatusUri)},
                    {"iat", std::to_string(kSceneNow - 60)},
                    {"exp", std::to_string(kSceneNow + 3600)},
                    {"ttl", "600"}},
      status_signer(&TheActors().status),
      policy{{"now", std::to_string(kSceneNow)},
             {"leeway_seconds", "0"},
             {"kb_max_age_seconds", "300"},
             {"allowed_alg", R"(["ES256"])"},
             {"expected_nonce", Quoted(kSceneNonce)},
             {"expected_aud", Quoted(kSceneAudience)},
             {"require_kb", "true"},
             {"requested_vct", "[" + Quoted(kSceneVct) + "]"}},
      entry{{"iss", Quoted(kSceneIssuer)},
            {"mechanism", Quoted("jwks")},
            {"keys", "[" + JwkWith(TheActors().issuer, "issue-1") + "]"},
            {"vct", "[" + Quoted(kSceneVct) + "]"},
            {"status_uris", "[" + Quoted(kSceneStatusUri) + "]"},
            {"status_keys", "[" + JwkWith(TheActors().status, "status-1") + "]"}},
      other_entry{{"iss", Quoted("https://other.example")},
                  {"mechanism", Quoted("jwks")},
                  {"keys", "[" + JwkWith(TheActors().other_issuer, "issue-1") + "]"},
                  {"vct", R"(["https://types.example/employment"])"},
                  {"status_uris", R"(["https://status.example/other"])"},
                  {"status_keys", "[" + JwkWith(TheActors().other_issuer, "status-1") + "]"}} {
  binding.iat = std::to_string(kSceneNow - 5);
  binding.aud = Quoted(kSceneAudience);
  binding.nonce = Quoted(kSceneNonce);
  Disclose(R"(["2GLC42sKQveCfGfryNRN9w","level",2])");
  Disclose(R"(["eluV5Og3gSNII8EYnsxA_A","family_name","Okafor"])");
  SetStatusBytes(2, std::vector<std::uint8_t>(16, 0));
}

void Scene::Disclose(std::string_view json) {
  disclosures.push_back(ForgeDisclosure(json));
  claims.Set("_sd", DigestsOf(disclosures));
}

void Scene::SetDigests(const std::vector<std::string>& digests) {
  std::string text = "[";
  for (const std::string& digest : digests) text += (text.size() > 1 ? "," : "") + Quoted(digest);
  claims.Set("_sd", text + "]");
}

void Scene::SetStatusBytes(int bits, const std::vector<std::uint8_t>& bytes) {
  SetStatusStream(bits, Deflate(bytes, 6));
}

void Scene::SetStatusStream(int bits, const std::vector<std::uint8_t>& zlib_stream) {
  status_claims.Set("status_list",
                    R"({"bits":)" + std::to_string(bits) + R"(,"lst":)" + Quoted(EncodeBase64Url(zlib_stream)) + "}");
}

std::string Scene::Token() {
  std::string payload = claims.Text();
  if (change_payload) payload = change_payload(payload);
  std::string jwt = ForgeJws(header.Text(), payload, *signer);
  if (change_jwt) jwt = change_jwt(jwt);
  std::string presented = ForgeSdJwt(jwt, disclosures);
  ForgedBinding proof = binding;
  proof.sd_hash = sd_hash.value_or(QuotedSdHash(presented));
  if (change_presented) presented = change_presented(presented);
  std::string token = presented + (bound ? ForgeBinding(proof, *binding_signer) : "");
  return change_token ? change_token(token) : token;
}

std::string Scene::StatusToken() { return ForgeJws(status_header.Text(), status_claims.Text(), *status_signer); }

std::string Scene::Policy() {
  ObjectText whole = policy;
  if (whole.Get("registry").empty()) whole.Set("registry", "[" + entry.Text() + "," + other_entry.Text() + "]");
  if (whole.Get("status_tokens").empty()) {
    whole.Set("status_tokens", "{" + Quoted(status_uri) + ":" + Quoted(StatusToken()) + "}");
  }
  return whole.Text();
}

}  // namespace passport
