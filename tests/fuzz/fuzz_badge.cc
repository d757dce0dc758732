// A badge as a reader gets it: the whole token, and its payload as if the employer had signed it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/badge/badge.h"
#include "credential/record/record_kind.h"
#include "keys/private_key.h"

namespace {

using namespace passport;

constexpr Instant kBadgeNow{1795300000};

struct BadgeSigner {
  BadgeSigner() {
    KeySet pinned;
    pinned.Add("registry-1", registry_key.public_key());
    RegistryContent content;
    content.sequence = 1;
    content.issued_at = kBadgeNow;
    content.next_update = kBadgeNow + Seconds{86400};
    RegistryOrganisation employer{.id = OrganisationId::Parse("ods:RC9").value(),
                                  .legal_name = "Example Trust",
                                  .type = "nhs_trust",
                                  .services = {RegistryService::kIssue, RegistryService::kStatus},
                                  .issuer = "https://passport.example/issuers/ods-RC9",
                                  .status_uri_prefix = "https://passport.example/status/ods-RC9/",
                                  .kinds = {{FindRecordKind("employment")->vct.data(), Instant{0}, std::nullopt}},
                                  .issue_keys = {Listed(issue_key)},
                                  .status_keys = {Listed(status_key)},
                                  .valid_from = Instant{0},
                                  .valid_until = std::nullopt,
                                  .history = {{EntryState::kActive, Instant{0}, "enrolled"}},
                                  .successions = {}};
    content.organisations.push_back(std::move(employer));
    const std::string text = SignRegistry(content, "registry-1", registry_key).value();
    auto registry =
        std::make_shared<const TrustRegistry>(TrustRegistry::Read(text, pinned, kBadgeNow, Seconds{0}).value());
    snapshot = TrustSnapshot::Builder(std::move(registry), {.status_age_max = {900}, .registry_grace = {900}}).Build();
  }
  static RegistryKey Listed(const PrivateKey& key) {
    return {.kid = Thumbprint(key.public_key().point()),
            .key = key.public_key(),
            .certificate = {},
            .valid_from = Instant{0},
            .valid_until = std::nullopt,
            .compromised_since = std::nullopt};
  }
  PrivateKey registry_key = PrivateKey::Generate().value();
  PrivateKey issue_key = PrivateKey::Generate().value();
  PrivateKey status_key = PrivateKey::Generate().value();
  std::shared_ptr<const TrustSnapshot> snapshot;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static BadgeSigner signer;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (VerifyBadge(text, *signer.snapshot, Seconds{60}, kBadgeNow).ok()) std::abort();  // nobody signed it
  const auto token =
      SignJws(JwsHeader(kBadgeTyp, Thumbprint(signer.issue_key.public_key().point())), text, signer.issue_key);
  if (!token.ok()) std::abort();
  const auto badge = VerifyBadge(*token, *signer.snapshot, Seconds{60}, kBadgeNow);
  // What was accepted keeps its promises.
  if (badge.ok() && !CheckBadge(badge->content).ok()) std::abort();
  return 0;
}
