// The rules of SD-JWT VC on forged credentials: type, authority, what must stand in the clear, whose key.
#include <gtest/gtest.h>

#include "tests/credential/credential/vc_forge.h"

namespace passport {
namespace {

TEST_F(VerifyVc, AcceptsTheBaseline) {
  EXPECT_EQ(Judge({}), "ok");
  EXPECT_EQ(statuses.asked, 1);
}

TEST_F(VerifyVc, SDVC01_WantsItsOwnType) {
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1"})"), "typ JWT-09");
  for (const std::string_view typ : {"vc+sd-jwt", "JWT", "DC+SD-JWT", "application/dc+sd-jwt", "dc+sd-jwt ", "vc+jwt",
                                     "kb+jwt", "statuslist+jwt", ""}) {
    EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1","typ":")" + std::string(typ) + "\"}"), "typ JWT-09") << typ;
  }
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1","typ":5})"), "typ JWT-09");
}

// HOST-64, HOST-65.
TEST_F(VerifyVc, SDVC02_WantsATypeThatWasAskedFor) {
  EXPECT_EQ(With("vct", ""), "vct SDVC-02");
  for (const std::string_view vct :
       {"5", "null", R"([])", R"(["urn:staff-passport:mandatory-training:1"])", R"("")",
        R"("urn:staff-passport:mandatory-training:1/")", R"("urn:staff-passport:Mandatory-Training:1")",
        R"("urn:staff-passport:employment:1")", R"("https://attacker.example/x")"}) {
    EXPECT_EQ(With("vct", vct), "vct SDVC-02") << vct;
  }
  requested.clear();
  EXPECT_EQ(Judge({}), "vct SDVC-02") << "nothing was asked for";
}

TEST_F(VerifyVc, SDVC02_DoesNotMatchByOtherNamesOfAType) {
  Case forged;
  forged.members["vct"] = R"("urn:example:other:1")";
  forged.members["aka_vcts"] = '[' + ('"' + std::string(kVct) + '"') + ']';
  EXPECT_EQ(Judge(forged), "vct SDVC-02");
}

// HOST-66, HOST-67: a good signature of an issuer without this right.
TEST_F(VerifyVc, SDVC03_WantsAuthorityForExactlyThisType) {
  directory.issuers.begin()->second.vcts = {"urn:staff-passport:employment:1"};
  EXPECT_EQ(Judge({}), "issuer SDVC-03");
  directory.issuers.begin()->second.vcts = {};
  EXPECT_EQ(Judge({}), "issuer SDVC-03");
}

TEST_F(VerifyVc, SDVC03_TRUST06_WantsAuthorityAtTheTimeOfIssue) {
  const Instant issued{1795299000};
  listed.valid_from = issued;
  List();
  EXPECT_EQ(Judge({}), "ok");
  listed.valid_from = issued + Seconds{1};
  EXPECT_EQ(Judge({}), "issuer TRUST-06");
  listed.valid_from = {};
  listed.valid_until = issued + Seconds{1};
  EXPECT_EQ(Judge({}), "ok") << "issued with authority, shown after it ended";
  listed.valid_until = issued;
  EXPECT_EQ(Judge({}), "issuer TRUST-06");
  EXPECT_EQ(With("iat", ""), "missing SDJWT-18") << "no time of issue to judge";
}

// The registry says that this issuer is known by its certificates: the key alone is not enough, nor is another
// certificate, however the chain goes on.
TEST_F(VerifyVc, SDVC05_WantsTheCertificateThatTheRegistryLists) {
  listed.mechanism = KeyMechanism::kX5c;
  listed.issue_keys[0].certificate = "certificate";
  List();
  const auto with_chain = [&](std::string_view x5c) {
    return WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"k1","x5c":)" + std::string(x5c) + "}");
  };
  EXPECT_EQ(with_chain(R"(["Y2VydGlmaWNhdGU=","b3RoZXI="])"), "ok");
  EXPECT_EQ(with_chain(R"(["b3RoZXI=","Y2VydGlmaWNhdGU="])"), "key SDVC-05");
  EXPECT_EQ(with_chain(R"(["Y2VydGlmaWNhdGU"])"), "key SDVC-05");
  EXPECT_EQ(with_chain("[]"), "key SDVC-05");
  EXPECT_EQ(with_chain(R"("Y2VydGlmaWNhdGU=")"), "key SDVC-05");
  EXPECT_EQ(with_chain("[7]"), "key SDVC-05");
  EXPECT_EQ(Judge({}), "key SDVC-05");
}

// HOST-69.
TEST_F(VerifyVc, SDVC04_RefusesProtectedClaimsFromADisclosure) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"exp", "1795400000"},
      {"nbf", "1795200000"},
      {"iss", R"("https://issuer.example/a")"},
      {"vct", R"("urn:staff-passport:mandatory-training:1")"},
      {"cnf", R"({"jwk":{}})"},
      {"status", R"({"status_list":{"idx":7,"uri":"https://issuer.example/status/1"}})"},
      {"aka_vcts", R"(["urn:example:b"])"},
      {"vct#integrity", R"("sha256-x")"}};
  for (const auto& [name, value] : rows) {
    Case forged;
    forged.members[std::string(name)] = "";
    forged.disclosures = {
        ForgeDisclosure("[\"c2FsdHNhbHRzYWx0c2FsdA\",\"" + std::string(name) + "\"," + std::string(value) + "]")};
    EXPECT_EQ(Judge(forged), "disclosure SDVC-04") << name;
  }
}

// HOST-70.
TEST_F(VerifyVc, SDVC04_RefusesDigestsInsideProtectedClaims) {
  const std::string digest = DigestOf("decoy");
  const std::string placeholder = R"([{"...":")" + digest + R"("}])";
  for (const std::string_view name : {"cnf", "status"}) {
    EXPECT_EQ(With(name, R"({"_sd":[")" + digest + R"("]})"), "disclosure SDVC-04") << name;
    EXPECT_EQ(With(name, R"({"x":{"y":)" + placeholder + "}}"), "disclosure SDVC-04") << name;
  }
  EXPECT_EQ(With("aka_vcts", placeholder), "disclosure SDVC-04");
}

TEST_F(VerifyVc, SDVC04_AllowsSubjectAndTimeOfIssueToBeDisclosed) {
  Case forged;
  forged.members["iat"] = "";
  forged.disclosures = {ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","iat",1795299000])"),
                        ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdB","sub","nurse"])")};
  EXPECT_EQ(Judge(forged), "ok");
}

TEST_F(VerifyVc, SDVC05_TakesNoKeyFromTheToken) {
  PrivateKey stranger = NewKey();
  const std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","jwk":)" + WriteJwk(stranger.public_key().point()) +
                             R"(,"jku":"https://attacker.example/keys","x5u":"https://attacker.example/c")" +
                             R"(,"x5c":["MIIB"]})";
  Case forged;
  forged.header = header;
  const std::string good = Token(forged);
  json::Tree tree;
  EXPECT_TRUE(Verify(good, tree).ok()) << "signed by the issuer: what else the header says is left aside";
  const std::string payload = good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1);
  std::string decoded;
  ASSERT_TRUE(DecodeBase64Url(payload, decoded).ok());
  EXPECT_EQ(Verdict(Verify(ForgeSdJwt(ForgeJws(header, decoded, stranger), {}), tree)), "sig JWT-08");
}

// HOST-71, HOST-72.
TEST_F(VerifyVc, SDVC06_BindsTheIssuerByItsExactName) {
  for (const std::string_view name :
       {"https://issuer.example/a/", "https://issuer.example/A", "https://Issuer.example/a", "HTTPS://issuer.example/a",
        "https://issuer.example:443/a", "https://issuer.example./a", "https://issuer.example/%61",
        "https://user@issuer.example/a", "https://issuer.example/", "https://issuer.example/ab",
        "https://\xd1\x96ssuer.example/a", ""}) {
    EXPECT_EQ(With("iss", '"' + std::string(name) + '"'), "issuer SDVC-06") << name;
  }
  EXPECT_EQ(With("iss", ""), "missing SDJWT-18");
  EXPECT_EQ(With("iss", "5"), "claims JWT-11");
}

}  // namespace
}  // namespace passport
