// Whether the words of a record are words of the taxonomies in force.
#pragma once

#include <functional>

#include "credential/record/record.h"
#include "passport-service/acts/current_trust.h"

namespace passport {

// Judges a record on a day. Fails with kWordUnknown or kRecordField, naming the field and never the value.
using WordCheck = std::function<Result<void>(const Record&, const CivilDay&)>;

// By the taxonomies that were published last. While none is in force on that day words are not judged: a service begins
// before its registrar has put taxonomies in force. Any thread may call.
Result<void> CheckWords(const CurrentTrust& trust, const Record& record, const CivilDay& day);

}  // namespace passport
