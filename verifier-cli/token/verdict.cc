#include "verifier-cli/token/verdict.h"

#include "credential/encoding/json.h"
#include "verifier-cli/printable.h"

namespace passport {
namespace {

// One claim a line. What was written by us is read by us, whatever its size.
std::string ClaimLines(const std::string& claims) {
  constexpr json::Limits kAny{.bytes = std::size_t{1} << 30,
                              .depth = 1000,
                              .nodes = std::size_t{1} << 30,
                              .string_bytes = std::size_t{1} << 30,
                              .members = std::size_t{1} << 30};
  json::Tree tree;
  const Result<json::Value*> object = tree.Parse(claims, kAny);
  if (!object.ok()) return "  " + Printable(claims) + "\n";
  std::string lines;
  for (const json::Value& claim : **object) {
    lines += "  " + Printable(claim.name()) + ": " + Printable(json::Write(claim)) + "\n";
  }
  return lines;
}

}  // namespace

ExitCode ExitCodeOf(const TokenVerdict& verdict) {
  if (!verdict.refused) return ExitCode::kHolds;
  const Reason reason = verdict.refused->reason;
  const bool unknown = reason == Reason::kStatusStale || reason == Reason::kStatusUnknown;
  return unknown ? ExitCode::kCannotTell : ExitCode::kDoesNotHold;
}

void AppendJsonMembers(const TokenVerdict& verdict, std::string& out) {
  if (!verdict.refused) {
    out += R"("valid":true,"claims":)";
    out += Printable(verdict.claims);
    if (verdict.status_unchecked) out += R"(,"status_checked":false)";
    return;
  }
  out += R"("valid":false,"reason":)";
  json::WriteString(TokenReasonWord(verdict.refused->reason), out);
  out += R"(,"check":)";
  json::WriteString(verdict.refused->check, out);
  out += R"(,"detail":)";
  json::WriteString(Printable(verdict.refused->detail), out);
}

std::string ForPeople(const TokenVerdict& verdict) {
  std::string text;
  if (!verdict.refused) {
    text = "VALID\n";
    if (verdict.status_unchecked) {
      text += "  The token names a status list that was not checked: it may have been revoked or suspended since.\n";
    }
    return text + ClaimLines(verdict.claims);
  }
  const Fault& fault = *verdict.refused;
  const ReasonText& reason = TextOf(fault.reason);
  text = ExitCodeOf(verdict) == ExitCode::kCannotTell ? "CANNOT TELL\n" : "NOT VALID\n";
  text += "  reason: " + std::string(TokenReasonWord(fault.reason));
  if (!fault.check.empty()) text += " (check " + std::string(fault.check) + ")";
  text += "\n  detail: " + Printable(fault.detail) + "\n";
  text += "  what it means: " + std::string(reason.happened) + "\n";
  text += "  who can help: " + std::string(reason.who) + "\n";
  text += "  what to do: " + std::string(reason.remedy) + "\n";
  return text;
}

}  // namespace passport
