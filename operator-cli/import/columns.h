// The columns of each format by number, those that a file may leave out behind kRequiredCount. The names stand in
// import_format.cc in the same order.
#pragma once

#include <cstddef>

namespace passport {

namespace esr {
enum Column : std::size_t {
  kEmployeeNumber,
  kAssignmentNumber,
  kCompetencyName,
  kExpiryDate,
  kDateStart,
  kLastUpdatedBy,
  kTitle,
  kVpd,
  kColumnCount
};
}  // namespace esr

namespace hr {
enum Column : std::size_t {
  kEmployeeNumber,
  kAssignmentNumber,
  kGivenNames,
  kFamilyName,
  kDateOfBirth,
  kIdentityCheckedOn,
  kIdentityDocuments,
  kIdentityCheckedBy,
  kEmployer,
  kPositionTitle,
  kStaffGroup,
  kJobRole,
  kAreaOfWork,
  kAssignmentCategory,
  kFte,
  kStartDate,
  kEndDate,
  kDbsCertificateNumber,
  kDbsIssuedOn,
  kDbsLevel,
  kDbsWorkforce,
  kDbsBarredAdults,
  kDbsBarredChildren,
  kDbsSeenOn,
  kDbsSeenBy,
  kDbsDecision,
  kDbsUpdateService,
  kDbsUpdateServiceCheckedOn,
  kRegulator,
  kRegistrationNumber,
  kRegistrationPart,
  kRegistrationStatus,
  kRegistrationRestrictions,
  kRegisterCheckedOn,
  kRegistrationExpiresOn,
  kRequiredCount,
  kNationalInsuranceNumber = kRequiredCount,
  kRegisterCheckedBy,
  kColumnCount
};
}  // namespace hr

namespace care_home {
enum Column : std::size_t {
  kStaffNumber,
  kRecord,
  kDate,
  kEnds,
  kTitle,
  kStaffGroup,
  kCategory,
  kLevel,
  kWorkforce,
  kBarredLists,
  kReference,
  kCheckedOn,
  kCheckedBy,
  kOutcome,
  kUpdateService,
  kColumnCount
};
}  // namespace care_home

namespace learning {
enum Column : std::size_t {
  kCourseTitle,
  kCompletionDate,
  kStatus,
  kRequiredCount,
  kLearnerId = kRequiredCount,
  kEmployeeNumber,
  kAssignmentNumber,
  kGivenNames,
  kFamilyName,
  kDateOfBirth,
  kNationalInsuranceNumber,
  kCourseCode,
  kExpiryDate,
  kPart,
  kProvider,
  kScore,
  kEmail,
  kColumnCount
};
}  // namespace learning

}  // namespace passport
