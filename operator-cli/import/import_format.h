// The formats we read, told apart by their columns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

enum class ImportFormat : std::uint8_t { kEsrCompetence, kHrCsv, kCareHomeCsv, kLearningCsv };
inline constexpr std::array kImportFormats = {ImportFormat::kEsrCompetence, ImportFormat::kHrCsv,
                                              ImportFormat::kCareHomeCsv, ImportFormat::kLearningCsv};

// "esr_competence", "hr_csv", "care_home_csv", "learning_csv"; stable.
std::string_view WordOf(ImportFormat format);

// The columns of the format, those that must be there first.
std::span<const std::string_view> ColumnsOf(ImportFormat format);
// How many of them must be there; a file may leave out the rest.
std::size_t RequiredColumnsOf(ImportFormat format);

// What ResultFile appends to a file. A file that comes back with them at its end is read as if they were not there.
inline constexpr std::array<std::string_view, 3> kResultColumns = {"Passport Result", "Passport Detail", "What To Do"};

inline constexpr std::size_t kNoPosition = static_cast<std::size_t>(-1);

// Which format, and where in the file each of its columns stands.
struct FileLayout {
  ImportFormat format;
  std::vector<std::size_t> positions;  // by index in ColumnsOf(format); kNoPosition for one that was left out
  std::size_t named_columns = 0;       // of the sender, without empty ones at the end
  std::size_t own_columns = 0;         // of the sender, with empty ones at the end
  std::size_t columns = 0;             // own_columns and the result columns
};

// Columns may stand in any order; names are compared without regard to case; empty columns at the end do not count.
// Fails with kFileHeader unless all columns that one format must have are there, none is there twice, and no other is
// there: the detail names what is missing and gives the position of what is not known, because a file without a header
// would otherwise put a person's data into an error.
Result<FileLayout> RecogniseHeader(const std::vector<std::string>& header);

}  // namespace passport
