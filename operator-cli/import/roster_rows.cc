#include "operator-cli/import/roster_rows.h"

#include <algorithm>
#include <cctype>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/import/day_text.h"
#include "operator-cli/import/field_marks.h"

namespace passport {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

Fault BadTime() {
  return {Reason::kRowFields, "",
          "start or end of the shift is not a time like 2026-11-24 07:30, 24/11/2026 07:30 or 2026-11-24T07:30:00Z"};
}

bool IsSameColumn(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// Seconds are taken when they are none.
std::string_view WithoutZeroSeconds(std::string_view clock) {
  constexpr std::size_t kHoursAndMinutes = 5;
  if (clock.size() == 8 && clock.ends_with(":00")) clock = clock.substr(0, kHoursAndMinutes);
  return clock;
}

}  // namespace

Result<Instant> ReadShiftTime(std::string_view text) {
  if (text.ends_with('Z')) {
    const Result<Instant> utc = ParseInstant(text);
    return utc.ok() ? utc : BadTime();
  }
  const std::size_t end = text.find_first_of(" T");
  if (end == std::string_view::npos || end == 0) return BadTime();
  const DayReading day = ReadDay(text.substr(0, end), {.iso = true, .day_first = true});
  const std::string_view clock = WithoutZeroSeconds(text.substr(end + 1));
  if (!day.day || clock.size() != 5) return BadTime();
  Result<Instant> at = ParseInstant(day.day->Text() + "T" + std::string(clock));
  if (at.ok()) return at;
  return Fault{Reason::kRowFields, "",
               "the clock in London shows that time never or twice: say it in UTC, as 2026-10-25T00:30:00Z"};
}

std::string_view RosterRows::Field(const std::optional<std::size_t>& column) const {
  if (!column || *column >= fields_.fields().size()) return {};
  return fields_.fields()[*column];
}

// The sender's own fields, all of them: what a row lacks is added empty, a quote that is open is closed.
std::string RosterRows::Kept(std::string_view text) const {
  FieldMarks marks = MarkFields(text, 1);
  const std::size_t ours = kRosterResultColumns.size();
  if (has_results_ && marks.count > ours) {
    const std::size_t own = marks.count - ours;
    text = text.substr(0, MarkFields(text, own).kept_end);
    marks = MarkFields(text, own);
  }
  std::string kept(text);
  if (marks.open_quote) kept.push_back('"');
  if (marks.count < columns_) kept.append(columns_ - marks.count, ',');
  return kept;
}

Result<void> RosterRows::ReadHeader(std::string_view text) {
  if (!fields_.Parse(text)) return Fault{Reason::kRowFields, "", "the header has a quote that is not closed"};
  std::vector<std::string> names = fields_.fields();
  const std::size_t ours = kRosterResultColumns.size();
  has_results_ = names.size() > ours &&
                 std::equal(kRosterResultColumns.rbegin(), kRosterResultColumns.rend(), names.rbegin(), IsSameColumn);
  if (has_results_) names.resize(names.size() - ours);
  columns_ = names.size();
  const auto find = [&](std::string_view name, std::optional<std::size_t>& column) -> Result<void> {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!IsSameColumn(names[i], name)) continue;
      if (column) return Fault{Reason::kFileHeader, "", "the column " + std::string(name) + " is there twice"};
      column = i;
    }
    return {};
  };
  TRY(find("Employee Number", employee_));
  TRY(find("Shift Start", starts_));
  TRY(find("Shift End", ends_));
  TRY(find("Grade", grade_));
  TRY(find("Role Profile", profile_));
  TRY(find("Place", place_));
  if (!employee_ || !starts_ || !ends_)
    return Fault{Reason::kFileHeader, "", "a roster has the columns Employee Number, Shift Start and Shift End"};
  header_ = Kept(text);
  return {};
}

Result<RosterShift> RosterRows::ReadShift() const {
  if (fields_.count() != columns_ + (has_results_ ? kRosterResultColumns.size() : 0))
    return Fault{Reason::kRowFields, "", "the row has not as many fields as the header"};
  RosterShift shift{.employee_number = std::string(Field(employee_)),
                    .profile = std::string(Field(profile_)),
                    .place = std::string(Field(place_)),
                    .starts_at = {},
                    .ends_at = {}};
  if (shift.employee_number.empty()) return Fault{Reason::kRowFields, "", "Employee Number is empty"};
  if (shift.profile.empty()) {
    const auto known = profiles_.of_grade.find(Field(grade_));
    shift.profile = known != profiles_.of_grade.end() ? known->second : profiles_.otherwise;
  }
  if (shift.profile.empty())
    return Fault{Reason::kRowFields, "", "no role profile: not in the row, not for its grade, and none for all"};
  TRY_ASSIGN(shift.starts_at, ReadShiftTime(Field(starts_)));
  TRY_ASSIGN(shift.ends_at, ReadShiftTime(Field(ends_)));
  return shift;
}

void RosterRows::OnRow(const RawRow& raw) {
  if (refused_) return;
  RosterRow row{.line = raw.line, .text = {}, .end = mark_bytes_ + raw.offset_bytes + raw.bytes.size()};
  const bool is_header = columns_ == 0;
  const Result<std::string_view> text = decoder_.Decode(raw);
  if (raw.too_long) {
    row.fault = Fault{Reason::kRowTooLong, "", "the row is longer than 64 KiB"};
    row.text = is_header ? "" : Kept("");
  } else if (!text.ok()) {
    row.fault = text.fault();
    row.text = is_header ? "" : Kept(decoder_.Readable(raw.bytes));
  }
  if (is_header) {
    const Result<void> read = row.fault ? Result<void>(*row.fault) : ReadHeader(*text);
    if (!read.ok()) refused_ = read.fault();
    header_end_ = row.end;
    return;
  }
  if (!row.fault) {
    if (text->find_first_not_of(", \"") == std::string_view::npos) return;  // nothing in it
    row.text = Kept(*text);
    const Result<RosterShift> shift =
        fields_.Parse(*text) ? ReadShift() : Fault{Reason::kRowFields, "", "a quote is misplaced"};
    if (has_results_) row.outcome = Field(columns_);
    if (shift.ok()) {
      row.shift = *shift;
    } else {
      row.fault = shift.fault();
    }
  }
  rows_->push_back(std::move(row));
}

Result<void> RosterRows::Feed(std::string_view bytes, std::deque<RosterRow>& rows) {
  rows_ = &rows;
  if (!begun_) {
    start_ += bytes;
    if (start_.size() < kMark.size()) return {};
    begun_ = true;
    const std::string start = std::move(start_);
    std::string_view first = start;
    if (first.starts_with(kMark)) {
      decoder_.OnByteOrderMark();
      mark_bytes_ = kMark.size();
      first.remove_prefix(kMark.size());
    }
    cut_.Feed(first, *this);
  } else {
    cut_.Feed(bytes, *this);
  }
  if (refused_) return *refused_;
  return {};
}

Result<void> RosterRows::Finish(std::deque<RosterRow>& rows) {
  rows_ = &rows;
  if (!begun_) {
    begun_ = true;
    cut_.Feed(start_, *this);
  }
  cut_.Finish(*this);
  if (!refused_ && columns_ == 0) refused_ = Fault{Reason::kFileHeader, "", "the file is empty"};
  if (refused_) return *refused_;
  return {};
}

}  // namespace passport
