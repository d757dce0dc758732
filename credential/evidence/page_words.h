// How an evidence page says days, times, words and facts. Everything returned is HTML, escaped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/evidence/receipt.h"
#include "credential/taxonomy/terms.h"

namespace passport::page_words {

std::string Day(const CivilDay& day);        // "22 November 2026"
std::string Moment(Instant at);              // "22 November 2026, 08:26 UTC"
std::string Age(Instant as_of, Instant at);  // "4 minutes", "3 hours", "2 days"
std::string Word(std::string_view word);     // "cannot_tell" is "cannot tell"
// A fact's label and value as people write them: days, yes and no, the taxonomy's label of a word.
std::string Label(std::string_view kind, std::string_view fact);
std::string Value(std::string_view kind, const Record::Field& fact, const Terms& terms);
// A fact of a record by name, or nothing.
std::optional<Record::Field> Find(const ReceiptRecord& record, std::string_view fact);

}  // namespace passport::page_words
