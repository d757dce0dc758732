#include "passport-service/acts/change_standing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "credential/badge/badge.h"
#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, 8> kStandingReasons = {
    "training_expired",  "left_organisation", "issued_in_error", "no_longer_valid",
    "suspected_invalid", "holder_deceased",   "lost_passport",   "resolved"};

std::string_view ActionOf(StandingVerb verb) {
  switch (verb) {
    case StandingVerb::kRevoke:
      return "credential.revoked";
    case StandingVerb::kSuspend:
      return "credential.suspended";
    case StandingVerb::kReinstate:
      return "credential.reinstated";
  }
  return "";
}

// The value of the status list for a state (Token Status List, draft-20, 7.1).
std::uint8_t StatusOf(CredentialState state) {
  switch (state) {
    case CredentialState::kCurrent:
      return 0;
    case CredentialState::kRevoked:
      return 1;
    case CredentialState::kSuspended:
      return 2;
  }
  return 1;
}

std::string TextOf(const ChangeStanding::Standing& standing) {
  return std::to_string(static_cast<int>(standing.state)) + " " + std::to_string(standing.since.seconds);
}

Result<ChangeStanding::Standing> StandingOf(std::string_view answer) {
  std::int64_t since = 0;
  const bool shaped = answer.size() > 2 && answer[0] >= '0' && answer[0] <= '2' && answer[1] == ' ';
  if (!shaped || std::from_chars(answer.data() + 2, answer.data() + answer.size(), since).ec != std::errc()) {
    return Fault{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
  }
  return ChangeStanding::Standing{.state = static_cast<CredentialState>(answer[0] - '0'), .since = {since}};
}

}  // namespace

Result<CredentialState> Move(CredentialState from, StandingVerb verb) {
  switch (verb) {
    case StandingVerb::kRevoke:
      return CredentialState::kRevoked;
    case StandingVerb::kSuspend:
      if (from != CredentialState::kRevoked) return CredentialState::kSuspended;
      break;
    case StandingVerb::kReinstate:
      if (from != CredentialState::kRevoked) return CredentialState::kCurrent;
      break;
  }
  return Fault{Reason::kStateConflict, "", "a revoked credential stays revoked"};
}

// What is bound to a key that was given up is not made good again; nor while the key is being given up.
Result<std::optional<ExpectPassport>> ChangeStanding::CheckBound(const CredentialRow& row, StandingVerb verb) {
  std::optional<ExpectPassport> none;
  if (verb != StandingVerb::kReinstate || row.state != CredentialState::kSuspended || row.kind == kBadgeKind)
    return none;
  const Fault replaced{Reason::kStateConflict, "", "its passport was replaced; only the person can take that back"};
  if (row.state_reason == kPassportReplaced) return replaced;
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(row.person));
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, row));
  if (!person || !token) return none;  // erased
  TRY_ASSIGN(const std::string bound, BoundKeyOf(*token));
  TRY_ASSIGN(const std::optional<HolderKeyRow> key, store_.FindHolderKey(bound));
  if (key && key->until) return replaced;
  return std::optional(ExpectPassport{person->id, person->passport_code_hash});
}

Result<ChangeStanding::Standing> ChangeStanding::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (std::find(kStandingReasons.begin(), kStandingReasons.end(), order.why) == kStandingReasons.end()) {
    return Fault{Reason::kFieldInvalid, "", "why is not one of the reasons for a change of standing"};
  }
  const std::string_view action = ActionOf(order.verb);
  const RequestKey key{
      .by = caller.id, .id = order.request, .digest = RequestDigest({action, order.credential.text(), order.why})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return StandingOf(*answer);
  TRY_ASSIGN(const CredentialRow row, FindAnsweredFor(store_, caller, order.credential, now));
  TRY_ASSIGN(const CredentialState to, Move(row.state, order.verb));

  TRY_ASSIGN(std::optional<ExpectPassport> passport, CheckBound(row, order.verb));

  Changes changes;
  Standing standing{.state = to, .since = row.state_at};
  if (to != row.state) {
    standing.since = now;
    if (to == CredentialState::kRevoked) {
      TRY_ASSIGN(changes, StepDown(store_, vault_, row));
    }
    if (passport) changes.emplace_back(std::move(*passport));
    changes.emplace_back(ChangeCredentialState{row.organisation, row.id, row.state, to, order.why, now});
    changes.emplace_back(SetStatus{row.slot, StatusOf(to)});
    changes.emplace_back(AppendEvent{{now, std::string(action), row.id.text()}});
  }
  changes.emplace_back(Audited(now, order.by,
                               {.what = action,
                                .object = row.id.text(),
                                .why = order.why,
                                .request = order.request.text(),
                                .outcome = to == row.state ? "unchanged" : "done"}));
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, TextOf(standing), now}});
  TRY(ApplyOnce(store_, changes, key));
  return standing;
}

}  // namespace passport
