// HOST-01 to HOST-32: the JOSE layer.
#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

// The JWS with another signature.
std::string Resigned(const std::string& jwt, const std::vector<std::uint8_t>& signature) {
  return jwt.substr(0, jwt.rfind('.') + 1) + EncodeBase64Url(signature);
}

std::vector<std::uint8_t> SignatureOf(const std::string& jwt) {
  return DecodeBase64Url(jwt.substr(jwt.rfind('.') + 1)).value();
}

std::vector<std::uint8_t> Order() {
  return {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
}

// DER of r and s.
std::vector<std::uint8_t> Der(const std::vector<std::uint8_t>& raw) {
  std::vector<std::uint8_t> body;
  for (const std::size_t start : {std::size_t{0}, std::size_t{32}}) {
    body.push_back(0x02);
    const bool high = (raw[start] & 0x80) != 0;
    body.push_back(high ? 33 : 32);
    if (high) body.push_back(0);
    body.insert(body.end(), raw.begin() + static_cast<std::ptrdiff_t>(start),
                raw.begin() + static_cast<std::ptrdiff_t>(start + 32));
  }
  std::vector<std::uint8_t> der = {0x30, static_cast<std::uint8_t>(body.size())};
  der.insert(der.end(), body.begin(), body.end());
  return der;
}

// r and s chosen: nothing keeps the real half.
std::function<void(Scene&)> WithHalves(const std::optional<std::vector<std::uint8_t>>& r,
                                       const std::optional<std::vector<std::uint8_t>>& s) {
  return [r, s](Scene& scene) {
    scene.change_jwt = [r, s](const std::string& jwt) {
      std::vector<std::uint8_t> signature = SignatureOf(jwt);
      if (r) std::copy(r->begin(), r->end(), signature.begin());
      if (s) std::copy(s->begin(), s->end(), signature.begin() + 32);
      return Resigned(jwt, signature);
    };
  };
}

std::function<void(Scene&)> Header(const std::string& name, const std::string& json) {
  return [name, json](Scene& scene) { scene.header.Set(name, json); };
}

std::function<void(Scene&)> PayloadText(const std::string& text) {
  return [text](Scene& scene) { scene.change_payload = [text](const std::string&) { return text; }; };
}

// Something put in front of the closing brace of the payload.
std::function<void(Scene&)> PayloadEnd(const std::string& text) {
  return [text](Scene& scene) {
    scene.change_payload = [text](const std::string& payload) { return payload.substr(0, payload.size() - 1) + text; };
  };
}

std::function<void(Scene&)> Jwt(const std::function<std::string(std::string)>& change) {
  return [change](Scene& scene) { scene.change_jwt = change; };
}

std::function<void(Scene&)> IssuerKeys(const std::string& keys) {
  return [keys](Scene& scene) { scene.entry.Set("keys", keys); };
}

void AddHeaderRows(HostileRows& rows) {
  rows.push_back({"HOST-01 none, empty signature", "alg|malformed", [](Scene& scene) {
                    scene.header.Set("alg", Quoted("none"));
                    scene.change_jwt = [](const std::string& jwt) { return jwt.substr(0, jwt.rfind('.') + 1); };
                  }});
  for (const std::string alg : {"None", "NONE", "nOnE", " none", "none"}) {
    rows.push_back({"HOST-02 " + alg, "alg", Header("alg", Quoted(alg))});
  }
  rows.push_back({"HOST-03 HS256", "alg", Header("alg", Quoted("HS256"))});
  for (const std::string alg : {"ES256K", "ES384", "RS256", "EdDSA", "ES512"}) {
    rows.push_back({"HOST-04 " + alg, "alg", Header("alg", Quoted(alg))});
  }
  rows.push_back({"HOST-04 ES384 on the list", "alg", [](Scene& scene) {
                    scene.header.Set("alg", Quoted("ES384"));
                    scene.policy.Set("allowed_alg", R"(["ES256","ES384"])");
                  }});
  for (const std::string alg : {R"(["ES256"])", "256", "null", "{}"}) {
    rows.push_back({"HOST-05 " + alg, "alg", Header("alg", alg)});
  }
  rows.push_back({"HOST-05 missing", "alg", [](Scene& scene) { scene.header.Remove("alg"); }});
  rows.push_back({"HOST-06 jwk in the header", "sig", [](Scene& scene) {
                    scene.header.Set("jwk", WriteJwk(TheActors().attacker.public_key().point()));
                    scene.signer = &TheActors().attacker;
                  }});
  for (const std::string name : {"jku", "x5u"}) {
    rows.push_back({"HOST-07 " + name, "sig", [name](Scene& scene) {
                      scene.header.Set(name, Quoted("https://169.254.169.254/keys"));
                      scene.signer = &TheActors().attacker;
                    }});
  }
  for (const std::string kid : {"../../../dev/null", "' OR 1=1 --", "\\u0000", "https://evil.example/k"}) {
    rows.push_back({"HOST-08 " + kid, "key", Header("kid", Quoted(kid))});
  }
  rows.push_back({"HOST-08 64 KiB", "limit", Header("kid", Quoted(std::string(64 * 1024, 'k')))});
  for (const std::string kid : {"7", "{}"}) rows.push_back({"HOST-09 " + kid, "key", Header("kid", kid)});
  for (const std::string crit : {R"(["exp"])", "[]", R"(["absent"])"}) {
    rows.push_back({"HOST-10 " + crit, "crit", Header("crit", crit)});
  }
  rows.push_back({"HOST-10 b64", "crit", [](Scene& scene) {
                    scene.header.Set("crit", R"(["b64"])");
                    scene.header.Set("b64", "false");
                  }});
  rows.push_back({"HOST-11 alg twice", "malformed", [](Scene& scene) { scene.header.Add("alg", Quoted("none")); }});
  rows.push_back({"HOST-11 none, then ES256", "malformed", [](Scene& scene) {
                    scene.header.Set("alg", Quoted("none"));
                    scene.header.Add("alg", Quoted("ES256"));
                  }});
  for (const std::string typ : {"JWT", "vc+sd-jwt", "application/dc+sd-jwt", "DC+SD-JWT", "kb+jwt", "statuslist+jwt"}) {
    rows.push_back({"HOST-28 " + typ, "typ", Header("typ", Quoted(typ))});
  }
  rows.push_back({"HOST-28 absent", "typ", [](Scene& scene) { scene.header.Remove("typ"); }});
}

void AddJsonRows(HostileRows& rows) {
  for (const std::string name : {"vct", "iss", "cnf"}) {
    rows.push_back({"HOST-12 " + name + " twice", "malformed",
                    [name](Scene& scene) { scene.claims.Add(name, scene.claims.Get(name)); }});
  }
  rows.push_back(
      {"HOST-12 escaped", "malformed", [](Scene& scene) { scene.claims.Add("vc\\u0074", Quoted(kSceneVct)); }});
  for (const std::string text : {"[]", "\"text\"", "null", "7"}) {
    rows.push_back({"HOST-13 " + text, "malformed", PayloadText(text)});
  }
  for (const std::string end : {",}", ",\"a\":1/*c*/}", ",\"a\":NaN}", ",\"a\":Infinity}", ",'a':1}", "}x", "}{}",
                                ",\"a\":+1}", ",\"a\":01}"}) {
    rows.push_back({"HOST-14 " + end, "malformed", PayloadEnd(end)});
  }
  rows.push_back({"HOST-14 byte order mark", "malformed", [](Scene& scene) {
                    scene.change_payload = [](const std::string& payload) { return "\xef\xbb\xbf" + payload; };
                  }});
  for (const std::string bad : {"\xc0\xaf", "\x80", "\xed\xa0\x80", "\\ud800", "\xe9"}) {
    rows.push_back({"HOST-15", "malformed", PayloadEnd(",\"a\":\"" + bad + "\"}")});
  }
  for (const std::size_t depth : {std::size_t{100'000}, std::size_t{10'000}}) {
    rows.push_back({"HOST-16 " + std::to_string(depth), "limit",
                    PayloadEnd(",\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}")});
  }
}

void AddFormRows(HostileRows& rows) {
  for (const std::string bad : {"=", "+", "/", " ", "\n", "?"}) {
    rows.push_back({"HOST-17 '" + bad + "'", "malformed",
                    Jwt([bad](const std::string& jwt) { return jwt.substr(0, 10) + bad + jwt.substr(11); })});
  }
  rows.push_back({"HOST-17 NUL", "malformed", Jwt([](std::string jwt) {
                    jwt[10] = '\0';
                    return jwt;
                  })});
  rows.push_back({"HOST-18 signature", "malformed", Jwt([](std::string jwt) {
                    // 64 bytes leave 4 unused bits in the last character, all zero in canonical text.
                    jwt.back() = static_cast<char>(jwt.back() + 1);
                    return jwt;
                  })});
  rows.push_back({"HOST-19", "malformed", Jwt([](const std::string& jwt) { return jwt + "AAA"; })});
  rows.push_back({"HOST-20 four parts", "malformed", Jwt([](const std::string& jwt) { return jwt + ".AAAA"; })});
  rows.push_back(
      {"HOST-20 two parts", "malformed", Jwt([](const std::string& jwt) { return jwt.substr(0, jwt.rfind('.')); })});
  rows.push_back({"HOST-20 empty part", "malformed", Jwt([](const std::string& jwt) {
                    return jwt.substr(0, jwt.find('.') + 1) + jwt.substr(jwt.rfind('.'));
                  })});
  rows.push_back({"HOST-20 JWE", "malformed", Jwt([](const std::string&) {
                    return Encoded(R"({"alg":"ECDH-ES","enc":"A256GCM"})") + "..AAAA.AAAA.AAAA";
                  })});
  rows.push_back({"HOST-32 presentation", "limit",
                  Jwt([](const std::string& jwt) { return jwt + std::string(std::size_t{10} << 20, 'A'); })});
  rows.push_back({"HOST-32 header", "limit", Header("x", Quoted(std::string(20'000, 'x')))});
  rows.push_back({"HOST-32 string", "limit", PayloadEnd(",\"a\":\"" + std::string(70'000, 'a') + "\"}")});
}

void AddSignatureRows(HostileRows& rows) {
  rows.push_back(
      {"HOST-21 DER", "sig", Jwt([](const std::string& jwt) { return Resigned(jwt, Der(SignatureOf(jwt))); })});
  for (const std::size_t size : {std::size_t{63}, std::size_t{65}, std::size_t{128}, std::size_t{1}}) {
    rows.push_back({"HOST-22 " + std::to_string(size), "sig", Jwt([size](const std::string& jwt) {
                      std::vector<std::uint8_t> signature = SignatureOf(jwt);
                      signature.resize(size);
                      return Resigned(jwt, signature);
                    })});
  }
  const std::vector<std::uint8_t> zero(32, 0);
  const std::vector<std::uint8_t> high(32, 0xff);
  rows.push_back({"HOST-23 r = 0", "sig", WithHalves(zero, std::nullopt)});
  rows.push_back({"HOST-23 s = 0", "sig", WithHalves(std::nullopt, zero)});
  rows.push_back({"HOST-23 both 0", "sig", WithHalves(zero, zero)});
  rows.push_back({"HOST-23 r = n", "sig", WithHalves(Order(), std::nullopt)});
  rows.push_back({"HOST-23 s = n", "sig", WithHalves(std::nullopt, Order())});
  rows.push_back({"HOST-23 r > n", "sig", WithHalves(high, std::nullopt)});
  rows.push_back({"HOST-24 high s", "valid", Jwt(&WithOtherS)});
  rows.push_back({"HOST-25 other payload", "sig", Jwt([](const std::string& jwt) {
                    const std::string other = ForgeJws("{}", "{}", TheActors().issuer);
                    return Resigned(jwt, SignatureOf(other));
                  })});
  rows.push_back({"HOST-25 one bit", "sig|malformed", Jwt([](std::string jwt) {
                    const std::size_t at = jwt.find('.') + 40;
                    jwt[at] = jwt[at] == 'A' ? 'B' : 'A';
                    return jwt;
                  })});
}

void AddKeyRows(HostileRows& rows) {
  const auto key = [](std::string_view crv, std::size_t bytes, std::uint8_t fill) {
    const std::string coordinate = Quoted(EncodeBase64Url(std::vector<std::uint8_t>(bytes, fill)));
    return R"([{"kty":"EC","kid":"issue-1","crv":)" + Quoted(crv) + R"(,"x":)" + coordinate + R"(,"y":)" + coordinate +
           "}]";
  };
  rows.push_back({"HOST-26 off the curve", "key", IssuerKeys(key("P-256", 32, 7))});
  rows.push_back({"HOST-26 infinity", "key", IssuerKeys(key("P-256", 32, 0))});
  rows.push_back({"HOST-26 31 bytes", "key", IssuerKeys(key("P-256", 31, 7))});
  rows.push_back({"HOST-26 33 bytes", "key", IssuerKeys(key("P-256", 33, 7))});
  rows.push_back({"HOST-26 x >= p", "key", IssuerKeys(key("P-256", 32, 0xff))});
  rows.push_back({"HOST-26 P-384", "key", IssuerKeys(key("P-384", 32, 7))});
  rows.push_back({"HOST-26 private part", "key", [](Scene& scene) {
                    std::string jwk = JwkWith(TheActors().issuer, "issue-1");
                    jwk.pop_back();
                    scene.entry.Set("keys", "[" + jwk + R"(,"d":"AAAA"}])");
                  }});
  rows.push_back({"HOST-27 private cnf", "kb_key", [](Scene& scene) {
                    std::string jwk = WriteJwk(TheActors().holder.public_key().point());
                    jwk.pop_back();
                    scene.claims.Set("cnf", R"({"jwk":)" + jwk + R"(,"d":"AAAA"}})");
                  }});
  rows.push_back({"HOST-29 x5c of the attacker", "sig", [](Scene& scene) {
                    scene.header.Set("x5c", R"(["MIIB"])");
                    scene.signer = &TheActors().attacker;
                  }});
}

}  // namespace

HostileRows JoseRows() {
  HostileRows rows;
  AddHeaderRows(rows);
  AddJsonRows(rows);
  AddFormRows(rows);
  AddSignatureRows(rows);
  AddKeyRows(rows);
  return rows;
}

}  // namespace passport
