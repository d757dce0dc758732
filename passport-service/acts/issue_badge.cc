#include "passport-service/acts/issue_badge.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/enrol_person.h"
#include "passport-service/acts/fact_digest.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/reconcile.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

std::string PhotoText(const std::optional<Digest>& photo) { return photo ? EncodeBase64Url(*photo) : std::string(); }

// Under the key of the employee, as that of a record: a name can be guessed.
Result<Digest> DigestOfBadge(PersonVault& vault, const DataOwner& employee, const IssueBadge::Order& order) {
  const Digest plain = RequestDigest({"issue_badge", order.employee_number, order.name, order.role,
                                      order.valid_through.Text(), PhotoText(order.photo)});
  const std::string_view value(reinterpret_cast<const char*>(plain.data()), plain.size());
  TRY_ASSIGN(const std::optional<Digest> digest, vault.DigestUnder(employee, "issue_badge", value));
  return digest.value_or(Digest{});
}

// Words of a name, letters of ASCII in lower case: names are compared as people write them, not as they shout them.
std::vector<std::string> WordsOfName(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '\'') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool SharesAWord(const Record& identity, const std::vector<std::string>& words) {
  for (const std::string_view fact : {"given_names", "family_name", "preferred_name"}) {
    const auto value = identity.Find(fact);
    if (!value) continue;
    for (const std::string& word : WordsOfName(*value)) {
      if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    }
  }
  return false;
}

AppendAudit AuditOfBadge(const IssueBadge::Order& order, std::string_view what, const std::string& object, Instant now,
                         std::string_view outcome = "done") {
  return Audited(now, order.by,
                 {.what = what,
                  .object = object,
                  .why = std::string(kBadgeKind),
                  .request = order.request.text(),
                  .outcome = outcome});
}

}  // namespace

struct IssueBadge::Job {
  const Order& order;
  Digest digest;
  PersonId person;
  Instant now;
  std::optional<Slot> slot;
  std::string status_uri;

  RequestKey key(const OrganisationRow& organisation) const {
    return {.by = organisation.id, .id = order.request, .digest = digest};
  }
};

// A request in hand, so that an intent found for it was left behind by somebody who is gone.
class IssueBadge::Hold {
 public:
  Hold(IssueBadge& act, const OrganisationId& organisation, const RequestId& request)
      : act_(act), name_(organisation, request) {
    const std::lock_guard lock(act_.mutex_);
    held_ = act_.in_hand_.insert(name_).second;
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    if (!held_) return;
    const std::lock_guard lock(act_.mutex_);
    act_.in_hand_.erase(name_);
  }
  bool held() const { return held_; }

 private:
  IssueBadge& act_;
  std::pair<OrganisationId, RequestId> name_;
  bool held_ = false;
};

Result<IssueBadge::Issued> IssueBadge::Again(const OrganisationId& organisation, const std::string& id) {
  TRY_ASSIGN(CredentialId credential, CredentialId::Parse(id));
  TRY_ASSIGN(const std::optional<CredentialRow> row, store_.FindCredential(organisation, credential));
  std::optional<std::string> token;
  if (row) {
    TRY_ASSIGN(token, OpenToken(vault_, *row));
  }
  if (!token) return Fault{Reason::kNotFound, "", "the badge of this request was erased"};
  return Issued{.credential = std::move(credential), .badge = std::move(*token)};
}

// What the organisation has signed itself, or answers for.
Result<bool> IssueBadge::IsOwn(const OrganisationRow& organisation, const OrganisationId& issuer, Instant now) {
  if (issuer == organisation.id) return true;
  TRY_ASSIGN(const std::optional<OrganisationRow> row, store_.FindOrganisation(issuer));
  if (!row) return false;
  TRY_ASSIGN(const OrganisationId answers, AnswersFor(store_, *row, now));
  return answers == organisation.id;
}

// By what the employer knows: an answer by others' checks would tell it a name that it has not seen.
Result<void> IssueBadge::CheckName(const OrganisationRow& organisation, const PersonId& person, std::string_view name,
                                   Instant now) {
  const std::vector<std::string> words = WordsOfName(name);
  bool any = false;
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsHeldBy(person, after, 200));
    for (const CredentialRow& row : page.rows) {
      if (row.kind != "identity_check" || row.state != CredentialState::kCurrent || row.expires_at <= now) continue;
      TRY_ASSIGN(const bool own, IsOwn(organisation, row.organisation, now));
      if (!own) continue;
      TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, row));
      if (!token) continue;
      TRY_ASSIGN(const Record identity, RecordOf(row.kind, *token));
      if (SharesAWord(identity, words)) return {};
      any = true;
    }
    after = page.next;
  } while (!after.empty());
  if (any) return Fault{Reason::kRecordField, "", "name shares no word with the name on an identity check of yours"};
  return Fault{Reason::kRecordMissing, "",
               "no identity check stands that your organisation has signed for this person"};
}

Result<void> IssueBadge::Intend(const OrganisationRow& organisation, Job& job) {
  TRY_ASSIGN(SlotRuns::Taken taken, slots_.Take(organisation));
  job.slot = taken.slot;
  job.status_uri = std::move(taken.uri);
  const Changes intent{AddIntent{{organisation.id, job.order.request, job.digest, job.person, std::string(kBadgeKind),
                                  *job.slot, job.now}},
                       AuditOfBadge(job.order, "credential.issue.intended", "", job.now)};
  Result<void> kept = ApplyNow(store_, intent);
  if (kept.ok()) return kept;
  const Result<std::optional<IntentRow>> found = store_.FindIntent(organisation.id, job.order.request);
  if (found.ok() && found->has_value() && (*found)->slot == *job.slot) return {};
  // Another process has the same request in hand.
  if (kept.fault().reason == Reason::kAlreadyExists)
    return Fault{Reason::kOutcomeUnknown, "", "the same request is under way"};
  return kept;
}

Result<Badge> IssueBadge::Sign(const OrganisationRow& organisation, const Job& job, std::string& kid) {
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, organisation.id, KeyRole::kIssue));
  kid = key.kid;
  const BadgeContent content{.employer = organisation.id,
                             .name = job.order.name,
                             .role = job.order.role,
                             .valid_through = job.order.valid_through,
                             .photo = job.order.photo,
                             .status = {.uri = job.status_uri, .index = job.slot->index},
                             .issued_at = job.now};
  TRY_ASSIGN(Badge badge, SignBadge(content, organisation.status_uri_prefix, key.kid, *key.signer));
  // Verified with the key that receivers will use, before it leaves.
  json::Tree tree;
  TRY_ASSIGN(const UnverifiedJws token, UnverifiedJws::Read(badge.text,
                                                            {.typ = kBadgeTyp,
                                                             .allowed_algs = Es256Only(),
                                                             .token_bytes = kBadgeBytesMax,
                                                             .header_bytes = kBadgeBytesMax,
                                                             .payload = json::kTokenLimits},
                                                            tree));
  if (!token.Verify(key.signer->public_key()).ok()) return Fault{Reason::kSigning, "", "a signature does not verify"};
  return badge;
}

Result<IssueBadge::Issued> IssueBadge::Keep(const OrganisationRow& organisation, const Job& job, const Badge& badge,
                                            const std::string& kid) {
  TRY_ASSIGN(PersonVault::Fresh sealed, SealToken(vault_, organisation.id, badge.id, badge.text));
  const Instant ends_at = job.order.valid_through.PlusDays(1).StartInLondon();
  const Changes changes{
      DropIntent{organisation.id, job.order.request},
      ExpectDataKey{owner::Person(organisation.id, job.person)},
      sealed.key,
      AddCredential{{organisation.id, badge.id, job.person, std::string(kBadgeKind), sealed.sealed, *job.slot, job.now,
                     ends_at, job.order.request, CredentialState::kCurrent, "", job.now, kid}},
      AuditOfBadge(job.order, "credential.issued", badge.id.text(), job.now),
      AppendEvent{{job.now, "credential.issued", badge.id.text()}},
      RememberAnswer{{organisation.id, job.order.request, job.digest, badge.id.text(), job.now}}};
  TRY(ApplyOnce(store_, changes, job.key(organisation)));
  return Issued{.credential = badge.id, .badge = badge.text};
}

Result<IssueBadge::Issued> IssueBadge::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow organisation, FindCaller(store_, order.by));
  if (organisation.two_person)
    return Fault{Reason::kSecondPerson, "", "this organisation signs only what was staged as an import and approved"};
  const bool may = std::any_of(std::begin(kBadgeAuthority), std::end(kBadgeAuthority),
                               [&](std::string_view kind) { return MayIssue(organisation, kind, now); });
  if (!may) return Fault{Reason::kNotPermitted, "", "the organisation may issue neither employment nor volunteer_role"};
  const Hold hold(*this, organisation.id, order.request);
  if (!hold.held()) return Fault{Reason::kOutcomeUnknown, "", "the same request is under way"};
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, organisation.id, order.employee_number));
  TRY_ASSIGN(const Digest digest, DigestOfBadge(vault_, owner::Employee(organisation.id, number), order));
  const RequestKey key{.by = organisation.id, .id = order.request, .digest = digest};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return Again(organisation.id, *answer);
  TRY_ASSIGN(const std::optional<IntentRow> left, store_.FindIntent(organisation.id, order.request));
  if (left) TRY(ApplyNow(store_, VoidIntent(*left, now)));

  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(organisation.id, number));
  const Fault nobody{Reason::kNotFound, "", "employee_number names nobody who works for this organisation"};
  if (!employment) return nobody;
  TRY_ASSIGN(const bool works, WorksFor(store_, organisation.id, employment->person));
  if (!works) return nobody;
  TRY(CheckBadge({.employer = organisation.id,
                  .name = order.name,
                  .role = order.role,
                  .valid_through = order.valid_through,
                  .photo = order.photo,
                  .status = {},
                  .issued_at = now}));
  TRY(CheckName(organisation, employment->person, order.name, now));
  Job job{.order = order, .digest = digest, .person = employment->person, .now = now, .slot = {}, .status_uri = {}};
  TRY(Intend(organisation, job));
  std::string kid;
  Result<Badge> badge = Sign(organisation, job, kid);
  Result<Issued> issued = badge.ok() ? Keep(organisation, job, *badge, kid) : Result<Issued>(badge.fault());
  if (issued.ok() || issued.fault().reason == Reason::kOutcomeUnknown) return issued;
  // What was signed, if anything, is worth nothing. If that can not be kept, the intent is found next time.
  const Result<std::optional<IntentRow>> intent = store_.FindIntent(organisation.id, order.request);
  if (intent.ok() && intent->has_value()) static_cast<void>(ApplyNow(store_, VoidIntent(**intent, now)));
  return issued;
}

}  // namespace passport
