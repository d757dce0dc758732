#include "passport-service/acts/resolve_draft.h"

#include <charconv>
#include <iterator>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

bool Waits(const DraftRow& draft) {
  return draft.state == DraftState::kOpen && draft.verdict == DraftVerdict::kPossibleMatch;
}

std::string_view WordOf(ResolveDraft::Choice choice) {
  switch (choice) {
    case ResolveDraft::Choice::kPerson:
      return "person";
    case ResolveDraft::Choice::kNewPerson:
      return "new_person";
    case ResolveDraft::Choice::kSkip:
      return "skip";
  }
  return "";
}

}  // namespace

Result<std::string> ResolveDraft::EmployeeNumberOf(const ImportRow& import, std::uint64_t line) {
  constexpr std::uint32_t kPartsMax = 64;
  bool there = false;
  for (std::uint32_t part = 0; part < kPartsMax; ++part) {
    TRY_ASSIGN(const std::optional<DraftRow> draft, store_.FindDraft(import.organisation, import.import, line, part));
    if (!draft) break;
    there = true;
    if (!Waits(*draft)) continue;
    TRY_ASSIGN(const DraftContent content, OpenContent(vault_, *draft));
    return content.keys.employee_number;
  }
  if (there) return Fault{Reason::kStateConflict, "", "the line waits for no decision"};
  return Fault{Reason::kNotFound, "", "the import has no such line"};
}

Result<DraftRow> ResolveDraft::Decide(const Order& order, const std::optional<PersonId>& person, DraftRow draft,
                                      DraftContent content) {
  draft.reason.clear();
  draft.detail.clear();
  switch (order.choice) {
    case Choice::kSkip:
      draft.state = DraftState::kSkipped;
      draft.reason = std::string(passport::WordOf(Reason::kPossibleMatch));
      draft.detail = "left out by decision";
      return draft;
    case Choice::kNewPerson:
      content.decided = Decided::kNewPerson;
      draft.verdict = DraftVerdict::kNew;
      break;
    case Choice::kPerson: {
      content.decided = Decided::kKnownPerson;
      TRY_ASSIGN(const PersonMatch match, MatchPerson(store_, vault_, draft.organisation, content.keys, person));
      if (match.against) return Fault{Reason::kPersonConflict, "", *match.against};
      const RecordKind* const kind = FindRecordKind(draft.kind);
      if (kind == nullptr) return Fault{Reason::kStoreUnavailable, "", "a draft is of no kind"};
      TRY_ASSIGN(const Record record, Record::Make(*kind, content.fields));
      TRY_ASSIGN(const FactDigests digests, DigestFact(vault_, draft.organisation, *person, record));
      TRY_ASSIGN(const StandingFact standing,
                 FindStanding(store_, draft.organisation, *person, draft.kind, digests, clock_.Now()));
      draft.person = person;
      draft.verdict = standing.verdict;
      if (standing.row) draft.supersedes = standing.row->id;
      if (standing.verdict == DraftVerdict::kUnchanged) draft.state = DraftState::kSkipped;
      break;
    }
  }
  TRY_ASSIGN(draft.sealed_fields, SealContent(vault_, draft, content));
  return draft;
}

Result<ResolveDraft::Resolved> ResolveDraft::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const Digest plain = RequestDigest(
      {"resolve_draft", order.import.text(), std::to_string(order.line), WordOf(order.choice), order.employee_number});
  TRY_ASSIGN(const Digest digest,
             vault_.IndexDigest("resolve_draft", {reinterpret_cast<const char*>(plain.data()), plain.size()}));
  const RequestKey key{.by = caller.id, .id = order.request, .digest = digest};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  std::uint64_t decided = 0;
  if (answer) {
    std::from_chars(answer->data(), answer->data() + answer->size(), decided);
    return Resolved{.records = decided};
  }
  TRY_ASSIGN(ImportRow import, FindImportOf(store_, caller.id, order.import));
  if (import.state != ImportState::kStaged && import.state != ImportState::kIssuing) {
    return Fault{Reason::kStateConflict, "", "the import is not staged, or it is issued"};
  }
  if (caller.two_person && import.prepared_by != order.by.system) {
    return Fault{Reason::kSecondPerson, "", "who decides prepares; the system that staged the import does"};
  }
  std::optional<PersonId> person;
  if (order.choice == Choice::kPerson) {
    TRY_ASSIGN(const std::optional<EmploymentRow> employment,
               FindEmployee(store_, vault_, caller.id, order.employee_number));
    if (!employment) return Fault{Reason::kNotFound, "", "employee_number names nobody of this organisation"};
    person = employment->person;
  }
  TRY_ASSIGN(const std::string number, EmployeeNumberOf(import, order.line));

  // Whoever reviewed or approves the import sees by its revisions that it is another one now.
  const auto decide = [&](Changes changes) {
    ++import.revision;
    ++import.drafts_revision;
    changes.emplace_back(ReplaceImport{import});
    changes.emplace_back(Audited(now, order.by,
                                 {.what = "import.resolved",
                                  .object = import.import.text(),
                                  .why = std::string(WordOf(order.choice)),
                                  .request = order.request.text()}));
    return changes;
  };
  constexpr std::size_t kPage = 200;
  constexpr std::size_t kAtOnce = 1000;  // drafts that are decided in one write
  // The drafts of the line that was named come last, with the answer: until then the request can be sent again.
  Changes others;
  Changes named;
  std::string after;
  do {
    TRY_ASSIGN(Page<DraftRow> page, store_.DraftsOf(caller.id, import.import, after, kPage));
    for (DraftRow& draft : page.rows) {
      if (!Waits(draft)) continue;
      TRY_ASSIGN(DraftContent content, OpenContent(vault_, draft));
      if (content.keys.employee_number != number) continue;
      Changes& changes = draft.line == order.line ? named : others;
      TRY_ASSIGN(DraftRow settled, Decide(order, person, std::move(draft), std::move(content)));
      changes.emplace_back(ReplaceDraft{std::move(settled)});
      ++decided;
    }
    if (others.size() >= kAtOnce) TRY(ApplyNow(store_, decide(std::exchange(others, {}))));
    after = page.next;
  } while (!after.empty());
  others.insert(others.end(), std::make_move_iterator(named.begin()), std::make_move_iterator(named.end()));
  Changes last = decide(std::move(others));
  last.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, std::to_string(decided), now}});
  TRY(ApplyOnce(store_, last, key));
  return Resolved{.records = decided};
}

}  // namespace passport
