// The kinds of record there are, one file each.
#pragma once

#include "credential/record/record_kind.h"

namespace passport {

// The six checks of NHS Employers' standards, in their order.
extern const RecordKind kIdentityCheck;
extern const RecordKind kRightToWork;
extern const RecordKind kProfessionalRegistration;
extern const RecordKind kQualification;
extern const RecordKind kEmploymentHistory;
extern const RecordKind kCriminalRecordCheck;
extern const RecordKind kWorkHealthClearance;
extern const RecordKind kImmunity;
// Where somebody works, and what they learnt.
extern const RecordKind kEmployment;
extern const RecordKind kMandatoryTraining;
extern const RecordKind kOtherTraining;
extern const RecordKind kCompetence;
// Where else they may work, and as what.
extern const RecordKind kLicenceToAttend;
extern const RecordKind kMdtMembership;
extern const RecordKind kVolunteerRole;
extern const RecordKind kEducationPlacement;
extern const RecordKind kEntitlement;

}  // namespace passport
