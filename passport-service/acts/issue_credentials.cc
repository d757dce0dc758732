#include "passport-service/acts/issue_credentials.h"

#include <algorithm>
#include <system_error>
#include <thread>

#include "credential/crypto/jwk.h"
#include "credential/status/slot_permutation.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/reconcile.h"

namespace passport {

// One order on its way. A fault ends it; the others go on.
struct IssueCredentials::Job {
  const Order* order = nullptr;
  std::optional<Fault> fault;
  std::optional<Issued> issued;
  Digest digest{};
  std::optional<PersonRow> person;
  std::optional<Record> record;
  std::optional<Slot> slot;
  std::string status_uri;
  Instant expires_at;
  std::optional<Credential> credential;
  bool intended = false;               // the intent is durable
  std::optional<std::size_t> same_as;  // an equal order of this call, issued once for both

  bool open() const { return !fault && !issued && !same_as; }
};

// Requests of one call, held so that no other call of this process works on them at the same time. An intent that is
// found for a request in hand was therefore left behind.
class IssueCredentials::Claims {
 public:
  Claims(IssueCredentials& act, const OrganisationId& organisation) : act_(act), organisation_(organisation) {}
  Claims(const Claims&) = delete;
  Claims& operator=(const Claims&) = delete;
  ~Claims() {
    const std::lock_guard lock(act_.mutex_);
    for (const RequestId& request : held_) act_.in_hand_.erase({organisation_, request});
  }
  // False when another call has it.
  bool Take(const RequestId& request) {
    const std::lock_guard lock(act_.mutex_);
    if (!act_.in_hand_.insert({organisation_, request}).second) return false;
    held_.push_back(request);
    return true;
  }

 private:
  IssueCredentials& act_;
  const OrganisationId& organisation_;
  std::vector<RequestId> held_;
};

namespace {

constexpr std::uint32_t kRunLength = 64;
constexpr std::size_t kSignersFrom = 16;  // orders from which on signing is spread over the cores

RequestKey KeyOf(const OrganisationRow& organisation, const IssueCredentials::Order& order, const Digest& digest) {
  return {.by = organisation.id, .id = order.request, .digest = digest};
}

Digest DigestOf(const IssueCredentials::Order& order) {
  std::string fields;
  for (const auto& [name, value] : order.fields)
    fields += std::to_string(name.size()) + ":" + name + std::to_string(value.size()) + ":" + value;
  return RequestDigest({"issue_credential", order.employee_number, order.kind, fields});
}

// What was achieved or checked lies behind us.
Result<void> CheckDays(const Record& record, Instant now) {
  const CivilDay today = CivilDay::InLondon(now);
  for (const std::string_view name : {"achieved_on", "checked_on", "issued_on", "seen_on", "register_checked_on"}) {
    const std::optional<CivilDay> day = record.Day(name);
    if (day && *day > today) return Fault{Reason::kRecordField, "", std::string(name) + " is in the future"};
  }
  return {};
}

AppendAudit Audit(const OrganisationRow& organisation, std::string action, std::string object, const RequestId& request,
                  std::string_view outcome, Instant now) {
  return {{now, organisation.id.text(), std::move(action), std::move(object), request.text(), std::string(outcome)}};
}

}  // namespace

Result<void> IssueCredentials::ReserveRun(const OrganisationRow& organisation) {
  constexpr int kTries = 8;
  for (int tries = 0; tries < kTries; ++tries) {
    TRY_ASSIGN(const std::vector<StatusListRow> lists, store_.StatusListsOf(organisation.id));
    if (lists.empty()) return Fault{Reason::kStatusListFull, "", "the organisation has no status list"};
    StatusListRow list = lists.back();
    if (list.next >= list.size) {
      list = {.organisation = organisation.id,
              .number = list.number + 1,
              .uri = organisation.status_uri_prefix + std::to_string(list.number + 1) + ".jwt",
              .size = list.size,
              .next = 0,
              .seed = std::string(16, '\0')};
      random_.Fill(std::span(reinterpret_cast<std::uint8_t*>(list.seed.data()), list.seed.size()));
      const Commit opened = store_.Apply({OpenStatusList{list}});
      if (opened.outcome == CommitOutcome::kRefused) continue;
      if (opened.outcome != CommitOutcome::kDone)
        return Fault{Reason::kStoreUnavailable, "", "no further status list could be opened"};
    }
    const std::uint32_t count = std::min(kRunLength, list.size - list.next);
    const Changes take = {TakeSlots{organisation.id, list.number, list.next, count}};
    const Result<void> taken = ApplyNow(store_, take);
    if (taken.ok()) {
      const std::uint32_t first = list.next;
      runs_.insert_or_assign(organisation.id, Run{.list = std::move(list), .next = first, .end = first + count});
      return {};
    }
    if (taken.fault().reason != Reason::kStateConflict) return taken.fault();
  }
  return Fault{Reason::kStoreUnavailable, "", "status slots are contended"};
}

Result<Slot> IssueCredentials::TakeSlot(const OrganisationRow& organisation, std::string& uri) {
  const std::lock_guard lock(mutex_);
  auto run = runs_.find(organisation.id);
  if (run == runs_.end() || run->second.next == run->second.end) {
    TRY(ReserveRun(organisation));
    run = runs_.find(organisation.id);
  }
  const StatusListRow& list = run->second.list;
  const SlotPermutation permutation(
      std::span<const std::uint8_t, 16>(reinterpret_cast<const std::uint8_t*>(list.seed.data()), 16), list.size);
  uri = list.uri;
  return Slot{.organisation = organisation.id, .list = list.number, .index = permutation.SlotOf(run->second.next++)};
}

Result<IssueCredentials::Job> IssueCredentials::Prepare(const OrganisationRow& organisation, const Order& order,
                                                        Instant now) {
  Job job;
  job.order = &order;
  job.digest = DigestOf(order);
  TRY_ASSIGN(const std::optional<std::string> answer, FindAnswer(store_, KeyOf(organisation, order, job.digest)));
  if (answer) {
    TRY_ASSIGN(const CredentialId id, CredentialId::Parse(*answer));
    job.issued = Issued{.credential = id, .again = true};
    return job;
  }
  TRY_ASSIGN(const std::optional<IntentRow> left, store_.FindIntent(organisation.id, order.request));
  if (left) TRY(ApplyNow(store_, VoidIntent(*left, now)));
  const RecordKind* kind = FindRecordKind(order.kind);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  if (std::find(organisation.kinds.begin(), organisation.kinds.end(), order.kind) == organisation.kinds.end()) {
    return Fault{Reason::kNotPermitted, "", "the organisation may not issue this kind"};
  }
  TRY_ASSIGN(job.record, Record::Make(*kind, order.fields));
  TRY(CheckDays(*job.record, now));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             store_.FindEmployment(organisation.id, order.employee_number));
  if (!employment) return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
  TRY_ASSIGN(job.person, store_.FindPerson(employment->person));
  if (!job.person) return Fault{Reason::kStoreUnavailable, "", "the person of an employment is not there"};
  TRY_ASSIGN(job.slot, TakeSlot(organisation, job.status_uri));
  job.expires_at = now + lifetime_;
  return job;
}

bool IssueCredentials::IsIntended(const OrganisationRow& organisation, const Job& job) {
  const Result<std::optional<IntentRow>> intent = store_.FindIntent(organisation.id, job.order->request);
  return intent.ok() && intent->has_value() && (*intent)->slot == *job.slot;
}

void IssueCredentials::CommitIntents(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  const auto changes_of = [&](const Job& job) {
    return Changes{
        AddIntent{{organisation.id, job.order->request, job.digest, job.person->id, job.order->kind, *job.slot, now}},
        Audit(organisation, "credential.issue.intended", "", job.order->request, "done", now)};
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

void IssueCredentials::Sign(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  Result<std::shared_ptr<Signer>> signer = keys_.SignerFor(organisation.id, KeyRole::kIssue);
  std::string kid;
  if (signer.ok()) {
    kid = Thumbprint((*signer)->public_key().point());
    const bool published = std::any_of(organisation.issue_keys.begin(), organisation.issue_keys.end(),
                                       [&](const PublishedKey& key) { return key.kid == kid; });
    if (!published) signer = Fault{Reason::kKeyState, "", "the active key is not in the registry entry"};
  }
  const auto sign = [&](Job& job) -> Result<Credential> {
    if (!signer.ok()) return signer.fault();
    json::Tree tree;
    TRY_ASSIGN(const json::Value* const jwk, tree.Parse(job.person->holder_jwk, json::kTokenLimits));
    TRY_ASSIGN(const P256Point holder, ReadJwkPoint(*jwk));
    const CredentialTerms terms{.issuer = organisation.issuer,
                                .holder = holder,
                                .status = {.uri = job.status_uri, .index = job.slot->index},
                                .issued_at = now,
                                .expires_at = job.expires_at};
    TRY_ASSIGN(PreparedCredential prepared, PreparedCredential::Prepare(*job.record, terms, random_));
    TRY_ASSIGN(SignedCredential signed_credential, IssueCredential(std::move(prepared), kid, **signer));
    return std::move(signed_credential).Release((*signer)->public_key());
  };
  const auto sign_from = [&](std::size_t first, std::size_t step) {
    for (std::size_t i = first; i < jobs.size(); i += step) {
      Job& job = jobs[i];
      if (!job.open()) continue;
      Result<Credential> credential = sign(job);
      if (credential.ok()) {
        job.credential = std::move(credential).value();
      } else {
        job.fault = std::move(credential).fault();
      }
    }
  };
  const std::size_t workers = jobs.size() < kSignersFrom ? 1 : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> helpers;
  std::size_t started = 1;
  try {
    for (; started < workers; ++started) helpers.emplace_back(sign_from, started, workers);
  } catch (const std::system_error&) {
    // No more threads to be had: the rest is signed here.
  }
  sign_from(0, workers);
  for (; started < workers; ++started) sign_from(started, workers);
  for (std::thread& helper : helpers) helper.join();
}

void IssueCredentials::CommitCredentials(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  const auto changes_of = [&](const Job& job) {
    const RequestId& request = job.order->request;
    if (!job.credential) {
      return Changes{DropIntent{organisation.id, request}, SetStatus{*job.slot, 1},
                     Audit(organisation, "credential.issue.voided", "", request, WordOf(job.fault->reason), now)};
    }
    const CredentialId& id = job.credential->id();
    return Changes{DropIntent{organisation.id, request},
                   AddCredential{{organisation.id, id, job.person->id, job.order->kind, job.credential->text(),
                                  *job.slot, now, job.expires_at, request, CredentialState::kCurrent, "", now}},
                   Audit(organisation, "credential.issued", id.text(), request, "done", now),
                   AppendEvent{{now, "credential.issued", id.text()}},
                   RememberAnswer{{organisation.id, request, job.digest, id.text(), now}}};
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
      job.issued = Issued{.credential = job.credential->id(), .again = false};
    } else {
      job.fault = kept.fault();
    }
  }
}

Result<IssueCredentials::Job> IssueCredentials::TakeUp(const OrganisationRow& organisation, const Order& order,
                                                       Claims& claims, Instant now) {
  if (!claims.Take(order.request)) return Fault{Reason::kOutcomeUnknown, "", "the same request is under way"};
  return Prepare(organisation, order, now);
}

// No audit, no answer: also what was answered before is answered again only once that is on record.
void IssueCredentials::AuditRepeats(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  Changes repeats;
  for (const Job& job : jobs) {
    if (!job.issued) continue;
    repeats.emplace_back(Audit(organisation, "credential.issue.repeated", job.issued->credential.text(),
                               job.order->request, "done", now));
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

Result<std::vector<Result<IssueCredentials::Issued>>> IssueCredentials::operator()(const Caller& by,
                                                                                   std::span<const Order> orders) {
  if (orders.size() > kOrdersMax) return Fault{Reason::kLimit, "", "more than 500 orders in one call"};
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow organisation, FindCaller(store_, by));
  Claims claims(*this, organisation.id);
  std::vector<Job> jobs(orders.size());
  std::map<RequestId, std::size_t> first_of;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto [first, fresh] = first_of.emplace(orders[i].request, i);
    if (fresh) {
      Result<Job> job = TakeUp(organisation, orders[i], claims, now);
      if (job.ok()) {
        jobs[i] = std::move(job).value();
      } else {
        jobs[i].fault = std::move(job).fault();
      }
    } else if (DigestOf(orders[first->second]) == DigestOf(orders[i])) {
      jobs[i].same_as = first->second;
    } else {
      jobs[i].fault = Fault{Reason::kRequestReused, "", "request_id occurs twice in one call, for different orders"};
    }
    jobs[i].order = &orders[i];
  }
  AuditRepeats(organisation, jobs, now);
  CommitIntents(organisation, jobs, now);
  Sign(organisation, jobs, now);
  CommitCredentials(organisation, jobs, now);
  std::vector<Result<Issued>> results;
  results.reserve(jobs.size());
  for (const Job& job : jobs) {
    const Job& decided = job.same_as ? jobs[*job.same_as] : job;
    if (!decided.issued) {
      results.emplace_back(*decided.fault);
      continue;
    }
    Issued issued = *decided.issued;
    issued.again = issued.again || job.same_as.has_value();
    results.emplace_back(std::move(issued));
  }
  return results;
}

}  // namespace passport
