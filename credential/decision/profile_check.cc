#include "credential/decision/profile_check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "credential/decision/profile_check_record.h"
#include "credential/decision/profile_findings.h"
#include "credential/decision/profile_implication.h"
#include "credential/decision/profile_meetable.h"

namespace passport {
namespace {

constexpr std::array kEngagements = {Engagement::kPlacement, Engagement::kEmployment};
constexpr int kMonthDaysMax = 31;

std::string_view NameOf(Need::Form form) {
  switch (form) {
    case Need::Form::kRecord:
      return "kind";
    case Need::Form::kTraining:
      return "training";
    case Need::Form::kAllOf:
      return "all_of";
    case Need::Form::kAnyOf:
      return "any_of";
    case Need::Form::kNoneOf:
      return "none_of";
  }
  return "";
}

std::string PlaceOf(const Requirement& requirement) { return "requirement " + requirement.id; }

// "a placement", "an employment".
std::string WithArticle(Engagement engagement) {
  return (engagement == Engagement::kEmployment ? "an " : "a ") + std::string(WordOf(engagement));
}

class ProfileChecker {
 public:
  ProfileChecker(const RoleProfile& profile, const Terms& terms) : profile_(profile), terms_(terms) {}

  std::vector<ProfileFinding> Check() && {
    for (const Requirement& requirement : profile_.requirements()) {
      const std::size_t errors = findings_.errors();
      CheckNeed(requirement.need, PlaceOf(requirement), requirement.when);
      CheckHorizon(requirement.need, PlaceOf(requirement));
      // An unknown word is said once, not again as what can never be met.
      if (findings_.errors() == errors) CheckMeetable(requirement);
    }
    for (const Engagement engagement : kEngagements) CheckOpen(engagement);
    CheckRepeats();
    return std::move(findings_).Take();
  }

 private:
  void CheckNeed(const Need& need, const std::string& place, std::optional<Engagement> inside) {
    if (need.when && inside && *need.when != *inside)
      findings_.Warning(place, "it is for " + WithArticle(*need.when) +
                                   " inside of what is for the other engagement; it never counts");
    if (!IsList(need)) return CheckRecordNeed(need, place, terms_, findings_);
    for (std::size_t i = 0; i < need.children.size(); ++i) {
      CheckNeed(need.children[i], ChildPlace(need, place, i), need.when ? need.when : inside);
    }
    if (need.form == Need::Form::kAnyOf) CheckAlternatives(need, place);
    if (need.form == Need::Form::kAllOf) CheckParts(need, place);
  }

  static std::string ChildPlace(const Need& need, const std::string& place, std::size_t index) {
    return place + ", " + std::string(NameOf(need.form)) + " " + std::to_string(index + 1);
  }

  // An alternative that asks for more than another decides nothing that the other does not.
  void CheckAlternatives(const Need& need, const std::string& place) {
    const auto too_much = [&](std::size_t index, std::size_t other) {
      findings_.Warning(ChildPlace(need, place, index), "it never decides: whatever meets it meets alternative " +
                                                            std::to_string(other + 1) + "; take one out");
    };
    for (std::size_t i = 0; i < need.children.size(); ++i) {
      for (std::size_t j = i + 1; j < need.children.size(); ++j) {
        if (Implies(need.children[j], need.children[i], terms_)) {
          too_much(j, i);
        } else if (Implies(need.children[i], need.children[j], terms_)) {
          too_much(i, j);
        }
      }
    }
  }

  // A part that another part asks for already changes nothing. What a local profile is laid on may well be looser.
  void CheckParts(const Need& need, const std::string& place) {
    const auto too_much = [&](std::size_t index, std::size_t other) {
      findings_.Warning(ChildPlace(need, place, index), "it changes nothing: whatever meets part " +
                                                            std::to_string(other + 1) + " meets it; take one out");
    };
    for (std::size_t i = 0; i < need.children.size(); ++i) {
      for (std::size_t j = i + 1; j < need.children.size(); ++j) {
        const Need& earlier = need.children[i];
        const Need& later = need.children[j];
        if (AsksFor(earlier, earlier.when, later, later.when)) {
          too_much(j, i);
        } else if (!profile_.organisation() && AsksFor(later, later.when, earlier, earlier.when)) {
          too_much(i, j);
        }
      }
    }
  }

  // Whether a asks for all that b asks for, wherever b counts.
  bool AsksFor(const Need& a, std::optional<Engagement> a_when, const Need& b, std::optional<Engagement> b_when) const {
    return (!a_when || a_when == b_when) && ImpliesWhereBothCount(a, b, terms_);
  }

  // A course that counts no longer than the warning runs is never plainly met.
  void CheckHorizon(const Need& need, const std::string& place) {
    for (std::size_t i = 0; i < need.children.size(); ++i) CheckHorizon(need.children[i], ChildPlace(need, place, i));
    if (IsList(need)) return;
    for (const Condition& condition : AllConditionsOf(need, terms_)) {
      if (condition.test != Condition::Test::kWithinMonths || condition.amount == 0) continue;
      if (condition.amount * kMonthDaysMax < profile_.expiring_within_days())
        findings_.Warning(place, "it is always expiring: it counts " + std::to_string(condition.amount) +
                                     " months and the profile warns " +
                                     std::to_string(profile_.expiring_within_days()) + " days ahead");
    }
  }

  // Each requirement can be met in each engagement that it counts for.
  void CheckMeetable(const Requirement& requirement) {
    std::vector<Engagement> never;
    std::size_t counting = 0;
    for (const Engagement engagement : kEngagements) {
      if (!Counts(requirement.when, engagement)) continue;
      ++counting;
      if (!CanBeMet(profile_, requirement, engagement, terms_)) never.push_back(engagement);
    }
    const std::string place = PlaceOf(requirement);
    if (never.empty()) return;
    if (never.size() == counting) return findings_.Error(place, "it can never be met");
    // It may be meant so; then it is better said.
    findings_.Warning(place, "for " + WithArticle(never.front()) + " it can never be met; say when it counts");
  }

  // Somebody is refused in each engagement. What a local profile leaves open is its base's to ask.
  void CheckOpen(Engagement engagement) {
    const auto& all = profile_.requirements();
    const bool closed = std::any_of(
        all.begin(), all.end(), [&](const Requirement& requirement) { return Counts(requirement.when, engagement); });
    if (!closed && !profile_.extends())
      findings_.Error("profile", "nothing is required for " + WithArticle(engagement) + ": anybody would be let in");
  }

  // A requirement that another one covers changes nothing.
  void CheckRepeats() {
    const auto& all = profile_.requirements();
    const auto too_much = [&](const Requirement& requirement, const Requirement& other) {
      findings_.Warning(PlaceOf(requirement), "it changes nothing: requirement " + other.id + " asks for it already");
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        if (AsksFor(all[i].need, all[i].when, all[j].need, all[j].when)) {
          too_much(all[j], all[i]);
        } else if (!profile_.organisation() && AsksFor(all[j].need, all[j].when, all[i].need, all[i].when)) {
          too_much(all[i], all[j]);
        }
      }
    }
  }

  const RoleProfile& profile_;
  const Terms& terms_;
  ProfileFindings findings_;
};

}  // namespace

std::vector<ProfileFinding> CheckProfile(const RoleProfile& profile, const Terms& terms) {
  return ProfileChecker(profile, terms).Check();
}

}  // namespace passport
