#include "verifier-cli/evidence/receipt_report.h"

#include "credential/encoding/json.h"
#include "credential/evidence/page_words.h"
#include "credential/evidence/receipt_json.h"
#include "verifier-cli/printable.h"

namespace passport {
namespace {

using page_words::Moment;

// A line of text from outside, so that it can not add lines of its own.
void AppendLine(std::string_view indent, std::string_view line, std::string& text) {
  text += indent;
  text += Printable(line);
  text += "\n";
}

void AppendRecords(const ReceiptContent& receipt, std::string& text) {
  for (const ReceiptRecord& record : receipt.records) {
    AppendLine(
        "  ", record.kind + ", issued by " + record.issuer_name + " (" + record.issuer.text() + "): " + record.standing,
        text);
    if (record.responsible) {
      AppendLine("    ",
                 "responsibility passed to " + record.responsible->name + " (" + record.responsible->id.text() + ")",
                 text);
    }
    for (const auto& [name, value] : record.facts) AppendLine("    ", name + ": " + value, text);
  }
}

void AppendDecision(const ReceiptContent& receipt, std::string& text) {
  AppendLine("  ",
             "role " + *receipt.profile + " version " + std::to_string(receipt.profile_version) + ", " +
                 receipt.engagement + " at " + receipt.place + ", " + Moment(*receipt.starts_at) + " to " +
                 Moment(*receipt.ends_at),
             text);
  for (const ReceiptLine& line : receipt.lines) {
    std::string said = line.outcome + ": " + line.needs;
    if (line.reason != WordOf(Reason::kNone)) said += " (" + line.reason + ")";
    if (line.holds_through) said += " (through " + line.holds_through->Text() + ")";
    AppendLine("    ", said, text);
  }
}

}  // namespace

std::string JsonOf(const Result<ReceiptContent>& receipt) {
  if (receipt.ok()) return R"({"holds":true,"receipt":)" + Printable(WriteReceipt(*receipt)) + "}\n";
  json::Tree tree;
  json::Value& root = tree.Object();
  root.Append("holds", tree.Boolean(false));
  root.Append("reason", tree.String(WordOf(receipt.fault().reason)));
  if (!receipt.fault().check.empty()) root.Append("check", tree.String(receipt.fault().check));
  root.Append("detail", tree.String(receipt.fault().detail));
  return Printable(json::Write(root)) + "\n";
}

std::string TextFor(const Result<ReceiptContent>& receipt) {
  std::string text;
  if (!receipt.ok()) {
    const ReasonText& reason = TextOf(receipt.fault().reason);
    AppendLine("DOES NOT HOLD: ", receipt.fault().detail, text);
    AppendLine(
        "  ",
        std::string(reason.happened) + " What to do (" + std::string(reason.who) + "): " + std::string(reason.remedy),
        text);
    return text;
  }
  AppendLine("HOLDS: ",
             receipt->receiver.text() + " relied on it, " + Moment(receipt->decided_at) +
                 (receipt->purpose.empty() ? "" : ", for " + receipt->purpose),
             text);
  if (!receipt->agreement.empty()) AppendLine("  under ", receipt->agreement, text);
  AppendLine("  outcome: ", receipt->outcome, text);
  if (receipt->profile) AppendDecision(*receipt, text);
  AppendRecords(*receipt, text);
  return text;
}

}  // namespace passport
