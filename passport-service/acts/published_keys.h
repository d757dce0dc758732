// The keys of one organisation as files for readers who do not read the registry (docs/formats/published-tree.md).
#pragma once

#include <string>
#include <string_view>

#include "credential/trust/trust_registry.h"

namespace passport {

// The payload of keys/<organisation>.jwt. Neither file has a key that is compromised, and none at all of an
// organisation that is compromised or suspended at `now`.
std::string KeysPayload(const RegistryOrganisation& organisation, Instant now);

// JWT VC Issuer Metadata (SD-JWT VC, section 5): the keys that credentials of this issuer are signed with. What makes
// it true is the web server's certificate; our own verifiers never read it.
std::string IssuerMetadata(const RegistryOrganisation& organisation, Instant now);
// Where it is looked for: "https://host/a/b" at "https://host/.well-known/jwt-vc-issuer/a/b". From the root of the
// host.
std::string IssuerMetadataPath(std::string_view issuer);

}  // namespace passport
