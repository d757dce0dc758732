// An employer's file as it is taken in: read once to know what it is, and again for each try to send it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "operator-cli/file_records.h"
#include "operator-cli/online/import_answers.h"

namespace passport {

// What is known of a file before anything is sent.
struct FileFacts {
  std::string digest;         // 64 hex digits over its records, their lines and order; not over who checked them
  std::uint64_t records = 0;  // those to be sent
  ImportFormat format;
  FileEncoding encoding;
  ImportProgress progress;
  // Lines that a later row contradicts: the person has another date of birth there. Which is right the file can not
  // tell, so these are not sent either.
  std::set<std::uint64_t> contradicted;
};

// Reads the whole file. Fails as FileRecords does when the file as a whole is refused.
Result<FileFacts> ReadAhead(const std::string& path, const FileRecords::Terms& terms);

// A record as it is sent.
ImportOrder OrderOf(PlacedRecord placed);

}  // namespace passport
