// HOST-104 to HOST-119: status lists.
#include "credential/encoding/base64url.h"
#include "credential/encoding/inflate.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

std::function<void(Scene&)> Reference(const std::string& json) {
  return [json](Scene& scene) { scene.claims.Set("status", json); };
}

std::function<void(Scene&)> Index(const std::string& index) {
  return Reference(R"({"status_list":{"idx":)" + index + R"(,"uri":)" + Quoted(kSceneStatusUri) + "}}");
}

std::function<void(Scene&)> ListClaim(const std::string& name, const std::string& json) {
  return [name, json](Scene& scene) { scene.status_claims.Set(name, json); };
}

// Entry 7 of a list of 2 or 8 bits.
std::function<void(Scene&)> Value(int bits, std::uint8_t value) {
  return [bits, value](Scene& scene) {
    std::vector<std::uint8_t> bytes(16, 0);
    const int at = 7 * bits;
    bytes[static_cast<std::size_t>(at / 8)] = static_cast<std::uint8_t>(value << (at % 8));
    scene.SetStatusBytes(bits, bytes);
  };
}

std::function<void(Scene&)> Stream(const std::function<std::vector<std::uint8_t>(std::vector<std::uint8_t>)>& change) {
  return [change](Scene& scene) { scene.SetStatusStream(2, change(Deflate(std::vector<std::uint8_t>(16, 0), 6))); };
}

void AddReferenceRows(HostileRows& rows) {
  for (const std::string index :
       {"64", "2147483648", "4294967296", "9223372036854775808", "18446744073709551615", "-1", "1.0", "1e1", "\"7\""}) {
    rows.push_back({"HOST-104 " + index, "status", Index(index)});
  }
  for (const std::string uri :
       {"http://status.example/lists/1", "file:///etc/passwd", "data:,x", "https://u@status.example/lists/1",
        "https://169.254.169.254/lists/1", "https://status.example/lists/1?holder=7", "https://else.example/lists/1"}) {
    rows.push_back({"HOST-115 " + uri, "status", Reference(R"({"status_list":{"idx":7,"uri":)" + Quoted(uri) + "}}")});
  }
  for (const std::string status :
       {"{}", R"({"unknown":{}})", "\"x\"", R"({"status_list":{"uri":"https://status.example/lists/1"}})",
        R"({"status_list":{"idx":7}})", "null"}) {
    rows.push_back({"HOST-118 " + status, "status", Reference(status)});
  }
  rows.push_back({"HOST-116 not at hand", "status", [](Scene& scene) { scene.policy.Set("status_tokens", "{}"); }});
  rows.push_back(
      {"HOST-119 expired", "time", [](Scene& scene) { scene.claims.Set("exp", std::to_string(kSceneNow - 1)); }});
  rows.push_back({"HOST-119 forged", "sig", [](Scene& scene) {
                    scene.signer = &TheActors().attacker;
                    Value(2, 1)(scene);
                  }});
}

void AddTokenRows(HostileRows& rows) {
  for (const std::string sub :
       {"https://status.example/lists/1?x=1", "https://Status.example/lists/1", "https://status.example/lists/1/"}) {
    rows.push_back({"HOST-105 " + sub, "status", ListClaim("sub", Quoted(sub))});
  }
  rows.push_back({"HOST-106 expired", "status", ListClaim("exp", std::to_string(kSceneNow - 1))});
  rows.push_back({"HOST-106 no exp", "status", [](Scene& scene) { scene.status_claims.Remove("exp"); }});
  rows.push_back({"HOST-106 iat ahead", "status", ListClaim("iat", std::to_string(kSceneNow + 1000))});
  rows.push_back({"HOST-106 no iat", "status", [](Scene& scene) { scene.status_claims.Remove("iat"); }});
  rows.push_back({"HOST-107 holder", "status", [](Scene& scene) { scene.status_signer = &TheActors().holder; }});
  rows.push_back(
      {"HOST-107 another issuer", "status", [](Scene& scene) { scene.status_signer = &TheActors().other_issuer; }});
  rows.push_back({"HOST-107 the issuing key", "status", [](Scene& scene) {
                    scene.status_signer = &TheActors().issuer;
                    scene.status_header.Set("kid", Quoted("issue-1"));
                  }});
  for (const std::string typ : {"JWT", "dc+sd-jwt"}) {
    rows.push_back({"HOST-108 " + typ, "status", [typ](Scene& scene) { scene.status_header.Set("typ", Quoted(typ)); }});
  }
  rows.push_back({"HOST-108 a credential", "status", [](Scene& scene) {
                    Scene other;
                    other.bound = false;
                    scene.policy.Set("status_tokens",
                                     "{" + Quoted(kSceneStatusUri) + ":" + Quoted(other.Token()) + "}");
                  }});
  for (const std::string ttl : {"0", "-5", "\"60\"", "true"}) {
    rows.push_back({"HOST-117 ttl " + ttl, "status", ListClaim("ttl", ttl)});
  }
  rows.push_back({"HOST-117 large", "valid", [](Scene& scene) {
                    scene.status_claims.Set("ttl", "1000000000000");
                    scene.status_claims.Set("exp", "253402300799");
                  }});
}

void AddListRows(HostileRows& rows) {
  const std::string lst = EncodeBase64Url(Deflate(std::vector<std::uint8_t>(16, 0), 6));
  for (const std::string bits : {"0", "3", "16", "\"1\"", "null"}) {
    rows.push_back({"HOST-109 " + bits, "status",
                    ListClaim("status_list", R"({"bits":)" + bits + R"(,"lst":)" + Quoted(lst) + "}")});
  }
  rows.push_back({"HOST-109 missing", "status", ListClaim("status_list", R"({"lst":)" + Quoted(lst) + "}")});
  rows.push_back({"HOST-110 bomb", "limit|status", [](Scene& scene) {
                    scene.SetStatusBytes(8, std::vector<std::uint8_t>((std::size_t{8} << 20) + 1, 0));
                  }});
  rows.push_back({"HOST-110 2^20 entries of 8 bits", "valid",
                  [](Scene& scene) { scene.SetStatusBytes(8, std::vector<std::uint8_t>(std::size_t{1} << 20, 0)); }});
  using Bytes = std::vector<std::uint8_t>;
  rows.push_back({"HOST-111 raw DEFLATE", "status",
                  Stream([](const Bytes& stream) { return Bytes(stream.begin() + 2, stream.end() - 4); })});
  rows.push_back({"HOST-111 gzip", "status", Stream([](const Bytes& stream) {
                    Bytes gzip = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
                    gzip.insert(gzip.end(), stream.begin() + 2, stream.end() - 4);
                    gzip.resize(gzip.size() + 8);
                    return gzip;
                  })});
  rows.push_back({"HOST-111 Adler-32", "status", Stream([](Bytes stream) {
                    stream.back() ^= 1;
                    return stream;
                  })});
  rows.push_back({"HOST-111 truncated", "status", Stream([](Bytes stream) {
                    stream.resize(stream.size() - 3);
                    return stream;
                  })});
  rows.push_back({"HOST-111 preset dictionary", "status", Stream([](Bytes stream) {
                    stream[1] = 0xbb;
                    return stream;
                  })});
  rows.push_back({"HOST-111 bytes after it", "status", Stream([](Bytes stream) {
                    stream.push_back(0);
                    return stream;
                  })});
  rows.push_back({"HOST-111 two streams", "status", Stream([](Bytes stream) {
                    const Bytes again = stream;
                    stream.insert(stream.end(), again.begin(), again.end());
                    return stream;
                  })});
  for (const std::uint8_t flags : {std::uint8_t{0x01}, std::uint8_t{0x5e}, std::uint8_t{0x9c}, std::uint8_t{0xda}}) {
    rows.push_back({"HOST-111 78" + std::to_string(flags), "valid", Stream([flags](Bytes stream) {
                      stream[1] = flags;
                      return stream;
                    })});
  }
  rows.push_back({"HOST-112 1", "revoked", Value(2, 1)});
  rows.push_back({"HOST-112 2", "suspended", Value(2, 2)});
  rows.push_back({"HOST-112 3", "status", Value(2, 3)});
  rows.push_back({"HOST-112 0x0b", "status", Value(8, 0x0b)});
  rows.push_back({"HOST-112 0x0c", "status", Value(8, 0x0c)});
}

}  // namespace

HostileRows StatusRows() {
  HostileRows rows;
  AddReferenceRows(rows);
  AddTokenRows(rows);
  AddListRows(rows);
  return rows;
}

}  // namespace passport
