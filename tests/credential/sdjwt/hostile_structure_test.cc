// HOST-33 to HOST-63: the structure of an SD-JWT in the hands of somebody who can sign what he likes, or who cuts up
// what another has signed.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "credential/encoding/base64url.h"
#include "tests/credential/sdjwt/sd_jwt_world.h"

namespace passport {
namespace {

std::string HostileDecoy(int number) { return DigestOf("decoy " + std::to_string(number)); }

// What a verifier says of a forged credential with an honest proof on top.
std::string Bound(const Forged& forged) {
  SdJwtWorld& world = SdJwtWorld::Get();
  return Verdict(world.Bound(world.SdJwt(forged)), world.Expectation());
}

// The same for text made from a good SD-JWT with three disclosures, the third inside the second.
std::string Cut(const std::function<void(std::string& jwt, std::vector<std::string>& disclosures)>& change) {
  SdJwtWorld& world = SdJwtWorld::Get();
  const Forged good{R"(,"_sd":["$0","$2"])", {R"(["s0","a",1])", R"(["s1","in",2])", R"(["s2","out",{"_sd":["$1"]}])"}};
  std::vector<std::string> disclosures = world.Disclosures(good);
  const std::string whole = world.SdJwt(good);
  std::string jwt = whole.substr(0, whole.find('~'));
  change(jwt, disclosures);
  return Verdict(world.Bound(ForgeSdJwt(jwt, disclosures)), world.Expectation());
}

TEST(SdJwtHostile, HOST00_AcceptsTheBaseline) {
  EXPECT_EQ(Cut([](auto&, auto&) {}), "ok");
}

TEST(SdJwtHostile, HOST33_to_HOST36_RefusesTextThatIsNotAnSdJwt) {
  SdJwtWorld& world = SdJwtWorld::Get();
  const std::string sd_jwt = world.SdJwt({R"(,"_sd":["$0"])", {R"(["s","a",1])"}});
  const std::string jwt = sd_jwt.substr(0, sd_jwt.find('~'));
  const std::string bound = world.Bound(sd_jwt);
  const std::string proof = bound.substr(sd_jwt.size());
  const struct {
    const char* name;
    std::string token;
  } rows[] = {
      {"HOST-33 bare JWT", jwt},
      {"HOST-34 final ~ missing", sd_jwt.substr(0, sd_jwt.size() - 1)},
      {"HOST-35 ~~ in the middle", jwt + "~" + sd_jwt.substr(jwt.size()) + proof},
      {"HOST-35 leading ~", "~" + bound},
      {"HOST-35 ~ only", "~"},
      {"HOST-35 three trailing ~", sd_jwt + "~~"},
      {"HOST-36 KB-JWT followed by ~", bound + "~"},
      {"HOST-36 two KB-JWTs", bound + "~" + proof},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Verdict(row.token, world.Expectation()).substr(0, 15), "malformed SDJWT") << row.name;
    EXPECT_EQ(Verdict(row.token, world.UnboundExpectation()).substr(0, 15), "malformed SDJWT") << row.name;
  }
}

TEST(SdJwtHostile, HOST37_RefusesADisclosureNobodyReferences) {
  EXPECT_EQ(Cut([](auto&, auto& d) { d.push_back(ForgeDisclosure(R"(["s9","role","admin"])")); }), "unused SDJWT-15");
}

TEST(SdJwtHostile, HOST38_RefusesADisclosureChangedByOneCharacter) {
  for (std::size_t at = 0; at < 12; ++at) {
    EXPECT_EQ(Cut([&](auto&, auto& d) { d[0][at] = d[0][at] == 'A' ? 'B' : 'A'; }), "unused SDJWT-15") << at;
  }
}

TEST(SdJwtHostile, HOST39_RefusesADisclosureTwice) {
  EXPECT_EQ(Cut([](auto&, auto& d) { d.push_back(d[0]); }), "digest_dup SDJWT-14");
}

TEST(SdJwtHostile, HOST42_RefusesAChildWithoutItsParent) {
  EXPECT_EQ(Cut([](auto&, auto& d) { d.pop_back(); }), "unused SDJWT-15");
}

struct Row {
  std::string name;
  Forged forged;
  std::string verdict;
};

TEST(SdJwtHostile, HOST40_to_HOST51_RefusesMisusedDigestsAndDisclosures) {
  const std::string one = R"(["s","a",1])";
  const std::string element = R"(["s","a"])";
  const std::string decoy = HostileDecoy(1);
  const Row rows[] = {
      {"HOST-40 twice in one _sd", {R"(,"_sd":["$0","$0"])", {one}}, "digest_dup SDJWT-13"},
      {"HOST-40 in two _sd", {R"(,"_sd":["$0"],"x":{"_sd":["$0"]})", {one}}, "digest_dup SDJWT-13"},
      {"HOST-40 in _sd and ...", {R"(,"x":[{"...":"$0"}],"_sd":["$0"])", {one}}, "digest_dup SDJWT-13"},
      {"HOST-40 twice as ...", {R"(,"x":[{"...":"$0"},{"...":"$0"}])", {element}}, "digest_dup SDJWT-13"},
      {"HOST-40 in payload and disclosed value",
       {R"(,"_sd":["$0","$1"])", {one, R"(["t","b",{"_sd":["$0"]}])"}},
       "digest_dup SDJWT-13"},
      {"HOST-41 decoy twice",
       {R"(,"_sd":[")" + decoy + R"("],"x":[{"...":")" + decoy + R"("}])", {}},
       "digest_dup SDJWT-13"},
      {"HOST-43 name of a permanent claim", {R"(,"a":0,"_sd":["$0"])", {one}}, "disclosure SDJWT-10"},
      {"HOST-43 iss", {R"(,"_sd":["$0"])", {R"(["s","iss","https://other.example"])"}}, "disclosure SDJWT-10"},
      {"HOST-44 same name twice", {R"(,"_sd":["$0","$1"])", {one, R"(["t","a",2])"}}, "disclosure SDJWT-10"},
      {"HOST-45 name _sd", {R"(,"_sd":["$0"])", {R"(["s","_sd",["x"]])"}}, "disclosure SDJWT-09"},
      {"HOST-45 name ...", {R"(,"_sd":["$0"])", {R"(["s","...","x"])"}}, "disclosure SDJWT-09"},
      {"HOST-46 name _sd_alg", {R"(,"_sd":["$0"])", {R"(["s","_sd_alg","sha-256"])"}}, "sd_alg SDJWT-05"},
      {"HOST-46 name _sd_alg below", {R"(,"x":{"_sd":["$0"]})", {R"(["s","_sd_alg","sha-256"])"}}, "sd_alg SDJWT-05"},
      {"HOST-46 _sd_alg in a disclosed value",
       {R"(,"_sd":["$0"])", {R"(["s","a",{"_sd_alg":"sha-256"}])"}},
       "sd_alg SDJWT-05"},
      {"HOST-47 two elements from _sd", {R"(,"_sd":["$0"])", {element}}, "disclosure SDJWT-07"},
      {"HOST-47 three elements from ...", {R"(,"x":[{"...":"$0"}])", {one}}, "disclosure SDJWT-08"},
      {"HOST-47 no element", {R"(,"_sd":["$0"])", {"[]"}}, "disclosure SDJWT-06"},
      {"HOST-47 one element", {R"(,"x":[{"...":"$0"}])", {R"(["s"])"}}, "disclosure SDJWT-06"},
      {"HOST-47 four elements", {R"(,"_sd":["$0"])", {R"(["s","a",1,2])"}}, "disclosure SDJWT-06"},
      {"HOST-48 object", {R"(,"_sd":["$0"])", {R"({"s":"a"})"}}, "disclosure SDJWT-06"},
      {"HOST-48 string", {R"(,"_sd":["$0"])", {R"("s")"}}, "disclosure SDJWT-06"},
      {"HOST-48 number", {R"(,"_sd":["$0"])", {"42"}}, "disclosure SDJWT-06"},
      {"HOST-48 null", {R"(,"_sd":["$0"])", {"null"}}, "disclosure SDJWT-06"},
      {"HOST-48 not JSON", {R"(,"_sd":["$0"])", {R"(["s","a",1)"}}, "disclosure SDJWT-06"},
      {"HOST-48 not UTF-8", {R"(,"_sd":["$0"])", {"[\"s\",\"a\",\"\xc0\xaf\"]"}}, "disclosure SDJWT-06"},
      {"HOST-48 white space only", {R"(,"_sd":["$0"])", {"  "}}, "disclosure SDJWT-06"},
      {"HOST-48 nothing", {R"(,"_sd":["$0"])", {""}}, "malformed SDJWT-01"},
      {"HOST-49 salt is a number", {R"(,"_sd":["$0"])", {R"([1,"a",1])"}}, "disclosure SDJWT-06"},
      {"HOST-49 salt is null", {R"(,"x":[{"...":"$0"}])", {R"([null,"a"])"}}, "disclosure SDJWT-06"},
      {"HOST-49 name is a number", {R"(,"_sd":["$0"])", {R"(["s",1,1])"}}, "disclosure SDJWT-07"},
      {"HOST-50 _sd is a string", {R"(,"_sd":")" + decoy + "\"", {}}, "malformed SDJWT-11"},
      {"HOST-50 _sd is an object", {R"(,"_sd":{})", {}}, "malformed SDJWT-11"},
      {"HOST-50 _sd is null", {R"(,"x":{"_sd":null})", {}}, "malformed SDJWT-11"},
      {"HOST-50 _sd holds a number", {R"(,"_sd":["$0",5])", {one}}, "malformed SDJWT-11"},
      {"HOST-51 ... with company", {R"(,"x":[{"...":")" + decoy + R"(","x":1}])", {}}, "malformed SDJWT-12"},
      {"HOST-51 ... is a number", {R"(,"x":[{"...":5}])", {}}, "malformed SDJWT-12"},
      {"HOST-51 ... outside an array", {R"(,"x":{"...":")" + decoy + "\"}", {}}, "malformed SDJWT-12"},
      {"HOST-51 ... at the top", {R"(,"...":")" + decoy + "\"", {}}, "malformed SDJWT-12"},
      {"HOST-51 ... in a disclosed value",
       {R"(,"_sd":["$0"])", {R"(["s","a",{"...":")" + decoy + "\"}]"}},
       "malformed SDJWT-12"},
  };
  for (const Row& row : rows) EXPECT_EQ(Bound(row.forged), row.verdict) << row.name;
}

TEST(SdJwtHostile, HOST52_HOST53_RefusesOtherHashAlgorithms) {
  for (const char* value : {"\"sha-256-32\"", "\"SHA-256\"", "\"md5\"", "\"sha256\"", "\"sha-512\"", "5", "null"}) {
    EXPECT_EQ(Bound({std::string(R"(,"_sd_alg":)") + value, {}}), "sd_alg SDJWT-05") << "HOST-52 " << value;
  }
  EXPECT_EQ(Bound({R"(,"_sd_alg":"sha-256","x":{"_sd_alg":"sha-512"})", {}}), "sd_alg SDJWT-05") << "HOST-53";
  EXPECT_EQ(Bound({R"(,"_sd_alg":"sha-256","x":[{"_sd_alg":"sha-256"}])", {}}), "sd_alg SDJWT-05") << "HOST-53";
}

std::string ClaimsOf(const Forged& forged) {
  SdJwtWorld& world = SdJwtWorld::Get();
  const std::string claims = Claims(world.Bound(world.SdJwt(forged)), world.Expectation());
  const std::size_t after_confirmation = claims.find("}}");
  return after_confirmation == std::string::npos ? claims : claims.substr(after_confirmation + 2);
}

TEST(SdJwtHostile, HOST54_LeavesNestedNamesWithoutEffect) {
  EXPECT_EQ(ClaimsOf({R"(,"_sd":["$2"])",
                      {R"(["s0","iss","https://attacker.example"])", R"(["s1","exp",1])",
                       R"(["s2","deep",{"_sd":["$0","$1"]}])"}}),
            R"(,"deep":{"iss":"https://attacker.example","exp":1}})");
}

TEST(SdJwtHostile, HOST55_FollowsThreeLevelsInAnArrayElement) {
  EXPECT_EQ(ClaimsOf({R"(,"list":[0,{"...":"$2"}])",
                      {R"(["s0","c",3])", R"(["s1","b",{"_sd":["$0"]}])", R"(["s2",{"a":1,"_sd":["$1"]}])"}}),
            R"(,"list":[0,{"a":1,"b":{"c":3}}]})");
}

TEST(SdJwtHostile, HOST56_BoundsAChainOfDisclosures) {
  for (const int length : {100, 400, 1000}) {
    std::vector<std::string> disclosures;
    std::string value = "1";
    for (int i = 0; i < length; ++i) {
      disclosures.push_back(ForgeDisclosure(R"(["s","n)" + std::to_string(i) + "\"," + value + "]"));
      value = R"({"_sd":[")" + DigestOf(disclosures.back()) + R"("]})";
    }
    SdJwtWorld& world = SdJwtWorld::Get();
    const std::string jwt = ForgeJws(kIssuerHeader, world.Payload(R"(,"x":)" + value), world.issuer);
    EXPECT_EQ(Verdict(world.Bound(ForgeSdJwt(jwt, disclosures)), world.Expectation()).substr(0, 6), "limit ") << length;
  }
}

TEST(SdJwtHostile, HOST57_BoundsDigestsAndDisclosures) {
  SdJwtWorld& world = SdJwtWorld::Get();
  for (const int count : {5000, 50000}) {
    std::string decoys;
    for (int i = 0; i < count; ++i)
      decoys += (i == 0 ? "\"" : ",\"") + std::string(i == 0 ? HostileDecoy(0) : HostileDecoy(i)) + "\"";
    EXPECT_EQ(Bound({R"(,"_sd":[)" + decoys + "]", {}}).substr(0, 6), "limit ") << count;
  }
  const std::string jwt = ForgeJws(kIssuerHeader, world.Payload(""), world.issuer);
  for (const std::size_t count : {std::size_t{513}, std::size_t{50000}}) {
    EXPECT_EQ(
        Verdict(world.Bound(ForgeSdJwt(jwt, std::vector<std::string>(count, "ZDE"))), world.Expectation()).substr(0, 6),
        "limit ")
        << count;
  }
}

TEST(SdJwtHostile, HOST58_HOST59_ComparesDigestsExactly) {
  const std::string json = R"(["s","a",1])";
  const std::string disclosure = ForgeDisclosure(json);
  const Digest digest = Sha256(disclosure);
  std::string hex;
  for (const std::uint8_t byte : digest) {
    hex += "0123456789ABCDEF"[byte >> 4];
    hex += "0123456789ABCDEF"[byte & 15];
  }
  EXPECT_EQ(Bound({R"(,"_sd":[")" + hex + R"("])", {json}}), "unused SDJWT-15") << "HOST-58 hexadecimal";
  EXPECT_EQ(Bound({R"(,"_sd":[")" + DigestOf(json) + R"("])", {json}}), "unused SDJWT-15") << "HOST-58 decoded JSON";
  EXPECT_EQ(Bound({R"(,"_sd":["$0="])", {json}}), "unused SDJWT-15") << "HOST-59 padding";
  std::string lax = DigestOf(disclosure);
  ++lax.back();  // the last of 43 characters has two unused bits
  EXPECT_EQ(Bound({R"(,"_sd":[")" + lax + R"("])", {json}}), "unused SDJWT-15") << "HOST-59 trailing bits";
  EXPECT_EQ(Bound({R"(,"_sd":[")" + lax + R"("])", {}}), "malformed SDJWT-11") << "HOST-59 alone";
}

TEST(SdJwtHostile, HOST60_RefusesDuplicateNamesInADisclosedValue) {
  EXPECT_EQ(Bound({R"(,"_sd":["$0"])", {R"(["s","a",{"x":1,"x":2}])"}}), "disclosure SDJWT-06");
  EXPECT_EQ(Bound({R"(,"_sd":["$0"])", {R"(["s","a",{"x":1,"\u0078":2}])"}}), "disclosure SDJWT-06");
}

TEST(SdJwtHostile, HOST61_GivesStrangeNamesNoMeaning) {
  EXPECT_EQ(ClaimsOf({R"(,"_sd":["$0"])", {R"(["s","__proto__",{"admin":true}])"}}), R"(,"__proto__":{"admin":true}})");
  EXPECT_EQ(ClaimsOf({R"(,"_sd":["$0"])", {R"(["s","",1])"}}), R"(,"":1})");
  EXPECT_EQ(ClaimsOf({R"(,"_sd":["$0"])", {R"(["s","a\u0000b",1])"}}), R"(,"a\u0000b":1})");
  EXPECT_EQ(ClaimsOf({R"(,"_sd":["$0"])", {"[\"s\",\"\xe2\x80\xaegnp\",1]"}}), ",\"\xe2\x80\xaegnp\":1}");
  const std::string longest(64 * 1024, 'n');
  EXPECT_EQ(Bound({R"(,"_sd":["$0"])", {R"(["s",")" + longest + R"(",1])"}}), "ok");
  EXPECT_EQ(Bound({R"(,"_sd":["$0"])", {R"(["s",")" + longest + R"(n",1])"}}), "limit SDJWT-06");
}

TEST(SdJwtHostile, HOST62_KeepsValuesAsTheyWereWritten) {
  for (const char* value :
       {"null", "false", "0", "\"\"", "[]", "{}", "1e400", "18446744073709551616", "-0", "1.0", "0.1000"}) {
    EXPECT_EQ(ClaimsOf({R"(,"_sd":["$0"])", {std::string(R"(["s","v",)") + value + "]"}}),
              std::string(R"(,"v":)") + value + "}");
    EXPECT_EQ(ClaimsOf({R"(,"v":[{"...":"$0"}])", {std::string(R"(["s",)") + value + "]"}}),
              std::string(R"(,"v":[)") + value + "]}");
  }
}

TEST(SdJwtHostile, HOST63_RefusesJsonSerialization) {
  SdJwtWorld& world = SdJwtWorld::Get();
  const std::string payload = Encoded(world.Payload(""));
  for (const std::string& token :
       {R"({"payload":")" + payload + R"(","protected":"e30","signature":"AA","header":{"disclosures":[]}})",
        R"({"payload":")" + payload + R"(","signatures":[{},{"header":{"disclosures":["ZDE"]}}]})",
        R"({"payload":")" + payload + R"(","signature":"AA","signatures":[]})", std::string("{}~")}) {
    EXPECT_EQ(Verdict(token, world.Expectation()), "malformed SDVC-16");
    EXPECT_EQ(Verdict(token, world.UnboundExpectation()), "malformed SDVC-16");
  }
}

}  // namespace
}  // namespace passport
