// What each change expects and what it does to the tables.
#pragma once

#include "passport-service/ports/changes.h"
#include "passport-service/store/draft.h"

namespace passport {

// Lays one change into the draft. Reason::kNone when it went in; otherwise the reason why what it expects does not
// hold, and the draft is to be thrown away. Fails with kStoreUnavailable when the tables can not be read.
Result<Reason> LayInto(Draft& draft, const Change& change);

}  // namespace passport
