// An entry on a professional register as it was seen on a day (domain sheet 4 and 6). A number is no proof: the status
// must be looked up again.
#include "credential/record/kinds/kinds.h"
#include "credential/record/record.h"

namespace passport {
namespace {

constexpr std::string_view kRegulators[] = {"NMC", "GMC", "HCPC", "SWE", "GPhC", "GDC", "GOC"};
constexpr std::string_view kStatuses[] = {"registered", "conditions", "suspended", "lapsed", "removed"};
constexpr FieldRule kFields[] = {
    {"regulator", FieldShape::kChoice, Presence::kRequired, Showing::kAlways, kRegulators},
    {"number", FieldShape::kCode, Presence::kRequired, Showing::kByChoice},
    {"part", FieldShape::kWord, Presence::kRequired, Showing::kByChoice},
    {"register_status", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kStatuses},
    {"restrictions", FieldShape::kFlag, Presence::kRequired, Showing::kByChoice},
    {"register_checked_on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},
    {"expires_on", FieldShape::kDay, Presence::kOptional, Showing::kAlways},
    PASSPORT_COMMON_FIELDS,
};

// Matches `text` against a pattern of the number formats: 9 a digit, A a letter A-Z, all else itself. `tail_digits`
// more digits may follow.
bool Matches(std::string_view text, std::string_view pattern, std::size_t tail_digits) {
  if (text.size() < pattern.size() || text.size() > pattern.size() + tail_digits) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char wanted = i < pattern.size() ? pattern[i] : '9';
    const char c = text[i];
    const bool fits = wanted == '9' ? c >= '0' && c <= '9' : wanted == 'A' ? c >= 'A' && c <= 'Z' : c == wanted;
    if (!fits) return false;
  }
  return true;
}

// Number formats as they are, tolerant where registers are (domain sheet 6).
bool IsNumberOf(std::string_view regulator, std::string_view number) {
  if (regulator == "NMC") return Matches(number, "99A9999A", 0);
  if (regulator == "GMC") return Matches(number, "9999999", 0) || Matches(number, "C9999999", 0);
  if (regulator == "HCPC") return Matches(number, "AA9", 5) || Matches(number, "AAA9", 5);
  if (regulator == "SWE") return Matches(number, "SW9", 5);
  if (regulator == "GPhC") return Matches(number, "9999999", 0);
  if (regulator == "GDC") return Matches(number, "9999", 2) || Matches(number, "CD9999", 2);
  return Matches(number, "99-9999", 2);
}

Result<void> Check(const Record& record) {
  if (!IsNumberOf(*record.Find("regulator"), *record.Find("number"))) {
    return Fault{Reason::kRecordField, "", "number has not the format of its regulator"};
  }
  return {};
}

}  // namespace

const RecordKind kProfessionalRegistration{.word = "professional_registration",
                                           .vct = "urn:staff-passport:professional-registration:1",
                                           .label = "Professional registration",
                                           .fields = kFields,
                                           .check = Check};

}  // namespace passport
