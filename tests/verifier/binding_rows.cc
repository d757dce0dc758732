// HOST-83 to HOST-102: key binding, and the claims asked for.
#include "credential/crypto/jwk.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

std::function<void(Scene&)> Binding(std::string ForgedBinding::*member, const std::string& text) {
  return [member, text](Scene& scene) { scene.binding.*member = text; };
}

void AddProofRows(HostileRows& rows) {
  rows.push_back({"HOST-83", "kb_missing", [](Scene& scene) { scene.bound = false; }});
  rows.push_back({"HOST-84 another key", "kb_sig", [](Scene& scene) { scene.binding_signer = &TheActors().attacker; }});
  rows.push_back(
      {"HOST-84 the issuer's key", "kb_sig", [](Scene& scene) { scene.binding_signer = &TheActors().issuer; }});
  rows.push_back({"HOST-84 a key in its header", "kb_sig", [](Scene& scene) {
                    scene.binding_signer = &TheActors().attacker;
                    scene.binding.header = R"({"alg":"ES256","typ":"kb+jwt","jwk":)" +
                                           WriteJwk(TheActors().attacker.public_key().point()) + "}";
                  }});
  for (const std::string alg : {"none", "HS256"}) {
    rows.push_back(
        {"HOST-85 " + alg, "alg", Binding(&ForgedBinding::header, R"({"alg":")" + alg + R"(","typ":"kb+jwt"})")});
  }
  rows.push_back({"HOST-86 JWT", "kb_typ", Binding(&ForgedBinding::header, R"({"alg":"ES256","typ":"JWT"})")});
  rows.push_back({"HOST-86 missing", "kb_typ", Binding(&ForgedBinding::header, R"({"alg":"ES256"})")});
  for (const std::string& iat : {std::to_string(kSceneNow - 3600), std::to_string(kSceneNow + 3600),
                                 Quoted(std::to_string(kSceneNow)), std::string()}) {
    rows.push_back({"HOST-90 iat " + iat, "kb_time", Binding(&ForgedBinding::iat, iat)});
  }
  rows.push_back({"KB-09 exp", "kb_time", Binding(&ForgedBinding::more, ",\"exp\":" + std::to_string(kSceneNow - 1))});
  rows.push_back({"HOST-96 the credential as its own proof", "kb_typ", [](Scene& scene) {
                    scene.change_token = [](const std::string& token) {
                      return token.substr(0, token.rfind('~') + 1) + token.substr(0, token.find('~'));
                    };
                  }});
  rows.push_back({"HOST-96 a proof for issuance", "kb_typ",
                  Binding(&ForgedBinding::header, R"({"alg":"ES256","typ":"openid4vci-proof+jwt"})")});
  rows.push_back({"HOST-97", "kb_sig", [](Scene& scene) { scene.binding_signer = &TheActors().attacker; }});
  for (const std::string cnf : {"{}", R"({"kid":"holder-1"})", R"({"jku":"https://evil.example/k"})",
                                R"({"jwk":{"kty":"oct","k":"AAAA"}})", "7"}) {
    rows.push_back({"HOST-95 " + cnf, "kb_key", [cnf](Scene& scene) { scene.claims.Set("cnf", cnf); }});
  }
  rows.push_back({"HOST-95 missing", "kb_key", [](Scene& scene) { scene.claims.Remove("cnf"); }});
}

void AddChallengeRows(HostileRows& rows) {
  for (const std::string nonce : {"\"another\"", "", "\"\"", "7", "[\"n-0S6_WzA2Mj\"]"}) {
    rows.push_back({"HOST-87 nonce " + nonce, "kb_nonce", Binding(&ForgedBinding::nonce, nonce)});
  }
  rows.push_back({"HOST-87 not configured", "config", [](Scene& scene) { scene.policy.Remove("expected_nonce"); }});
  rows.push_back({"HOST-87 configured empty", "config", [](Scene& scene) {
                    scene.policy.Set("expected_nonce", "\"\"");
                    scene.binding.nonce = "\"\"";
                  }});
  rows.push_back({"KB-10 no audience", "config", [](Scene& scene) { scene.policy.Remove("expected_aud"); }});
  for (const std::string aud : {"\"https://else.example\"", "[\"https://ward.example\"]", "", "\"ward.example\"",
                                "\"x509_san_dns:https://ward.example\"", "\"https://ward.example/\""}) {
    rows.push_back({"HOST-89 aud " + aud, "kb_aud", Binding(&ForgedBinding::aud, aud)});
  }
}

void AddHashRows(HostileRows& rows) {
  rows.push_back({"HOST-91 removed", "kb_hash", [](Scene& scene) {
                    scene.change_presented = [](const std::string& text) {
                      return text.substr(0, text.rfind('~', text.size() - 2) + 1);
                    };
                  }});
  rows.push_back({"HOST-91 added", "kb_hash", [](Scene& scene) {
                    scene.change_presented = [removed = scene.disclosures.back()](const std::string& text) {
                      return text + removed + "~";
                    };
                    scene.disclosures.pop_back();
                  }});
  rows.push_back({"HOST-92 missing", "kb_hash", [](Scene& scene) { scene.sd_hash = ""; }});
  for (const std::string& hash : {std::string(64, 'a'), std::string(43, 'A')}) {
    rows.push_back({"HOST-92 " + hash, "kb_hash", [hash](Scene& scene) { scene.sd_hash = Quoted(hash); }});
  }
  rows.push_back({"HOST-92 padding", "kb_hash", [](Scene& scene) {
                    scene.change_jwt = [&scene](const std::string& jwt) {
                      std::string hash = QuotedSdHash(ForgeSdJwt(jwt, scene.disclosures));
                      hash.insert(hash.size() - 1, "=");
                      scene.sd_hash = hash;
                      return jwt;
                    };
                  }});
  rows.push_back({"HOST-92 without the final ~", "kb_hash", [](Scene& scene) {
                    scene.change_jwt = [&scene](const std::string& jwt) {
                      std::string presented = ForgeSdJwt(jwt, scene.disclosures);
                      presented.pop_back();
                      scene.sd_hash = QuotedSdHash(presented);
                      return jwt;
                    };
                  }});
  rows.push_back({"HOST-93", "kb_hash",
                  [](Scene& scene) { scene.sd_hash = QuotedSdHash(ForgeSdJwt("other.credential.text", {})); }});
  rows.push_back({"HOST-94", "kb_hash", [](Scene& scene) {
                    scene.change_presented = [](const std::string& text) {
                      const std::size_t end = text.find('~');
                      return WithOtherS(text.substr(0, end)) + text.substr(end);
                    };
                  }});
}

void AddClaimRows(HostileRows& rows) {
  const auto paths = [](const std::string& text) {
    return [text](Scene& scene) {
      scene.policy.Set("required_claims", text);
      scene.claims.Set("sites", R"([{"name":"A"},{"name":"B"}])");
    };
  };
  const auto values = [](const std::string& text) {
    return [text](Scene& scene) { scene.policy.Set("required_values", text); };
  };
  rows.push_back({"HOST-102 absent", "claims", paths(R"([["absent"]])")});
  rows.push_back({"HOST-102 not disclosed", "claims", [](Scene& scene) {
                    scene.policy.Set("required_claims", R"([["family_name"]])");
                    scene.disclosures.pop_back();
                  }});
  rows.push_back({"HOST-102 index past the end", "claims", paths(R"([["sites",2]])")});
  rows.push_back({"HOST-102 name in a text", "claims", paths(R"([["subject","x"]])")});
  rows.push_back({"HOST-102 all of no array", "claims", paths(R"([["subject",null]])")});
  rows.push_back({"HOST-102 there", "valid", paths(R"([["level"],["sites",1,"name"],["sites",null,"name"]])")});
  rows.push_back({"HOST-102 another value", "claims", values(R"({"level":[3,"2"]})")});
  rows.push_back({"HOST-102 no such claim", "claims", values(R"({"absent":[1]})")});
  rows.push_back({"HOST-102 that value", "valid", values(R"({"level":[3,2],"subject":["moving and handling"]})")});
}

}  // namespace

HostileRows BindingRows() {
  HostileRows rows;
  AddProofRows(rows);
  AddChallengeRows(rows);
  AddHashRows(rows);
  AddClaimRows(rows);
  return rows;
}

}  // namespace passport
