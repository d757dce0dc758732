// A carried passport as lines of JSON, one thing a line (docs/formats/wallet-export.md).
#pragma once

#include <functional>
#include <string_view>

#include "credential/passport/carried_passport.h"
#include "credential/vocabulary/result.h"

namespace passport {

// The header, then every credential in its order with facts and token. `holder` is the name of the holder key, empty
// where there is none at hand. What `line` fails with ends it.
Result<void> ExportLines(const CarriedPassport& carried, std::string_view holder, Instant now,
                         const std::function<Result<void>(std::string_view line)>& line);

}  // namespace passport
