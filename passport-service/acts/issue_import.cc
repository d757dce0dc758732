#include "passport-service/acts/issue_import.h"

#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {

// A draft whose person is known.
struct Issuing::Ready {
  DraftRow draft;
  DraftContent content;
  PersonId person;
};

void Issuing::Refuse(DraftRow draft, const Fault& fault, Changes& settled) {
  ++tally_.refused;
  draft.verdict = DraftVerdict::kRefused;
  draft.state = DraftState::kSkipped;
  draft.reason = std::string(WordOf(fault.reason));
  draft.detail = fault.detail;
  settled.emplace_back(ReplaceDraft{std::move(draft)});
}

// The keys of the row will find the person next time. False when they are somebody else's by now.
Result<bool> Issuing::Learn(const RowKeys& keys, const PersonId& person) {
  TRY_ASSIGN(Changes changes, LearnKeys(store_, vault_, caller_.id, keys, person));
  if (changes.empty()) return true;
  changes.emplace_back(Audited(clock_.Now(), by_,
                               {.what = "person.matched", .object = person.text(), .request = import_.import.text()}));
  const Result<void> learnt = ApplyNow(store_, changes);
  if (learnt.ok()) return true;
  const Reason reason = learnt.fault().reason;
  if (reason == Reason::kAlreadyExists || reason == Reason::kStateConflict || reason == Reason::kNotFound) return false;
  return learnt.fault();
}

// Whose passport was joined to another's since the file was staged is found anew by the numbers of the row: they are
// the other's now.
Result<std::optional<PersonId>> Issuing::StillThere(const std::optional<PersonId>& person) {
  if (!person) return person;
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(*person));
  return row ? person : std::nullopt;
}

Result<void> Issuing::TakeUp(const DraftRow& draft, std::vector<Ready>& ready, Changes& settled) {
  if (draft.state != DraftState::kOpen) return {};
  if (draft.verdict == DraftVerdict::kPossibleMatch) {
    ++tally_.to_decide;
    return {};
  }
  Result<DraftContent> opened = OpenContent(vault_, draft);
  if (!opened.ok() && opened.fault().reason == Reason::kNotFound) {
    Refuse(draft, opened.fault(), settled);
    return {};
  }
  if (!opened.ok()) return opened.fault();
  DraftContent content = std::move(opened).value();
  TRY_ASSIGN(const std::optional<PersonId> person, StillThere(draft.person));
  TRY_ASSIGN(const PersonMatch match, MatchPerson(store_, vault_, caller_.id, content.keys, person));
  if (match.against) {
    Refuse(draft, {Reason::kPersonConflict, "", *match.against}, settled);
    return {};
  }
  if (!match.person) {
    // Somebody of that name and birth date became known since the file was staged.
    if (!match.may_be.empty() && content.decided != Decided::kNewPerson) {
      ++tally_.to_decide;
      DraftRow undecided = draft;
      undecided.person = person;
      undecided.verdict = DraftVerdict::kPossibleMatch;
      shown_anew_ = true;
      settled.emplace_back(ReplaceDraft{std::move(undecided)});
    } else {
      ++tally_.to_enrol;
    }
    return {};
  }
  TRY_ASSIGN(const bool learnt, Learn(content.keys, *match.person));
  if (!learnt) {
    Refuse(draft, {Reason::kPersonConflict, "", "a number or date of the row is known of somebody else"}, settled);
    return {};
  }
  ready.push_back({.draft = draft, .content = std::move(content), .person = *match.person});
  return {};
}

Result<void> Issuing::ShowAnew(DraftRow draft, const PersonId& person, const DraftContent& content, Changes& settled) {
  const RecordKind* const kind = FindRecordKind(draft.kind);
  if (kind == nullptr) return Fault{Reason::kStoreUnavailable, "", "a draft is of no kind"};
  TRY_ASSIGN(const Record record, Record::Make(*kind, content.fields));
  TRY_ASSIGN(const FactDigests digests, DigestFact(vault_, caller_.id, person, record));
  const Result<StandingFact> standing = FindStanding(store_, caller_.id, person, draft.kind, digests, clock_.Now());
  if (!standing.ok() && IsOfService(standing.fault().reason)) return standing.fault();
  if (!standing.ok()) {
    Refuse(std::move(draft), standing.fault(), settled);
    return {};
  }
  ++tally_.changed;
  shown_anew_ = true;
  draft.person = person;
  draft.verdict = standing->verdict;
  draft.supersedes.reset();
  if (standing->row) draft.supersedes = standing->row->id;
  if (standing->verdict == DraftVerdict::kUnchanged) draft.state = DraftState::kSkipped;
  settled.emplace_back(ReplaceDraft{std::move(draft)});
  return {};
}

Result<void> Issuing::Settle(const Ready& ready, const Result<IssueCredentials::Issued>& result, Changes& settled) {
  DraftRow draft = ready.draft;
  draft.person = ready.person;
  if (result.ok()) {
    if (result->unchanged) {
      draft.verdict = DraftVerdict::kUnchanged;
      draft.state = DraftState::kSkipped;
      draft.supersedes = result->credential;
    } else {
      draft.state = DraftState::kIssued;
      draft.credential = result->credential;
    }
    ++(result->unchanged ? tally_.unchanged : tally_.issued);
    if (result->superseded) ++tally_.superseded;
    settled.emplace_back(ReplaceDraft{std::move(draft)});
    return {};
  }
  if (result.fault().reason == Reason::kStateConflict) {
    return ShowAnew(std::move(draft), ready.person, ready.content, settled);
  }
  if (IsOfService(result.fault().reason)) {
    ++tally_.unfinished;
    return result.fault();
  }
  Refuse(std::move(draft), result.fault(), settled);
  return {};
}

Result<void> Issuing::Sign(std::vector<Ready>& ready, Changes& settled) {
  if (ready.empty()) return {};
  std::vector<IssueCredentials::Order> orders;
  for (const Ready& one : ready) {
    orders.push_back({.request = one.draft.request,
                      .employee_number = one.content.keys.employee_number,
                      .kind = one.draft.kind,
                      .fields = one.content.fields,
                      .shown = IssueCredentials::Order::Shown{.replaces = one.draft.supersedes}});
  }
  // Under the two-person rule IssueImport has seen that somebody else prepared it.
  TRY_ASSIGN(const auto results, issue_(by_, orders, IssueCredentials::Approval::kTwoPeople));
  Result<void> broken;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    Result<void> one = Settle(ready[i], results.at(i), settled);
    if (!one.ok()) broken = std::move(one);
  }
  return broken;
}

// What is shown anew is not what anybody reviewed yet.
void Issuing::CountAnew(Changes& settled) {
  if (!std::exchange(shown_anew_, false)) return;
  ++import_.revision;
  ++import_.drafts_revision;
  settled.emplace_back(ReplaceImport{import_});
}

// Nothing waits any more.
Result<void> Issuing::End() {
  const Instant now = clock_.Now();
  ImportRow issued = import_;
  issued.state = ImportState::kIssued;
  ++issued.revision;
  Changes changes = {ReplaceImport{issued}};
  if (import_.sequence != 0) {
    TRY_ASSIGN(const std::optional<ImportSeriesRow> last, store_.FindImportSeries(caller_.id, import_.source));
    changes.emplace_back(
        PutImportSeries{{caller_.id, import_.source, import_.sequence, import_.import}, last ? last->sequence : 0});
  }
  changes.emplace_back(Audited(now, by_, {.what = "import.issued", .object = import_.import.text()}));
  TRY(ApplyNow(store_, changes));
  import_ = std::move(issued);
  return {};
}

Result<bool> Issuing::Step() {
  if (done_ || import_.state == ImportState::kIssued) return false;
  TRY_ASSIGN(const Page<DraftRow> page, store_.DraftsOf(caller_.id, import_.import, after_, kBlock));
  // The drafts were read before: those of a later decision come with a later revision.
  TRY_ASSIGN(const ImportRow now_stands, FindImportOf(store_, caller_.id, import_.import));
  if (now_stands.revision != import_.revision) {
    return Fault{Reason::kStateConflict, "",
                 "the import was decided on or approved anew while this call went on; review, and issue again"};
  }
  std::vector<Ready> ready;
  Changes settled;
  Result<void> broken;
  for (const DraftRow& draft : page.rows) {
    broken = TakeUp(draft, ready, settled);
    if (!broken.ok()) break;
  }
  const Result<void> signed_now = Sign(ready, settled);
  CountAnew(settled);
  if (!settled.empty()) TRY(ApplyNow(store_, settled));
  TRY(signed_now);
  TRY(broken);
  after_ = page.next;
  if (!after_.empty()) return true;
  done_ = true;
  const bool waits = tally_.changed + tally_.to_decide + tally_.to_enrol > 0;
  if (!waits) TRY(End());
  return false;
}

namespace {

// That what is approved is what was shown.
Result<void> CheckReviewed(const OrganisationRow& caller, const ImportRow& import,
                           const std::optional<std::uint64_t>& reviewed) {
  if (!reviewed && caller.two_person) {
    return Fault{Reason::kFieldInvalid, "",
                 "reviewed_revision is missing: two persons sign here, so the second says which review is approved; "
                 "review the import, its answer tells the number"};
  }
  if (reviewed && *reviewed != import.drafts_revision) {
    return Fault{Reason::kStateConflict, "", "the import changed since it was reviewed; review it again"};
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Issuing>> IssueImport::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(ImportRow import, FindImportOf(store_, caller.id, order.import));
  if (import.state == ImportState::kStaging || import.state == ImportState::kDropped) {
    return Fault{Reason::kStateConflict, "", "the file is not staged to its end; import it again"};
  }
  if (caller.two_person && !order.by.roles.Has(Role::kApprover)) {
    return Fault{Reason::kSecondPerson, "", "the organisation wants a system with the role approver for this"};
  }
  if (caller.two_person && import.prepared_by == order.by.system) {
    return Fault{Reason::kSecondPerson, "", "the system that prepared the import can not approve it"};
  }
  AppendAudit audit = Audited(
      now, order.by, {.what = "import.approved", .object = import.import.text(), .request = order.request.text()});
  if (import.state == ImportState::kIssued) {
    audit.entry.outcome = "unchanged";
    TRY(ApplyNow(store_, {std::move(audit)}));
  } else {
    TRY(CheckStep(store_, import));
    TRY(CheckReviewed(caller, import, order.reviewed));
    import.state = ImportState::kIssuing;
    import.approved_by = order.by.system;
    ++import.revision;
    TRY(ApplyNow(store_, {ReplaceImport{import}, std::move(audit)}));
  }
  return std::unique_ptr<Issuing>(
      new Issuing(store_, vault_, clock_, issue_, order.by, std::move(caller), std::move(import)));
}

}  // namespace passport
