#include <algorithm>

#include "credential/record/kinds/kinds.h"
#include "credential/record/record_kind.h"

namespace passport {

std::span<const RecordKind* const> AllRecordKinds() {
  static constexpr const RecordKind* kAll[] = {
      &kIdentityCheck,       &kRightToWork,       &kProfessionalRegistration,
      &kQualification,       &kEmploymentHistory, &kCriminalRecordCheck,
      &kWorkHealthClearance, &kImmunity,          &kEmployment,
      &kMandatoryTraining,   &kOtherTraining,     &kCompetence,
      &kLicenceToAttend,     &kMdtMembership,     &kVolunteerRole,
      &kEducationPlacement,  &kEntitlement,
  };
  return kAll;
}

namespace {
template <class Fits>
const RecordKind* FindWhere(Fits fits) {
  const auto all = AllRecordKinds();
  const auto found = std::find_if(all.begin(), all.end(), [&](const RecordKind* kind) { return fits(*kind); });
  return found == all.end() ? nullptr : *found;
}
}  // namespace

const RecordKind* FindRecordKind(std::string_view word) {
  return FindWhere([&](const RecordKind& kind) { return kind.word == word; });
}

const RecordKind* FindRecordKindByVct(std::string_view vct) {
  return FindWhere([&](const RecordKind& kind) { return kind.vct == vct; });
}

}  // namespace passport
