// The certificates this house makes, judged by another program: the command openssl.
#include "keys/signing_certificates.h"

#include <gtest/gtest.h>

#include "keys/private_key.h"
#include "keys/x509_certificate.h"
#include "tests/support/certificate_forge.h"
#include "tests/support/openssl_command.h"

namespace passport {
namespace {

constexpr Instant kNow{1'795'000'000};
constexpr std::int64_t kDay = 86400;
constexpr const char* kUri = "https://passport.example/issuers/ods-RC9";

PrivateKey NewKey() { return PrivateKey::Generate().value(); }

// A root and its issuing authority.
struct Region {
  PrivateKey root = NewKey();
  PrivateKey authority = NewKey();
  std::string root_pem = MakeRegionRoot("Example region root", kNow, kRegionRootDaysMax, root).value();
  std::string authority_pem =
      SignIssuingAuthority({.name = "Example authority", .now = kNow, .days = kIssuingAuthorityDaysMax},
                           authority.public_key(), root_pem, root)
          .value();
  Certificate Authority() const { return ReadCertificatePem(authority_pem).value(); }
  Certificate Root() const { return ReadCertificatePem(root_pem).value(); }
  Result<std::string> Leaf(CertificateUse use, const PublicKey& key, Instant now = kNow) {
    return MakeSigningLeaf({.use = use, .key = key, .owner = "ods:RC9", .uri = kUri, .now = now}, Authority(),
                           authority);
  }
};

template <class T>
std::string Verdict(const Result<T>& result) {
  return result.ok() ? "ok" : std::string(WordOf(result.fault().reason));
}

TEST(SigningCertificates, ChainsVerifyWithOpensslForEveryUse) {
  Region region;
  const OpensslCommand openssl;
  openssl.Write("root.pem", region.root_pem);
  openssl.Write("authority.pem", region.authority_pem);
  for (const CertificateUse use :
       {CertificateUse::kIssue, CertificateUse::kStatus, CertificateUse::kRegistry, CertificateUse::kReceipt}) {
    const std::string name = std::string(WordOf(use)) + ".pem";
    openssl.Write(name, PemOfDer(region.Leaf(use, NewKey().public_key()).value()));
    EXPECT_TRUE(openssl.Verifies(name, kNow)) << name;
    EXPECT_TRUE(openssl.Verifies(name, kNow + Seconds{(kSigningLeafDays - 1) * kDay})) << name;
    EXPECT_FALSE(openssl.Verifies(name, kNow + Seconds{(kSigningLeafDays + 1) * kDay})) << name;
    const ProcessEnd text = openssl.Run({"x509", "-in", name, "-noout", "-text"});
    EXPECT_NE(text.output.find("URI:" + std::string(kUri)), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("CA:FALSE"), std::string::npos) << text.output;
    EXPECT_NE(text.output.find(std::string(OidOf(use))), std::string::npos) << text.output;
  }
  Region other;
  openssl.Write("other.pem", PemOfDer(other.Leaf(CertificateUse::kIssue, NewKey().public_key()).value()));
  EXPECT_FALSE(openssl.Verifies("other.pem", kNow));
}

TEST(SigningCertificates, OurOwnReadingAgrees) {
  Region region;
  const PrivateKey key = NewKey();
  const std::vector<std::string> chain = {region.Leaf(CertificateUse::kStatus, key.public_key()).value(),
                                          region.Authority().der};
  const CertificateExpectation expected{.use = CertificateUse::kStatus, .uri = kUri, .at = kNow};
  const Result<Certificate> leaf = VerifyChain(chain, region.Root(), expected);
  ASSERT_TRUE(leaf.ok()) << leaf.fault().detail;
  EXPECT_EQ(leaf->key, key.public_key());
  EXPECT_EQ(leaf->fingerprint, Sha256(chain.front()));
}

TEST(SigningCertificates, ARequestIsSignedByItsKeyAndReadByOpenssl) {
  PrivateKey key = NewKey();
  const std::string request = MakeCertificateRequest("Example authority", key).value();
  const OpensslCommand openssl;
  openssl.Write("request.pem", request);
  EXPECT_EQ(openssl.Run({"req", "-in", "request.pem", "-verify", "-noout"}).exit_code, 0);
  EXPECT_EQ(ReadCertificateRequest(request).value(), key.public_key());
  EXPECT_EQ(Verdict(MakeCertificateRequest("", key)), "field_invalid");
  EXPECT_EQ(Verdict(ReadCertificateRequest("")), "field_invalid");
  EXPECT_EQ(Verdict(ReadCertificateRequest(request + request)), "field_invalid");
  EXPECT_EQ(Verdict(ReadCertificateRequest(MakeRegionRoot("root", kNow, 1, key).value())), "field_invalid");
  std::string altered = request;
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Verdict(ReadCertificateRequest(altered)), "field_invalid");
  for (const char* kind : {"P-384", "RSA"}) {
    const std::vector<std::string> make = std::string(kind) == "RSA"
                                              ? std::vector<std::string>{"rsa:2048"}
                                              : std::vector<std::string>{"ec", "-pkeyopt", "ec_paramgen_curve:P-384"};
    std::vector<std::string> words = {"req", "-new", "-nodes", "-subj", "/CN=x", "-keyout", "k.pem", "-newkey"};
    words.insert(words.end(), make.begin(), make.end());
    EXPECT_EQ(Verdict(ReadCertificateRequest(openssl.Run(words).output)), "field_invalid") << kind;
  }
}

TEST(SigningCertificates, ALeafEndsWithItsAuthority) {
  Region region;
  const Instant late = kNow + Seconds{(kIssuingAuthorityDaysMax - 10) * kDay};
  const Certificate leaf =
      ReadCertificate(region.Leaf(CertificateUse::kIssue, NewKey().public_key(), late).value()).value();
  EXPECT_EQ(leaf.until, region.Authority().until);
  EXPECT_EQ(Verdict(region.Leaf(CertificateUse::kIssue, NewKey().public_key(), late + Seconds{11 * kDay})),
            "key_state");
}

TEST(SigningCertificates, TheLifeOfAnAuthorityHasBounds) {
  PrivateKey root = NewKey();
  EXPECT_EQ(Verdict(MakeRegionRoot("root", kNow, 0, root)), "field_invalid");
  EXPECT_EQ(Verdict(MakeRegionRoot("root", kNow, kRegionRootDaysMax + 1, root)), "field_invalid");
  EXPECT_EQ(Verdict(MakeRegionRoot("", kNow, 1, root)), "field_invalid");
  const std::string root_pem = MakeRegionRoot("root", kNow, 10, root).value();
  const auto sign = [&](int days, Signer& signer) {
    return Verdict(
        SignIssuingAuthority({.name = "a", .now = kNow, .days = days}, NewKey().public_key(), root_pem, signer));
  };
  EXPECT_EQ(sign(10, root), "ok");
  EXPECT_EQ(sign(11, root), "field_invalid") << "it would outlive the root";
  EXPECT_EQ(sign(kIssuingAuthorityDaysMax + 1, root), "field_invalid");
  PrivateKey stranger = NewKey();
  EXPECT_EQ(sign(10, stranger), "key") << "another key than the root's";
}

TEST(SigningCertificates, WhatIsInstalledIsTheAuthorityOfThisKeyUnderThisRoot) {
  Region region;
  Region other;
  const PublicKey& key = region.authority.public_key();
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Authority(), region.Root(), key, kNow)), "ok");
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Authority(), region.Root(), other.authority.public_key(), kNow)),
            "key");
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Authority(), other.Root(), key, kNow)), "key") << "another root";
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Root(), region.Root(), region.root.public_key(), kNow)), "key");
  const Instant after = kNow + Seconds{(kIssuingAuthorityDaysMax + 1) * kDay};
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Authority(), region.Root(), key, after)), "key") << "expired";
  const Certificate leaf = ReadCertificate(region.Leaf(CertificateUse::kIssue, key).value()).value();
  EXPECT_EQ(Verdict(CheckIssuingAuthority(leaf, region.Authority(), key, kNow)), "key") << "a leaf";
  EXPECT_EQ(Verdict(CheckIssuingAuthority(region.Authority(), leaf, key, kNow)), "key") << "a leaf as root";
}

TEST(SigningCertificates, EverySigningRoleHasAUseOfItsOwn) {
  std::vector<CertificateUse> uses;
  for (const KeyRole role : AllKeyRoles()) {
    if (const auto use = UseOf(role)) uses.push_back(*use);
  }
  EXPECT_EQ(uses, (std::vector<CertificateUse>{CertificateUse::kIssue, CertificateUse::kStatus,
                                               CertificateUse::kRegistry, CertificateUse::kReceipt}));
}

}  // namespace
}  // namespace passport
