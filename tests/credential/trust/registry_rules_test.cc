// Rules and receipt keys in the registry, and the published files it names.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/credential/trust/trust_suite.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr std::string_view kText = R"({"id":"community-nurse","version":3})";

PrivateKey& ReceiptKey() {
  static PrivateKey key = NewKey();
  return key;
}

RegistryDocument Profile(int version, std::string_view text = kText) {
  return {.kind = DocumentKind::kRoleProfile,
          .id = "community-nurse",
          .version = version,
          .path = "profiles/community-nurse/" + std::to_string(version) + ".jwt",
          .digest = Sha256(text),
          .withdrawn_at = std::nullopt};
}

RegistryContent RulesContent() {
  RegistryContent content = World().Content();
  content.documents = {
      Profile(2), Profile(3),
      RegistryDocument{DocumentKind::kTaxonomy, "training", 1, "taxonomies/training/1.jwt", Sha256("t"), {}},
      RegistryDocument{
          DocumentKind::kType, "urn:staff-passport:employment:1", 1, "types/employment-1.json", Sha256("e"), {}}};
  content.documents[0].withdrawn_at = kNow - kDay;
  content.receipt_keys = {ListedKey(ReceiptKey(), "receipt-1")};
  content.receipt_keys[0].valid_until = kNow + kDay;
  return content;
}

std::string ReadRulesWith(const std::function<void(RegistryContent&)>& change) {
  RegistryContent content = RulesContent();
  change(content);
  return Verdict(TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute));
}

// The payload of a good registry with one text replaced.
std::string ReadRulesReplaced(std::string_view from, std::string_view to) {
  const std::string token = World().RegistryToken(RulesContent());
  const std::size_t dot = token.find('.');
  std::string payload;
  EXPECT_TRUE(DecodeBase64Url(token.substr(dot + 1, token.rfind('.') - dot - 1), payload).ok());
  const std::size_t at = payload.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  payload.replace(at, from.size(), to);
  return Verdict(TrustRegistry::Read(ForgeJws(kHeader, payload, World().registry_key), World().pinned, kNow, kMinute));
}

TEST(RegistryRules, ReadsBackWhatItWrites) {
  const RegistryContent content = RulesContent();
  const Result<TrustRegistry> registry =
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  ASSERT_TRUE(registry.ok()) << registry.fault().detail;
  EXPECT_EQ(WriteSubstance(registry->content()), WriteSubstance(content));
  ASSERT_EQ(registry->content().documents.size(), 4U);
  const RegistryDocument& withdrawn = registry->content().documents[0];
  EXPECT_EQ(withdrawn.id, "community-nurse");
  EXPECT_EQ(withdrawn.version, 2);
  EXPECT_EQ(withdrawn.path, "profiles/community-nurse/2.jwt");
  EXPECT_EQ(withdrawn.digest, Sha256(kText));
  EXPECT_EQ(withdrawn.withdrawn_at, kNow - kDay);
  EXPECT_EQ(registry->content().documents[1].withdrawn_at, std::nullopt);
  ASSERT_EQ(registry->content().receipt_keys.size(), 1U);
  EXPECT_EQ(registry->content().receipt_keys[0].kid, "receipt-1");
  EXPECT_EQ(registry->content().receipt_keys[0].key, ReceiptKey().public_key());
  EXPECT_EQ(registry->content().receipt_keys[0].valid_until, kNow + kDay);
}

TEST(RegistryRules, TellsTwoSubstancesApart) {
  const std::string before = WriteSubstance(RulesContent());
  const std::function<void(RegistryContent&)> changes[] = {
      [](RegistryContent& content) { content.documents[0].withdrawn_at = std::nullopt; },
      [](RegistryContent& content) { content.documents[0].digest[31] ^= 1; },
      [](RegistryContent& content) { content.documents.pop_back(); },
      [](RegistryContent& content) { content.receipt_keys[0].valid_until = std::nullopt; },
      [](RegistryContent& content) { content.organisations[0].legal_name += "!"; },
  };
  for (const auto& change : changes) {
    RegistryContent content = RulesContent();
    change(content);
    EXPECT_NE(WriteSubstance(content), before);
  }
  RegistryContent later = RulesContent();
  later.sequence = 8;
  later.issued_at = kNow;
  later.next_update = kNow + kMinute;
  EXPECT_EQ(WriteSubstance(later), before);
}

TEST(RegistryRules, TRUST04_RefusesADocumentThatIsNotOne) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"("documents":[)", R"("documents":5,"x":[)"},
      {R"("documents":[)", R"("documents":[5,)"},
      {R"("documents":[)", R"("documents":[{},)"},
      {R"("kind":"role_profile")", R"("kind":"profile")"},
      {R"("kind":"role_profile")", R"("kind":7)"},
      {R"("kind":"role_profile")", R"("kind":"role_profile","optional":true)"},
      {R"("id":"community-nurse")", R"("id":"")"},
      {R"("id":"community-nurse")", R"("id":"Community-Nurse")"},
      {R"("id":"community-nurse")", R"("id":"community/nurse")"},
      {R"("id":"urn:staff-passport:employment:1")", R"("id":"urn: employment")"},
      {R"("id":"urn:staff-passport:employment:1")", R"("id":"urn:\u0430")"},
      {R"("version":2)", R"("version":0)"},
      {R"("version":2)", R"("version":"2")"},
      {R"("version":2)", R"("version":2.0)"},
      {R"("version":2)", R"("version":1000000)"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"/etc/hosts")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"../2.jwt")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"profiles/../2.jwt")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"profiles//2.jwt")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"profiles/")"},
      {R"("path":"profiles/community-nurse/2.jwt")", R"("path":"profiles/a b.jwt")"},
      {R"("digest":")", R"("digest":"A)"},
      {R"("digest":")", R"("digest":"","other":")"},
      {R"("withdrawn_at":)", R"("withdrawn_at":-1,"x":)"},
      {R"("withdrawn_at":)", R"("withdrawn_at":"now","x":)"},
  };
  for (const auto& [from, to] : rows) EXPECT_EQ(ReadRulesReplaced(from, to), "registry TRUST-04") << to;
}

TEST(RegistryRules, TRUST04_RefusesADocumentTwice) {
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) { content.documents[1].version = 2; }), "registry TRUST-04");
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) { content.documents[1].path = content.documents[0].path; }),
            "registry TRUST-04");
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) {
              content.documents[1].version = 2;
              content.documents[1].kind = DocumentKind::kTaxonomy;
            }),
            "ok");
}

TEST(RegistryRules, TRUST04_RefusesAReceiptKeyThatIsNotOne) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"("receipt_keys":{)", R"("receipt_keys":[],"x":{)"},
      {R"("receipt_keys":{"PublicKeyValues":[)", R"("receipt_keys":{"PublicKeyValues":[{},)"},
      {R"("receipt_keys":{"PublicKeyValues":[)", R"("receipt_keys":{"PublicKeyValues":["key",)"},
      {R"("receipt_keys":{"PublicKeyValues":[{)", R"("receipt_keys":{"PublicKeyValues":[{"use":"all",)"},
      {R"("receipt_keys":{)", R"("receipt_keys":{"OtherIds":["ods:RC9"],)"},
      {R"("kid":"receipt-1")", R"("kid":"")"},
      {R"("kid":"receipt-1")", R"("kid":1)"},
      {R"("kid":"receipt-1")", R"("kid":"receipt-1","d":"AAAA")"},
      {R"("exp":)", R"("exp":1,"was":)"},
      {R"("exp":)", R"("exp":null,"was":)"},
  };
  for (const auto& [from, to] : rows) EXPECT_EQ(ReadRulesReplaced(from, to), "registry TRUST-04") << to;
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) { content.receipt_keys[0].valid_until = Instant{1}; }),
            "registry TRUST-04");
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) {
              content.receipt_keys.push_back(ListedKey(TrustWorld::Get().stranger, "receipt-1"));
            }),
            "registry TRUST-04");
  EXPECT_EQ(ReadRulesWith([](RegistryContent& content) {
              content.receipt_keys.push_back(ListedKey(TrustWorld::Get().stranger, "receipt-2"));
            }),
            "ok");
}

TEST(RegistryRules, TRUST05_TRUST08_AReceiptKeyHasNoOtherRole) {
  const auto with_key = [](const PrivateKey& key) {
    return ReadRulesWith(
        [&](RegistryContent& content) { content.receipt_keys.push_back(ListedKey(key, "receipt-2")); });
  };
  EXPECT_EQ(with_key(ReceiptKey()), "registry TRUST-05");
  EXPECT_EQ(with_key(World().trust.issue_key), "registry TRUST-05");
  EXPECT_EQ(with_key(World().council.status_key), "registry TRUST-05");
  EXPECT_EQ(with_key(World().registry_key), "registry TRUST-08");
}

TEST(RegistryRules, TRUST04_KeepsItsLimits) {
  std::string many = R"("documents":[)";
  for (std::size_t i = 0; i <= kRegistryDocumentsMax; ++i) many += "{},";
  EXPECT_EQ(ReadRulesReplaced(R"("documents":[)", many), "limit TRUST-04");
  std::string keys = R"("receipt_keys":{"PublicKeyValues":[)";
  for (std::size_t i = 0; i <= kRegistryReceiptKeysMax; ++i) keys += "{},";
  EXPECT_EQ(ReadRulesReplaced(R"("receipt_keys":{"PublicKeyValues":[)", keys), "limit TRUST-04");
}

std::string Signed(DocumentKind kind, std::string_view text = kText) {
  return *SignDocument(kind, text, "registry-1", World().registry_key);
}

std::string ReadFile(std::string_view file, const RegistryDocument& listed) {
  return Verdict(ReadDocument(file, listed, World().pinned));
}

TEST(PublishedDocument, ReadsWhatTheRegistryLists) {
  const Result<std::string> text = ReadDocument(Signed(DocumentKind::kRoleProfile), Profile(3), World().pinned);
  ASSERT_TRUE(text.ok()) << text.fault().detail;
  EXPECT_EQ(*text, kText);
  RegistryDocument taxonomy = Profile(3);
  taxonomy.kind = DocumentKind::kTaxonomy;
  EXPECT_EQ(ReadFile(Signed(DocumentKind::kTaxonomy), taxonomy), "ok");
  RegistryDocument type = Profile(3);
  type.kind = DocumentKind::kType;
  EXPECT_EQ(Signed(DocumentKind::kType), kText);
  EXPECT_EQ(ReadFile(kText, type), "ok");
}

TEST(PublishedDocument, TRUST01_AnOldVersionCanNotStandInForANewOne) {
  const std::string old = Signed(DocumentKind::kRoleProfile, R"({"id":"community-nurse","version":2})");
  EXPECT_EQ(ReadFile(old, Profile(2, R"({"id":"community-nurse","version":2})")), "ok");
  EXPECT_EQ(ReadFile(old, Profile(3)), "registry TRUST-01");
  RegistryDocument type = Profile(3);
  type.kind = DocumentKind::kType;
  EXPECT_EQ(ReadFile(R"({"id":"community-nurse","version":2})", type), "registry TRUST-01");
}

TEST(PublishedDocument, TRUST01_AcceptsThePinnedKeyAndItsOwnTypeOnly) {
  const auto typ = [](std::string_view word) {
    return ReadFile(ForgeJws(R"({"alg":"ES256","typ":")" + std::string(word) + R"(","kid":"registry-1"})", kText,
                             World().registry_key),
                    Profile(3));
  };
  EXPECT_EQ(typ("dsp-role-profile+jwt"), "ok");
  EXPECT_EQ(typ("dsp-taxonomy+jwt"), "registry TRUST-01");
  EXPECT_EQ(typ("dsp-trust-list+jwt"), "registry TRUST-01");
  EXPECT_EQ(typ("JWT"), "registry TRUST-01");
  EXPECT_EQ(ReadFile(*SignDocument(DocumentKind::kRoleProfile, kText, "registry-1", World().stranger), Profile(3)),
            "registry TRUST-01");
  EXPECT_EQ(ReadFile(*SignDocument(DocumentKind::kRoleProfile, kText, "registry-2", World().registry_key), Profile(3)),
            "registry TRUST-01");
  EXPECT_EQ(ReadFile(kText, Profile(3)), "registry TRUST-01");
  EXPECT_EQ(ReadFile("", Profile(3)), "registry TRUST-01");
}

TEST(PublishedDocument, TRUST01_RefusesEveryAlteredByte) {
  const std::string file = Signed(DocumentKind::kRoleProfile);
  for (std::size_t at = 0; at < file.size(); ++at) {
    std::string altered = file;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReadFile(altered, Profile(3)), "registry TRUST-01") << at;
  }
}

TEST(PublishedDocument, KeepsItsLimit) {
  const std::string most = R"({"a":[)" + std::string(kPublishedDocumentBytesMax - 8, ' ') + "]}";
  ASSERT_EQ(most.size(), kPublishedDocumentBytesMax);
  EXPECT_EQ(ReadFile(Signed(DocumentKind::kRoleProfile, most), Profile(3, most)), "ok");
  EXPECT_EQ(Verdict(SignDocument(DocumentKind::kRoleProfile, most + " ", "registry-1", World().registry_key)), "limit");
  EXPECT_EQ(ReadFile(ForgeJws(R"({"alg":"ES256","typ":"dsp-role-profile+jwt","kid":"registry-1"})", most + " ",
                              World().registry_key),
                     Profile(3, most + " ")),
            "registry TRUST-01");
}

TEST(PublishedDocument, NamesItsKinds) {
  for (const DocumentKind kind : {DocumentKind::kTaxonomy, DocumentKind::kRoleProfile, DocumentKind::kType}) {
    EXPECT_EQ(DocumentKindOf(WordOf(kind)), kind);
  }
  EXPECT_EQ(DocumentKindOf("profile"), std::nullopt);
  EXPECT_EQ(DocumentKindOf(""), std::nullopt);
}

}  // namespace
}  // namespace passport
