// Which competence of which employer is which subject, at which level, of which framework: a table that ships as data.
//
// Format: docs/formats/import-competences.md. Names are compared without regard to case, spacing around bars, the final
// bar and the period at the end ("- 2 Years"), which is the issuer's rule and not part of the fact. Immutable after
// Parse, so any thread may read.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct Competence {
  std::string subject;      // "moving_and_handling"
  std::string level;        // "2"
  std::string framework;    // "cstf"
  std::string assessed_by;  // "practical_assessment"
};

class CompetenceTable {
 public:
  // Takes the whole file. Fails with kFileHeader, kFileEncoding, kRowFields, kRowTooLong or kRecordField, naming the
  // line; a table with one wrong row is no table.
  static Result<CompetenceTable> Parse(std::string_view file);

  // Nothing when the competence is in no row. "457|LOCAL|Lone Working|" is also looked for as "*|LOCAL|Lone Working".
  const Competence* Find(std::string_view competence_name) const;
  std::size_t size() const { return rows_.size(); }

 private:
  std::map<std::string, Competence, std::less<>> rows_;  // by normal name
};

}  // namespace passport
