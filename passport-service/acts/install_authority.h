// Takes the certificate that the root signed for this service's issuing authority: the last step of the ceremony.
#pragma once

#include <string>

#include "keys/key_store.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/store.h"

namespace passport {

class InstallAuthority {
 public:
  InstallAuthority(Store& store, KeyStore& keys, const Clock& clock) : store_(store), keys_(keys), clock_(clock) {}
  // The key that a request is to be signed with: the newest of the issuing authority while it has no certificate,
  // otherwise a new one, which certifies from now on. Fails with kStateConflict when the present one has its
  // certificate and `replace` is false, and as key store and store do.
  Result<std::shared_ptr<Signer>> KeyToCertify(bool replace);
  // Both PEM. Fails with kKey when the certificate is not of that key, not of an authority, in its time, or not signed
  // by this root; kAlreadyExists when the key has one; and as store and key store do. Older keys of the issuing
  // authority are retired: what they signed stays valid. Returns the fingerprint of the root.
  Result<std::string> operator()(std::string_view authority_pem, std::string_view root_pem);

 private:
  Store& store_;
  KeyStore& keys_;
  const Clock& clock_;
};

}  // namespace passport
