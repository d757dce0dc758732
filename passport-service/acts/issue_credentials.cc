#include "passport-service/acts/issue_credentials.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <thread>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {

// One order on its way. A fault ends it; the others go on.
struct IssueCredentials::Job {
  const Order* order = nullptr;
  std::optional<Fault> fault;
  std::optional<Issued> issued;
  Digest digest{};
  std::optional<PersonRow> person;
  std::optional<Record> record;
  FactDigests fact{};
  StandingFact standing;
  std::optional<Slot> slot;
  std::string status_uri;
  Instant expires_at;
  std::optional<Credential> credential;
  bool intended = false;               // the intent is durable
  std::optional<std::size_t> same_as;  // an equal order of this call, issued once for both

  bool in_round = false;  // in hand now

  bool waiting() const { return !fault && !issued && !same_as; }
  bool open() const { return in_round && waiting() && standing.verdict != DraftVerdict::kUnchanged; }
  bool stands() const { return in_round && waiting() && standing.verdict == DraftVerdict::kUnchanged; }
  std::string fact_text() const { return {fact.identity.begin(), fact.identity.end()}; }
};

// Requests and facts of one call, held so that no other call of this process works on them at the same time. An intent
// that is found for a request in hand was therefore left behind.
class IssueCredentials::Claims {
 public:
  Claims(IssueCredentials& act, const OrganisationId& organisation) : act_(act), organisation_(organisation) {}
  Claims(const Claims&) = delete;
  Claims& operator=(const Claims&) = delete;
  ~Claims() {
    const std::lock_guard lock(act_.mutex_);
    for (const std::string& name : held_) act_.in_hand_.erase({organisation_, name});
  }
  // False when another call has it.
  bool Take(const std::string& name) {
    if (held_.contains(name)) return true;
    const std::lock_guard lock(act_.mutex_);
    if (!act_.in_hand_.insert({organisation_, name}).second) return false;
    held_.insert(name);
    return true;
  }

 private:
  IssueCredentials& act_;
  const OrganisationId& organisation_;
  std::set<std::string> held_;
};

namespace {

constexpr std::size_t kSignersFrom = 16;  // orders from which on signing is spread over the cores

RequestKey KeyOf(const OrganisationRow& organisation, const IssueCredentials::Order& order, const Digest& digest) {
  return {.by = organisation.id, .id = order.request, .digest = digest};
}

std::string TextOf(const IssueCredentials::Order& order) {
  std::string fields;
  for (const auto& [name, value] : order.fields)
    fields += std::to_string(name.size()) + ":" + name + std::to_string(value.size()) + ":" + value;
  return fields;
}

// Keyed, because it is kept and a record can be guessed.
Result<Digest> DigestOf(const FileKeyStore& keys, const IssueCredentials::Order& order) {
  const Digest plain = RequestDigest({"issue_credential", order.employee_number, order.kind, TextOf(order)});
  return keys.KeyedDigest("issue_credential", {reinterpret_cast<const char*>(plain.data()), plain.size()});
}

bool Same(const IssueCredentials::Order& a, const IssueCredentials::Order& b) {
  return a.employee_number == b.employee_number && a.kind == b.kind && a.fields == b.fields;
}

// Answers of earlier days were kept with a digest without a key.
Result<std::optional<std::string>> FindIssued(Store& store, const OrganisationRow& organisation,
                                              const IssueCredentials::Order& order, const Digest& digest) {
  Result<std::optional<std::string>> answer = FindAnswer(store, KeyOf(organisation, order, digest));
  if (answer.ok() || answer.fault().reason != Reason::kRequestReused) return answer;
  return FindAnswer(store,
                    KeyOf(organisation, order,
                          RequestDigest({"issue_credential", order.employee_number, order.kind, TextOf(order)})));
}

AppendAudit Audit(const OrganisationRow& organisation, std::string action, std::string object, const RequestId& request,
                  std::string_view outcome, Instant now) {
  return {{now, organisation.id.text(), std::move(action), std::move(object), request.text(), std::string(outcome)}};
}

}  // namespace

Result<void> IssueCredentials::Read(const OrganisationRow& organisation, Job& job, Instant now) {
  const Order& order = *job.order;
  const RecordKind* kind = FindRecordKind(order.kind);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  if (std::find(organisation.kinds.begin(), organisation.kinds.end(), order.kind) == organisation.kinds.end()) {
    return Fault{Reason::kNotPermitted, "", "the organisation may not issue this kind"};
  }
  TRY_ASSIGN(job.record, Record::Make(*kind, order.fields));
  const CivilDay today = CivilDay::InLondon(now);
  TRY(CheckDays(*job.record, today));
  TRY(words_(*job.record, today));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             store_.FindEmployment(organisation.id, order.employee_number));
  if (!employment) return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
  TRY_ASSIGN(job.person, store_.FindPerson(employment->person));
  if (!job.person) return Fault{Reason::kStoreUnavailable, "", "the person of an employment is not there"};
  TRY_ASSIGN(job.fact, DigestFact(keys_, organisation.id, job.person->id, *job.record));
  return {};
}

Result<IssueCredentials::Job> IssueCredentials::TakeUp(const OrganisationRow& organisation, const Order& order,
                                                       Claims& claims, Instant now) {
  Job job;
  job.order = &order;
  if (!claims.Take("request " + order.request.text())) {
    return Fault{Reason::kOutcomeUnknown, "", "the same request is under way"};
  }
  TRY_ASSIGN(job.digest, DigestOf(keys_, order));
  TRY_ASSIGN(const std::optional<std::string> answer, FindIssued(store_, organisation, order, job.digest));
  if (answer) {
    TRY_ASSIGN(const CredentialId id, CredentialId::Parse(*answer));
    job.issued = Issued{.credential = id, .again = true};
    return job;
  }
  TRY_ASSIGN(const std::optional<IntentRow> left, store_.FindIntent(organisation.id, order.request));
  if (left) TRY(ApplyNow(store_, VoidIntent(*left, now)));
  TRY(Read(organisation, job, now));
  return job;
}

Result<void> IssueCredentials::Settle(const OrganisationRow& organisation, Job& job, Claims& claims, Instant now) {
  if (!claims.Take("fact " + job.fact_text())) {
    return Fault{Reason::kOutcomeUnknown, "", "another record of the same fact is under way"};
  }
  TRY_ASSIGN(job.standing, FindStanding(store_, organisation.id, job.person->id, job.order->kind, job.fact, now));
  if (job.standing.verdict == DraftVerdict::kUnchanged) return {};
  const std::optional<CredentialId> replaces = job.standing.row ? std::optional(job.standing.row->id) : std::nullopt;
  if (job.order->shown && job.order->shown->replaces != replaces) {
    return Fault{Reason::kStateConflict, "", "what it takes the place of is not what was shown"};
  }
  TRY_ASSIGN(SlotRuns::Taken taken, slots_.Take(organisation));
  job.slot = taken.slot;
  job.status_uri = std::move(taken.uri);
  job.expires_at = now + lifetime_;
  return {};
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
    Changes changes = TakePlace(
        job.standing, {organisation.id, job.person->id, job.order->kind, job.fact.identity, job.fact.content, id},
        request, now);
    changes.emplace_back(DropIntent{organisation.id, request});
    changes.emplace_back(AddCredential{{organisation.id, id, job.person->id, job.order->kind, job.credential->text(),
                                        *job.slot, now, job.expires_at, request, CredentialState::kCurrent, "", now}});
    changes.emplace_back(Audit(organisation, "credential.issued", id.text(), request, "done", now));
    changes.emplace_back(AppendEvent{{now, "credential.issued", id.text()}});
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
    // What it was to replace changed meanwhile: what was signed is worth nothing. If this can not be kept either, the
    // intent is found when the request comes again, or at the next start.
    if (kept.fault().reason != Reason::kStateConflict) continue;
    const Result<std::optional<IntentRow>> left = store_.FindIntent(organisation.id, job.order->request);
    if (left.ok() && left->has_value()) static_cast<void>(ApplyNow(store_, VoidIntent(**left, now)));
  }
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

// Nothing is signed for what stands already; that it was asked for is kept like an issue.
void IssueCredentials::CommitUnchanged(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  for (Job& job : jobs) {
    if (!job.stands()) continue;
    const CredentialId& id = job.standing.row->id;
    const RequestId& request = job.order->request;
    const Result<void> kept =
        ApplyOnce(store_,
                  {Audit(organisation, "credential.issue.unchanged", id.text(), request, "done", now),
                   RememberAnswer{{organisation.id, request, job.digest, id.text(), now}}},
                  KeyOf(organisation, *job.order, job.digest));
    if (kept.ok()) {
      job.issued = Issued{.credential = id, .again = false, .unchanged = true};
    } else {
      job.fault = kept.fault();
    }
  }
}

bool IssueCredentials::DoRound(const OrganisationRow& organisation, std::vector<Job>& jobs, Claims& claims,
                               Instant now) {
  std::set<std::string> facts;
  bool more = false;
  for (Job& job : jobs) {
    job.in_round = false;
    job.intended = false;
    if (!job.waiting()) continue;
    if (!facts.insert(job.fact_text()).second) {
      more = true;
      continue;
    }
    job.in_round = true;
    const Result<void> settled = Settle(organisation, job, claims, now);
    if (!settled.ok()) job.fault = settled.fault();
  }
  CommitUnchanged(organisation, jobs, now);
  CommitIntents(organisation, jobs, now);
  Sign(organisation, jobs, now);
  CommitCredentials(organisation, jobs, now);
  return more;
}

Result<std::vector<Result<IssueCredentials::Issued>>> IssueCredentials::operator()(const Caller& by,
                                                                                   std::span<const Order> orders,
                                                                                   Approval approval) {
  if (orders.size() > kOrdersMax) return Fault{Reason::kLimit, "", "more than 500 orders in one call"};
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow organisation, FindCaller(store_, by));
  if (organisation.two_person && approval != Approval::kTwoPeople) {
    return Fault{Reason::kSecondPerson, "", "this organisation signs only what was staged as an import and approved"};
  }
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
    } else if (Same(orders[first->second], orders[i])) {
      jobs[i].same_as = first->second;
    } else {
      jobs[i].fault = Fault{Reason::kRequestReused, "", "request_id occurs twice in one call, for different orders"};
    }
    jobs[i].order = &orders[i];
  }
  AuditRepeats(organisation, jobs, now);
  while (DoRound(organisation, jobs, claims, now)) {
  }
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
