// What a carried credential says, for the eyes of the person whose it is.
#pragma once

#include "credential/passport/carried_passport.h"
#include "credential/record/record.h"

namespace passport {

// All facts of the person's own copy. Nothing is verified: who relies on it asks VerifyHeld or VerifyPresentation.
// Fails with kNotFound when the text is not carried any more, kRecordKind for a kind that is not known, and as reading
// an SD-JWT does.
Result<Record> RecordOf(const CarriedCredential& credential);

}  // namespace passport
