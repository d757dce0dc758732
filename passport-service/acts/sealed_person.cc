#include "passport-service/acts/sealed_person.h"

#include <charconv>

namespace passport {
namespace {

constexpr std::string_view kHolder = "holder key";
constexpr std::string_view kToken = "token";

// The length of the JWK, ':', the JWK, the sealed key.
std::string TextOf(const HolderKeyPair& keys) { return std::to_string(keys.jwk.size()) + ":" + keys.jwk + keys.sealed; }

Result<HolderKeyPair> HolderKeysOf(std::string_view text) {
  const std::size_t colon = text.find(':');
  std::size_t size = 0;
  const bool shaped = colon != std::string_view::npos &&
                      std::from_chars(text.data(), text.data() + colon, size).ptr == text.data() + colon &&
                      size <= text.size() - colon - 1;
  if (!shaped) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  return HolderKeyPair{.jwk = std::string(text.substr(colon + 1, size)),
                       .sealed = std::string(text.substr(colon + 1 + size))};
}

constexpr std::string_view kRebinding = "rebinding";

}  // namespace

Result<PersonVault::Fresh> SealRebinding(PersonVault& vault, const PersonId& person, const RebindingSecrets& secrets) {
  const std::string before = secrets.before ? TextOf(*secrets.before) : std::string();
  return vault.SealFresh(owner::Rebinding(person), kRebinding, secrets.passport_code + "\n" + before);
}

Result<RebindingSecrets> OpenRebinding(PersonVault& vault, const RebindingRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text, vault.Open(owner::Rebinding(row.person), kRebinding, row.sealed));
  if (!text) return Fault{Reason::kNotFound, "", "what was asked for is kept no longer"};
  const std::size_t end = text->find('\n');
  if (end == std::string::npos) return Fault{Reason::kStoreUnavailable, "", "a stored rebinding is damaged"};
  RebindingSecrets secrets{.passport_code = text->substr(0, end), .before = {}};
  if (end + 1 < text->size()) {
    TRY_ASSIGN(secrets.before, HolderKeysOf(std::string_view(*text).substr(end + 1)));
  }
  return secrets;
}

Result<PersonVault::Fresh> SealHolder(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys) {
  return vault.SealFresh(owner::Holder(person), kHolder, TextOf(keys));
}

Result<std::string> SealHolderAgain(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys) {
  return vault.Seal(owner::Holder(person), kHolder, TextOf(keys));
}

Result<HolderKeyPair> OpenHolder(PersonVault& vault, const PersonRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text, vault.Open(owner::Holder(row.id), kHolder, row.sealed_holder));
  if (!text) return Fault{Reason::kNotFound, "", "the person was erased"};
  return HolderKeysOf(*text);
}

Result<PersonVault::Fresh> SealToken(PersonVault& vault, const OrganisationId& organisation, const CredentialId& id,
                                     std::string_view token) {
  return vault.SealFresh(owner::Credential(organisation, id), kToken, token);
}

Result<std::string> SealTokenAgain(PersonVault& vault, const CredentialRow& row, std::string_view token) {
  return vault.Seal(owner::Credential(row.organisation, row.id), kToken, token);
}

Result<std::optional<std::string>> OpenToken(PersonVault& vault, const CredentialRow& row) {
  return vault.Open(owner::Credential(row.organisation, row.id), kToken, row.sealed_token);
}

}  // namespace passport
