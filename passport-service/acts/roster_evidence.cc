#include "passport-service/acts/roster_evidence.h"

#include <algorithm>
#include <span>
#include <utility>

#include "credential/badge/badge.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr Seconds kRosterLeeway{60};
constexpr Seconds kRosterProofAgeMax{300};
constexpr std::size_t kHeldPage = 200;

Fault NoSuchShare() { return {Reason::kNotFound, "", "there is no such share"}; }

Fault NothingCounts() {
  return {Reason::kRecordMissing, "",
          "no record of your own and no share for this purpose and role profile: ask the person for one"};
}

// A credential that says nothing any more, and must not keep the others from counting.
bool IsPastRecord(Reason reason) {
  return reason == Reason::kTime || reason == Reason::kIssuer || reason == Reason::kKey;
}

bool MayCount(const CredentialRow& row, const OrganisationId& employer) {
  if (row.organisation != employer || row.kind == kBadgeKind || row.sealed_token.empty()) return false;
  return row.state != CredentialState::kRevoked || row.state_reason != kSuperseded;
}

std::string EvidenceName(const std::string& subject, const std::vector<CredentialRow>& own,
                         const std::vector<ShareRow>& shares) {
  std::string name = subject;
  for (const CredentialRow& each : own) name += "\n" + each.id.text();
  for (const ShareRow& each : shares) name += "\n" + each.id.text() + " " + std::to_string(each.revision);
  return name;
}

}  // namespace

// The key the passport is bound to now; those it was bound to before are added to `past_keys`.
Result<std::string> FindRosterEvidence::PresentKey(const PersonId& person, std::vector<std::string>& past_keys) {
  TRY_ASSIGN(const std::vector<HolderKeyRow> keys, store_.HolderKeysOf(person));
  std::string good;
  for (const HolderKeyRow& each : keys) {
    if (each.until) {
      past_keys.push_back(each.thumbprint);
    } else {
      good = each.thumbprint;
    }
  }
  if (!good.empty()) return good;
  if (!keys.empty())
    return Fault{Reason::kStateConflict, "", "the passport is bound to no key at present; its loss is being mended"};
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  if (!row) return Fault{Reason::kNotFound, "", "there is no such employee"};
  return KeptThumbprint(vault_, *row);
}

Result<void> FindRosterEvidence::AddOwn(const PersonId& person, Parts& parts) {
  std::string after;
  do {
    TRY_ASSIGN(Page<CredentialRow> page, store_.CredentialsHeldBy(person, after, kHeldPage));
    for (CredentialRow& row : page.rows) {
      if (MayCount(row, terms_.employer)) parts.own.push_back(std::move(row));
    }
    if (parts.own.size() > kOwnMax) return Fault{Reason::kLimit, "", "more than 256 credentials of one person"};
    after = page.next;
  } while (!after.empty());
  return {};
}

std::optional<Fault> FindRosterEvidence::WhyNotServing(const ShareRow& row, std::string_view profile,
                                                       Instant now) const {
  switch (row.state) {
    case ShareState::kAsked:
      return Fault{Reason::kStateConflict, "", "the person has not answered the request for the share yet"};
    case ShareState::kRenewing:
      return Fault{Reason::kStateConflict, "", "the person's key was replaced; the share is being renewed"};
    case ShareState::kDeclined:
    case ShareState::kEnded:
    case ShareState::kLapsed:
      return Fault{Reason::kStateConflict, "", "the share is over: ask the person for another"};
    case ShareState::kGiven:
      break;
  }
  if (row.due && *row.due <= now)
    return Fault{Reason::kStateConflict, "", "the share is over: ask the person for another"};
  if (row.purpose != terms_.purpose)
    return Fault{Reason::kNotPermitted, "", "the share was given for another purpose than this call names"};
  if (!row.profile.empty() && row.profile != profile)
    return Fault{Reason::kNotPermitted, "", "the share was given for another role profile than the line names"};
  if (row.answer_only)
    return Fault{Reason::kNotPermitted, "", "the answer alone was given: look at the share, or ask for the records"};
  if (!row.keep_through)
    return Fault{Reason::kNotPermitted, "", "it was given to be looked at once: look at it, or ask for one to keep"};
  return std::nullopt;
}

Result<void> FindRosterEvidence::AddShares(std::string_view profile, Instant now, Parts& parts) {
  TRY_ASSIGN(const std::vector<ShareId> ids, store_.SharesAbout(terms_.employer, parts.subject));
  for (const ShareId& id : ids) {
    TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(id));
    if (row && !WhyNotServing(*row, profile, now)) parts.shares.push_back(std::move(*row));
  }
  std::sort(parts.shares.begin(), parts.shares.end(), [](const ShareRow& a, const ShareRow& b) {
    return std::pair(*b.given_at, b.id) < std::pair(*a.given_at, a.id);
  });
  if (parts.shares.size() > kSharesMax) parts.shares.erase(parts.shares.begin() + kSharesMax, parts.shares.end());
  return {};
}

Result<bool> FindRosterEvidence::IsBeingRenewed(const std::vector<std::string>& past_keys, std::string_view profile) {
  for (const std::string& key : past_keys) {
    TRY_ASSIGN(const std::vector<ShareId> ids, store_.SharesAbout(terms_.employer, key));
    for (const ShareId& id : ids) {
      TRY_ASSIGN(const std::optional<ShareRow> row, store_.FindShare(id));
      const bool would_count = row && row->state == ShareState::kRenewing && row->purpose == terms_.purpose &&
                               (row->profile.empty() || row->profile == profile);
      if (would_count) return true;
    }
  }
  return false;
}

Result<FindRosterEvidence::Found> FindRosterEvidence::OfEmployee(std::string_view number, std::string_view profile,
                                                                 Instant starts_at, Instant now) {
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, FindEmployee(store_, vault_, terms_.employer, number));
  if (!employment) return Fault{Reason::kNotFound, "", "there is no such employee"};
  if (employment->left_at && *employment->left_at <= std::max(now, starts_at))
    return Fault{Reason::kStateConflict, "", "the person does not work there under this number any more"};
  Parts parts;
  std::vector<std::string> past_keys;
  TRY_ASSIGN(parts.subject, PresentKey(employment->person, past_keys));
  TRY(AddOwn(employment->person, parts));
  TRY(AddShares(profile, now, parts));
  TRY_ASSIGN(parts.renewing, IsBeingRenewed(past_keys, profile));
  return Verify(parts, now);
}

Result<FindRosterEvidence::Found> FindRosterEvidence::OfShare(std::string_view share, std::string_view profile,
                                                              Instant now) {
  const Result<ShareId> id = ShareId::Parse(share);
  if (!id.ok()) return NoSuchShare();
  TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(*id));
  if (!row || row->receiver != terms_.employer) return NoSuchShare();
  if (std::optional<Fault> why_not = WhyNotServing(*row, profile, now)) return std::move(*why_not);
  Parts parts;
  parts.subject = row->subject;
  parts.shares.push_back(std::move(*row));
  return Verify(parts, now);
}

Result<std::optional<HeldRecords>> FindRosterEvidence::VerifyOwn(const CredentialRow& row, std::string_view subject,
                                                                 Instant now) {
  std::optional<HeldRecords> none;
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, row));
  if (!token) return none;  // erased
  TRY_ASSIGN(const std::string bound, BoundKeyOf(*token));
  if (bound != subject) return none;
  Result<HeldRecords> held = VerifyHeld(std::span(&*token, 1), *terms_.known.trust, kRosterLeeway, now);
  if (!held.ok() && IsPastRecord(held.fault().reason)) return none;
  if (!held.ok()) return Fault{Reason::kStoreUnavailable, "", "a credential that is kept does not verify"};
  return std::optional(std::move(held).value());
}

Result<std::optional<VerifiedPresentation>> FindRosterEvidence::VerifyShared(const ShareRow& row, Instant now) {
  TRY_ASSIGN(const std::optional<std::string> text, OpenShare(vault_, row));
  if (!text) return std::optional<VerifiedPresentation>();
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(*text));
  const Expectation expected{.audience = row.receiver.text(),
                             .nonce = row.nonce,
                             .proof_age_max = kRosterProofAgeMax,
                             .leeway = kRosterLeeway};
  TRY_ASSIGN(VerifiedPresentation verified,
             VerifyKeptPresentation(presentation, expected, *row.given_at, *terms_.known.trust, now));
  return std::optional(std::move(verified));
}

Result<FindRosterEvidence::Found> FindRosterEvidence::VerifyAnew(const Parts& parts, Instant now) {
  Found found;
  std::vector<HeldRecords> own;
  for (const CredentialRow& row : parts.own) {
    TRY_ASSIGN(std::optional<HeldRecords> held, VerifyOwn(row, parts.subject, now));
    if (held) own.push_back(std::move(*held));
  }
  std::vector<VerifiedPresentation> shared;
  std::vector<ServedShare> served;
  for (const ShareRow& row : parts.shares) {
    Result<std::optional<VerifiedPresentation>> verified = VerifyShared(row, now);
    if (!verified.ok()) {
      found.unserved.push_back({row.id, verified.fault().reason});
      if (!found.why_not) found.why_not = verified.fault();
      continue;
    }
    if (!*verified) continue;
    shared.push_back(std::move(**verified));
    served.push_back({row.id, row.revision});
  }
  if (own.empty() && shared.empty()) {
    if (!found.why_not) found.why_not = NothingCounts();
    return found;
  }
  TRY_ASSIGN(RosterRecords records, JoinForRoster(terms_.employer, own, shared));
  found.why_not.reset();
  found.evidence = std::make_shared<const RosterEvidence>(
      RosterEvidence{.records = std::move(records), .shares = std::move(served)});
  return found;
}

Result<FindRosterEvidence::Found> FindRosterEvidence::Verify(const Parts& parts, Instant now) {
  const std::string name = EvidenceName(parts.subject, parts.own, parts.shares);
  const auto known = remembered_.find(name);
  const bool fresh = known != remembered_.end() && now - known->second.at <= kRememberedTime;
  Found found;
  if (fresh) {
    found = known->second.found;
  } else {
    TRY_ASSIGN(found, VerifyAnew(parts, now));
    if (remembered_.size() >= terms_.remembered_max) remembered_.clear();
    if (terms_.remembered_max > 0) remembered_.insert_or_assign(name, Remembered{found, now});
  }
  found.renewing = parts.renewing;
  return found;
}

}  // namespace passport
