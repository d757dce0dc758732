#include "passport-service/acts/kept_passport.h"

#include <algorithm>
#include <span>

#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr Seconds kPresentLeeway{60};

// True for a credential that receivers no longer take: out of time, or of an issuer or key that the registry no longer
// vouches for. It must not keep the person from showing the others.
bool IsPast(Reason reason) { return reason == Reason::kTime || reason == Reason::kIssuer || reason == Reason::kKey; }

std::string TypeOf(const TrustRegistry& registry, const OrganisationId& issuer) {
  const RegistryOrganisation* organisation = registry.FindOrganisation(issuer);
  return organisation == nullptr ? "" : organisation->type;
}

std::span<const std::uint8_t> KeptBytes(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

Result<std::vector<InPassport>> AllInPassport(Store& store, PersonVault& vault, const PersonRow& person,
                                              const TrustSnapshot& snapshot, Instant now) {
  TRY_ASSIGN(const HolderKeyPair keys, OpenHolder(vault, person));
  TRY_ASSIGN(const std::string good_key, ThumbprintOf(keys));
  std::vector<InPassport> held;
  std::string after;
  do {
    TRY_ASSIGN(Page<CredentialRow> page, store.CredentialsHeldBy(person.id, after, 200));
    for (CredentialRow& row : page.rows) {
      TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault, row));
      if (!token) continue;  // erased by its issuer
      TRY_ASSIGN(const std::string bound, BoundKeyOf(*token));
      if (bound != good_key) continue;
      Result<HeldCredential> read = HeldCredential::Read(*token, snapshot.registry(), now, kPresentLeeway);
      if (!read.ok() && IsPast(read.fault().reason)) continue;
      if (!read.ok()) return Fault{Reason::kStoreUnavailable, "", "a credential that is held does not verify"};
      held.push_back({std::move(row), std::move(read).value()});
    }
    after = page.next;
  } while (!after.empty());
  return held;
}

std::vector<HeldRecord> ToShowFrom(const std::vector<InPassport>& held, const TrustRegistry& registry) {
  std::vector<HeldRecord> records;
  for (const InPassport& each : held) {
    if (each.row.state == CredentialState::kRevoked) continue;
    const bool suspended = each.row.state == CredentialState::kSuspended;
    records.push_back({.credential = each.credential.id(),
                       .record = &each.credential.record(),
                       .issuer = each.row.organisation,
                       .issuer_type = TypeOf(registry, each.row.organisation),
                       .expires_at = each.row.expires_at,
                       .standing = suspended ? Standing::kSuspended : Standing::kGood});
  }
  return records;
}

Result<Presentation> PresentKept(KeyStore& keys, PersonVault& vault, const PersonRow& person,
                                 const std::vector<InPassport>& held, const std::vector<Showable>& chosen,
                                 const BindingTerms& terms) {
  if (chosen.size() > kPresentationCredentialsMax)
    return Fault{Reason::kLimit, "", "more credentials than one presentation takes"};
  TRY_ASSIGN(const HolderKeyPair pair, OpenHolder(vault, person));
  if (pair.sealed.empty()) {
    return Fault{Reason::kStateConflict, "", "the passport is in the person's own hands: they present it themselves"};
  }
  TRY_ASSIGN(const std::shared_ptr<Signer> holder,
             keys.HolderSigner(KeptBytes(pair.sealed), KeptBytes(person.id.text())));
  Presentation presentation;
  for (const Showable& showable : chosen) {
    const auto found = std::find_if(
        held.begin(), held.end(), [&](const InPassport& each) { return each.credential.id() == showable.credential; });
    if (found == held.end()) return Fault{Reason::kNotFound, "", "the passport holds no such credential"};
    TRY_ASSIGN(std::string token, found->credential.Present(showable.facts, terms, *holder));
    presentation.credentials.push_back(std::move(token));
  }
  return presentation;
}

}  // namespace passport
