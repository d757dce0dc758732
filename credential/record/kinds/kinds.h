// The kinds of record there are, one file each.
#pragma once

#include "credential/record/record_kind.h"

namespace passport {

extern const RecordKind kMandatoryTraining;
extern const RecordKind kEmployment;
extern const RecordKind kIdentityCheck;
extern const RecordKind kCriminalRecordCheck;
extern const RecordKind kProfessionalRegistration;

}  // namespace passport
