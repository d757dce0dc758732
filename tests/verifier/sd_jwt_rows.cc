// HOST-33 to HOST-63: the structure of SD-JWTs.
#include "credential/crypto/sha256.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

std::string Salted(std::string_view name, std::string_view value) {
  return R"(["2GLC42sKQveCfGfryNRN9w",)" + Quoted(name) + "," + std::string(value) + "]";
}

std::function<void(Scene&)> Token(const std::function<std::string(std::string)>& change) {
  return [change](Scene& scene) { scene.change_token = change; };
}

std::function<void(Scene&)> Presented(const std::function<std::string(std::string)>& change) {
  return [change](Scene& scene) { scene.change_presented = change; };
}

std::function<void(Scene&)> Disclosed(const std::string& json) {
  return [json](Scene& scene) { scene.Disclose(json); };
}

std::function<void(Scene&)> ClaimOfSdJwt(const std::string& name, const std::string& json) {
  return [name, json](Scene& scene) { scene.claims.Set(name, json); };
}

// Disclosures that hang in an array element each.
void InArray(Scene& scene, const std::string& json) {
  const std::string disclosure = ForgeDisclosure(json);
  scene.disclosures.push_back(disclosure);
  scene.claims.Set("list", R"([{"...":)" + Quoted(DigestOf(disclosure)) + "}]");
}

// A disclosure in a disclosure in a disclosure, the innermost first.
void Chain(Scene& scene, std::size_t length) {
  std::string value = "1";
  for (std::size_t i = 0; i < length; ++i) {
    const std::string disclosure = ForgeDisclosure(Salted("inner", value));
    scene.disclosures.push_back(disclosure);
    value = R"({"_sd":[)" + Quoted(DigestOf(disclosure)) + "]}";
  }
  scene.claims.Set("chain", value);
}

void AddSdJwtFormRows(HostileRows& rows) {
  rows.push_back({"HOST-33 bare JWT", "malformed",
                  Token([](const std::string& token) { return token.substr(0, token.find('~')); })});
  rows.push_back({"HOST-34 no final ~", "malformed",
                  Token([](const std::string& token) { return token.substr(0, token.rfind('~')); })});
  rows.push_back({"HOST-35 ~~", "malformed", Presented([](const std::string& text) {
                    const std::size_t at = text.find('~');
                    return text.substr(0, at) + "~" + text.substr(at);
                  })});
  rows.push_back({"HOST-35 leading ~", "malformed", Presented([](const std::string& text) { return "~" + text; })});
  rows.push_back({"HOST-35 only ~", "malformed", Token([](const std::string&) { return "~"; })});
  rows.push_back({"HOST-35 three ~", "malformed", Presented([](const std::string& text) { return text + "~~"; })});
  rows.push_back(
      {"HOST-36 ~ after the proof", "malformed", Token([](const std::string& token) { return token + "~"; })});
  rows.push_back({"HOST-36 two proofs", "malformed",
                  Token([](const std::string& token) { return token + token.substr(token.rfind('~')); })});
  rows.push_back({"HOST-18 disclosure", "malformed", [](Scene& scene) {
                    scene.disclosures.push_back("WyJhYmMiLCJkIiwxXR");
                    scene.claims.Set("_sd", DigestsOf(scene.disclosures));
                  }});
  for (const std::string form :
       {R"({"payload":"e30","protected":"e30","signature":"AAAA"})", R"({"payload":"e30","signatures":[{},{}]})",
        R"({"payload":"e30","signature":"AAAA","signatures":[]})"}) {
    rows.push_back({"HOST-63", "malformed", Token([form](const std::string&) { return std::string(form); })});
  }
}

void AddDigestRows(HostileRows& rows) {
  rows.push_back(
      {"HOST-37", "unused", [](Scene& scene) { scene.disclosures.push_back(ForgeDisclosure(Salted("extra", "1"))); }});
  rows.push_back({"HOST-38", "unused", [](Scene& scene) {
                    scene.disclosures[0] = ForgeDisclosure(R"(["2GLC42sKQveCfGfryNRN9w","level",3])");
                  }});
  rows.push_back({"HOST-39", "digest_dup", [](Scene& scene) { scene.disclosures.push_back(scene.disclosures[0]); }});
  rows.push_back({"HOST-40 one _sd", "digest_dup", [](Scene& scene) {
                    const std::string digest = DigestOf(scene.disclosures[0]);
                    scene.SetDigests({digest, DigestOf(scene.disclosures[1]), digest});
                  }});
  rows.push_back({"HOST-40 two _sd", "digest_dup", [](Scene& scene) {
                    scene.claims.Set("more", R"({"_sd":[)" + Quoted(DigestOf(scene.disclosures[0])) + "]}");
                  }});
  rows.push_back({"HOST-40 _sd and ...", "digest_dup|disclosure", [](Scene& scene) {
                    scene.claims.Set("more", R"([{"...":)" + Quoted(DigestOf(scene.disclosures[0])) + "}]");
                  }});
  rows.push_back({"HOST-40 inside a value", "digest_dup", [](Scene& scene) {
                    scene.Disclose(Salted("more", R"({"_sd":[)" + Quoted(DigestOf(scene.disclosures[0])) + "]}"));
                  }});
  rows.push_back({"HOST-41 decoy", "digest_dup", [](Scene& scene) {
                    const std::string decoy = Sha256Text("decoy");
                    scene.SetDigests({DigestOf(scene.disclosures[0]), decoy, DigestOf(scene.disclosures[1]), decoy});
                  }});
  rows.push_back({"HOST-42", "unused", [](Scene& scene) {
                    const std::string child = ForgeDisclosure(Salted("child", "1"));
                    scene.Disclose(Salted("parent", R"({"_sd":[)" + Quoted(DigestOf(child)) + "]}"));
                    scene.disclosures.back() = child;
                  }});
  rows.push_back({"HOST-58 hex", "malformed|unused", [](Scene& scene) {
                    scene.SetDigests({std::string(64, 'A'), DigestOf(scene.disclosures[1])});
                  }});
  rows.push_back(
      {"HOST-58 of the JSON", "unused", [](Scene& scene) {
         scene.SetDigests({Sha256Text(R"(["2GLC42sKQveCfGfryNRN9w","level",2])"), DigestOf(scene.disclosures[1])});
       }});
  rows.push_back({"HOST-59 padding", "malformed|unused", [](Scene& scene) {
                    scene.SetDigests({DigestOf(scene.disclosures[0]) + "=", DigestOf(scene.disclosures[1])});
                  }});
  rows.push_back({"HOST-59 trailing bits", "malformed|unused", [](Scene& scene) {
                    std::string digest = DigestOf(scene.disclosures[0]);
                    digest.back() = static_cast<char>(digest.back() + 1);
                    scene.SetDigests({digest, DigestOf(scene.disclosures[1])});
                  }});
}

void AddDisclosureRows(HostileRows& rows) {
  rows.push_back({"HOST-43", "disclosure", Disclosed(Salted("subject", "1"))});
  rows.push_back({"HOST-44", "disclosure", Disclosed(R"(["another salt of 22 char","level",3])")});
  rows.push_back({"HOST-45 _sd", "disclosure", Disclosed(Salted("_sd", "[]"))});
  rows.push_back({"HOST-45 ...", "disclosure", Disclosed(Salted("...", "1"))});
  rows.push_back({"HOST-46 top", "disclosure|sd_alg", Disclosed(Salted("_sd_alg", Quoted("sha-256")))});
  rows.push_back({"HOST-46 nested", "disclosure|sd_alg|malformed", [](Scene& scene) {
                    const std::string inner = ForgeDisclosure(Salted("_sd_alg", Quoted("sha-256")));
                    scene.disclosures.push_back(inner);
                    scene.claims.Set("more", R"({"_sd":[)" + Quoted(DigestOf(inner)) + "]}");
                  }});
  for (const std::string json : {R"(["salt",1])", R"(["salt"])", R"(["salt","a",1,2])", "[]"}) {
    rows.push_back({"HOST-47 " + json, "disclosure", Disclosed(json)});
  }
  rows.push_back(
      {"HOST-47 three in an array", "disclosure", [](Scene& scene) { InArray(scene, Salted("name", "1")); }});
  for (const std::string json : {"{}", "\"text\"", "7", "null", " "}) {
    rows.push_back({"HOST-48 " + json, "disclosure", Disclosed(json)});
  }
  for (const std::string json : {R"([7,"a",1])", R"([null,"a",1])", R"(["salt",7,1])"}) {
    rows.push_back({"HOST-49 " + json, "disclosure", Disclosed(json)});
  }
  rows.push_back({"HOST-60", "disclosure", Disclosed(Salted("twice", R"({"a":1,"a":2})"))});
}

void AddMachineryRows(HostileRows& rows) {
  for (const std::string sd : {"\"text\"", "{}", "null", "[7]"}) {
    rows.push_back({"HOST-50 " + sd, "malformed|unused", ClaimOfSdJwt("more", R"({"_sd":)" + sd + "}")});
  }
  const std::string digest = Quoted(Sha256Text("decoy"));
  rows.push_back({"HOST-51 two members", "malformed", ClaimOfSdJwt("more", R"([{"...":)" + digest + R"(,"x":1}])")});
  rows.push_back({"HOST-51 number", "malformed", ClaimOfSdJwt("more", R"([{"...":5}])")});
  rows.push_back({"HOST-51 outside an array", "malformed", ClaimOfSdJwt("more", R"({"...":)" + digest + "}")});
  rows.push_back({"HOST-51 top level", "malformed", ClaimOfSdJwt("...", digest)});
  for (const std::string alg : {"\"sha-256-32\"", "\"SHA-256\"", "\"md5\"", "\"sha256\"", "5", "null"}) {
    rows.push_back({"HOST-52 " + alg, "sd_alg", ClaimOfSdJwt("_sd_alg", alg)});
  }
  rows.push_back({"HOST-53", "sd_alg|malformed", ClaimOfSdJwt("more", R"({"_sd_alg":"sha-512"})")});
  rows.push_back({"HOST-54", "valid", [](Scene& scene) {
                    const std::string inner = ForgeDisclosure(Salted("iss", Quoted("https://evil.example")));
                    const std::string second = ForgeDisclosure(Salted("exp", "1"));
                    scene.Disclose(Salted(
                        "deep", R"({"_sd":[)" + Quoted(DigestOf(inner)) + "," + Quoted(DigestOf(second)) + "]}"));
                    scene.disclosures.insert(scene.disclosures.end(), {inner, second});
                  }});
  rows.push_back({"HOST-55", "valid", [](Scene& scene) {
                    const std::string third = ForgeDisclosure(Salted("third", "true"));
                    const std::string second =
                        ForgeDisclosure(Salted("second", R"({"_sd":[)" + Quoted(DigestOf(third)) + "]}"));
                    InArray(scene, R"(["salt",{"_sd":[)" + Quoted(DigestOf(second)) + "]}]");
                    scene.disclosures.insert(scene.disclosures.end(), {second, third});
                  }});
  rows.push_back({"HOST-56 1000", "limit", [](Scene& scene) { Chain(scene, 1000); }});
  rows.push_back({"HOST-56 100", "limit", [](Scene& scene) { Chain(scene, 100); }});
  rows.push_back({"HOST-57 decoys", "limit", [](Scene& scene) {
                    std::vector<std::string> decoys;
                    for (int i = 0; i < 50'000; ++i) decoys.push_back(Sha256Text(std::to_string(i)));
                    scene.SetDigests(decoys);
                  }});
  rows.push_back({"HOST-57 disclosures", "limit",
                  [](Scene& scene) { scene.disclosures = std::vector<std::string>(50'000, "AAAA"); }});
  for (const std::string name : {"__proto__", "", "a\\u0000b",
                                 "a\xe2\x80\xae"
                                 "b"}) {
    rows.push_back({"HOST-61 " + name, "valid", Disclosed(Salted(name, "1"))});
  }
  rows.push_back({"HOST-61 64 KiB", "valid|limit|disclosure", Disclosed(Salted(std::string(64 * 1024, 'n'), "1"))});
  for (const std::string value : {"null", "false", "0", "\"\"", "[]", "{}", "1e400", "18446744073709551616", "-0"}) {
    rows.push_back({"HOST-62 " + value, "valid", Disclosed(Salted("value", value))});
  }
}

}  // namespace

HostileRows SdJwtRows() {
  HostileRows rows;
  AddSdJwtFormRows(rows);
  AddDigestRows(rows);
  AddDisclosureRows(rows);
  AddMachineryRows(rows);
  return rows;
}

}  // namespace passport
