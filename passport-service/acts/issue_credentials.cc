#include "passport-service/acts/issue_credentials.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <thread>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/issue_job.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {

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

std::string TextOf(const IssueCredentials::Order& order) {
  std::string fields;
  for (const auto& [name, value] : order.fields)
    fields += std::to_string(name.size()) + ":" + name + std::to_string(value.size()) + ":" + value;
  return fields;
}

// Under the key of the employee, because it is kept and a record can be guessed. All zero while nobody has the number:
// then there is no answer either.
Result<Digest> DigestOf(PersonVault& vault, const DataOwner& employee, const IssueCredentials::Order& order) {
  const Digest plain = RequestDigest({"issue_credential", order.employee_number, order.kind, TextOf(order)});
  const std::string_view value(reinterpret_cast<const char*>(plain.data()), plain.size());
  TRY_ASSIGN(const std::optional<Digest> digest, vault.DigestUnder(employee, "issue_credential", value));
  return digest.value_or(Digest{});
}

bool Same(const IssueCredentials::Order& a, const IssueCredentials::Order& b) {
  return a.employee_number == b.employee_number && a.kind == b.kind && a.fields == b.fields && a.renews == b.renews;
}

}  // namespace

Result<void> IssueCredentials::Read(const OrganisationRow& organisation, Job& job, Instant now) {
  const Order& order = *job.order;
  const RecordKind* kind = FindRecordKind(order.kind);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  if (!MayIssue(organisation, order.kind, now)) {
    return Fault{Reason::kNotPermitted, "", "the organisation may not issue this kind"};
  }
  TRY_ASSIGN(job.record, Record::Make(*kind, order.fields));
  const CivilDay today = CivilDay::InLondon(now);
  TRY(CheckDays(*job.record, today));
  TRY(words_(*job.record, today));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(organisation.id, job.number));
  if (!employment) return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
  TRY_ASSIGN(job.person, store_.FindPerson(employment->person));
  if (!job.person) return Fault{Reason::kStoreUnavailable, "", "the person of an employment is not there"};
  return ReadHolder(organisation, job);
}

// What only the person's keys open: the key the credential is bound to, and the digests of the fact.
Result<void> IssueCredentials::ReadHolder(const OrganisationRow& organisation, Job& job) {
  TRY_ASSIGN(const HolderKeyPair holder, OpenHolder(vault_, *job.person));
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const jwk, tree.Parse(holder.jwk, json::kTokenLimits));
  TRY_ASSIGN(job.holder, ReadJwkPoint(*jwk));
  TRY_ASSIGN(job.fact, DigestFact(vault_, organisation.id, job.person->id, *job.record));
  return {};
}

Result<IssueCredentials::Job> IssueCredentials::TakeUp(const OrganisationRow& organisation, const Order& order,
                                                       Claims& claims, Instant now) {
  Job job;
  job.order = &order;
  if (!claims.Take("request " + order.request.text())) {
    return Fault{Reason::kOutcomeUnknown, "", "the same request is under way"};
  }
  TRY_ASSIGN(job.number, EmployeeNumberDigest(vault_, organisation.id, order.employee_number));
  if (order.renews) {
    job.digest = RequestDigest({"renew_credential", order.renews->text()});
  } else {
    TRY_ASSIGN(job.digest, DigestOf(vault_, owner::Employee(organisation.id, job.number), order));
  }
  TRY_ASSIGN(const std::optional<std::string> answer, FindAnswer(store_, KeyOf(organisation, order, job.digest)));
  if (answer) {
    TRY_ASSIGN(const CredentialId id, CredentialId::Parse(*answer));
    job.issued = Issued{.credential = id, .again = true};
    return job;
  }
  TRY_ASSIGN(const std::optional<IntentRow> left, store_.FindIntent(organisation.id, order.request));
  if (left) TRY(ApplyNow(store_, VoidIntent(*left, now)));
  TRY(order.renews ? ReadRenewed(organisation, job, now) : Read(organisation, job, now));
  return job;
}

Result<void> IssueCredentials::Settle(const OrganisationRow& organisation, Job& job, Claims& claims, Instant now) {
  if (!claims.Take("fact " + job.fact_text())) {
    return Fault{Reason::kOutcomeUnknown, "", "another record of the same fact is under way"};
  }
  TRY_ASSIGN(job.standing, FindStanding(store_, organisation.id, job.person->id, job.order->kind, job.fact, now));
  if (job.renewed) TRY(SettleRenewed(job));
  if (job.standing.verdict == DraftVerdict::kUnchanged) return {};
  const std::optional<CredentialId> replaces = job.standing.row ? std::optional(job.standing.row->id) : std::nullopt;
  if (job.order->shown && job.order->shown->replaces != replaces) {
    return Fault{Reason::kStateConflict, "", "what it takes the place of is not what was shown"};
  }
  TRY_ASSIGN(SlotRuns::Taken taken, slots_.Take(organisation));
  job.slot = taken.slot;
  job.status_uri = std::move(taken.uri);
  job.expires_at = job.renewed ? job.renewed->expires_at : now + lifetime_;
  return {};
}

void IssueCredentials::Sign(const OrganisationRow& organisation, std::vector<Job>& jobs, Instant now) {
  const Result<SigningKey> key = FindSigningKey(keys_, store_, organisation.id, KeyRole::kIssue);
  const auto sign = [&](Job& job) -> Result<Credential> {
    if (!key.ok()) return key.fault();
    const CredentialTerms terms{.issuer = organisation.issuer,
                                .holder = *job.holder,
                                .status = {.uri = job.status_uri, .index = job.slot->index},
                                .issued_at = now,
                                .expires_at = job.expires_at};
    TRY_ASSIGN(PreparedCredential prepared, PreparedCredential::Prepare(*job.record, terms, random_));
    TRY_ASSIGN(SignedCredential signed_credential,
               IssueCredential(std::move(prepared), key->reference(), *key->signer));
    return std::move(signed_credential).Release(key->signer->public_key());
  };
  const auto sign_from = [&](std::size_t first, std::size_t step) {
    for (std::size_t i = first; i < jobs.size(); i += step) {
      Job& job = jobs[i];
      if (!job.open()) continue;
      Result<Credential> credential = sign(job);
      if (credential.ok()) {
        job.credential = std::move(credential).value();
        job.kid = key->kid;
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
    jobs[i].by = &by;
    jobs[i].order = &orders[i];
  }
  AuditRepeats(jobs, now);
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
