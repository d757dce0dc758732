#include "passport-service/acts/end_employment.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "credential/badge/badge.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr std::string_view kLeavingReasons = "leaving_reason";
constexpr std::string_view kStillEmployed = "still_employed";
constexpr std::string_view kLeft = "left_organisation";

Result<void> CheckLeavingReason(const std::string& reason, const CurrentTrust& trust, Instant now) {
  const CivilDay today = CivilDay::InLondon(now);
  const std::shared_ptr<const RuleBook> rules = trust.Get().rules;
  const bool listed = rules != nullptr && !rules->taxonomies().On(today).WordsOf(kLeavingReasons).empty();
  const bool known = listed ? rules->taxonomies().On(today).Knows(kLeavingReasons, reason) : IsWord(reason);
  if (!known) return Fault{Reason::kWordUnknown, "", "reason is not a word of the list leaving_reason"};
  if (reason == kStillEmployed) return Fault{Reason::kFieldInvalid, "", "who is still employed does not leave"};
  return {};
}

std::string TextOfEnded(const EndEmployment::Ended& ended) {
  std::string text = std::to_string(ended.kept);
  for (const CredentialId& id : ended.revoked) text += " " + id.text();
  return text;
}

Result<EndEmployment::Ended> EndedOf(std::string_view text) {
  EndEmployment::Ended ended;
  std::size_t at = std::min(text.find(' '), text.size());
  if (std::from_chars(text.data(), text.data() + at, ended.kept).ec != std::errc())
    return Fault{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at + 1), text.size());
    TRY_ASSIGN(CredentialId id, CredentialId::Parse(text.substr(at + 1, end - at - 1)));
    ended.revoked.push_back(std::move(id));
    at = end;
  }
  return ended;
}

}  // namespace

Result<bool> WorksFor(Store& store, const OrganisationId& employer, const PersonId& person) {
  TRY_ASSIGN(const std::vector<EmploymentRow> rows, store.EmploymentsOf(employer, person));
  return std::any_of(rows.begin(), rows.end(), [](const EmploymentRow& row) { return !row.left_at; });
}

Result<bool> WorksAnywhere(Store& store, const PersonId& person) {
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store.AllOrganisations());
  for (const OrganisationRow& each : organisations) {
    TRY_ASSIGN(const bool works, WorksFor(store, each.id, person));
    if (works) return true;
  }
  return false;
}

// While they work on under another number, only what names this one ends.
Result<bool> EndEmployment::Depends(const CredentialRow& row, const Order& order, bool works_on) const {
  // A badge names the employer and no number: it goes when they leave altogether.
  if (row.kind == kBadgeKind) return !works_on;
  const RecordKind* kind = FindRecordKind(row.kind);
  if (kind == nullptr || !kind->ends_with_employment) return false;
  if (!works_on) return true;
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, row));
  if (!token) return false;
  const Result<Record> record = RecordOf(row.kind, *token);
  return record.ok() && record->Find("employee_number") == std::optional<std::string_view>(order.employee_number);
}

Result<EndEmployment::Ended> EndEmployment::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, caller.id, order.employee_number));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(caller.id, number));
  if (!employment) return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
  const DataOwner employee = owner::Employee(caller.id, number);
  // Under the key of the number, because a number can be guessed.
  const Digest plain = RequestDigest({"end_employment", order.employee_number, order.reason});
  TRY_ASSIGN(const std::optional<Digest> digest,
             vault_.DigestUnder(employee, "request",
                                std::string_view(reinterpret_cast<const char*>(plain.data()), plain.size())));
  const RequestKey key{.by = caller.id, .id = order.request, .digest = digest.value_or(Digest{})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return EndedOf(*answer);
  TRY(CheckLeavingReason(order.reason, trust_, now));

  TRY_ASSIGN(const std::vector<EmploymentRow> all, store_.EmploymentsOf(caller.id, employment->person));
  const bool works_on = std::any_of(all.begin(), all.end(),
                                    [&](const EmploymentRow& row) { return row.number != number && !row.left_at; });
  Ended ended;
  Changes changes;
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllHeldBy(store_, employment->person));
  for (const CredentialRow& row : held) {
    if (row.organisation != caller.id || row.state == CredentialState::kRevoked) continue;
    bool ends = false;
    if (!employment->left_at) {
      TRY_ASSIGN(ends, Depends(row, order, works_on));
    }
    if (!ends) {
      ++ended.kept;
      continue;
    }
    TRY_ASSIGN(Changes steps_down, StepDown(store_, vault_, row));
    AppendChanges(std::move(steps_down), changes);
    changes.emplace_back(
        ChangeCredentialState{row.organisation, row.id, row.state, CredentialState::kRevoked, std::string(kLeft), now});
    changes.emplace_back(SetStatus{row.slot, 1});
    changes.emplace_back(Audited(now, order.by,
                                 {.what = "credential.revoked",
                                  .object = row.id.text(),
                                  .why = std::string(kLeft),
                                  .request = order.request.text()}));
    changes.emplace_back(AppendEvent{{now, "credential.revoked", row.id.text()}});
    ended.revoked.push_back(row.id);
  }
  if (!employment->left_at) {
    TRY_ASSIGN(std::string sealed, vault_.Seal(employee, kLeavingContext, order.reason));
    changes.emplace_back(SetLeaving{caller.id, number, now, std::move(sealed)});
    changes.emplace_back(AppendEvent{{now, "employment.ended", employment->person.text()}});
  }
  changes.emplace_back(Audited(now, order.by,
                               {.what = "employment.ended",
                                .object = employment->person.text(),
                                .request = order.request.text(),
                                .outcome = employment->left_at ? "unchanged" : "done"}));
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, TextOfEnded(ended), now}});
  TRY(ApplyOnce(store_, changes, key));
  return ended;
}

}  // namespace passport
