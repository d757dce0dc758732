#include "credential/trust/issuer_directory.h"

#include <algorithm>

namespace passport {

bool TrustedIssuer::MayIssue(std::string_view vct) const {
  return std::find(vcts.begin(), vcts.end(), vct) != vcts.end();
}

bool TrustedIssuer::MayUseStatusUri(std::string_view uri) const {
  if (std::find(status_uris.begin(), status_uris.end(), uri) != status_uris.end()) return true;
  return !status_uri_prefix.empty() && uri.size() > status_uri_prefix.size() && uri.starts_with(status_uri_prefix);
}

const RegistryOrganisation* IssuerDirectory::Responsible(const TrustedIssuer&, Instant) const { return nullptr; }

}  // namespace passport
