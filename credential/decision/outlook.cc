#include "credential/decision/outlook.h"

#include <algorithm>
#include <map>
#include <utility>

#include "credential/decision/judgement.h"

namespace passport {
namespace {

Duty OutlookDuty(const OutlookTerms& terms, const CivilDay& day) {
  const Result<Duty> duty = Duty::Make({.receiver = terms.receiver,
                                        .place = terms.place,
                                        .engagement = terms.engagement,
                                        .starts_at = day.StartInLondon(),
                                        .ends_at = day.PlusDays(1).StartInLondon()});
  assert(duty.ok());  // one day is no longer than a duty may last
  return *duty;
}

// One role on its way through the days.
class RoleAhead {
 public:
  RoleAhead(std::string_view role, Outlook& outlook) : role_(role), outlook_(outlook) {}

  // The lines of one day, in their order. What was met the day before and is not now has ended.
  void Take(const CivilDay& day, const Decision& decision) {
    for (const DecisionLine& line : decision.lines) {
      const auto before = seen_.find(line.requirement);
      const bool met = line.outcome <= Outcome::kMetExpiring;
      if (before == seen_.end()) {
        if (!met) AddLack(day, line);
      } else if (!met && before->second.met) {
        AddEnd(day, before->second, line);
      }
      // What has ended once is told once, also when a later record meets it again.
      const bool still_met = met && (before == seen_.end() || before->second.met);
      seen_.insert_or_assign(line.requirement, Seen{.met = still_met, .relied_on = line.relied_on});
    }
  }

 private:
  struct Seen {
    bool met;
    std::vector<CredentialId> relied_on;
  };

  void AddLack(const CivilDay& day, const DecisionLine& line) {
    outlook_.lacks.push_back({.from = day,
                              .profile = role_,
                              .requirement = line.requirement,
                              .needs = line.needs,
                              .outcome = line.outcome,
                              .reason = line.reason,
                              .who = line.who,
                              .how = line.how});
  }
  void AddEnd(const CivilDay& day, const Seen& before, const DecisionLine& line) {
    outlook_.ends.push_back({.last_day = day.PlusDays(-1),
                             .profile = role_,
                             .requirement = line.requirement,
                             .needs = line.needs,
                             .relied_on = before.relied_on,
                             .who = line.who,
                             .how = line.how});
  }

  std::string role_;
  Outlook& outlook_;
  std::map<std::string, Seen> seen_;
};

Result<void> LookAheadFor(const std::string& role, const ProfileOn& profile_on, const Taxonomies& taxonomies,
                          const PreparedRecords& records, const OutlookTerms& terms, Outlook& outlook) {
  RoleAhead ahead(role, outlook);
  DutyJudge judge;
  std::optional<PreparedProfile> prepared;
  std::optional<PreparedCase> under_it;
  for (int days = 0; days <= kOutlookSteps.back(); ++days) {
    const CivilDay day = terms.today.PlusDays(days);
    const Result<const RoleProfile*> profile = profile_on(role, day);
    if (!profile.ok() && days == 0) return profile.fault();
    if (!profile.ok()) return {};
    if (!prepared || !prepared->Serves(**profile, taxonomies, day)) {
      prepared.emplace(**profile, taxonomies, day);
      under_it.emplace(*prepared, records);
    }
    const Result<Decision> decision = judge.Explain(*under_it, OutlookDuty(terms, day));
    if (!decision.ok() && days == 0) return decision.fault();
    if (!decision.ok()) return {};
    ahead.Take(day, *decision);
  }
  return {};
}

// A credential counts no longer than its own end, whatever the roles.
void AddOwnEnds(const VerifiedRecords& records, Outlook& outlook) {
  const ReasonText& text = TextOf(Reason::kEndsTooSoon);
  for (const PresentedRecord& record : records.records()) {
    const bool gone = record.standing == Standing::kRevoked;
    if (gone || !record.expires_at) continue;
    const CivilDay last_day = CivilDay::InLondon(*record.expires_at - Seconds{1});
    if (last_day < outlook.today || last_day >= outlook.today.PlusDays(kOutlookSteps.back())) continue;
    outlook.ends.push_back({.last_day = last_day,
                            .profile = {},
                            .requirement = {},
                            .needs = std::string(record.record.kind().label),
                            .relied_on = {record.credential},
                            .who = std::string(text.who),
                            .how = std::string(text.remedy)});
  }
}

}  // namespace

int ComingEnd::Within(const CivilDay& today) const {
  for (const int step : kOutlookSteps) {
    if (last_day < today.PlusDays(step)) return step;
  }
  return kOutlookSteps.back();
}

const ComingEnd* Outlook::StrictestOf(const CredentialId& credential) const {
  for (const ComingEnd& end : ends) {
    if (std::find(end.relied_on.begin(), end.relied_on.end(), credential) != end.relied_on.end()) return &end;
  }
  return nullptr;
}

Result<Outlook> LookAhead(std::span<const std::string> roles, const ProfileOn& profile_on, const Taxonomies& taxonomies,
                          const VerifiedRecords& records, const OutlookTerms& terms) {
  Outlook outlook{.today = terms.today, .ends = {}, .lacks = {}};
  const PreparedRecords prepared(records);
  for (const std::string& role : roles) {
    TRY(LookAheadFor(role, profile_on, taxonomies, prepared, terms, outlook));
  }
  AddOwnEnds(records, outlook);
  std::stable_sort(outlook.ends.begin(), outlook.ends.end(),
                   [](const ComingEnd& a, const ComingEnd& b) { return a.last_day < b.last_day; });
  return outlook;
}

}  // namespace passport
