#include "credential/decision/prepared_profile.h"

#include <algorithm>

#include "credential/decision/role_profile_need.h"
#include "credential/decision/weighed_records.h"

namespace passport {
namespace {

template <class T>
std::uint32_t EndOf(const std::vector<T>& row) {
  return static_cast<std::uint32_t>(row.size());
}

std::uint32_t FieldNamed(const RecordKind& kind, std::string_view name) {
  const auto at =
      std::find_if(kind.fields.begin(), kind.fields.end(), [&](const FieldRule& rule) { return rule.name == name; });
  return static_cast<std::uint32_t>(at - kind.fields.begin());
}

CourseFields FieldsOfCourses() {
  static const CourseFields fields = [] {
    const RecordKind& kind = *FindRecordKind("mandatory_training");
    return CourseFields{.subject = FieldNamed(kind, "subject"),
                        .level = FieldNamed(kind, "level"),
                        .part = FieldNamed(kind, "part"),
                        .achieved_on = FieldNamed(kind, "achieved_on")};
  }();
  return fields;
}

bool IsAList(const Need& need) { return need.form != Need::Form::kRecord && need.form != Need::Form::kTraining; }

}  // namespace

PreparedProfile::PreparedProfile(const RoleProfile& profile, const Terms& terms)
    : profile_(&profile), terms_(&terms), course_fields_(FieldsOfCourses()) {
  std::size_t needs = 0;
  for (const Requirement& requirement : profile.requirements()) needs += CountNeeds(requirement.need);
  requirements_.reserve(profile.requirements().size());
  needs_.reserve(needs);
  conditions_.reserve(2 * needs);
  for (const Requirement& requirement : profile.requirements()) {
    const std::uint32_t at = EndOf(needs_);
    Add(requirement.need);
    requirements_.push_back({.requirement = &requirement, .need = at, .referred = requirement.added_to ? at + 1 : at});
  }
}

void PreparedProfile::Add(const Need& need) {
  const std::uint32_t at = EndOf(needs_);
  needs_.push_back({.need = &need,
                    .form = need.form,
                    .when = need.when,
                    .size = 1,
                    .kind = 0,
                    .course = 0,
                    .picks = {},
                    .conditions = {}});
  if (!IsAList(need)) {
    needs_[at].kind = static_cast<std::uint32_t>(PositionOf(*need.kind));
    needs_[at].picks = Add(need.picks, *need.kind);
    needs_[at].conditions = Add(need.conditions, *need.kind);
    if (need.form == Need::Form::kTraining) needs_[at].course = AddCourse(need);
  }
  for (const Need& child : need.children) Add(child);
  needs_[at].size = EndOf(needs_) - at;
}

RowPart PreparedProfile::Add(const std::vector<Condition>& conditions, const RecordKind& kind) {
  RowPart part{.begin = EndOf(conditions_)};
  for (const Condition& condition : conditions) conditions_.push_back(Prepared(condition, kind));
  part.end = EndOf(conditions_);
  return part;
}

PreparedCondition PreparedProfile::Prepared(const Condition& condition, const RecordKind& kind) {
  using Test = Condition::Test;
  PreparedCondition prepared{.condition = &condition,
                             .test = condition.test,
                             .through_shift = condition.through_shift,
                             .by_choice = false,
                             .otherwise = condition.otherwise,
                             .field = 0,
                             .amount = condition.amount,
                             .words = {},
                             .refers_to = 0};
  if (condition.fact != nullptr) {
    prepared.by_choice = condition.fact->showing == Showing::kByChoice;
    prepared.field = static_cast<std::uint32_t>(condition.fact - kind.fields.data());
  }
  if (condition.test == Test::kOneOf || condition.test == Test::kIssuerType) prepared.words = AddWords(condition.words);
  if (condition.test == Test::kAssurance) prepared.amount = GradeOf(condition.words.front());
  if (condition.test == Test::kIssuerIs) prepared.of_place = condition.words.front() == "place";
  if (condition.test == Test::kSameIssuerAs || condition.test == Test::kSamePersonAs) {
    const std::vector<Requirement>& all = profile_->requirements();
    const auto other = std::find_if(all.begin(), all.end(),
                                    [&](const Requirement& each) { return each.id == condition.words.front(); });
    prepared.refers_to = static_cast<std::uint32_t>(other - all.begin());
  }
  return prepared;
}

RowPart PreparedProfile::AddWords(const std::vector<std::string>& words) {
  RowPart part{.begin = EndOf(word_row_)};
  for (const std::string& word : words) word_row_.push_back(words_.Add(word));
  part.end = EndOf(word_row_);
  return part;
}

std::uint32_t PreparedProfile::AddCourse(const Need& need) {
  const std::span<const Cover> covers = terms_->CoversOf(need.subject, need.level);
  const std::optional<int> refresh = need.months ? need.months : terms_->RefreshMonths(need.subject, need.level);
  const bool for_good = !need.months && refresh == 0;
  PreparedCourse course{.known = !covers.empty() && refresh.has_value(),
                        .subject = words_.Add(need.subject),
                        .level = need.level,
                        .months = for_good ? std::nullopt : refresh,
                        .covers = {.begin = EndOf(covers_)},
                        .in_parts = {}};
  for (const Cover& cover : covers) {
    covers_.push_back(
        {.subject = words_.Add(cover.subject), .level_min = cover.level_min, .level_max = cover.level_max});
  }
  course.covers.end = EndOf(covers_);
  course.in_parts = AddParts(course);
  courses_.push_back(course);
  return EndOf(courses_) - 1;
}

// Of the subjects that count for the course, its own among them.
RowPart PreparedProfile::AddParts(const PreparedCourse& course) {
  RowPart part{.begin = EndOf(in_parts_)};
  std::vector<WordNumber> subjects = {course.subject};
  for (const PreparedCover& cover : Covers(course.covers)) subjects.push_back(cover.subject);
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  for (const WordNumber subject : subjects) {
    const Subject* const known = terms_->FindSubject(words_.TextOf(subject));
    if (known == nullptr || known->parts.empty()) continue;
    in_parts_.push_back({.subject = subject, .parts = AddWords(known->parts)});
  }
  part.end = EndOf(in_parts_);
  return part;
}

}  // namespace passport
