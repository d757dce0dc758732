// Certificates of the keys of a running service: when they are made, which tokens carry them, what the authority may
// do.
#include "passport-service/acts/key_certificates.h"

#include <gtest/gtest.h>

#include "credential/crypto/x5c.h"
#include "credential/encoding/base64url.h"
#include "keys/private_key.h"
#include "passport-service/acts/install_authority.h"
#include "tests/service/acts/acts_world.h"
#include "tests/support/certificate_forge.h"
#include "tests/support/openssl_command.h"

namespace passport {
namespace {

constexpr const char* kBase = "https://passport.example";

// The certificates in the header of a token.
std::vector<std::string> ChainIn(const std::string& token) {
  json::Tree tree;
  const auto header = tree.ParseBase64Url(std::string_view(token).substr(0, token.find('.')), json::kTokenLimits);
  return header.ok() ? ReadX5c(**header).value() : std::vector<std::string>();
}

// "ok", or why a chain does not hold under the root of the world.
std::string Holds(const ActsWorld& world, const std::string& token, CertificateUse use, const std::string& uri) {
  const Certificate root = ReadCertificatePem(world.root_pem).value();
  const auto leaf = VerifyChain(ChainIn(token), root, {.use = use, .uri = uri, .at = world.clock.now});
  return leaf.ok() ? "ok" : leaf.fault().detail;
}

std::string TokenOf(ActsWorld& world, const CredentialId& credential) {
  return ReadCredentials(world.store, *world.vault, world.clock).Get(world.trust, credential).value().token;
}

TEST(KeyCertificates, HAIP13_EveryTokenCarriesTheChainOfItsKey) {
  ActsWorld world;
  world.Enrol("1001");
  const std::string credential = TokenOf(world, world.IssueTraining("1001"));
  world.PublishNow();
  const std::string issuer = std::string(kBase) + "/issuers/ods-RC9";
  EXPECT_EQ(Holds(world, credential, CertificateUse::kIssue, issuer), "ok");
  EXPECT_EQ(Holds(world, world.files.files["status/ods-RC9/1.jwt"], CertificateUse::kStatus, issuer), "ok");
  EXPECT_EQ(Holds(world, world.files.files["registry.jwt"], CertificateUse::kRegistry, kBase), "ok");
  EXPECT_EQ(Holds(world, world.files.files["keys/ods-RC9.jwt"], CertificateUse::kRegistry, kBase), "ok");
  // The registry lists the very certificate.
  const auto& trust = world.trust_in_force.Get().trust->registry();
  const RegistryOrganisation* entry = trust.FindOrganisation(world.trust.organisation);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->mechanism, KeyMechanism::kX5c);
  EXPECT_EQ(entry->issue_keys.front().certificate, ChainIn(credential).front());
}

TEST(KeyCertificates, OpensslVerifiesChainAndSignatureOfACredential) {
  ActsWorld world;
  world.Enrol("1001");
  const std::string credential = TokenOf(world, world.IssueTraining("1001"));
  const std::vector<std::string> chain = ChainIn(credential);
  ASSERT_EQ(chain.size(), 2U);
  const OpensslCommand openssl;
  openssl.Write("root.pem", world.root_pem);
  openssl.Write("authority.pem", PemOfDer(chain[1]));
  openssl.Write("leaf.pem", PemOfDer(chain[0]));
  EXPECT_TRUE(openssl.Verifies("leaf.pem", world.clock.now));
  std::string token = credential.substr(0, credential.find('~'));
  EXPECT_TRUE(openssl.VerifiesToken(token, "leaf.pem"));
  EXPECT_FALSE(openssl.VerifiesToken(token, "authority.pem"));
  token[token.find('.') + 1] ^= 1;
  EXPECT_FALSE(openssl.VerifiesToken(token, "leaf.pem"));
}

TEST(KeyCertificates, OneOrganisationsCertificateIsNotAnothers) {
  ActsWorld world;
  world.Enrol("1001");
  const std::string credential = TokenOf(world, world.IssueTraining("1001"));
  EXPECT_NE(Holds(world, credential, CertificateUse::kIssue, std::string(kBase) + "/issuers/ons-E06000032"), "ok");
  EXPECT_NE(Holds(world, credential, CertificateUse::kStatus, std::string(kBase) + "/issuers/ods-RC9"), "ok");
}

TEST(KeyCertificates, AKeyKeepsItsCertificateAndANewOneGetsItsOwnBeforeItSigns) {
  ActsWorld world;
  world.PublishNow();
  const CertificatesByKid before = ReadCertificates(world.store).value();
  world.clock.now = world.clock.now + Seconds{86400};
  const std::string staged =
      world.keys->Generate(world.trust.organisation, KeyRole::kIssue, KeyState::kStaged, world.clock.now).value();
  world.PublishNow();
  CertificatesByKid after = ReadCertificates(world.store).value();
  ASSERT_TRUE(after.contains(staged));
  EXPECT_EQ(after.at(staged).at, world.clock.now);
  after.erase(staged);
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [kid, row] : before) EXPECT_EQ(after.at(kid).certificate, row.certificate) << kid;
}

TEST(KeyCertificates, WithoutACeremonyTokensNameTheirKeyAlone) {
  ActsWorld world{ActsWorld::Ceremony::kLater};
  world.Enrol("1001");
  const std::string credential = TokenOf(world, world.IssueTraining("1001"));
  world.PublishNow();
  EXPECT_TRUE(ChainIn(credential).empty());
  EXPECT_TRUE(ChainIn(world.files.files["registry.jwt"]).empty());
  // Once it was held, old keys get certificates too; but what they signed before has none, and the registry says so.
  world.HoldCeremony();
  world.clock.now = world.clock.now + Seconds{60};
  world.PublishNow();
  EXPECT_EQ(ReadCertificates(world.store)->size(), 9U) << "of 3 organisations 2 each, registry, receipt, authority";
  const auto& trust = world.trust_in_force.Get().trust->registry();
  EXPECT_EQ(trust.FindOrganisation(world.trust.organisation)->mechanism, KeyMechanism::kJwtVcIssuer);
}

TEST(KeyCertificates, MetadataForTheOtherSchoolIsPublishedAsPlainJson) {
  ActsWorld world;
  world.PublishNow();
  json::Tree tree;
  const std::string& text = world.files.files[".well-known/jwt-vc-issuer/issuers/ods-RC9"];
  const auto metadata = tree.Parse(text, json::kTokenLimits);
  ASSERT_TRUE(metadata.ok()) << text;
  EXPECT_EQ((*metadata)->Find("issuer")->text(), std::string(kBase) + "/issuers/ods-RC9");
  const json::Value* keys = (*metadata)->Find("jwks")->Find("keys");
  ASSERT_EQ(keys->size(), 1U);
  const json::Value& jwk = *keys->begin();
  const auto signer = world.keys->SignerFor(world.trust.organisation, KeyRole::kIssue).value();
  EXPECT_EQ(ReadJwk(jwk).value(), signer->public_key());
  EXPECT_EQ(*jwk.Find("kid")->text(), Thumbprint(signer->public_key().point()));
  EXPECT_EQ(ReadX5c(jwk).value(),
            std::vector<std::string>{
                ReadCertificates(world.store)->at(Thumbprint(signer->public_key().point())).certificate});
}

TEST(KeyCertificates, WhileANewAuthorityWaitsNobodyIsEnrolledAndEverythingElseGoesOn) {
  ActsWorld world;
  InstallAuthority install(world.store, *world.keys, world.clock);
  EXPECT_EQ(WordsOf(install.KeyToCertify(false)), "state_conflict");
  world.clock.now = world.clock.now + Seconds{60};
  const auto fresh = install.KeyToCertify(true);
  ASSERT_TRUE(fresh.ok()) << fresh.fault().detail;
  EXPECT_EQ(install.KeyToCertify(false).value()->public_key(), (*fresh)->public_key()) << "asked again";
  EnrolOrganisation enrol = world.EnrolOrganisations();
  const EnrolOrganisation::Order order{world.registrar, Request("e9"), OrganisationId::Parse("ods:NEW").value(),
                                       "Example New",   "charity",     {"employment"}};
  EXPECT_EQ(WordsOf(enrol(order)), "key_state");
  world.Enrol("1001");
  EXPECT_EQ(ChainIn(TokenOf(world, world.IssueTraining("1001"))).size(), 2U);
  world.PublishNow();
  const std::string authority = world.SignAuthority((*fresh)->public_key());
  EXPECT_EQ(WordsOf(install(authority, world.root_pem)), "ok");
  EXPECT_EQ(WordsOf(install(authority, world.root_pem)), "already_exists");
  EXPECT_EQ(WordsOf(enrol(order)), "ok");
  std::size_t active = 0;
  for (const KeyInfo& info : world.keys->List()) {
    active += info.role == KeyRole::kIssuingAuthority && info.state == KeyState::kActive ? 1U : 0U;
  }
  EXPECT_EQ(active, 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(KeyCertificates, OnlyTheRightCertificateIsInstalled) {
  ActsWorld world{ActsWorld::Ceremony::kLater};
  InstallAuthority install(world.store, *world.keys, world.clock);
  EXPECT_EQ(WordsOf(install(world.root_pem, world.root_pem)), "key_state") << "nothing was asked for";
  const auto key = install.KeyToCertify(false).value();
  const std::string right = world.SignAuthority(key->public_key());
  PrivateKey stranger = PrivateKey::Generate().value();
  const std::string other_root = MakeRegionRoot("Example root", world.clock.now, 100, stranger).value();
  EXPECT_EQ(WordsOf(install(world.SignAuthority(stranger.public_key()), world.root_pem)), "key") << "another key";
  EXPECT_EQ(WordsOf(install(world.root_pem, world.root_pem)), "key") << "the root itself";
  EXPECT_EQ(WordsOf(install(right, other_root)), "key") << "another root";
  EXPECT_EQ(WordsOf(install("", world.root_pem)), "key");
  EXPECT_TRUE(ReadCertificates(world.store)->empty());
  EXPECT_EQ(WordsOf(install(right, world.root_pem)), "ok");
}

TEST(KeyCertificates, ALostOutcomeOfTheInstallationIsTakenUpAgain) {
  ActsWorld world{ActsWorld::Ceremony::kLater};
  InstallAuthority install(world.store, *world.keys, world.clock);
  const std::string right = world.SignAuthority(install.KeyToCertify(false).value()->public_key());
  world.store.OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kUnknown,
                                Reason::kStoreUnavailable};
  });
  EXPECT_EQ(WordsOf(install(right, world.root_pem)), "outcome_unknown");
  world.store.OnApply({});
  EXPECT_EQ(WordsOf(install(right, world.root_pem)), "ok");
}

}  // namespace
}  // namespace passport
