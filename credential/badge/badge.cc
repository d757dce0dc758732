#include "credential/badge/badge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "credential/crypto/jwt_claims.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/json_members.h"
#include "credential/encoding/utf8.h"
#include "credential/record/record_kind.h"
#include "credential/status/status_judgement.h"
#include "credential/trust/issuer_authority.h"

namespace passport {
namespace {

constexpr JwsRules kBadgeRules{.typ = kBadgeTyp,
                               .allowed_algs = {},
                               .token_bytes = kBadgeBytesMax,
                               .header_bytes = 256,
                               .payload = {.bytes = 512, .depth = 3, .nodes = 24, .string_bytes = 200, .members = 10}};

Fault BadField(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }
Fault BadClaim(std::string_view what) { return {Reason::kClaims, "", "badge: " + std::string(what)}; }

bool IsPrintable(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = FirstCodePoint(text);
    if (first.bytes == 0 || SteersText(first.value)) return false;
    text.remove_prefix(first.bytes);
  }
  return true;
}

bool IsLine(std::string_view text, std::size_t bytes_max) {
  return !text.empty() && text.size() <= bytes_max && text.front() != ' ' && text.back() != ' ' && IsPrintable(text);
}

// The first moment at which it is over.
Instant EndOf(const CivilDay& valid_through) { return valid_through.PlusDays(1).StartInLondon(); }

std::string BadgePayload(const BadgeContent& content, std::string_view list) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("iss", tree.String(content.employer.text()));
  payload.Append("iat", tree.Integer(content.issued_at.seconds));
  payload.Append("exp", tree.Integer(EndOf(content.valid_through).seconds));
  payload.Append("name", tree.String(content.name));
  payload.Append("role", tree.String(content.role));
  if (content.photo) payload.Append("photo", tree.String(EncodeBase64Url(*content.photo)));
  json::Value& status = tree.Array();
  status.Append(tree.String(list));
  status.Append(tree.Integer(content.status.index));
  payload.Append("sl", status);
  return json::Write(payload);
}

Result<std::string> ClaimText(const json::Value& payload, std::string_view name, std::size_t bytes_max) {
  const json::Value* const value = payload.Find(name);
  const auto text = value == nullptr ? std::nullopt : value->text();
  if (!text || !IsLine(*text, bytes_max)) return BadClaim(name);
  return std::string(*text);
}

Result<StatusReference> ReadBadgeStatus(const json::Value& payload, std::string_view prefix) {
  const json::Value* const status = payload.Find("sl");
  if (status == nullptr || !status->is_array() || status->size() != 2) return BadClaim("sl");
  const auto list = status->begin()->text();
  const auto index = std::next(status->begin())->integer();
  if (!list || list->empty() || !index || *index < 0 || *index > 0xffffffffLL) return BadClaim("sl");
  StatusReference reference{.uri = std::string(prefix) + std::string(*list),
                            .index = static_cast<std::uint32_t>(*index)};
  if (!IsStatusUri(reference.uri)) return BadClaim("sl");
  return reference;
}

Result<BadgeContent> ReadBadgeContent(const json::Value& payload, const RegistryOrganisation& employer) {
  constexpr std::array<std::string_view, 7> kMembers = {"iss", "iat", "exp", "name", "role", "photo", "sl"};
  if (json::FirstUnknown(payload, kMembers) != nullptr) return BadClaim("there is an unknown claim");
  TRY_ASSIGN(std::string name, ClaimText(payload, "name", kBadgeNameBytesMax));
  TRY_ASSIGN(std::string role, ClaimText(payload, "role", kBadgeRoleBytesMax));
  TRY_ASSIGN(const std::optional<Instant> issued_at, ReadTime(payload, "iat"));
  TRY_ASSIGN(const std::optional<Instant> ends_at, ReadTime(payload, "exp"));
  if (!issued_at || !ends_at) return Fault{Reason::kMissing, "SDJWT-18", "badge: iat or exp is missing"};
  const CivilDay valid_through = CivilDay::InLondon(*ends_at - Seconds{1});
  if (EndOf(valid_through) != *ends_at) return BadClaim("exp is not the end of a day");
  std::optional<Digest> photo;
  if (const json::Value* const value = payload.Find("photo"); value != nullptr) {
    photo.emplace();
    if (!value->text() || !DecodeBase64UrlInto(*value->text(), *photo).ok()) return BadClaim("photo");
  }
  TRY_ASSIGN(StatusReference status, ReadBadgeStatus(payload, employer.status_uri_prefix));
  BadgeContent content{.employer = employer.id,
                       .name = std::move(name),
                       .role = std::move(role),
                       .valid_through = valid_through,
                       .photo = photo,
                       .status = std::move(status),
                       .issued_at = *issued_at};
  if (!CheckBadge(content).ok()) return BadClaim("the times do not fit");
  return content;
}

// Any kind by which somebody is said to work there is enough. Compromise and suspension are no matter of kind.
Result<Reason> JudgeBadgeAuthority(const RegistryOrganisation& employer, const RegistryKey& key, Instant issued_at,
                                   Instant now) {
  Result<Reason> judged = Fault{Reason::kIssuer, "TRUST-07", "the employer could not issue this kind at that time"};
  for (const std::string_view word : kBadgeAuthority) {
    judged = JudgeAuthority(employer, {.vct = FindRecordKind(word)->vct, .key = key, .issued_at = issued_at}, now);
    if (judged.ok()) return judged;
  }
  return judged;
}

}  // namespace

Result<void> CheckBadge(const BadgeContent& content) {
  if (!IsLine(content.name, kBadgeNameBytesMax)) return BadField("name is not 1 to 60 bytes of printable text");
  if (!IsLine(content.role, kBadgeRoleBytesMax)) return BadField("role is not 1 to 40 bytes of printable text");
  const CivilDay today = CivilDay::InLondon(content.issued_at);
  if (content.valid_through < today) return BadField("valid_through is over");
  if (content.valid_through > today.PlusDays(kBadgeDaysMax))
    return BadField("valid_through is more than 366 days ahead");
  return {};
}

Result<Badge> SignBadge(const BadgeContent& content, std::string_view status_uri_prefix, std::string_view kid,
                        Signer& issue_key) {
  TRY(CheckBadge(content));
  if (!content.status.uri.starts_with(status_uri_prefix) || content.status.uri.size() == status_uri_prefix.size())
    return Fault{Reason::kStatus, "TSL-04", "the status list is not under the employer's prefix"};
  const std::string_view list = std::string_view(content.status.uri).substr(status_uri_prefix.size());
  TRY_ASSIGN(std::string text, SignJws(JwsHeader(kBadgeTyp, kid), BadgePayload(content, list), issue_key));
  if (text.size() > kBadgeBytesMax)
    return Fault{Reason::kLimit, "", "the badge takes " + std::to_string(text.size()) + " bytes, 600 at most"};
  const Digest digest = Sha256(std::string_view(text).substr(0, text.rfind('.')));
  TRY_ASSIGN(CredentialId id, CredentialId::Parse(EncodeBase64Url(digest)));
  return Badge{.text = std::move(text), .id = std::move(id)};
}

Result<VerifiedBadge> VerifyBadge(std::string_view text, const TrustSnapshot& snapshot, Seconds leeway, Instant now) {
  JwsRules rules = kBadgeRules;
  rules.allowed_algs = Es256Only();
  json::Tree tree;
  TRY_ASSIGN(const UnverifiedJws token, UnverifiedJws::Read(text, rules, tree));
  const Result<OrganisationId> named = OrganisationId::Parse(token.issuer().value_or(""));
  const RegistryOrganisation* const employer = named.ok() ? snapshot.registry().FindOrganisation(*named) : nullptr;
  const TrustedIssuer* const issuer =
      employer == nullptr || employer->issuer.empty() ? nullptr : snapshot.registry().Find(employer->issuer);
  if (issuer == nullptr) return Fault{Reason::kIssuer, "SDVC-06", "the employer is not in the registry"};
  TRY_ASSIGN(const VerifiedJws verified, issuer->keys.Verify(token));
  const RegistryKey* const key = FindKey(employer->issue_keys, verified.key);
  if (key == nullptr) return Fault{Reason::kKey, "SDVC-05", "the key is no issue key of the employer"};
  TRY_ASSIGN(BadgeContent content, ReadBadgeContent(*verified.payload, *employer));
  TRY(CheckTimes(*verified.payload, now, leeway));
  TRY_ASSIGN(const Reason authority, JudgeBadgeAuthority(*employer, *key, content.issued_at, now));
  TRY_ASSIGN(CredentialId id, CredentialId::Parse(EncodeBase64Url(verified.signing_input_digest)));
  VerifiedBadge badge{.content = std::move(content),
                      .id = std::move(id),
                      .employer_name = employer->legal_name,
                      .standing = authority,
                      .status_as_of = {}};
  const Result<StatusReading> status = snapshot.Read(badge.content.status, *issuer, now);
  if (status.ok()) {
    // What is revoked is revoked, whatever else nobody can tell.
    TRY(JudgeStatusValue(status->value));
    badge.status_as_of = status->as_of;
  } else if (badge.standing == Reason::kNone) {
    badge.standing = status.fault().reason;
  }
  const Result<void> age = snapshot.CheckRegistryAge(now);
  if (!age.ok() && badge.standing == Reason::kNone) badge.standing = age.fault().reason;
  return badge;
}

}  // namespace passport
