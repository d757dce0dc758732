#include "tests/credential/trust/certified_world.h"

#include <cstdio>
#include <cstdlib>

#include "keys/signing_certificates.h"

namespace passport {
namespace {

constexpr Instant kMade = kNow - Seconds{30 * 86400};
constexpr std::string_view kRegistryUri = "https://passport.example";

template <class T>
T MadeOrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "certified world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

}  // namespace

CertifiedWorld& CertifiedWorld::Get() {
  static CertifiedWorld world;
  return world;
}

CertifiedWorld::CertifiedWorld()
    : root_key(NewKey()),
      authority_key(NewKey()),
      root_pem(MadeOrStop(MakeRegionRoot("Example Region", kMade, kRegionRootDaysMax, root_key))),
      root(MadeOrStop(ReadCertificatePem(root_pem))),
      authority(MadeOrStop(ReadCertificatePem(
          MadeOrStop(SignIssuingAuthority({.name = "Example Authority", .now = kMade, .days = kIssuingAuthorityDaysMax},
                                          authority_key.public_key(), root_pem, root_key))))) {}

std::string CertifiedWorld::Leaf(const PrivateKey& key, CertificateUse use, std::string_view uri) {
  return MadeOrStop(
      MakeSigningLeaf({.use = use, .key = key.public_key(), .owner = "ods:RC9", .uri = std::string(uri), .now = kMade},
                      authority, authority_key));
}

RegistryKey CertifiedWorld::Listed(const PrivateKey& key, CertificateUse use, std::string_view uri) {
  RegistryKey listed = ListedKey(key);
  listed.certificate = Leaf(key, use, uri);
  return listed;
}

RegistryContent CertifiedWorld::Content() {
  TrustWorld& world = TrustWorld::Get();
  RegistryContent content = world.Content();
  const Party* parties[] = {&world.trust, &world.council};
  for (std::size_t i = 0; i < content.organisations.size(); ++i) {
    RegistryOrganisation& organisation = content.organisations[i];
    organisation.mechanism = KeyMechanism::kX5c;
    organisation.issue_keys = {Listed(parties[i]->issue_key, CertificateUse::kIssue, organisation.issuer)};
    organisation.status_keys = {Listed(parties[i]->status_key, CertificateUse::kStatus, organisation.issuer)};
  }
  content.registry_keys = {Listed(world.registry_key, CertificateUse::kRegistry, kRegistryUri)};
  content.issuing_authorities = {{.certificate = authority.der, .compromised_since = std::nullopt}};
  return content;
}

}  // namespace passport
