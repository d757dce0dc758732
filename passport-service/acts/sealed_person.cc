#include "passport-service/acts/sealed_person.h"

#include <charconv>

namespace passport {
namespace {

constexpr std::string_view kHolder = "holder key";
constexpr std::string_view kToken = "token";

// The length of the JWK, ':', the JWK, the sealed key.
std::string TextOf(const HolderKeyPair& keys) { return std::to_string(keys.jwk.size()) + ":" + keys.jwk + keys.sealed; }

}  // namespace

Result<PersonVault::Fresh> SealHolder(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys) {
  return vault.SealFresh(owner::Holder(person), kHolder, TextOf(keys));
}

Result<std::string> SealHolderAgain(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys) {
  return vault.Seal(owner::Holder(person), kHolder, TextOf(keys));
}

Result<HolderKeyPair> OpenHolder(PersonVault& vault, const PersonRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text, vault.Open(owner::Holder(row.id), kHolder, row.sealed_holder));
  if (!text) return Fault{Reason::kNotFound, "", "the person was erased"};
  const std::size_t colon = text->find(':');
  std::size_t size = 0;
  const bool shaped = colon != std::string::npos &&
                      std::from_chars(text->data(), text->data() + colon, size).ptr == text->data() + colon &&
                      size <= text->size() - colon - 1;
  if (!shaped) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  return HolderKeyPair{.jwk = text->substr(colon + 1, size), .sealed = text->substr(colon + 1 + size)};
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
