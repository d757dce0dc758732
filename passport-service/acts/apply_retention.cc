#include "passport-service/acts/apply_retention.h"

#include <algorithm>
#include <set>

#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::size_t kRetentionPage = 500;
constexpr std::string_view kWhy = "kept_long_enough";

// In the audit trail: an organisation that was taken over; nothing for the caller's own.
std::string RetentionObject(const OrganisationId& keeper, const Caller& by) {
  return keeper == by.organisation ? "" : keeper.text();
}

}  // namespace

Instant EndOf(const CredentialRow& row) {
  const bool revoked = row.state == CredentialState::kRevoked;
  return revoked ? std::min(row.state_at, row.expires_at) : row.expires_at;
}

// What is kept of one organisation, and what of it is due.
struct ApplyRetention::Due {
  std::map<std::string, std::uint64_t> kept;  // by id of the rule
  std::map<std::string, std::uint64_t> due;
  std::vector<CredentialRow> credentials;  // without their text
  std::vector<PersonId> people;
  std::vector<std::string> subjects;
  std::vector<ImportRow> imports;
  std::map<PersonId, Instant> last_end;  // of each person's credentials

  void Count(const RetentionRule& rule, bool is_due) {
    ++kept[rule.id];
    if (is_due) ++due[rule.id];
  }
};

Result<void> ApplyRetention::GatherCredentials(const OrganisationId& keeper, Instant now, Due& due) {
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsOf(keeper, after, kRetentionPage));
    for (const CredentialRow& row : page.rows) {
      const Instant end = EndOf(row);
      Instant& last = due.last_end.emplace(row.person, end).first->second;
      last = std::max(last, end);
      if (row.sealed_token.empty()) continue;
      const RetentionRule& rule = rules_->ForCredential(row.kind);
      const bool over = IsOver(rule, end, now);
      due.Count(rule, over);
      if (!over) continue;
      due.credentials.push_back(row);
      due.credentials.back().sealed_token.clear();
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> ApplyRetention::GatherPeople(const OrganisationId& keeper, Instant now, Due& due) {
  const RetentionRule& rule = rules_->For(Kept::kPerson);
  std::set<PersonId> seen;
  std::string after;
  do {
    TRY_ASSIGN(const Page<EmploymentRow> page, store_.AllEmployments(after, kRetentionPage));
    for (const EmploymentRow& row : page.rows) {
      if (row.organisation != keeper || !seen.insert(row.person).second) continue;
      TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(row.person));
      if (!person) continue;
      const auto ended = due.last_end.find(row.person);
      const bool over = IsOver(rule, ended == due.last_end.end() ? person->enrolled_at : ended->second, now);
      due.Count(rule, over);
      if (over) due.people.push_back(row.person);
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> ApplyRetention::GatherSubjects(const OrganisationId& keeper, Instant now, Due& due) {
  const RetentionRule& rule = rules_->For(Kept::kSubject);
  std::map<std::string, Instant> last;
  std::uint64_t after = 0;
  for (;;) {
    TRY_ASSIGN(const Page<RelianceRow> page, store_.ReliancesOf(keeper, after, kRetentionPage));
    for (const RelianceRow& row : page.rows) {
      after = row.link.sequence;
      if (!row.entry.sealed_receipt.empty()) last[row.entry.subject] = row.entry.at;
    }
    if (page.next.empty() || page.rows.empty()) break;
  }
  for (const auto& [subject, at] : last) {
    const bool over = IsOver(rule, at, now);
    due.Count(rule, over);
    if (over) due.subjects.push_back(subject);
  }
  return {};
}

Result<void> ApplyRetention::GatherImports(const OrganisationId& keeper, Instant now, Due& due) {
  const RetentionRule& rule = rules_->For(Kept::kImport);
  std::string after;
  do {
    TRY_ASSIGN(const Page<ImportRow> page, store_.ImportsOf(keeper, after, kRetentionPage));
    for (const ImportRow& row : page.rows) {
      TRY_ASSIGN(const Page<DraftRow> drafts, store_.DraftsOf(keeper, row.import, "", 1));
      TRY_ASSIGN(const bool named, vault_.Keeps(owner::Import(keeper, row.import), row.sealed_checker));
      if (drafts.rows.empty() && !named) continue;
      const bool over = IsOver(rule, row.at, now);
      due.Count(rule, over);
      if (over) due.imports.push_back(row);
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<ApplyRetention::Due> ApplyRetention::Gather(const OrganisationId& keeper, Instant now) {
  if (!rules_) return Fault{Reason::kNotFound, "", "no retention rules are in force; name a file in the settings"};
  Due due;
  TRY(GatherCredentials(keeper, now, due));
  TRY(GatherPeople(keeper, now, due));
  TRY(GatherSubjects(keeper, now, due));
  TRY(GatherImports(keeper, now, due));
  return due;
}

Result<void> ApplyRetention::EraseCredentials(const Due& due, const Eraser& eraser) {
  const Instant now = clock_.Now();
  for (std::size_t from = 0; from < due.credentials.size(); from += kRetentionPage) {
    const std::size_t end = std::min(from + kRetentionPage, due.credentials.size());
    Changes changes;
    std::vector<DataOwner> owners;
    for (std::size_t at = from; at < end; ++at) {
      const CredentialRow& row = due.credentials[at];
      for (Change& change : EraseCredential(row, OfGoodOnes::kStay, eraser, now)) {
        changes.push_back(std::move(change));
      }
      owners.push_back(owner::Credential(row.organisation, row.id));
    }
    TRY(ApplyNow(store_, changes));
    vault_.Forget(owners);
  }
  return {};
}

// Rows of files whose people were never known have keys of their own, which go once no other file needs them.
Result<void> ApplyRetention::DropLoneNumbers(const OrganisationId& keeper, const std::vector<Digest>& numbers) {
  std::set<Digest> lone;
  for (const Digest& number : numbers) {
    TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(keeper, number));
    if (!employment) lone.insert(number);
  }
  std::string after_import;
  while (!lone.empty()) {
    TRY_ASSIGN(const Page<ImportRow> imports, store_.ImportsOf(keeper, after_import, kRetentionPage));
    for (const ImportRow& import : imports.rows) {
      std::string after;
      do {
        TRY_ASSIGN(const Page<DraftRow> page, store_.DraftsOf(keeper, import.import, after, kRetentionPage));
        for (const DraftRow& row : page.rows) lone.erase(row.number);
        after = page.next;
      } while (!after.empty());
    }
    after_import = imports.next;
    if (after_import.empty()) break;
  }
  Changes changes;
  std::vector<DataOwner> owners;
  for (const Digest& number : lone) {
    owners.push_back(owner::Employee(keeper, number));
    changes.emplace_back(DropDataKey{owners.back()});
  }
  if (!changes.empty()) TRY(ApplyNow(store_, changes));
  vault_.Forget(owners);
  return {};
}

Result<void> ApplyRetention::EraseImport(const ImportRow& import, const Eraser& eraser) {
  std::vector<Digest> numbers;
  for (;;) {
    TRY_ASSIGN(const Page<DraftRow> page, store_.DraftsOf(import.organisation, import.import, "", kRetentionPage));
    if (page.rows.empty()) break;
    Changes changes;
    for (const DraftRow& row : page.rows) {
      numbers.push_back(row.number);
      changes.emplace_back(DropDraft{row.organisation, row.import, row.line, row.part});
    }
    TRY(ApplyNow(store_, changes));
  }
  const DataOwner owner = owner::Import(import.organisation, import.import);
  TRY(ApplyNow(store_, {DropDataKey{owner}, eraser.Audit(clock_.Now(), "import.erased", import.import.text())}));
  vault_.Forget(std::span(&owner, 1));
  return DropLoneNumbers(import.organisation, numbers);
}

// What was due when it was gathered need not be any more: somebody was given a new record meanwhile, or is gone.
Result<bool> ApplyRetention::IsStillDue(const OrganisationId& keeper, const PersonId& person) {
  TRY_ASSIGN(const std::vector<EmploymentRow> employments, store_.EmploymentsOf(keeper, person));
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  if (employments.empty() || !row) return false;
  std::optional<Instant> end;
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsHeldBy(person, after, kRetentionPage));
    for (const CredentialRow& credential : page.rows) {
      if (credential.organisation == keeper) end = std::max(end, std::optional(EndOf(credential)));
    }
    after = page.next;
  } while (!after.empty());
  return IsOver(rules_->For(Kept::kPerson), end.value_or(row->enrolled_at), clock_.Now());
}

Result<bool> ApplyRetention::IsStillDue(const OrganisationId& keeper, const std::string& subject) {
  TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(keeper, subject));
  return last && IsOver(rules_->For(Kept::kSubject), last->at, clock_.Now());
}

Result<void> ApplyRetention::Erase(const OrganisationId& keeper, const Due& due, const Eraser& eraser) {
  TRY(EraseCredentials(due, eraser));
  for (const PersonId& person : due.people) {
    TRY_ASSIGN(const bool still, IsStillDue(keeper, person));
    if (still) TRY(erase_.EraseEmployee(keeper, person, eraser));
  }
  for (const std::string& subject : due.subjects) {
    TRY_ASSIGN(const bool still, IsStillDue(keeper, subject));
    if (!still) continue;
    const Result<ErasureCounts> erased = erase_.EraseSubject(keeper, subject, eraser);
    // It went with one of the people above.
    if (!erased.ok() && erased.fault().reason != Reason::kNotFound) return erased.fault();
  }
  for (const ImportRow& import : due.imports) TRY(EraseImport(import, eraser));
  return {};
}

RetentionReport ApplyRetention::ReportOf(const Due& due) const {
  RetentionReport report{.rules = rules_->id(), .version = rules_->version(), .lines = {}};
  const auto count = [](const std::map<std::string, std::uint64_t>& counts, const std::string& id) {
    const auto found = counts.find(id);
    return found == counts.end() ? 0 : found->second;
  };
  for (const RetentionRule& rule : rules_->rules()) {
    report.lines.push_back({.rule = rule.id,
                            .what = rule.what,
                            .keep_days = rule.keep_days,
                            .kept = count(due.kept, rule.id),
                            .due = count(due.due, rule.id),
                            .why = rule.why,
                            .source = rule.source});
  }
  return report;
}

Result<RetentionReport> ApplyRetention::Report(const Caller& by, const std::optional<OrganisationId>& of) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(const OrganisationId keeper, FindKeeper(store_, caller, of, now));
  TRY_ASSIGN(const Due due, Gather(keeper, now));
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "retention.reported", .object = RetentionObject(keeper, by)})}));
  return ReportOf(due);
}

Result<RetentionReport> ApplyRetention::Apply(const Caller& by, const RequestId& request,
                                              const std::optional<OrganisationId>& of) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(const OrganisationId keeper, FindKeeper(store_, caller, of, now));
  TRY_ASSIGN(const Due due, Gather(keeper, now));
  TRY(ApplyNow(
      store_,
      {Audited(now, by,
               {.what = "retention.applied", .object = RetentionObject(keeper, by), .request = request.text()})}));
  TRY(Erase(keeper, due, {.by = by, .request = request.text(), .why = std::string(kWhy)}));
  // It rewrites whole tables, everybody's: not for nothing.
  if (!due.due.empty()) TRY(store_.ForgetDeleted());
  return ReportOf(due);
}

Result<std::uint64_t> ApplyRetention::ApplyToAll() {
  std::uint64_t erased = 0;
  TRY_ASSIGN(std::vector<OrganisationRow> all, store_.AllOrganisations());
  if (!rules_) all.clear();
  for (const OrganisationRow& each : all) {
    TRY_ASSIGN(const Due due, Gather(each.id, clock_.Now()));
    TRY(Erase(each.id, due, {.by = {}, .why = std::string(kWhy)}));
    for (const auto& [rule, count] : due.due) erased += count;
  }
  // Also what an erasure that was cut off has left in old files.
  TRY(store_.ForgetDeleted());
  return erased;
}

}  // namespace passport
