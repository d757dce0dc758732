// The nurse's passport, what she shows of it, and the answer the team gets.
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>

#include "credential/record/record_kind.h"
#include "keys/secret_text.h"
#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

std::size_t FactsIn(const std::vector<HoldingAnswer>& holdings) {
  std::size_t facts = 0;
  for (const HoldingAnswer& holding : holdings) facts += holding.record.fields.size();
  return facts;
}

std::string LabelOf(const std::string& kind) {
  const RecordKind* known = FindRecordKind(kind);
  return known == nullptr ? kind : std::string(known->label);
}

}  // namespace

Result<void> Story::LookAtPassport() {
  const std::size_t nurse = terms_.world.story.ready;
  TRY_ASSIGN(ServiceClient* const employer, ClientOf(kCommunityTrust));
  TRY(WriteWholeFile(At(kCodeFile), TextOf(codes_[nurse])));
  if (chmod(At(kCodeFile).c_str(), 0600) != 0) return Fault{Reason::kFileUnreadable, "", At(kCodeFile)};
  TRY_ASSIGN(holdings_, employer->ListHoldings(codes_[nurse]));
  std::erase_if(holdings_, [](const HoldingAnswer& holding) { return holding.state != "current"; });
  std::map<std::string, std::map<std::string, std::size_t>> by_issuer;
  for (const HoldingAnswer& holding : holdings_) ++by_issuer[holding.issuer][LabelOf(holding.record.kind)];
  TRY(Expect("organisations in one passport", 3, by_issuer.size()));
  screen_.Say(FirstName(nurse) +
              " is a community nurse with a second, occasional post at a hospital, and is about to join a "
              "neighbourhood team. With her passport code she sees everything that was signed about her: " +
              Count(holdings_.size(), "record", "records") + " with " + Count(FactsIn(holdings_), "fact", "facts") +
              ".");
  for (const auto& [issuer, kinds] : by_issuer) {
    std::vector<std::string> parts;
    for (const auto& [kind, count] : kinds) parts.push_back(Count(count) + " " + kind);
    screen_.Row(issuer, NameOf(issuer) + ": " + Joined(parts));
  }
  return {};
}

Result<void> Story::AskTheNurse() {
  const std::size_t nurse = terms_.world.story.ready;
  TRY_ASSIGN(const RoleQuestion question, NurseQuestion(nurse));
  screen_.Say(NameOf(kTeam) + " wants " + FirstName(nurse) +
              " on its roster. It has never employed her. It asks with a challenge: a number that is good once, for "
              "ten minutes, for this team only. The question is the role profile \"" +
              question.role + "\" for the shift on " + terms_.world.today.PlusDays(1).Text() +
              " from 07:30 to 15:30, as a placement: she stays employed where she is.");
  TRY_ASSIGN(shown_, AskAndPresent(question, "nurse-presentation.json"));
  screen_.Say(
      "She agrees with her passport code. Chosen for her are the records that speak to that profile and, of "
      "each, only the facts it asks about, with who checked them (a role, never a name), how and when. The result is "
      "one text of " +
      Count(shown_->presentation.size()) +
      " bytes, signed with her key for this team, this challenge and the "
      "purpose \"community_shift\".");
  return {};
}

Result<RoleQuestion> Story::NurseQuestion(std::size_t person) const {
  TRY_ASSIGN(ShiftQuestion shift, ShiftOn(terms_.world.today.PlusDays(1), "07:30", "15:30"));
  shift.purpose = "community_shift";
  shift.agreement = "WSA-2026-04";
  return RoleQuestion{.verifier = std::string(kTeam),
                      .person = person,
                      .role = std::string(kCommunityNurseRole),
                      .shift = std::move(shift)};
}

Result<void> Story::DecideOnline() {
  const std::size_t nurse = terms_.world.story.ready;
  TRY_ASSIGN(const RoleDecisionAnswer answer, Decide("nurse online", *shown_));
  TRY(Expect("the nurse's presentation", WordOf(VerdictAnswer::kValid), WordOf(answer.verification.verdict)));
  TRY(Expect("the decision about the nurse", RoleAnswer::kMet, *answer.decision));
  presented_ = answer.verification.records;
  std::set<std::string> issuers;
  for (const PresentedAnswer& record : presented_) issuers.insert(record.issuer);
  TRY(Expect("organisations behind the decision", 3, issuers.size()));
  screen_.Say(std::string(Heading(answer.decision->outcome)) + ": all " + Count(answer.decision->lines.size()) +
              " requirements, from " + Count(presented_.size(), "record", "records") + " of " +
              Count(issuers.size(), "organisation", "organisations") +
              ". None of them alone could have answered. Some of the lines:");
  constexpr std::size_t kLines = 4;
  for (std::size_t i = 0; i < std::min(kLines, answer.decision->lines.size()); ++i) {
    const RequirementAnswer& line = answer.decision->lines[i];
    screen_.Point(line.needs + ": " + std::string(WordOf(line.outcome)) +
                  (line.holds_through.empty() ? "" : ", through " + line.holds_through));
  }
  SayWhatIsHidden(presented_);
  TRY(Expect("the nurse shows less than she holds", presented_.size() < holdings_.size()));
  screen_.Say(FirstName(nurse) + "'s answer took no phone call, no e-mail and no copy of a certificate.");
  return {};
}

// What the team did not see: whole records, and facts that no record it saw showed.
void Story::SayWhatIsHidden(const std::vector<PresentedAnswer>& records) const {
  std::size_t seen = 0;
  std::set<std::string> shown;
  std::set<std::string> hidden;
  for (const PresentedAnswer& record : records) {
    seen += record.record.fields.size();
    for (const auto& [name, value] : record.record.fields) shown.insert(name);
  }
  for (const HoldingAnswer& holding : holdings_) {
    for (const auto& [name, value] : holding.record.fields) {
      if (!shown.contains(name)) hidden.insert(Plain(name));
    }
  }
  screen_.Say("The team saw " + Count(records.size()) + " of " + Count(holdings_.size(), "record", "records") +
              " and " + Count(seen) + " of " + Count(FactsIn(holdings_), "fact", "facts") +
              ". It saw nothing of: " + Joined(std::vector<std::string>(hidden.begin(), hidden.end())) + ".");
}

}  // namespace passport
