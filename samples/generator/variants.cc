// Damaged files, one defect each, made from a small sound one.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "samples/generator/parts.h"

namespace passport {
namespace {

constexpr std::size_t kIvelAndFlit = 2;
constexpr std::string_view kHeader =
    "Employee Number,Assignment Number,Competency Name,Expiry Date,Date Start,Last Updated By,Title,VPD\n";
constexpr std::string_view kRow =
    "20310001,20310001,NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2025,30-Nov-2023,TESTY-UPDATER,Ms.,903\n";

SampleFile Variant(std::string_view name, std::string content, std::size_t rows_good) {
  return {.path = "variants/" + std::string(name) + ".csv",
          .organisation = kIvelAndFlit,
          .format = "esr_competence",
          .content = std::move(content),
          .rows_good = rows_good,
          .records = rows_good,
          .bad_rows = {},
          .refused_with = ""};
}

SampleFile Refused(SampleFile file, std::string_view reason) {
  file.refused_with = reason;
  return file;
}

SampleFile WithBadRow(SampleFile file, std::uint64_t line, std::string_view reason, std::string_view about) {
  file.bad_rows.push_back({.line = line, .reason = std::string(reason), .column = "", .about = std::string(about)});
  return file;
}

std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text.append(part);
  return text;
}

}  // namespace

std::vector<SampleFile> MakeVariants(const World&) {
  constexpr std::string_view kWindows1252Row =
      "20310001,20310001,NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2025,30-Nov-2023,Testy Zo\xEB,Ms.,903\n";
  constexpr std::string_view kUtf8Row =
      "20310001,20310001,NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2025,30-Nov-2023,Testy Zo\xC3\xAB,Ms.,903\n";
  constexpr std::string_view kOpenRow = "20310001,20310001,\"NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2025,30-Nov-2023";
  std::vector<SampleFile> variants;
  variants.push_back(Refused(
      Variant("wrong-columns", "Name,Course,When\nFlorrie Example-Avocet,Fire Safety,2026-01-01\n", 0), "file_header"));
  std::string disclosed(kHeader);
  disclosed.insert(disclosed.size() - 1U, ",Disclosure Text");
  variants.push_back(Refused(Variant("disclosure-column", std::move(disclosed), 0), "file_header"));
  variants.push_back(Refused(Variant("empty", "", 0), "file_header"));
  variants.push_back(
      Refused(Variant("utf16", Joined({"\xFF\xFE", std::string_view("E\0m\0p\0", 6)}), 0), "file_encoding"));
  variants.push_back(WithBadRow(Variant("two-encodings", Joined({kHeader, kUtf8Row, kWindows1252Row, kRow}), 2), 3,
                                "file_encoding", "a byte of Windows-1252 in a file of UTF-8"));
  variants.push_back(WithBadRow(Variant("truncated", Joined({kHeader, kRow, kOpenRow}), 1), 3, "row_fields",
                                "a quote that is never closed"));
  std::string long_row(kRow);
  long_row.insert(long_row.find("TESTY"), std::string(70000, 'A'));
  variants.push_back(WithBadRow(Variant("long-row", Joined({kHeader, kRow, long_row, kRow}), 2), 3, "row_too_long",
                                "a row of 70,000 bytes"));
  return variants;
}

}  // namespace passport
