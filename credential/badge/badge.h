// A badge: a small credential of its own that fits on a card (docs/formats/badge.md). It says that somebody of this
// name works in this role for this employer through a day, and which photo belongs to it; it opens nothing and proves
// no qualification. Who looks at it compares the photo and the person.
//
// A compact JWS of the employer's issue key, without disclosures and without a holder key: whoever has the card shows
// it. Its own slot of a status list ends it early.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/status/status_reference.h"
#include "credential/trust/trust_snapshot.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kBadgeTyp = "dsp-badge+jwt";
// How a badge stands among credentials: a word that is no kind of record.
inline constexpr std::string_view kBadgeKind = "badge";
inline constexpr std::size_t kBadgeBytesMax = 600;
inline constexpr std::size_t kBadgeNameBytesMax = 60;
inline constexpr std::size_t kBadgeRoleBytesMax = 40;
inline constexpr int kBadgeDaysMax = 366;
// Whoever may issue one of these may say that somebody works for them: words of record kinds.
inline constexpr std::string_view kBadgeAuthority[] = {"employment", "volunteer_role"};

// What a badge says.
struct BadgeContent {
  OrganisationId employer;
  std::string name;
  std::string role;
  CivilDay valid_through;  // in London
  std::optional<Digest> photo;
  StatusReference status;  // under the employer's prefix
  Instant issued_at;
};

// Fails with kFieldInvalid, naming the field, when name or role is empty, too long or holds what steers a screen, when
// the day is before that of `issued_at` or more than kBadgeDaysMax after it.
Result<void> CheckBadge(const BadgeContent& content);

// A badge that was signed.
struct Badge {
  std::string text;
  CredentialId id;  // as of every credential: SHA-256 of the signing input
};
// `status_uri_prefix` is the employer's; it is not written down. Fails as CheckBadge and the signer do, with kStatus
// when the list is not under the prefix, and with kLimit past kBadgeBytesMax: nothing is left out or cut.
Result<Badge> SignBadge(const BadgeContent& content, std::string_view status_uri_prefix, std::string_view kid,
                        Signer& issue_key);

// A badge that holds.
struct VerifiedBadge {
  BadgeContent content;
  CredentialId id;
  std::string employer_name;
  // kNone: it stands as of `status_as_of`. kStatusStale, kStatusUnknown, kRegistryStale, kIssuerSuspended,
  // kCompromised: nobody can tell now.
  Reason standing = Reason::kNone;
  Instant status_as_of;
};

// Fails with the reasons of the token checks; with kIssuer when the employer is not listed or could not say so then,
// kTime when its last day is over or it is from the future, kRevoked, kSuspended. Whose photo it is, the caller
// compares.
Result<VerifiedBadge> VerifyBadge(std::string_view text, const TrustSnapshot& snapshot, Seconds leeway, Instant now);

}  // namespace passport
