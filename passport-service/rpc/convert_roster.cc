#include "passport-service/rpc/convert_roster.h"

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/convert_verifier.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Result<void> ReadTerms(const v1::RosterLine& message, RosterLine& line) {
  TRY_ASSIGN(line.engagement, ToEngagement(message.engagement()));
  TRY_ASSIGN(line.starts_at, ToMoment(message.has_start_time(), message.start_time(), "start_time"));
  TRY_ASSIGN(line.ends_at, ToMoment(message.has_end_time(), message.end_time(), "end_time"));
  return {};
}

}  // namespace

CheckRoster::Order ToOrder(const Caller& by, const v1::RosterOpening& opening) {
  return {.by = by, .purpose = opening.purpose(), .agreement = opening.agreement(), .explain = opening.explain()};
}

RosterLine ToLine(const v1::RosterLine& message) {
  RosterLine line{.id = message.line_id(),
                  .employee_number = message.employee_number(),
                  .share = message.share_id(),
                  .profile = message.profile(),
                  .place = message.place()};
  if (const Result<void> read = ReadTerms(message, line); !read.ok()) line.misread = read.fault();
  return line;
}

void Fill(const RosterResult& result, bool explain, v1::RosterResult& message) {
  message.set_line_id(result.id);
  message.set_position(result.position);
  if (!result.decision) {
    message.set_reason(WireWord(result.refused->reason));
    Fill(*result.refused, *message.mutable_refusal());
    return;
  }
  const Decision& decision = *result.decision;
  message.set_outcome(ToMessage(decision.outcome));
  if (const Reason reason = FirstReason(decision); reason != Reason::kNone) message.set_reason(WireWord(reason));
  if (const auto through = decision.holds_through()) message.set_holds_through(through->Text());
  if (!explain) return;
  for (const DecisionLine& line : decision.lines) Fill(line, *message.add_lines());
}

void Fill(const RosterTally& tally, v1::RosterSummary& message) {
  message.set_lines(tally.lines);
  message.set_met(tally.met);
  message.set_met_expiring(tally.met_expiring);
  message.set_not_met(tally.not_met);
  message.set_cannot_tell(tally.cannot_tell);
  message.set_refused(tally.refused);
}

}  // namespace passport
