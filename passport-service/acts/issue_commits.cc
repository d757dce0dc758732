// What IssueCredentials makes durable, and when: intents before anything is signed, then credentials with all that
// becomes true with them.
#include "passport-service/acts/audited.h"
#include "passport-service/acts/issue_job.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

template <class Job>
AppendAudit Audit(const Job& job, std::string_view what, const std::string& object, Instant now,
                  std::string_view outcome = "done") {
  return Audited(now, *job.by,
                 {.what = what, .object = object, .request = job.order->request.text(), .outcome = outcome});
}

}  // namespace

bool IssueCredentials::IsIntended(const OrganisationRow& organisation, const Job& job) {
  const Result<std::optional<IntentRow>> intent = store_.FindIntent(organisation.id, job.order->request);
  return intent.ok() && intent->has_value() && (*intent)->slot == *job.slot;
}

void IssueCredentials::CommitIntents(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  const auto changes_of = [&](const Job& job) {
    return Changes{
        AddIntent{{organisation.id, job.order->request, job.digest, job.person->id, job.order->kind, *job.slot, now}},
        Audit(job, "credential.issue.intended", "", now)};
  };
  Changes all;
  for (const Job& job : jobs) {
    if (!job.open()) continue;
    for (Change& change : changes_of(job)) all.push_back(std::move(change));
  }
  if (all.empty()) return;
  const Result<void> together = ApplyNow(store_, all);
  const bool refused = !together.ok() && together.fault().reason == Reason::kAlreadyExists;
  const bool unknown = !together.ok() && together.fault().reason == Reason::kOutcomeUnknown;
  for (Job& job : jobs) {
    if (!job.open()) continue;
    // A single request that is under way elsewhere must not stop the rest; an outcome nobody knows is looked up.
    Result<void> alone = together;
    if (unknown && IsIntended(organisation, job)) {
      alone = Result<void>();
    } else if (refused || unknown) {
      alone = ApplyNow(store_, changes_of(job));
    }
    job.intended = alone.ok();
    if (!alone.ok()) job.fault = alone.fault();
    // Another process has the same request in hand.
    if (job.fault && job.fault->reason == Reason::kAlreadyExists) job.fault->reason = Reason::kOutcomeUnknown;
  }
}

void IssueCredentials::CommitCredentials(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  for (Job& job : jobs) {
    if (!job.intended || !job.credential) continue;
    Result<PersonVault::Fresh> sealed =
        SealToken(vault_, organisation.id, job.credential->id(), job.credential->text());
    if (sealed.ok()) {
      job.sealed = std::move(sealed).value();
    } else {
      job.fault = sealed.fault();
    }
  }
  const auto changes_of = [&](const Job& job) {
    const RequestId& request = job.order->request;
    if (!job.sealed) {
      return Changes{DropIntent{organisation.id, request}, SetStatus{*job.slot, 1},
                     Audit(job, "credential.issue.voided", "", now, WordOf(job.fault->reason))};
    }
    const CredentialId& id = job.credential->id();
    Changes changes = TakePlace(
        job.standing, {organisation.id, job.person->id, job.order->kind, job.fact.identity, job.fact.content, id},
        *job.by, request, now);
    changes.emplace_back(DropIntent{organisation.id, request});
    changes.emplace_back(ExpectDataKey{owner::Person(organisation.id, job.person->id)});
    if (job.returns) changes.emplace_back(SetLeaving{organisation.id, job.number, {}, {}});
    // A credential for a key that was given up meanwhile must not come to be.
    changes.emplace_back(ExpectPassport{job.person->id, job.person->passport_code_hash});
    changes.emplace_back(job.sealed->key);
    const CredentialState state = job.suspended_for.empty() ? CredentialState::kCurrent : CredentialState::kSuspended;
    changes.emplace_back(
        AddCredential{{organisation.id, id, job.person->id, job.order->kind, job.sealed->sealed, *job.slot, now,
                       job.expires_at, request, state, job.suspended_for, now, job.kid}});
    if (state == CredentialState::kSuspended) changes.emplace_back(SetStatus{*job.slot, 2});
    changes.emplace_back(Audit(job, "credential.issued", id.text(), now));
    changes.emplace_back(AppendEvent{{now, "credential.issued", id.text(), organisation.id}});
    changes.emplace_back(RememberAnswer{{organisation.id, request, job.digest, id.text(), now}});
    return changes;
  };
  Changes all;
  for (const Job& job : jobs) {
    if (!job.intended) continue;
    for (Change& change : changes_of(job)) all.push_back(std::move(change));
  }
  if (all.empty()) return;
  const Result<void> together = ApplyNow(store_, all);
  for (Job& job : jobs) {
    if (!job.intended) continue;
    Result<void> kept = together;
    if (!kept.ok()) {
      const RequestKey key = KeyOf(organisation, *job.order, job.digest);
      // What became of it is in the answer. If there is none it is tried alone, which is safe: the intent can be
      // dropped once only.
      const Result<std::optional<std::string>> answer = FindAnswer(store_, key);
      const bool done = answer.ok() && answer->has_value();
      kept = done ? Result<void>() : ApplyOnce(store_, changes_of(job), key);
      // A store that has stopped says it took nothing, but not what became of the first try.
      const bool unknown = together.fault().reason == Reason::kOutcomeUnknown;
      if (!kept.ok() && unknown) kept = together;
    }
    if (job.fault) continue;
    if (kept.ok()) {
      job.issued = Issued{.credential = job.credential->id(), .again = false, .unchanged = false};
      if (job.standing.row) job.issued->superseded = job.standing.row->id;
      continue;
    }
    job.fault = kept.fault();
    // What it was to replace changed meanwhile, or the person was erased: what was signed is worth nothing. If this can
    // not be kept either, the intent is found when the request comes again, or at the next start.
    const Reason reason = kept.fault().reason;
    if (reason != Reason::kStateConflict && reason != Reason::kNotFound) continue;
    const Result<std::optional<IntentRow>> left = store_.FindIntent(organisation.id, job.order->request);
    if (left.ok() && left->has_value()) static_cast<void>(ApplyNow(store_, VoidIntent(**left, now)));
  }
}

// No audit, no answer: also what was answered before is answered again only once that is on record.
void IssueCredentials::AuditRepeats(std::vector<Job>& jobs, Instant now) {
  Changes repeats;
  for (const Job& job : jobs) {
    if (!job.issued) continue;
    repeats.emplace_back(Audit(job, "credential.issue.repeated", job.issued->credential.text(), now));
  }
  if (repeats.empty()) return;
  const Result<void> audited = ApplyNow(store_, repeats);
  if (audited.ok()) return;
  for (Job& job : jobs) {
    if (!job.issued) continue;
    job.issued.reset();
    job.fault = audited.fault();
  }
}

// Nothing is signed for what stands already; that it was asked for is kept like an issue.
void IssueCredentials::CommitUnchanged(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  for (Job& job : jobs) {
    if (!job.stands()) continue;
    const CredentialId& id = job.standing.row->id;
    const RequestId& request = job.order->request;
    const Result<void> kept = ApplyOnce(store_,
                                        {Audit(job, "credential.issue.unchanged", id.text(), now),
                                         RememberAnswer{{organisation.id, request, job.digest, id.text(), now}}},
                                        KeyOf(organisation, *job.order, job.digest));
    if (kept.ok()) {
      job.issued = Issued{.credential = id, .again = false, .unchanged = true};
    } else {
      job.fault = kept.fault();
    }
  }
}

}  // namespace passport
