// Who may issue what, and who may speak about its status: the questions a verifier asks before it believes a signature.
//
// Authority is not authenticity (design decision 3). Identifiers are compared code point by code point (TRUST-10).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/key_set.h"
#include "credential/status/status_reference.h"
#include "credential/trust/registry_content.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

struct TrustedIssuer {
  std::string issuer;                          // the `iss` of its credentials
  std::optional<OrganisationId> organisation;  // nothing for issuers that an integrator brings without one
  KeySet keys;                                 // sign credentials, nothing else
  std::vector<std::string> vcts;               // types it may issue
  KeySet status_keys;                          // sign its status lists, nothing else
  std::vector<std::string> status_uris;        // lists its credentials may name
  std::string status_uri_prefix;               // and every list under here; empty: none
  // What the registry says about it, for as long as the directory lives; null for issuers that an integrator brings.
  const RegistryOrganisation* listed = nullptr;

  bool MayIssue(std::string_view vct) const;
  // TSL-04: prevents tracking and requests to arbitrary addresses.
  bool MayUseStatusUri(std::string_view uri) const;
};

// Any thread may call.
class IssuerDirectory {
 public:
  virtual ~IssuerDirectory() = default;
  // Null when the issuer is not known. Lives as long as the directory.
  virtual const TrustedIssuer* Find(std::string_view issuer) const = 0;
  // Who answers at that time for what the issuer has issued, where its records have passed to another organisation.
  // Null when it is the issuer itself.
  virtual const RegistryOrganisation* Responsible(const TrustedIssuer& issuer, Instant at) const;
};

// What a status list says about one credential, and as of when.
struct StatusReading {
  std::uint8_t value;
  Instant as_of;
};

class StatusSource {
 public:
  virtual ~StatusSource() = default;
  // Reads one entry of a list that was verified for this issuer; nothing is fetched. Fails with kStatusUnknown when
  // there is no such list, kStatusStale when it is too old, kStatus or kLimit when it does not hold,
  // kCompromised when the successor that signs it is. `at` is the instant of the question.
  virtual Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) = 0;
};

}  // namespace passport
