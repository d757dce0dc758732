// Profiles by chance: trees of needs, as the clerk reads them and as JSON.
#include <algorithm>

#include "tests/credential/decision/random_rules.h"

namespace passport {
namespace {

using reference::ClerkCondition;
using reference::ClerkNeed;
using reference::ClerkRequirement;

const std::vector<std::string>& Grades() {
  static const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
  return grades;
}

std::string Quoted(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ",\"" : "\"") + word + "\"";
  return text + "]";
}

std::string RandomWhen(Dice& dice) { return dice.OneIn(6) ? (dice.OneIn(2) ? "placement" : "employment") : ""; }

// One test of one fact of a kind.
ClerkCondition RandomCondition(const std::string& kind, int earlier, Dice& dice) {
  ClerkCondition c;
  const auto is = [&](std::string fact, std::string test, std::string otherwise) {
    c.fact = std::move(fact);
    c.test = std::move(test);
    c.otherwise = std::move(otherwise);
  };
  const std::string start = kind == "professional_registration" && dice.OneIn(2) ? "register_checked_on"
                            : kind == "employment" && dice.OneIn(2)              ? "starts_on"
                                                                                 : "achieved_on";
  const bool ends = kind != "criminal_record_check";
  const std::string end = kind == "employment" || kind == "licence_to_attend" ? "ends_on" : "expires_on";
  c.through_shift = dice.OneIn(3);
  switch (dice.Below(10)) {
    case 0:
      is(start, "within_days", "recheck_due");
      c.amount = dice.Below(40);
      return c;
    case 1:
    case 2:
      is(start, "within_months", "too_old");
      c.amount = 1 + dice.Below(30);
      return c;
    case 3:
    case 4:
      if (!ends) break;
      is(end, "not_before_day", "ends_too_soon");
      return c;
    default:
      break;
  }
  c.through_shift = false;
  switch (dice.Below(8)) {
    case 0:
      is("", "issuer_type", "issuer_not_accepted");
      c.words = {dice.OneIn(2) ? "nhs_trust" : "local_authority"};
      return c;
    case 1:
      is("", "issuer_is", "own_check_needed");
      c.words = {dice.OneIn(2) ? "receiver" : "place"};
      return c;
    case 2:
    case 3:
      if (earlier == 0) break;
      is("", dice.OneIn(4) ? "same_person_as" : "same_issuer_as", "");
      c.otherwise = c.test == "same_issuer_as" ? "own_check_needed" : "holder_mismatch";
      c.words = {"r" + std::to_string(dice.Below(earlier))};
      return c;
    case 4:
      is(start, "not_after_day", "not_yet_in_force");
      return c;
    case 5:
      if (kind == "licence_to_attend") {
        is("place", "is_place", "not_covered");
        return c;
      }
      if (kind == "mandatory_training") {
        is("level", "at_least", "level_too_low");
        c.amount = 1 + dice.Below(3);
        return c;
      }
      break;
    default:
      break;
  }
  if (kind == "professional_registration" && dice.OneIn(2)) {
    is("restrictions", "one_of", "restricted");
    c.words = {"false"};
    return c;
  }
  is("assurance", "assurance_at_least", "assurance_too_low");
  c.words = {dice.Of(Grades())};
  return c;
}

const std::vector<std::string>& Kinds() {
  static const std::vector<std::string> kinds = {"mandatory_training", "employment", "professional_registration",
                                                 "licence_to_attend", "criminal_record_check"};
  return kinds;
}

std::vector<ClerkCondition> RandomPicks(const std::string& kind, Dice& dice) {
  if (kind == "mandatory_training")
    return {{"subject", "one_of", {"c" + std::to_string(dice.Below(4))}, 0, false, "", true}};
  if (kind == "professional_registration")
    return {{"restrictions", "one_of", {dice.OneIn(2) ? "true" : "false"}, 0, false, "", false}};
  return {{"assurance", "one_of", {dice.Of(Grades()), dice.Of(Grades())}, 0, false, "", false}};
}

ClerkNeed RandomLeaf(int earlier, Dice& dice) {
  ClerkNeed need{.form = "kind", .when = RandomWhen(dice)};
  if (dice.OneIn(2)) {
    need.form = "training";
    need.kind = "mandatory_training";
    need.subject = "c" + std::to_string(dice.Below(5));
    need.level = 1 + dice.Below(3);
    need.months = dice.OneIn(2) ? -1 : 1 + dice.Below(30);
    need.through_shift = dice.OneIn(3);
  } else {
    need.kind = dice.Of(Kinds());
    if (dice.OneIn(3)) need.picks = RandomPicks(need.kind, dice);
  }
  for (int i = dice.Below(3); i > 0; --i) need.conditions.push_back(RandomCondition(need.kind, earlier, dice));
  return need;
}

ClerkNeed RandomNeed(int depth, int earlier, Dice& dice) {
  if (depth == 0 || dice.OneIn(2)) return RandomLeaf(earlier, dice);
  ClerkNeed need{.form = dice.OneIn(8) ? "none_of" : dice.OneIn(2) ? "all_of" : "any_of", .when = RandomWhen(dice)};
  for (int i = 1 + dice.Below(3); i > 0; --i) {
    if (need.form == "none_of") {
      ClerkNeed child{.form = "kind", .when = "", .kind = dice.Of(Kinds())};
      child.picks = RandomPicks(child.kind, dice);
      need.children.push_back(std::move(child));
    } else {
      need.children.push_back(RandomNeed(depth - 1, earlier, dice));
    }
  }
  return need;
}

std::string ToJson(const ClerkCondition& c) {
  std::string text = "{";
  if (!c.fact.empty()) text += R"("fact":")" + c.fact + "\",";
  text += "\"" + c.test + "\":";
  if (c.test == "one_of" || c.test == "issuer_type") {
    text += Quoted(c.words);
  } else if (!c.words.empty()) {
    text += '"' + c.words[0] + '"';
  } else if (c.test == "at_least" || c.test == "within_months" || c.test == "within_days") {
    text += std::to_string(c.amount);
  } else {
    text += "true";
  }
  if (c.through_shift) text += R"(,"through_shift":true)";
  if (c.otherwise == "restricted") text += R"(,"otherwise":"restricted")";
  return text + "}";
}

std::string ToJson(const ClerkNeed& need);

template <class T>
std::string ListOf(const std::vector<T>& all) {
  std::string text;
  for (const T& each : all) text += (text.empty() ? "" : ",") + ToJson(each);
  return "[" + text + "]";
}

std::string ToJson(const ClerkNeed& need) {
  std::string text = "{";
  if (!need.when.empty()) text += R"("when":")" + need.when + "\",";
  if (need.form == "kind") {
    text += R"("kind":")" + need.kind + "\"";
    if (!need.picks.empty()) text += R"(,"pick":)" + ListOf(need.picks);
  } else if (need.form == "training") {
    text += R"("training":")" + need.subject + R"(","level":)" + std::to_string(need.level);
    text += need.months < 0 ? R"(,"refresh":true)" : R"(,"within_months":)" + std::to_string(need.months);
    if (need.through_shift) text += R"(,"through_shift":true)";
  } else {
    return text + "\"" + need.form + "\":" + ListOf(need.children) + "}";
  }
  if (!need.conditions.empty()) text += R"(,"conditions":)" + ListOf(need.conditions);
  return text + "}";
}

bool HasNotIf(const ClerkNeed& need) {
  if (need.form == "none_of") return true;
  return std::any_of(need.children.begin(), need.children.end(), HasNotIf);
}

}  // namespace

RandomRole MakeRole(Dice& dice) {
  std::vector<ClerkRequirement> requirements;
  std::string text;
  bool has_not_if = false;
  const int count = 1 + dice.Below(3);
  for (int i = 0; i < count; ++i) {
    ClerkNeed need{.form = dice.OneIn(2) ? "any_of" : "all_of"};
    for (int n = 1 + dice.Below(3); n > 0; --n) need.children.push_back(RandomNeed(2, i, dice));
    // The first asks everybody, so that something is always asked.
    requirements.push_back({"r" + std::to_string(i), i == 0 ? "" : RandomWhen(dice), std::move(need)});
    const ClerkRequirement& made = requirements.back();
    has_not_if = has_not_if || HasNotIf(made.need);
    text += (text.empty() ? "" : ",") + (R"({"id":")" + made.id) + R"(","needs":"it",)" +
            (made.when.empty() ? "" : R"("when":")" + made.when + "\",") + ToJson(made.need).substr(1);
  }
  const int horizon = dice.Below(60);
  return {std::move(requirements), horizon, has_not_if, text, ProfileOf(text, horizon)};
}

}  // namespace passport
