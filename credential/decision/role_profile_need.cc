#include "credential/decision/role_profile_need.h"

#include <array>
#include <utility>

#include "credential/decision/role_profile_condition.h"

namespace passport {
namespace {

// The member that says which form a need has.
struct FormName {
  std::string_view name;
  Need::Form form;
};
constexpr std::array<FormName, 5> kForms = {{{"kind", Need::Form::kRecord},
                                             {"training", Need::Form::kTraining},
                                             {"all_of", Need::Form::kAllOf},
                                             {"any_of", Need::Form::kAnyOf},
                                             {"none_of", Need::Form::kNoneOf}}};

Result<const FormName*> FormOf(const ProfilePart& part) {
  const FormName* found = nullptr;
  for (const FormName& form : kForms) {
    if (!part.Has(form.name)) continue;
    if (found != nullptr) return part.Wrong("a need has more than one of kind, training, all_of, any_of, none_of");
    found = &form;
  }
  if (found == nullptr) return part.Wrong("a need has none of kind, training, all_of, any_of, none_of");
  return found;
}

Result<void> ReadPicks(const ProfilePart& part, Need& need) {
  TRY_ASSIGN(const std::vector<ProfilePart> picks, part.PartsOrNone("pick"));
  for (const ProfilePart& pick : picks) {
    TRY(pick.Only({"fact", "one_of"}));
    TRY_ASSIGN(Condition read, ReadCondition(pick, *need.kind));
    need.picks.push_back(std::move(read));
  }
  return {};
}

Result<void> ReadConditions(const ProfilePart& part, Need& need) {
  TRY_ASSIGN(const std::vector<ProfilePart> conditions, part.PartsOrNone("conditions"));
  for (const ProfilePart& condition : conditions) {
    TRY_ASSIGN(Condition read, ReadCondition(condition, *need.kind));
    need.conditions.push_back(std::move(read));
  }
  return {};
}

Result<void> ReadKind(const ProfilePart& part, Need& need) {
  TRY_ASSIGN(const std::string word, part.Text("kind"));
  need.kind = FindRecordKind(word);
  if (need.kind == nullptr) return part.Wrong("kind is not known");
  return {};
}

Result<void> ReadRecord(const ProfilePart& part, Need& need) {
  TRY(part.Only({"kind", "when", "pick", "conditions"}));
  TRY(ReadKind(part, need));
  TRY(ReadPicks(part, need));
  return ReadConditions(part, need);
}

Result<void> ReadTraining(const ProfilePart& part, Need& need) {
  TRY(part.Only({"training", "level", "within_months", "refresh", "through_shift", "when", "conditions"}));
  need.kind = FindRecordKind("mandatory_training");
  TRY_ASSIGN(need.subject, part.Text("training"));
  TRY_ASSIGN(need.level, part.Whole("level"));
  TRY_ASSIGN(const bool refresh, part.Mark("refresh"));
  if (refresh == part.Has("within_months")) return part.Wrong("training takes one of within_months and refresh");
  if (!refresh) {
    TRY_ASSIGN(need.months, part.Whole("within_months"));
  }
  TRY_ASSIGN(need.through_shift, part.Mark("through_shift"));
  return ReadConditions(part, need);
}

Result<void> ReadList(const ProfilePart& part, std::string_view name, std::size_t depth, Need& need) {
  if (depth >= kNeedDepthMax)
    return part.Wrong("needs stand in more than " + std::to_string(kNeedDepthMax) + " lists inside one another");
  TRY_ASSIGN(const std::vector<ProfilePart> children, part.Parts(name));
  for (const ProfilePart& child : children) {
    if (need.form == Need::Form::kNoneOf) {
      TRY(child.Only({"kind", "pick"}));
    }
    TRY_ASSIGN(Need read, ReadNeed(child, depth + 1));
    need.children.push_back(std::move(read));
  }
  return {};
}

void AddReferences(const Need& need, std::vector<std::string_view>& references) {
  for (const Condition& condition : need.conditions) {
    if (condition.test == Condition::Test::kSameIssuerAs || condition.test == Condition::Test::kSamePersonAs)
      references.emplace_back(condition.words.front());
  }
  for (const Need& child : need.children) AddReferences(child, references);
}

}  // namespace

Result<Need> ReadNeed(const ProfilePart& part, std::size_t depth) {
  TRY_ASSIGN(const FormName* const form, FormOf(part));
  Need need{.form = form->form};
  TRY_ASSIGN(need.when, part.When());
  switch (form->form) {
    case Need::Form::kRecord:
      TRY(ReadRecord(part, need));
      break;
    case Need::Form::kTraining:
      TRY(ReadTraining(part, need));
      break;
    case Need::Form::kAllOf:
    case Need::Form::kAnyOf:
    case Need::Form::kNoneOf:
      TRY(part.Only({form->name, "when"}));
      TRY(ReadList(part, form->name, depth, need));
      break;
  }
  return need;
}

Result<Need> ReadNeedOfRequirement(const ProfilePart& requirement) {
  const bool any = requirement.Has("any_of");
  if (any == requirement.Has("all_of")) return requirement.Wrong("a requirement takes one of any_of and all_of");
  Need need{.form = any ? Need::Form::kAnyOf : Need::Form::kAllOf};
  TRY(ReadList(requirement, any ? "any_of" : "all_of", 0, need));
  return need;
}

std::size_t CountNeeds(const Need& need) {
  std::size_t count = 1;
  for (const Need& child : need.children) count += CountNeeds(child);
  return count;
}

std::vector<std::string_view> ReferencesOf(const Need& need) {
  std::vector<std::string_view> references;
  AddReferences(need, references);
  return references;
}

}  // namespace passport
