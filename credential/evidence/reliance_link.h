// The chain of reliance: what somebody relied on can not be removed or changed without breaking it.
//
// An organisation has one chain, and each person it relied on something about has a shorter one within it: so the
// evidence about one person is whole on its own. The store gives each row its place; an export is checked against it.
#pragma once

#include <cstdint>
#include <string>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// One place in the chain of an organisation, and in the shorter chain of one person within it.
struct RelianceLink {
  std::uint64_t sequence = 0;  // 1, 2, 3, ... within the organisation
  Digest previous{};           // hash of the link before; zeros for the first
  std::uint64_t subject_sequence = 0;
  Digest subject_previous{};
  Instant at;
  std::string subject;
  Digest receipt_digest{};  // SHA-256 of the receipt
  Digest hash{};            // LinkHash
};
// SHA-256 over the organisation and everything else of the link in the order of the struct, each field after its length
// (8 bytes, big-endian); numbers and the time have 8 bytes, big-endian.
Digest LinkHash(const OrganisationId& organisation, const RelianceLink& link);

}  // namespace passport
