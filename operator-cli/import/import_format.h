// The formats we read, told apart by their columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

enum class ImportFormat : std::uint8_t { kEsrCompetence, kHrCsv, kCareHomeCsv };

// "esr_competence", "hr_csv", "care_home_csv"; stable.
std::string_view WordOf(ImportFormat format);

// The columns of the format, in the order of its page in docs/formats/.
std::span<const std::string_view> ColumnsOf(ImportFormat format);

// Which format, and where in the file each of its columns stands.
struct FileLayout {
  ImportFormat format;
  std::vector<std::size_t> positions;  // by index in ColumnsOf(format)
};

// Columns may stand in any order; names are compared without regard to case. Fails with kFileHeader unless all columns
// of one format are there once and no other: the detail names what is missing and gives the position of what is not
// known, because a file without a header would otherwise put a person's data into an error.
Result<FileLayout> RecogniseHeader(const std::vector<std::string>& header);

}  // namespace passport
