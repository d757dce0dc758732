// What a file says, row by row: facts in the words of the house, or why a row was refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"
#include "operator-cli/import/match_key.h"
#include "operator-cli/import/value_class.h"

namespace passport {

// One fact: field name and value, both text. Days are YYYY-MM-DD, truth is "true" or "false".
struct ImportedField {
  std::string_view name;  // a string literal of ours
  std::string value;
};

// One record of one person, as an employer's file holds it. Not yet a Record: the kind's schema has the last word.
struct ImportedRecord {
  std::uint64_t line;           // where its row begins; the header is line 1
  std::string employee_number;  // of the employer whose file it is, as written; empty when the row has none
  std::string_view kind;        // "mandatory_training", "employment", "identity_check", ...; a string literal of ours
  // 64 hex digits, the same whenever the same row stands in a file of the same format, on whatever line, in whatever
  // encoding and whatever the file is called: a request id that makes a repeated import harmless. The checker of
  // ImportTerms has no part in it.
  std::string request_key;
  std::vector<ImportedField> fields;  // in the order of docs/formats/import-*.md; a fact that is not known is absent
  std::vector<MatchKey> keys = {};    // of the person, in the order of MatchKeyKind; never none

  // Nothing when the field is absent.
  const std::string* Find(std::string_view name) const {
    for (const ImportedField& field : fields) {
      if (field.name == name) return &field.value;
    }
    return nullptr;
  }
};

// Why one row was refused. Names line, column and rule, never what stood there.
struct RowFault {
  std::uint64_t line;
  std::string column;  // name of the column, or empty when the row as a whole is wrong
  Fault fault;
  ValueClass value_class = ValueClass::kWholeRow;
  // kPersonConflict: the earlier row that says otherwise. It was good and was handed over; which of the two is right
  // the file can not tell, so whoever issues holds back both. Otherwise 0.
  std::uint64_t other_line = 0;
};

}  // namespace passport
