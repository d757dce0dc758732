#include "verifier-cli/audit/audit_report.h"

#include "credential/encoding/json.h"
#include "credential/evidence/page_words.h"
#include "verifier-cli/printable.h"

namespace passport {

void AuditReport::Count(const AuditRow& row) {
  ++rows;
  ++actions[row.entry.action];
}

std::string JsonOf(const AuditReport& report) {
  json::Tree tree;
  json::Value& root = tree.Object();
  const auto number = [&](std::uint64_t count) -> json::Value& {
    return tree.Integer(static_cast<std::int64_t>(count));
  };
  root.Append("holds", tree.Boolean(!report.refused));
  if (report.refused) {
    root.Append("reason", tree.String(WordOf(report.refused->reason)));
    if (!report.refused->check.empty()) root.Append("check", tree.String(report.refused->check));
    root.Append("detail", tree.String(report.refused->detail));
  }
  if (report.head) {
    root.Append("about", tree.String(report.head->actor ? "one_actor" : "everybody"));
    if (report.head->actor) root.Append("actor", tree.String(*report.head->actor));
    root.Append("exported_at", tree.Integer(report.head->at.seconds));
    root.Append("rows_expected", number(report.head->count));
  }
  root.Append("rows", number(report.rows));
  root.Append("days", number(report.days));
  root.Append("days_left_out", number(report.later));
  json::Value& actions = tree.Object();
  for (const auto& [word, count] : report.actions) actions.Append(tree.Keep(word), number(count));
  root.Append("actions", actions);
  return Printable(json::Write(root)) + "\n";
}

std::string TextFor(const AuditReport& report) {
  std::string text;
  if (report.refused) {
    text += "DOES NOT HOLD: " + Printable(report.refused->detail) + "\n";
    text +=
        "  Rows were changed, removed, moved or added after they were written, or the file was damaged. Keep the file\n"
        "  and the heads as they are, export again, and tell the registrar of the region.\n";
  } else {
    text += "HOLDS: no row was changed, removed, moved or added.\n";
  }
  if (report.head) {
    text += "  what " + (report.head->actor ? Printable(*report.head->actor) : std::string("everybody")) +
            " did, exported " + page_words::Moment(report.head->at) + "\n";
    text += "  rows: " + std::to_string(report.rows) + " of " + std::to_string(report.head->count) + " hold\n";
  }
  text += "  heads of days it goes through: " + std::to_string(report.days) + "\n";
  if (report.later > 0) text += "  heads that say nothing of it: " + std::to_string(report.later) + "\n";
  if (!report.refused && report.days == 0) {
    text +=
        "  No head of a past day was kept: a trail that the service itself wrote anew would look the same. Keep\n"
        "  audit/*.jwt of the published files, and put them into heads/ beside the export.\n";
  }
  for (const auto& [word, count] : report.actions) text += "  " + Printable(word) + ": " + std::to_string(count) + "\n";
  return text;
}

}  // namespace passport
