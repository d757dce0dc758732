// Whether a text has the shape of its field, and whether it smuggles what no credential may carry.
#pragma once

#include <string_view>

#include "credential/record/record_kind.h"

namespace passport {

// Fails naming the field, never the value: kRecordField for another shape; kContentForbidden for six digits in a row in
// a name or a word, an address or an encoded file in a name, and a National Insurance number or the 12 digits of a
// criminal record certificate in a code of another field. A shape can not know what words mean: opinions in a title are
// kept out by the title's length, by the vocabulary of every word and by there being no field for remarks.
Result<void> CheckShape(const FieldRule& rule, std::string_view value);

// An integer of 1 to 9 digits, without a leading zero.
bool IsNumberText(std::string_view text);

}  // namespace passport
