#include "operator-cli/shift_flags.h"

#include "credential/vocabulary/instant_text.h"

namespace passport {

void AddShiftOptions(CLI::App& command, ShiftFlags& flags) {
  command.add_option("--on", flags.shift.day, "for this day, 2026-03-01; today if no shift is given either");
  command.add_option("--from", flags.from, "for a shift that starts then: 2026-03-01T20:00 in London, or UTC with a Z");
  command.add_option("--to", flags.to, "and ends then");
  command.add_option("--at", flags.shift.place, "where the work is, ods:X0A; your own place if not given");
  command.add_option("--agreement", flags.shift.agreement, "under which agreement other employers' checks count");
}

Result<ShiftQuestion> ReadShiftFlags(const ShiftFlags& flags) {
  if (flags.from.empty() != flags.to.empty()) return Fault{Reason::kConfig, "", "--from and --to go together"};
  if (!flags.from.empty() && !flags.shift.day.empty())
    return Fault{Reason::kConfig, "", "--on and --from exclude each other"};
  ShiftQuestion shift = flags.shift;
  if (flags.from.empty()) return shift;
  TRY_ASSIGN(shift.starts_at, ParseInstant(flags.from));
  TRY_ASSIGN(shift.ends_at, ParseInstant(flags.to));
  return shift;
}

}  // namespace passport
