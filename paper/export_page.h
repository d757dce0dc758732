// Everything a service has about a person (docs/formats/passport-export.md), as a page to read: one table for each kind
// of line, with every member of every line but the signed texts, which are for machines. Headings and tables are
// tagged; no scripts, nothing from elsewhere; everything from outside is escaped.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kExportLineBytesMax = std::size_t{1} << 20;

// Takes the lines one after the other and keeps what the page says of them, not the lines. One thread.
class ExportPage {
 public:
  // In the order of the file. Fails with kMalformed (no JSON object, a member twice, no `line`, anything before the
  // header or after the end), kSchemaNewer (another format or version), and kLimit.
  Result<void> Take(std::string_view line);
  // Fails with kMalformed when the last line is not there or counts another number of lines: the file is not whole.
  Result<std::string> Html() const;

 private:
  // A section of the page each; a line of a kind that is not known goes into the last.
  static constexpr std::size_t kSections = 11;
  struct Section {
    std::string rows;  // HTML
    std::size_t count = 0;
  };

  std::string about_;
  std::array<Section, kSections> sections_;
  std::uint64_t lines_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace passport
