#include "credential/trust/trust_registry.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/credential/trust/trust_suite.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

std::string Read(std::string_view token) { return Verdict(TrustRegistry::Read(token, World().pinned, kNow, kMinute)); }

std::string ReadWith(const std::function<void(RegistryContent&)>& change) {
  RegistryContent content = World().Content();
  change(content);
  return Read(World().RegistryToken(content));
}

// The payload of a good registry with one text replaced.
std::string ReadReplaced(std::string_view from, std::string_view to) {
  const std::string token = World().RegistryToken(World().Content());
  const std::size_t dot = token.find('.');
  std::string payload;
  EXPECT_TRUE(DecodeBase64Url(token.substr(dot + 1, token.rfind('.') - dot - 1), payload).ok());
  const std::size_t at = payload.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  payload.replace(at, from.size(), to);
  return Read(ForgeJws(kHeader, payload, World().registry_key));
}

TEST(Registry, ReadsBackWhatItWrites) {
  RegistryContent content = World().Content();
  content.organisations[1].valid_until = kNow + kDay;
  content.organisations[1].kinds.resize(1);
  const Result<TrustRegistry> registry =
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  ASSERT_TRUE(registry.ok()) << registry.fault().detail;
  EXPECT_EQ(registry->sequence(), 7U);
  EXPECT_EQ(registry->issued_at(), content.issued_at);
  EXPECT_EQ(registry->next_update(), content.next_update);
  EXPECT_EQ(WriteSubstance(registry->content()), WriteSubstance(content));
  ASSERT_NE(registry->FindOrganisation(World().council.id), nullptr);
  EXPECT_EQ(registry->FindOrganisation(World().council.id)->valid_until, kNow + kDay);
  const TrustedIssuer* issuer = registry->Find(World().council.issuer);
  ASSERT_NE(issuer, nullptr);
  EXPECT_EQ(issuer->organisation, World().council.id);
  EXPECT_TRUE(issuer->keys.Holds(World().council.issue_key.public_key()));
  EXPECT_TRUE(issuer->status_keys.Holds(World().council.status_key.public_key()));
}

TEST(Registry, TRUST01_AcceptsThePinnedKeyOnly) {
  const RegistryContent content = World().Content();
  EXPECT_EQ(Read(World().RegistryToken(content)), "ok");
  EXPECT_EQ(Read(*SignRegistry(content, "registry-1", World().stranger)), "registry TRUST-01");
  EXPECT_EQ(Read(*SignRegistry(content, "registry-2", World().registry_key)), "registry TRUST-01");
  EXPECT_EQ(Verdict(TrustRegistry::Read(World().RegistryToken(content), KeySet(), kNow, kMinute)), "registry TRUST-01");
}

TEST(Registry, TRUST01_WantsItsOwnTypeAndAlgorithm) {
  const std::pair<std::string_view, std::string_view> headers[] = {
      {R"({"alg":"ES256","typ":"dsp-trust-list+jwt","kid":"registry-1"})", "registry TRUST-04"},  // payload {}
      {R"({"alg":"ES256","typ":"JWT","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"ES256","typ":"trust-list+jwt","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"ES256","typ":"application/dsp-trust-list+jwt","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"ES256","typ":"DSP-Trust-List+JWT","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"ES256","typ":"dsp-role-profile+jwt","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"ES256","kid":"registry-1"})", "registry TRUST-01"},
      {R"({"alg":"none","typ":"dsp-trust-list+jwt"})", "registry TRUST-01"},
      {R"({"alg":"HS256","typ":"dsp-trust-list+jwt"})", "registry TRUST-01"},
      {R"({"alg":"ES256","typ":"dsp-trust-list+jwt","kid":"registry-1","crit":["exp"]})", "registry TRUST-01"},
  };
  for (const auto& [header, verdict] : headers) {
    EXPECT_EQ(Read(ForgeJws(header, "{}", World().registry_key)), verdict) << header;
  }
}

TEST(Registry, TRUST01_RefusesEveryAlteredByte) {
  const std::string token = World().RegistryToken(World().Content());
  for (std::size_t at = 0; at < token.size(); at += 37) {
    std::string altered = token;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(Read(altered), "registry TRUST-01") << at;
  }
  EXPECT_EQ(Read(token.substr(0, token.size() - 1)), "registry TRUST-01");
  EXPECT_EQ(Read(""), "registry TRUST-01");
}

TEST(Registry, TRUST02_RefusesTheFutureAndAnUpdateBeforeTheIssue) {
  const auto at = [](std::int64_t seconds) {
    return ReadWith([&](RegistryContent& content) { content.issued_at = kNow + Seconds{seconds}; });
  };
  EXPECT_EQ(at(60), "ok");
  EXPECT_EQ(at(61), "registry TRUST-02");
  EXPECT_EQ(at(86400), "registry TRUST-02");
  EXPECT_EQ(ReadWith([](RegistryContent& content) { content.next_update = content.issued_at; }), "registry TRUST-02");
  EXPECT_EQ(ReadWith([](RegistryContent& content) { content.next_update = content.issued_at + Seconds{1}; }), "ok");
}

// How far back a verifier goes is its own memory; here the number has to be one, and two contents have two digests.
TEST(Registry, TRUST03_NamesItsSequenceAndItsBytes) {
  for (const std::string_view sequence : {R"("7")", "7.0", "-7", "0", "null", "18446744073709551616", "[]"}) {
    EXPECT_EQ(ReadReplaced(R"("LoTESequenceNumber":7)", R"("LoTESequenceNumber":)" + std::string(sequence)),
              "registry TRUST-04");
  }
  RegistryContent content = World().Content();
  const Result<TrustRegistry> first =
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  const Result<TrustRegistry> same = TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  content.organisations[0].legal_name += "!";
  const Result<TrustRegistry> other =
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  EXPECT_EQ(first->digest(), same->digest());
  EXPECT_EQ(first->sequence(), other->sequence());
  EXPECT_NE(first->digest(), other->digest());
}

TEST(Registry, TRUST04_RefusesWhatItDoesNotKnow) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"({"LoTE":{)", R"({"LoTE":{"SignerInformation":"x",)"},
      {R"({"LoTE":{)", R"({"note":"x","LoTE":{)"},
      {R"("LoTEVersionIdentifier":1)", R"("LoTEVersionIdentifier":2)"},
      {R"("LoTEVersionIdentifier":1,)", ""},
      {R"("LoTEVersionIdentifier":1)", R"("LoTEVersionIdentifier":1.0)"},
      {R"("LoTESequenceNumber":7,)", ""},
      {R"("LoTESequenceNumber":7)", R"("LoTESequenceNumber":7,"critical_rule":true)"},
      {R"("LoTEType":"urn:staff-passport)", R"("LoTEType":"urn:other)"},
      {R"("SchemeTerritory":"GB")", R"("SchemeTerritory":"EU")"},
      {R"("HistoricalInformationPeriod":65535)", R"("HistoricalInformationPeriod":1)"},
      {R"("ListIssueDateTime":)", R"("ListIssueDatetime":)"},
      {R"("NextUpdate":)", R"("NextUpdate":"soon","x":)"},
      {R"("NextUpdate":")", R"("NextUpdate":1795386400,"x":")"},
      {R"(T22:25:40Z","NextUpdate)", R"(T22:25:40+00:00","NextUpdate)"},
      {R"(T22:25:40Z","NextUpdate)", R"(T22:25:40.0Z","NextUpdate)"},
      {R"(T22:25:40Z","NextUpdate)", R"(","NextUpdate)"},
      {R"("SchemeOperatorName":[{"lang":"en")", R"("SchemeOperatorName":[{"lang":"de")"},
      {R"("SchemeOperatorName":[)", R"("SchemeOperatorName":[{"lang":"en","value":"x"},)"},
      {R"("SchemeExtensions":[{)", R"("SchemeExtensions":[{},{)"},
      {R"("SchemeExtensions":[{)", R"("SchemeExtensions":[{"allow_all":true,)"},
      {R"("TrustedEntitiesList":[)", R"("TrustedEntitiesList":[5,)"},
      {R"("TrustedEntitiesList":[)", R"("TrustedEntitiesList":[{},)"},
      {R"("TrustedEntitiesList":[)", R"("TrustedEntitiesList":{},"x":[)"},
      {R"("id":"ods:RC9")", R"("id":"RC9")"},
      {R"("id":"ods:RC9")", R"("id":"ods:RC9","suspended":true)"},
      {R"("TEName":[)", R"("TEName":["Example",)"},
      {R"("type":"nhs_trust")", R"("type":"")"},
      {R"("mechanism":"jwt_vc_issuer")", R"("mechanism":"any")"},
      {R"("mechanism":"jwt_vc_issuer",)", ""},
      {R"("kinds":[)", R"("kinds":[5,)"},
      {R"("kinds":[)", R"("kinds":["urn:staff-passport:employment:1",)"},
      {R"("kinds":[{"vct":)", R"("kinds":[{"until":"2020-01-01T00:00:00Z","vct":)"},
      {R"("states":[)", R"("states":[],"x":[)"},
      {R"("states":[)", R"("states":[5,)"},
      {R"("state":"active")", R"("state":"granted")"},
      {R"("reason":"enrolled")", R"("reason":"because we say so")"},
      {R"("reason":"enrolled")", R"("reason":"")"},
      {R"("PublicKeyValues":[{)", R"("PublicKeyValues":["key",{)"},
      {R"("kty":"EC","crv":"P-256")", R"("kty":"RSA","crv":"P-256")"},
      {R"("kty":"EC","crv":"P-256")", R"("kty":"EC","crv":"P-256","d":"AAAA")"},
      {R"("kty":"EC","crv":"P-256")", R"("kty":"EC","crv":"P-256","use":"enc")"},
      {R"("nbf":)", R"("nbf":-1,"was":)"},
      {R"("nbf":)", R"("exp":1,"nbf":)"},
      {R"("nbf":)", R"("revoked":true,"nbf":)"},
      {R"("nbf":)", R"("revoked":{"revoked_at":1795300000,"reason":"superseded"},"nbf":)"},
      {R"("nbf":)", R"("x5t#S256":"AAAA","nbf":)"},
      {R"("ServiceTypeIdentifier":"urn:staff-passport:service:issue")",
       R"("ServiceTypeIdentifier":"urn:staff-passport:service:sign")"},
      {R"("ServiceTypeIdentifier":"urn:staff-passport:service:issue")",
       R"("ServiceTypeIdentifier":"urn:staff-passport:service:verify")"},
      {R"("ServiceStatus":"urn:staff-passport:state:active")", R"("ServiceStatus":"urn:staff-passport:state:ceased")"},
      {R"("StatusStartingTime":"2025)", R"("StatusStartingTime":"2024)"},
      {R"("OtherIds":["ods:RC9"])", R"("OtherIds":["ods:RC8"])"},
      {R"("ServiceDigitalIdentity":{)", R"("ServiceDigitalIdentity":{"X509SKIs":["AAAA"],)"},
      {R"("ServiceDigitalIdentity":{)", R"("ServiceDigitalIdentity":{"X509Certificates":[],)"},
      {R"("ServiceDigitalIdentity":{)", R"("ServiceDigitalIdentity":{"X509Certificates":[{"val":"AAAA"}],)"},
      {R"("ServiceInformation":{)", R"("ServiceHistory":[],"ServiceInformation":{)"},
  };
  for (const auto& [from, to] : rows) EXPECT_EQ(ReadReplaced(from, to), "registry TRUST-04") << to;
  EXPECT_EQ(ReadReplaced(R"("LoTESequenceNumber":7)", R"("LoTESequenceNumber":7,"LoTESequenceNumber":8)"),
            "registry TRUST-01");  // not JSON for us
}

TEST(Registry, TRUST04_RefusesAnEntryTwice) {
  const auto second = [](const std::function<void(RegistryOrganisation&, const RegistryOrganisation&)>& change) {
    return ReadWith([&](RegistryContent& content) { change(content.organisations[1], content.organisations[0]); });
  };
  EXPECT_EQ(ReadWith([](RegistryContent& content) { content.organisations.push_back(content.organisations[0]); }),
            "registry TRUST-04");
  EXPECT_EQ(second([](auto& entry, const auto& other) { entry.id = other.id; }), "registry TRUST-04");
  EXPECT_EQ(second([](auto& entry, const auto& other) { entry.issuer = other.issuer; }), "registry TRUST-04");
  EXPECT_EQ(second([](auto& entry, const auto& other) { entry.status_uri_prefix = other.status_uri_prefix; }),
            "registry TRUST-04");
  EXPECT_EQ(second([](auto& entry, const auto&) {
              entry.issue_keys.push_back(ListedKey(TrustWorld::Get().stranger, entry.issue_keys[0].kid));
            }),
            "registry TRUST-04");
}

TEST(Registry, TRUST04_KeepsItsLimits) {
  const std::string huge(kRegistryBytesMax + 1, 'A');
  EXPECT_EQ(Read(huge), "limit TRUST-04");
  EXPECT_EQ(ReadReplaced(R"("value":"Example RC9")", R"("value":")" + std::string(4097, 'x') + '"'), "limit TRUST-04");
  std::string many = R"("TrustedEntitiesList":[)";
  for (std::size_t i = 0; i <= kRegistryOrganisationsMax; ++i) many += "{},";
  EXPECT_EQ(ReadReplaced(R"("TrustedEntitiesList":[)", many), "limit TRUST-04");
  std::string deep = R"({"LoTE":)" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_EQ(Read(ForgeJws(kHeader, deep, World().registry_key)), "limit TRUST-04");
}

TEST(Registry, TRUST05_RefusesAKeyUnderTwoOrganisations) {
  EXPECT_EQ(ReadWith([](RegistryContent& content) {
              content.organisations[1].issue_keys.push_back(content.organisations[0].issue_keys[0]);
            }),
            "registry TRUST-05");
  EXPECT_EQ(ReadWith([](RegistryContent& content) {
              content.organisations[1].status_keys = content.organisations[0].status_keys;
            }),
            "registry TRUST-05");
}

TEST(Registry, TRUST08_KeepsTheRolesOfKeysApart) {
  EXPECT_EQ(ReadWith([](RegistryContent& content) {
              content.organisations[0].status_keys = content.organisations[0].issue_keys;
            }),
            "registry TRUST-05");
  EXPECT_EQ(ReadWith([](RegistryContent& content) {
              content.organisations[0].issue_keys.push_back(ListedKey(TrustWorld::Get().registry_key, "registry-1"));
            }),
            "registry TRUST-08");
}

// HOST-127: the keys of a registered organisation sign no registry.
TEST(Registry, TRUST08_RefusesARegistrySignedByAnIssuer) {
  TrustWorld& world = World();
  const std::string kid = Thumbprint(world.trust.issue_key.public_key().point());
  EXPECT_EQ(Read(*SignRegistry(world.Content(), kid, world.trust.issue_key)), "registry TRUST-01");
  EXPECT_EQ(Read(*SignRegistry(world.Content(), kid, world.trust.status_key)), "registry TRUST-01");
}

TEST(Registry, TRUST09_KeepsStatusPrefixesApart) {
  const auto prefix = [](std::string_view text) {
    return ReadWith([&](RegistryContent& content) { content.organisations[1].status_uri_prefix = text; });
  };
  EXPECT_EQ(prefix("https://passport.example/status/ods-RC9X/"), "ok");
  EXPECT_EQ(prefix("https://passport.example/status/ods-RC9/inner/"), "registry TRUST-09");
  EXPECT_EQ(prefix("https://passport.example/status/"), "registry TRUST-09");
  EXPECT_EQ(prefix("https://passport.example/"), "registry TRUST-09");
  EXPECT_EQ(prefix("https://passport.example/status/luton"), "registry TRUST-09");
  EXPECT_EQ(prefix("http://passport.example/status/luton/"), "registry TRUST-09");
  EXPECT_EQ(prefix("file:///etc/"), "registry TRUST-09");
  EXPECT_EQ(prefix(""), "registry TRUST-04");
}

TEST(Registry, TRUST07_TRUST09_ComparesTypesAndPrefixesExactly) {
  const std::shared_ptr<const TrustRegistry> registry = World().Registry();
  const TrustedIssuer* issuer = registry->Find(World().trust.issuer);
  ASSERT_NE(issuer, nullptr);
  EXPECT_TRUE(issuer->MayIssue("urn:staff-passport:employment:1"));
  for (const std::string_view vct : {"urn:staff-passport:employment:2", "urn:staff-passport:employment:1/",
                                     "URN:staff-passport:employment:1", "urn:staff-passport:employment", ""}) {
    EXPECT_FALSE(issuer->MayIssue(vct)) << vct;
  }
  const std::string& prefix = World().trust.status_prefix;
  EXPECT_TRUE(issuer->MayUseStatusUri(prefix + "1.jwt"));
  EXPECT_FALSE(issuer->MayUseStatusUri(prefix));
  EXPECT_FALSE(issuer->MayUseStatusUri("https://passport.example/status/ods-rc9/1.jwt"));
  EXPECT_FALSE(issuer->MayUseStatusUri("https://passport.example/status/ods-RC91.jwt"));
}

// HOST-71, HOST-72: code point by code point, and ASCII to begin with.
TEST(Registry, TRUST10_FindsAnIssuerByItsExactNameOnly) {
  const std::shared_ptr<const TrustRegistry> registry = World().Registry();
  EXPECT_NE(registry->Find("https://passport.example/issuers/ods-RC9"), nullptr);
  for (const std::string_view name :
       {"https://passport.example/issuers/ods-RC9/", "https://passport.example/issuers/ods-rc9",
        "https://Passport.example/issuers/ods-RC9", "https://passport.example:443/issuers/ods-RC9",
        "https://passport.example./issuers/ods-RC9", "https://passport.example/issuers/ods%2DRC9",
        "https://u@passport.example/issuers/ods-RC9", "https://passport.example/issuers/ods-RC",
        "https://p\xd0\xb0ssport.example/issuers/ods-RC9", "http://passport.example/issuers/ods-RC9", ""}) {
    EXPECT_EQ(registry->Find(name), nullptr) << name;
  }
  for (const std::string_view name : {"https://p\xd0\xb0ssport.example/issuers/ods-RC9", "urn:example:trust", "ods:RC9",
                                      "https://passport.example/issuers/ods RC9", "https://u@passport.example/x"}) {
    EXPECT_EQ(ReadWith([&](RegistryContent& content) { content.organisations[0].issuer = name; }), "registry TRUST-10")
        << name;
  }
}

}  // namespace
}  // namespace passport
