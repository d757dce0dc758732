#include "passport-service/acts/check_roster.h"

#include <algorithm>
#include <set>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

// A block whose shares changed while it was judged is judged again once, then without what changes.
constexpr int kBlockTries = 3;

bool IsLineId(std::string_view id) {
  return !id.empty() && id.size() <= RosterLine::kIdMax &&
         std::none_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Result<Duty> DutyOfLine(const OrganisationId& employer, const RosterLine& line, Instant now) {
  AskedShift shift{.starts_at = line.starts_at, .ends_at = line.ends_at, .engagement = line.engagement};
  if (!shift.starts_at || !shift.ends_at)
    return Fault{Reason::kFieldInvalid, "", "start or end of the shift is missing"};
  if (!line.place.empty()) {
    TRY_ASSIGN(shift.place, OrganisationId::Parse(line.place));
  }
  TRY_ASSIGN(Duty duty, DutyOf(employer, shift, now));
  if (duty.ends_at() <= now) return Fault{Reason::kFieldInvalid, "", "the shift is over"};
  if (CivilDay::InLondon(now).PlusDays(Roster::kAheadDaysMax) < duty.first_day())
    return Fault{Reason::kFieldInvalid, "", "the shift begins more than a year ahead"};
  return duty;
}

// Of the shares whose records count, parted by spaces.
std::string NamesOf(const std::vector<ServedShare>& shares) {
  std::string names;
  for (const ServedShare& each : shares) names += (names.empty() ? "" : " ") + each.id.text();
  return names;
}

bool IsMet(const Decision& decision) {
  return decision.outcome == Outcome::kMet || decision.outcome == Outcome::kMetExpiring;
}

// What a receipt that can not be made says of its line alone.
bool IsOfOneReceipt(Reason reason) { return reason == Reason::kLimit || reason == Reason::kEvidence; }

}  // namespace

Reason FirstReason(const Decision& decision) {
  const auto decides = std::find_if(decision.lines.begin(), decision.lines.end(),
                                    [&](const DecisionLine& line) { return line.outcome == decision.outcome; });
  return decides == decision.lines.end() ? Reason::kNone : decides->reason;
}

Roster::Roster(const CheckRoster& act, Caller by, Reliance reliance, Known known, bool explains)
    : store_(act.store_),
      keys_(act.keys_),
      vault_(act.vault_),
      clock_(act.clock_),
      terms_(act.terms_),
      by_(std::move(by)),
      reliance_(std::move(reliance)),
      known_(std::move(known)),
      explains_(explains),
      evidence_(act.store_, act.vault_,
                {.employer = by_.organisation,
                 .purpose = reliance_.purpose,
                 .known = known_,
                 .remembered_max = act.terms_.remembered_max}),
      ids_(act.random_) {}

// Each line with its place, and refused already if its id is none or was used before.
std::vector<RosterResult> Roster::Number(const std::vector<RosterLine>& lines) {
  std::vector<RosterResult> numbered;
  std::uint64_t position = tally_.lines;
  for (const RosterLine& line : lines) {
    RosterResult& result = numbered.emplace_back(RosterResult{.position = ++position});
    if (!IsLineId(line.id)) {
      result.refused = Fault{Reason::kFieldInvalid, "", "line id is not 1 to 64 bytes of text"};
      continue;
    }
    result.id = line.id;
    if (!ids_.Add(line.id))
      result.refused = Fault{Reason::kAlreadyExists, "", "a line with this id came before in this call"};
  }
  return numbered;
}

Result<Decision> Roster::Decided(const RosterLine& line, Shares shares, Instant now, Judged& judged) {
  if (line.misread) return *line.misread;
  if (line.employee_number.empty() == line.share.empty())
    return Fault{Reason::kFieldInvalid, "", "a line names an employee number or a share, one of the two"};
  TRY_ASSIGN(const Duty duty, DutyOfLine(by_.organisation, line, now));
  TRY_ASSIGN(const RoleProfile* const profile, known_.rules->InForce(line.profile, duty.first_day(), now));
  TRY_ASSIGN(FindRosterEvidence::Found found,
             line.share.empty() ? evidence_.OfEmployee(line.employee_number, line.profile, duty.starts_at(), now)
                                : evidence_.OfShare(line.share, line.profile, now));
  const bool uses_shares = !found.unserved.empty() || (found.evidence && !found.evidence->shares.empty());
  if (uses_shares && shares == Shares::kChanging)
    return Fault{Reason::kStateConflict, "", "a share was changed at the same time; send the line again"};
  judged.unserved = std::move(found.unserved);
  if (!found.evidence) return *found.why_not;
  TRY_ASSIGN(Decision decision, Decide(*profile, known_.rules->taxonomies(), found.evidence->records, duty));
  if (found.renewing && !IsMet(decision))
    return Fault{Reason::kStateConflict, "", "the person's key was replaced; what they have shared is being renewed"};
  judged.evidence = std::move(found.evidence);
  return decision;
}

Roster::Judged Roster::Judge(const RosterLine& line, RosterResult numbered, Shares shares, Instant now) {
  Judged judged{.result = std::move(numbered), .evidence = nullptr, .unserved = {}};
  if (judged.result.refused) return judged;
  Result<Decision> decision = Decided(line, shares, now, judged);
  if (decision.ok()) {
    judged.result.decision = std::move(decision).value();
  } else {
    judged.result.refused = std::move(decision).fault();
  }
  return judged;
}

// One receipt a line.
Result<void> Roster::AddReliances(std::vector<Judged>& block, Instant now, Changes& changes) {
  std::vector<DataOwner> owners;
  for (const Judged& each : block) {
    if (each.evidence) owners.push_back(owner::Subject(by_.organisation, each.evidence->records.holder()));
  }
  TRY(vault_.Ensure(owners));
  KeptReliance reliances(store_, keys_, vault_);
  for (Judged& each : block) {
    if (!each.evidence) continue;
    Result<KeptReliance::Made> made =
        reliances.Make(reliance_, each.evidence->records, *each.result.decision, NamesOf(each.evidence->shares), now);
    if (made.ok()) {
      changes.emplace_back(AppendReliance{std::move(made).value().entry});
      continue;
    }
    if (!IsOfOneReceipt(made.fault().reason)) return made.fault();
    each.result.decision.reset();
    each.result.refused = std::move(made).fault();
    each.evidence = nullptr;
  }
  return {};
}

Result<void> Roster::Keep(std::vector<Judged>& block, Instant now) {
  Changes changes;
  TRY(AddReliances(block, now, changes));
  std::set<ShareId> expected;
  std::set<ShareId> looked;
  std::size_t refused = 0;
  for (const Judged& each : block) {
    if (each.result.refused) ++refused;
    for (const UnservedShare& share : each.unserved) {
      if (looked.insert(share.id).second)
        changes.emplace_back(AppendShareLook{share.id, now, std::string(WordOf(share.why))});
    }
    if (!each.evidence) continue;
    for (const ServedShare& share : each.evidence->shares) {
      if (expected.insert(share.id).second) changes.emplace_back(ExpectShare{share.id, share.revision});
    }
  }
  changes.emplace_back(
      Audited(now, by_,
              {.what = "roster.checked",
               .object = std::to_string(block.size() - refused) + "-decided-" + std::to_string(refused) + "-refused",
               .why = reliance_.purpose}));
  return ApplyNow(store_, changes);
}

void Roster::Count(const RosterResult& result) {
  ++tally_.lines;
  if (!result.decision) {
    ++tally_.refused;
    return;
  }
  switch (result.decision->outcome) {
    case Outcome::kMet:
      ++tally_.met;
      break;
    case Outcome::kMetExpiring:
      ++tally_.met_expiring;
      break;
    case Outcome::kCannotTell:
      ++tally_.cannot_tell;
      break;
    case Outcome::kNotMet:
      ++tally_.not_met;
      break;
  }
}

Result<std::vector<RosterResult>> Roster::Take(const std::vector<RosterLine>& lines) {
  if (lines.empty() || lines.size() > kBlockMax)
    return Fault{Reason::kFieldInvalid, "", "lines holds not 1 to 100 lines"};
  if (lines.size() > terms_.lines_max - tally_.lines)
    return Fault{Reason::kLimit, "", "one call takes " + std::to_string(terms_.lines_max) + " lines: begin another"};
  const std::vector<RosterResult> numbered = Number(lines);
  for (int tries = 1;; ++tries) {
    const Shares shares = tries == kBlockTries ? Shares::kChanging : Shares::kCount;
    const Instant now = clock_.Now();
    std::vector<Judged> block;
    for (std::size_t i = 0; i < lines.size(); ++i) block.push_back(Judge(lines[i], numbered[i], shares, now));
    const Result<void> kept = Keep(block, now);
    if (kept.ok()) {
      std::vector<RosterResult> results;
      for (Judged& each : block) {
        Count(each.result);
        results.push_back(std::move(each.result));
      }
      return results;
    }
    const Reason reason = kept.fault().reason;
    const bool changed = reason == Reason::kStateConflict || reason == Reason::kNotFound;
    if (!changed || tries == kBlockTries) return kept.fault();
  }
}

Result<std::unique_ptr<Roster>> CheckRoster::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY(CheckAgreement(order.agreement));
  if (order.explain && !order.by.roles.Has(Role::kVerifier))
    return Fault{Reason::kNotPermitted, "", "explanations are for systems with the role verifier"};
  TRY_ASSIGN(Known known, FindKnown(trust_));
  if (known.rules->taxonomies().On(CivilDay::InLondon(now)).FindPurpose(order.purpose) == nullptr)
    return Fault{Reason::kWordUnknown, "", "purpose is not registered"};
  return std::unique_ptr<Roster>(
      new Roster(*this, order.by, {.receiver = caller.id, .purpose = order.purpose, .agreement = order.agreement},
                 std::move(known), order.explain));
}

}  // namespace passport
