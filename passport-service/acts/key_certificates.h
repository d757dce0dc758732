// Certificates for the keys that sign, made by the issuing authority of this service (docs/operating/ceremony.md).
//
// Until a ceremony has given the issuing authority its certificate there are none, and tokens name their key by `kid`
// alone. From then on every new key has its certificate before it signs anything.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jws.h"
#include "keys/key_store.h"
#include "keys/signing_certificates.h"
#include "passport-service/ports/store.h"

namespace passport {

// All certificates by key id.
using CertificatesByKid = std::map<std::string, CertificateRow, std::less<>>;
Result<CertificatesByKid> ReadCertificates(Certificates& store);

// Appends what gives every key of that owner, whose address is `uri`, the certificate it lacks. Fails with kKeyState
// when the issuing authority has ended, or its newest key waits for its certificate; and as store and key store do.
Result<void> AppendCertificates(Certificates& store, const KeyStore& keys, const KeyOwner& owner, std::string_view uri,
                                Instant now, Changes& changes);

// Gives every key of an enrolled organisation and of the service the certificate it lacks, as keys are made by rotation
// too. Nothing is done while the issuing authority can not act. Fails as store and key store do.
Result<void> CertifyKeys(Store& store, const KeyStore& keys, Instant now);

// Where this service publishes, as its registrar's entry names it; nothing while there is none.
Result<std::optional<std::string>> FindBaseUri(Organisations& organisations);

// What signs for an owner in a role, and how the headers of its tokens name it.
struct SigningKey {
  std::shared_ptr<Signer> signer;
  std::string kid;
  std::vector<std::string> x5c;  // its certificate and that of the issuing authority; empty: none
  KeyReference reference() const { return {kid, x5c}; }
};
// Fails with kKeyState when there is none, and as the store does.
Result<SigningKey> FindSigningKey(const KeyStore& keys, Certificates& store, const KeyOwner& owner, KeyRole role);

}  // namespace passport
