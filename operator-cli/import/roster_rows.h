// Reads a roster as e-rostering systems export it, row by row: who, in which unit and grade, from when to when.
//
// Columns by name, in any order, others pass by: Employee Number, Shift Start, Shift End must be there; Grade, Role
// Profile and Place are used where they are, Assignment Number and Unit only written back. Our own last columns in a
// file that comes back are passed over. Times are 2026-11-24 07:30, 2026-11-24T07:30 or 24/11/2026 07:30 on a clock in
// London, or RFC 3339 in UTC. One bad row never stops the file. Holds no more than the row and what it has read of the
// portion at hand. One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "operator-cli/import/csv_fields.h"
#include "operator-cli/import/csv_rows.h"
#include "operator-cli/import/file_encoding.h"

namespace passport {

inline constexpr std::array<std::string_view, 3> kRosterResultColumns = {"Outcome", "Reason", "Until"};

// Which role a row is about, where the row itself does not say so.
struct RosterProfiles {
  std::map<std::string, std::string, std::less<>> of_grade;
  std::string otherwise;  // empty: none
};

struct RosterShift {
  std::string employee_number;
  std::string profile;
  std::string place;  // empty: the employer's own
  Instant starts_at;
  Instant ends_at;
};
struct RosterRow {
  std::uint64_t line = 0;    // where it begins in the file
  std::string text;          // UTF-8, as many fields as the header, without our columns and line end
  std::uint64_t end = 0;     // where it ends in the file, without line end
  std::string outcome = {};  // what our columns say, in a file that has them
  // One of the two.
  std::optional<RosterShift> shift = {};
  std::optional<Fault> fault = {};
};

class RosterRows final : private RowSink {
 public:
  explicit RosterRows(RosterProfiles profiles) : profiles_(std::move(profiles)) {}
  // Adds the rows that end within the bytes to `rows`. Fails when the file as a whole is refused, and then again:
  // kFileHeader (a column is missing or there twice), kFileEncoding, kRowFields or kRowTooLong (of the header).
  Result<void> Feed(std::string_view bytes, std::deque<RosterRow>& rows);
  // No more bytes. Fails likewise, and with kFileHeader when the file was empty.
  Result<void> Finish(std::deque<RosterRow>& rows);
  // Of the sender, without our columns; empty until it was read.
  const std::string& header() const { return header_; }
  std::uint64_t header_end() const { return header_end_; }  // where it ends in the file, without line end
  // Whether the file has our columns: it was an answer.
  bool has_results() const { return has_results_; }

 private:
  void OnRow(const RawRow& raw) override;
  Result<void> ReadHeader(std::string_view text);
  Result<RosterShift> ReadShift() const;
  std::string_view Field(const std::optional<std::size_t>& column) const;
  std::string Kept(std::string_view text) const;

  const RosterProfiles profiles_;
  CsvRows cut_;
  RowDecoder decoder_;
  CsvFields fields_;
  std::string start_;  // until it is known whether a mark begins the file
  bool begun_ = false;
  std::string header_;
  std::uint64_t header_end_ = 0;
  std::uint64_t mark_bytes_ = 0;
  std::size_t columns_ = 0;  // of the sender
  bool has_results_ = false;
  std::optional<std::size_t> employee_;
  std::optional<std::size_t> starts_;
  std::optional<std::size_t> ends_;
  std::optional<std::size_t> grade_;
  std::optional<std::size_t> profile_;
  std::optional<std::size_t> place_;
  std::deque<RosterRow>* rows_ = nullptr;
  std::optional<Fault> refused_;
};

// "24/11/2026 07:30" and the like. Fails with kRowFields, naming the forms and never the value.
Result<Instant> ReadShiftTime(std::string_view text);

}  // namespace passport
