// Certificates in the registry, and the registry that is believed because of its own.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/trust/registry_root.h"
#include "tests/credential/trust/certified_world.h"
#include "tests/credential/trust/trust_suite.h"

namespace passport {
namespace {

CertifiedWorld& Certified() { return CertifiedWorld::Get(); }

std::string ReadCertifiedWith(const std::function<void(RegistryContent&)>& change) {
  RegistryContent content = Certified().Content();
  change(content);
  return Verdict(TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute));
}

TEST(Registry, ReadsBackItsCertificates) {
  const RegistryContent content = Certified().Content();
  const Result<TrustRegistry> registry =
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute);
  ASSERT_TRUE(registry.ok()) << registry.fault().detail;
  EXPECT_EQ(WriteSubstance(registry->content()), WriteSubstance(content));
  const RegistryOrganisation& trust = registry->organisations()[0];
  EXPECT_EQ(trust.mechanism, KeyMechanism::kX5c);
  EXPECT_EQ(trust.issue_keys[0].certificate, content.organisations[0].issue_keys[0].certificate);
  ASSERT_EQ(registry->content().issuing_authorities.size(), 1U);
  EXPECT_EQ(registry->content().issuing_authorities[0].certificate, Certified().authority.der);
}

TEST(Registry, TRUST04_TRUST08_ListsACertificateOfThatKeyForThatRoleAndThatNameOnly) {
  const auto with = [](const PrivateKey& key, CertificateUse use, std::string_view uri) {
    return ReadCertifiedWith([&](RegistryContent& content) {
      content.organisations[0].issue_keys[0].certificate = Certified().Leaf(key, use, uri);
    });
  };
  const PrivateKey& key = World().trust.issue_key;
  EXPECT_EQ(with(key, CertificateUse::kIssue, World().trust.issuer), "ok");
  EXPECT_EQ(with(World().stranger, CertificateUse::kIssue, World().trust.issuer), "registry TRUST-04");
  for (const CertificateUse use : {CertificateUse::kStatus, CertificateUse::kRegistry, CertificateUse::kReceipt})
    EXPECT_EQ(with(key, use, World().trust.issuer), "registry TRUST-08") << WordOf(use);
  EXPECT_EQ(with(key, CertificateUse::kIssue, World().council.issuer), "registry TRUST-04");
  EXPECT_EQ(with(key, CertificateUse::kIssue, World().trust.issuer + "/"), "registry TRUST-04");
}

TEST(Registry, TRUST04_ReadsCertificatesStrictly) {
  const auto with = [](const std::string& certificate) {
    return ReadCertifiedWith(
        [&](RegistryContent& content) { content.organisations[0].issue_keys[0].certificate = certificate; });
  };
  const std::string good = Certified().Content().organisations[0].issue_keys[0].certificate;
  EXPECT_EQ(with(good), "ok");
  EXPECT_EQ(with(good + '\0'), "registry TRUST-04");
  EXPECT_EQ(with(good.substr(0, good.size() - 1)), "registry TRUST-04");
  EXPECT_EQ(with("certificate"), "registry TRUST-04");
  EXPECT_EQ(with(Certified().authority.der), "registry TRUST-04");
  EXPECT_EQ(ReadCertifiedWith([&](RegistryContent& content) { content.issuing_authorities[0].certificate = good; }),
            "registry TRUST-04")
      << "no authority";
}

std::string Under(const Certificate& root, const std::string& registry, Instant now = kNow) {
  const Result<KeySet> keys = RegistryKeyUnder(root, registry, now);
  if (!keys.ok()) return Words(keys.fault());
  return Verdict(TrustRegistry::Read(registry, *keys, now, kMinute));
}

std::string SignedWith(const RegistryContent& content, PrivateKey& key, const std::vector<std::string>& chain) {
  const std::string kid = Thumbprint(key.public_key().point());
  return SignRegistry(content, {kid, chain}, key).value();
}

TEST(Registry, TRUST01_IsBelievedUnderThePinnedRoot) {
  const RegistryContent content = Certified().Content();
  const std::vector<std::string> chain = Certified().Chain(content.registry_keys[0]);
  const std::string registry = SignedWith(content, World().registry_key, chain);
  EXPECT_EQ(Under(Certified().root, registry), "ok");
  EXPECT_EQ(Under(CertifiedWorld().root, registry), "registry TRUST-01") << "another region's root";
  EXPECT_EQ(Under(Certified().authority, registry), "registry TRUST-01") << "an authority is no root";
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().registry_key, {})), "registry TRUST-01");
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().registry_key, {chain[0]})), "registry TRUST-01");
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().registry_key, {chain[1], chain[0]})),
            "registry TRUST-01");
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().stranger, chain)), "registry TRUST-01");
  EXPECT_EQ(Under(Certified().root, registry, kNow + Seconds{7 * 365 * 86400}), "registry TRUST-01") << "expired";
  EXPECT_EQ(Under(Certified().root, "not a token"), "registry TRUST-01");
}

// HOST-127: what an issuer's own certificate leads to is an issuer.
TEST(Registry, HOST127_AnIssuersCertificateSignsNoRegistry) {
  const RegistryContent content = Certified().Content();
  const std::vector<std::string> chain = Certified().Chain(content.organisations[0].issue_keys[0]);
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().trust.issue_key, chain)), "registry TRUST-01");
  const std::vector<std::string> of_status = Certified().Chain(content.organisations[0].status_keys[0]);
  EXPECT_EQ(Under(Certified().root, SignedWith(content, World().trust.status_key, of_status)), "registry TRUST-01");
}

TEST(Registry, SDVC05_AStatusListCarriesTheCertificateToo) {
  const RegistryContent content = Certified().Content();
  const auto registry = std::make_shared<const TrustRegistry>(
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute).value());
  const StatusList list = StatusList::Make(2, 1024).value();
  const StatusTokenTerms terms{
      .uri = World().trust.list_uri(), .issued_at = kNow, .expires_at = kNow + kDay, .ttl = Seconds{300}};
  PrivateKey& key = World().trust.status_key;
  const auto add = [&](const std::vector<std::string>& chain) {
    const std::string kid = Thumbprint(key.public_key().point());
    TrustSnapshot::Builder builder(registry, kFreshness);
    return Verdict(
        builder.AddStatusToken(terms.uri, SignStatusToken(terms, list, {kid, chain}, key, 6).value(), kNow, kMinute));
  };
  EXPECT_EQ(add(Certified().Chain(content.organisations[0].status_keys[0])), "ok");
  EXPECT_EQ(add({}), "status SDVC-05");
  EXPECT_EQ(add(Certified().Chain(content.organisations[0].issue_keys[0])), "status SDVC-05");
  EXPECT_EQ(add(Certified().Chain(content.organisations[1].status_keys[0])), "status SDVC-05");
}

}  // namespace
}  // namespace passport
