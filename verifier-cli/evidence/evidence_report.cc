#include "verifier-cli/evidence/evidence_report.h"

#include "credential/encoding/json.h"
#include "credential/evidence/page_words.h"
#include "verifier-cli/printable.h"

namespace passport {

void EvidenceReport::Count(const CheckedItem& item) {
  ++items;
  overrides += item.overrides.size();
  if (item.receipt) {
    ++outcomes[item.receipt->outcome];
  } else {
    ++erased;
  }
}

std::string JsonOf(const EvidenceReport& report) {
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
    root.Append("organisation", tree.String(report.head->organisation.text()));
    root.Append("about", tree.String(report.head->subject ? "one_person" : "everybody"));
    root.Append("exported_at", tree.Integer(report.head->at.seconds));
    root.Append("items_expected", number(report.head->count));
  }
  root.Append("items", number(report.items));
  root.Append("erased", number(report.erased));
  root.Append("overrides", number(report.overrides));
  json::Value& outcomes = tree.Object();
  for (const auto& [word, count] : report.outcomes) outcomes.Append(tree.Keep(word), number(count));
  root.Append("outcomes", outcomes);
  return Printable(json::Write(root)) + "\n";
}

std::string TextFor(const EvidenceReport& report) {
  std::string text;
  if (report.refused) {
    text += "DOES NOT HOLD: " + Printable(report.refused->detail) + "\n";
    text += "  " + std::string(TextOf(report.refused->reason).happened) + " What to do (" +
            std::string(TextOf(report.refused->reason).who) +
            "): " + std::string(TextOf(report.refused->reason).remedy) + "\n";
  } else {
    text += "HOLDS: nothing in it was changed, removed or added.\n";
  }
  if (report.head) {
    text += "  relied on by " + report.head->organisation.text() + ", about " +
            (report.head->subject ? "one person" : "everybody") + ", exported " + page_words::Moment(report.head->at) +
            "\n";
    text += "  items: " + std::to_string(report.items) + " of " + std::to_string(report.head->count) + " hold\n";
  }
  for (const auto& [word, count] : report.outcomes) text += "  " + word + ": " + std::to_string(count) + "\n";
  text += "  erased: " + std::to_string(report.erased) + "\n";
  text += "  overrides: " + std::to_string(report.overrides) + "\n";
  return text;
}

}  // namespace passport
