// Certificates of signing keys: what is taken, and everything that looks like one and is not (HOST-29).
#include "credential/crypto/certificate.h"

#include <gtest/gtest.h>

#include <functional>

#include "credential/crypto/jws.h"
#include "credential/crypto/x5c.h"
#include "credential/encoding/base64.h"
#include "tests/support/certificate_forge.h"

namespace passport {
namespace {

constexpr Instant kNow{1'795'000'000};
constexpr Seconds kYear{365 * 86400};
constexpr const char* kUri = "https://passport.example/issuers/ods-RC9";

std::string Purpose(CertificateUse use) { return std::string(OidOf(use)); }

// A region: root, issuing authority, one key of a trust.
struct Region {
  ForgeKey root_key = MakeForgeKey();
  ForgeKey authority_key = MakeForgeKey();
  ForgeKey leaf_key = MakeForgeKey();

  static ForgedCertificate Root() {
    return {.subject = "root",
            .issuer = "root",
            .from = kNow - kYear,
            .until = kNow + kYear,
            .extensions = {{"basicConstraints", "critical,CA:TRUE,pathlen:1"}, {"keyUsage", "critical,keyCertSign"}}};
  }
  static ForgedCertificate Authority() {
    return {.subject = "authority",
            .issuer = "root",
            .from = kNow - kYear,
            .until = kNow + kYear,
            .extensions = {{"basicConstraints", "critical,CA:TRUE,pathlen:0"}, {"keyUsage", "critical,keyCertSign"}}};
  }
  static ForgedCertificate Leaf() {
    return {.subject = "leaf",
            .issuer = "authority",
            .from = kNow - kYear,
            .until = kNow + kYear,
            .extensions = {{"basicConstraints", "critical,CA:FALSE"},
                           {"keyUsage", "critical,digitalSignature"},
                           {"extendedKeyUsage", "critical," + Purpose(CertificateUse::kIssue)},
                           {"subjectAltName", std::string("URI:") + kUri}}};
  }
  std::string MakeRoot() const { return Forge(Root(), root_key, root_key); }
  std::string MakeAuthority() const { return Forge(Authority(), authority_key, root_key); }
  std::string MakeLeaf(const ForgedCertificate& leaf = Leaf()) const { return Forge(leaf, leaf_key, authority_key); }
};

const Region& TheRegion() {
  static const Region region;
  return region;
}

// "ok", or the reason and the check.
std::string Verdict(const Result<Certificate>& result) {
  return result.ok() ? "ok" : std::string(WordOf(result.fault().reason)) + " " + std::string(result.fault().check);
}
std::string Check(const std::vector<std::string>& chain, CertificateUse use = CertificateUse::kIssue,
                  const char* uri = kUri) {
  const Result<Certificate> root = ReadCertificate(TheRegion().MakeRoot());
  if (!root.ok()) return "no root";
  return Verdict(VerifyChain(chain, *root, {.use = use, .uri = uri, .at = kNow}));
}
std::string CheckLeafWith(const std::function<void(ForgedCertificate&)>& change) {
  ForgedCertificate leaf = Region::Leaf();
  change(leaf);
  return Check({TheRegion().MakeLeaf(leaf), TheRegion().MakeAuthority()});
}
void Set(ForgedCertificate& certificate, const std::string& name, const std::string& value) {
  std::erase_if(certificate.extensions, [&](const auto& extension) { return extension.first == name; });
  if (!value.empty()) certificate.extensions.emplace_back(name, value);
}

TEST(Certificate, SaysWhatItSays) {
  const std::string der = TheRegion().MakeLeaf();
  const Result<Certificate> leaf = ReadCertificate(der);
  ASSERT_TRUE(leaf.ok()) << leaf.fault().detail;
  EXPECT_EQ(leaf->der, der);
  EXPECT_EQ(leaf->fingerprint, Sha256(der));
  EXPECT_EQ(leaf->from, kNow - kYear);
  EXPECT_EQ(leaf->until, kNow + kYear);
  EXPECT_FALSE(leaf->authority);
  EXPECT_TRUE(leaf->may_sign);
  EXPECT_FALSE(leaf->may_sign_certificates);
  EXPECT_EQ(leaf->purposes, std::vector<std::string>{Purpose(CertificateUse::kIssue)});
  EXPECT_EQ(leaf->uris, std::vector<std::string>{kUri});
  const Result<Certificate> authority = ReadCertificatePem(PemOfDer(TheRegion().MakeAuthority()));
  ASSERT_TRUE(authority.ok());
  EXPECT_TRUE(authority->authority && authority->may_sign_certificates);
  EXPECT_EQ(authority->path_length, 0);
  EXPECT_EQ(leaf->issuer, authority->subject);
  EXPECT_EQ(FingerprintText(leaf->fingerprint).size(), 95U);
}

TEST(Certificate, JWT12_AChainHoldsUpToTheRootThatIsKnown) {
  EXPECT_EQ(Check({TheRegion().MakeLeaf(), TheRegion().MakeAuthority()}), "ok");
}

TEST(Certificate, TRUST08_EachUseIsRefusedForEveryOther) {
  for (const CertificateUse made : AllCertificateUses()) {
    ForgedCertificate leaf = Region::Leaf();
    Set(leaf, "extendedKeyUsage", Purpose(made));
    const std::vector<std::string> chain = {TheRegion().MakeLeaf(leaf), TheRegion().MakeAuthority()};
    for (const CertificateUse asked : AllCertificateUses()) {
      EXPECT_EQ(Check(chain, asked), made == asked ? "ok" : "key TRUST-08") << WordOf(made) << " as " << WordOf(asked);
    }
  }
}

TEST(Certificate, JWT12_RefusesALeafThatIsNotOneForThis) {
  const auto with = [](const char* name, const std::string& value) {
    return CheckLeafWith([&](ForgedCertificate& leaf) { Set(leaf, name, value); });
  };
  const std::string uri = std::string("URI:") + kUri;
  EXPECT_EQ(with("subjectAltName", ""), "key JWT-12") << "no name";
  EXPECT_EQ(with("subjectAltName", "DNS:passport.example"), "key JWT-12") << "no URI name";
  EXPECT_EQ(with("subjectAltName", uri + ",URI:https://passport.example/issuers/ods-RD1"), "key JWT-12") << "two";
  EXPECT_EQ(with("subjectAltName", uri + "," + uri), "key JWT-12") << "the same twice";
  EXPECT_EQ(with("subjectAltName", "URI:https://passport.example/issuers/ods-RD1"), "key SDVC-06") << "another's";
  EXPECT_EQ(with("subjectAltName", uri + "/"), "key SDVC-06") << "almost";
  EXPECT_EQ(with("extendedKeyUsage", ""), "key TRUST-08") << "no purpose";
  EXPECT_EQ(with("extendedKeyUsage", "anyExtendedKeyUsage"), "key TRUST-08");
  EXPECT_EQ(with("extendedKeyUsage", Purpose(CertificateUse::kIssue) + "," + Purpose(CertificateUse::kStatus)),
            "key TRUST-08")
      << "two purposes";
  EXPECT_EQ(with("keyUsage", ""), "key JWT-12") << "no key usage";
  EXPECT_EQ(with("keyUsage", "critical,keyAgreement"), "key JWT-12");
  EXPECT_EQ(with("keyUsage", "critical,digitalSignature,keyCertSign"), "key JWT-12");
  EXPECT_EQ(with("basicConstraints", "critical,CA:TRUE"), "key JWT-12") << "an authority";
  EXPECT_EQ(CheckLeafWith([](auto& leaf) { leaf.until = kNow - Seconds{1}; }), "key JWT-12") << "expired";
  EXPECT_EQ(CheckLeafWith([](auto& leaf) { leaf.until = kNow; }), "ok") << "its last second";
  EXPECT_EQ(CheckLeafWith([](auto& leaf) { leaf.from = kNow + Seconds{1}; }), "key JWT-12") << "not yet in force";
  EXPECT_EQ(CheckLeafWith([](auto& leaf) { leaf.issuer = "leaf"; }), "key HAIP-13") << "says it is self-signed";
}

TEST(Certificate, JWT12_RefusesAChainThatDoesNotLeadToTheRoot) {
  const Region& region = TheRegion();
  const std::string leaf = region.MakeLeaf();
  const std::string authority = region.MakeAuthority();
  EXPECT_EQ(Check({}), "key JWT-12");
  EXPECT_EQ(Check({leaf}), "key JWT-12") << "the authority is missing";
  EXPECT_EQ(Check({authority, leaf}), "key JWT-12") << "in the wrong order";
  EXPECT_EQ(Check({leaf, authority, region.MakeRoot()}), "key HAIP-13") << "with the anchor";
  EXPECT_EQ(Check({leaf, authority, authority}), "key JWT-12");
  EXPECT_EQ(Check(std::vector<std::string>(50, leaf)), "key JWT-12") << "fifty";
  const Region other;
  EXPECT_EQ(Check({other.MakeLeaf(), other.MakeAuthority()}), "key JWT-12") << "all of the same names, another root";
  EXPECT_EQ(Check({other.MakeLeaf(), authority}), "key JWT-12") << "signed by a namesake of the authority";
  const std::string self_signed = Forge(Region::Leaf(), region.leaf_key, region.leaf_key);
  EXPECT_EQ(Check({self_signed, authority}), "key JWT-12");
}

TEST(Certificate, JWT12_RefusesAnAuthorityThatIsNone) {
  const Region& region = TheRegion();
  const auto with = [&](const std::function<void(ForgedCertificate&)>& change) {
    ForgedCertificate authority = Region::Authority();
    change(authority);
    return Check({region.MakeLeaf(), Forge(authority, region.authority_key, region.root_key)});
  };
  EXPECT_EQ(with([](auto& it) { Set(it, "basicConstraints", "critical,CA:FALSE"); }), "key JWT-12");
  EXPECT_EQ(with([](auto& it) { Set(it, "basicConstraints", ""); }), "key JWT-12");
  EXPECT_EQ(with([](auto& it) { Set(it, "keyUsage", "critical,digitalSignature"); }), "key JWT-12");
  EXPECT_EQ(with([](auto& it) { it.until = kNow - Seconds{1}; }), "key JWT-12") << "expired";
  EXPECT_EQ(with([](auto& it) { it.subject = "another"; }), "key JWT-12");
  // An authority below the issuing one: it allows none.
  ForgedCertificate below = Region::Authority();
  below.subject = "below";
  below.issuer = "authority";
  const ForgeKey below_key = MakeForgeKey();
  ForgedCertificate leaf = Region::Leaf();
  leaf.issuer = "below";
  EXPECT_EQ(Check({Forge(leaf, region.leaf_key, below_key), Forge(below, below_key, region.authority_key),
                   region.MakeAuthority()}),
            "key JWT-12");
}

TEST(Certificate, TRUST04_IsDerToTheLastByteAndNothingUnknownIsCritical) {
  const Region& region = TheRegion();
  const auto read = [&](const std::function<void(ForgedCertificate&)>& change) {
    ForgedCertificate leaf = Region::Leaf();
    change(leaf);
    return Verdict(ReadCertificate(region.MakeLeaf(leaf)));
  };
  EXPECT_EQ(read([](auto&) {}), "ok");
  EXPECT_EQ(read([](auto& it) { it.extensions.push_back(it.extensions[3]); }), "key TRUST-04") << "names twice";
  EXPECT_EQ(read([](auto& it) { it.extensions.emplace_back("1.2.3.4", "critical,DER:0500"); }), "key TRUST-04");
  EXPECT_EQ(read([](auto& it) { it.extensions.emplace_back("1.2.3.4", "DER:0500"); }), "ok") << "unknown, not critical";
  EXPECT_EQ(read([](auto& it) { it.extensions.emplace_back("1.2.3.4", "DER:050000"); }), "key TRUST-04");
  EXPECT_EQ(read([](auto& it) { it.sha1 = true; }), "key TRUST-04");
  EXPECT_EQ(read([](auto& it) {
              it.version = 1;
              it.extensions.clear();
            }),
            "key TRUST-04");
  for (const char* kind : {"P-384", "RSA"}) {
    const ForgeKey key = MakeForgeKey(kind);
    EXPECT_EQ(Verdict(ReadCertificate(Forge(Region::Leaf(), key, region.authority_key))), "key TRUST-04") << kind;
    EXPECT_EQ(Verdict(ReadCertificate(Forge(Region::Leaf(), region.leaf_key, key))), "key TRUST-04") << kind;
  }
  const std::string good = region.MakeLeaf();
  EXPECT_EQ(Verdict(ReadCertificate(good + '\0')), "key TRUST-04") << "a byte behind it";
  EXPECT_EQ(Verdict(ReadCertificate("")), "key TRUST-04");
  EXPECT_EQ(Verdict(ReadCertificate(std::string(kCertificateBytesMax + 1, '0'))), "limit JWT-12");
  for (std::size_t length = 0; length < good.size(); ++length) {
    ASSERT_FALSE(ReadCertificate(std::string_view(good).substr(0, length)).ok()) << length;
  }
}

TEST(Certificate, NoBitOfItCanChange) {
  const Region& region = TheRegion();
  const std::string authority = region.MakeAuthority();
  // Several, because what a changed bit does may hang on the signature's own bits.
  for (int round = 0; round < 4; ++round) {
    const std::string good = region.MakeLeaf();
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::string changed = good;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      ASSERT_NE(Check({changed, authority}), "ok") << "byte " << at;
    }
  }
}

TEST(Certificate, PemIsOneBlockAndNothingElse) {
  const std::string pem = PemOfDer(TheRegion().MakeLeaf());
  EXPECT_TRUE(ReadCertificatePem(pem).ok());
  EXPECT_FALSE(ReadCertificatePem(pem + pem).ok());
  EXPECT_FALSE(ReadCertificatePem("x" + pem).ok());
  EXPECT_FALSE(ReadCertificatePem("").ok());
  std::string key = pem;
  for (std::size_t at = key.find("CERTIFICATE"); at != std::string::npos; at = key.find("CERTIFICATE"))
    key.replace(at, 11, "PRIVATE KEY");
  EXPECT_FALSE(ReadCertificatePem(key).ok());
}

// The certificates of a header, or the reason and the check.
std::string Read(const std::string& header) {
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(header, json::kTokenLimits);
  if (!value.ok()) return "no header";
  const auto x5c = ReadX5c(**value);
  if (!x5c.ok()) return std::string(WordOf(x5c.fault().reason)) + " " + std::string(x5c.fault().check);
  return std::to_string(x5c->size());
}

TEST(X5c, JWT12_IsWhatAHeaderIsWrittenWith) {
  const std::vector<std::string> chain = {TheRegion().MakeLeaf(), TheRegion().MakeAuthority()};
  json::Tree tree;
  const auto header = tree.Parse(JwsHeader("typ", KeyReference("kid", chain)), json::kTokenLimits);
  ASSERT_TRUE(header.ok());
  EXPECT_EQ(ReadX5c(**header).value(), chain);
  EXPECT_EQ((*header)->Find("kid")->text(), "kid");
  EXPECT_EQ(JwsHeader("typ", "kid"), R"({"alg":"ES256","typ":"typ","kid":"kid"})");
}

TEST(X5c, JWT12_RefusesNearMisses) {
  const std::string good = EncodeBase64(TheRegion().MakeLeaf());
  const auto list = [](const std::string& inside) { return R"({"x5c":[)" + inside + "]}"; };
  EXPECT_EQ(Read("{}"), "0");
  EXPECT_EQ(Read(list('"' + good + '"')), "1");
  EXPECT_EQ(Read(list("")), "key JWT-12");
  EXPECT_EQ(Read(R"({"x5c":")" + good + R"("})"), "key JWT-12") << "one text, not a list";
  EXPECT_EQ(Read(list("7")), "key JWT-12");
  EXPECT_EQ(Read(list(R"("AAA_")")), "key JWT-12") << "the alphabet of URLs";
  EXPECT_EQ(Read(list(R"("AAA")")), "key JWT-12") << "without padding";
  EXPECT_EQ(Read(list(R"("AAAA\n")")), "key JWT-12") << "a line end";
  EXPECT_EQ(Read(list(R"("AAAA","AAAA","AAAA","AAAA","AAAA")")), "5");
  EXPECT_EQ(Read(list(R"("AAAA","AAAA","AAAA","AAAA","AAAA","AAAA")")), "key JWT-12") << "six";
  EXPECT_EQ(Read(list('"' + std::string(12'000, 'A') + '"')), "key JWT-12") << "larger than a certificate may be";
}

}  // namespace
}  // namespace passport
