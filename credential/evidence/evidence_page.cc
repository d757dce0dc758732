#include "credential/evidence/evidence_page.h"

#include <algorithm>
#include <initializer_list>

#include "credential/evidence/html_text.h"
#include "credential/evidence/page_words.h"

namespace passport {
namespace {

constexpr std::string_view kStyle =
    "@page{size:A4 portrait;margin:16mm 14mm}"
    "body{font:10pt/1.4 Arial,sans-serif;color:#000;background:#fff;max-width:190mm;margin:0 auto;padding:4mm}"
    "h1{font-size:16pt}h2{font-size:13pt;border-top:1pt solid #000;padding-top:2mm}h3{font-size:11pt}"
    "table{border-collapse:collapse;width:100%;margin:2mm 0 4mm}"
    "caption{text-align:left;font-weight:bold;padding:1mm 0}"
    "th,td{border:.5pt solid #555;padding:1mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eee}tr,caption,h2,h3{break-inside:avoid}h2,h3,caption{break-after:avoid}"
    "thead{display:table-header-group}dl{margin:0}dt{font-weight:bold}dd{margin:0 0 1mm 4mm}"
    "@media print{body{max-width:none;padding:0}section.person{break-before:page}}";

using page_words::Find;
using page_words::Moment;

// The newest decision of each role of each person, those relied on last first within a person.
std::vector<CheckedItem> Chosen(const std::vector<CheckedItem>& items, std::size_t items_max) {
  NewestDecisions newest(items_max);
  for (const CheckedItem& item : items) newest.Add(item);
  return newest.Items();
}

void Heads(std::initializer_list<std::string_view> columns, std::string& html) {
  html += "<thead><tr>";
  for (const std::string_view column : columns) {
    html += "<th scope=\"col\">";
    html += column;
    html += "</th>";
  }
  html += "</tr></thead>\n<tbody>\n";
}

void Term(std::string_view name, std::string_view value_html, std::string& html) {
  html += "<dt>";
  html += name;
  html += "</dt><dd>";
  html += value_html;
  html += "</dd>\n";
}

// The person as an identity check that was relied on names them; else what the evidence knows of them.
std::string PersonName(const CheckedItem& item) {
  for (const ReceiptRecord& record : item.receipt->records) {
    if (record.kind != "identity_check") continue;
    const auto given = Find(record, "given_names");
    const auto family = Find(record, "family_name");
    if (given && family) return HtmlText(given->second + " " + family->second);
  }
  return "Holder of key " + HtmlText(item.receipt->subject);
}

// The taxonomy's label of a word of a list, or the word.
std::string Listed(std::string_view list, std::string_view word, const Terms& terms) {
  return terms.Knows(list, word) ? HtmlText(terms.LabelOf(list, word)) : page_words::Word(word);
}

// As in the list of agreements, or as it was written: an agreement may be named by its reference.
std::string Agreement(std::string_view agreement, const Terms& terms) {
  return terms.Knows("agreement_type", agreement) ? HtmlText(terms.LabelOf("agreement_type", agreement))
                                                  : HtmlText(agreement);
}

// Facts the columns of the table tell already.
bool HasItsOwnColumn(std::string_view fact) {
  return fact == "assurance" || fact == "method" || fact == "checker_role" || fact == "checked_on";
}

void AppendFacts(const ReceiptRecord& record, ScheduleItem item, const Terms& terms, std::string& html) {
  const RecordKind* kind = FindRecordKind(record.kind);
  html += kind == nullptr ? page_words::Word(record.kind) : HtmlText(kind->label);
  for (const Record::Field& fact : record.facts) {
    if (HasItsOwnColumn(fact.first) || !Belongs(record.kind, fact.first, item)) continue;
    html += "<br>" + page_words::Label(record.kind, fact.first) + ": " + page_words::Value(record.kind, fact, terms);
  }
}

void AppendChecking(const ReceiptRecord& record, const Terms& terms, std::string& html) {
  bool said = false;
  for (const std::string_view fact : {"checker_role", "checked_on", "method", "assurance"}) {
    const auto found = Find(record, fact);
    if (!found) continue;
    if (said) html += "<br>";
    html += page_words::Value(record.kind, *found, terms);
    said = true;
  }
  if (!said) html += "not shown by the holder";
}

void AppendRecordRow(const ReceiptContent& receipt, std::size_t number, ScheduleItem item, const Terms& terms,
                     std::string& html) {
  const ReceiptRecord& record = receipt.records[number - 1];
  html += "<tr><th scope=\"row\">" + std::to_string(number) + "</th><td>";
  AppendFacts(record, item, terms, html);
  html += "</td><td>";
  AppendChecking(record, terms, html);
  html += "</td><td>" + HtmlText(record.issuer_name) + " (" + HtmlText(record.issuer.text()) + ")<br>";
  if (record.responsible) {
    html += "responsibility passed to " + HtmlText(record.responsible->name) + " (" +
            HtmlText(record.responsible->id.text()) + ")<br>";
  }
  html += Moment(record.issued_at) + "</td><td>" + page_words::Word(record.standing);
  if (record.standing != "cannot_tell")
    html += ", known " + page_words::Age(record.status_as_of, receipt.decided_at) + " before";
  html += "</td><td>";
  if (record.issuer == receipt.receiver) {
    html += "own check";
  } else if (receipt.agreement.empty()) {
    html += "no agreement named";
  } else {
    html += Agreement(receipt.agreement, terms);
  }
  html += "</td></tr>\n";
}

void AppendScheduleItem(const ReceiptContent& receipt, ScheduleItem item, const Terms& terms, std::string& html) {
  html += "<table>\n<caption>";
  html += TitleOf(item);
  html += "</caption>\n";
  Heads({"No.", "What", "Checked by, when and how", "Issued by", "Status", "Relied on under"}, html);
  bool any = false;
  for (std::size_t number = 1; number <= receipt.records.size(); ++number) {
    const std::vector<ScheduleItem> places = ItemsOf(receipt.records[number - 1].kind);
    if (std::find(places.begin(), places.end(), item) == places.end()) continue;
    AppendRecordRow(receipt, number, item, terms, html);
    any = true;
  }
  if (!any) html += "<tr><td colspan=\"6\">Nothing was relied on for this.</td></tr>\n";
  html += "</tbody></table>\n";
}

std::string NumbersOf(const ReceiptLine& line, const ReceiptContent& receipt) {
  std::string numbers;
  for (std::size_t at = 0; at < receipt.records.size(); ++at) {
    if (!std::binary_search(line.relied_on.begin(), line.relied_on.end(), receipt.records[at].credential)) continue;
    if (!numbers.empty()) numbers += ", ";
    numbers += std::to_string(at + 1);
  }
  return numbers.empty() ? "none" : numbers;
}

void AppendLines(const ReceiptContent& receipt, std::string& html) {
  html += "<table>\n<caption>What the role needs, and how it fared</caption>\n";
  Heads({"Needed", "Outcome", "Why", "Holds through", "Records"}, html);
  for (const ReceiptLine& line : receipt.lines) {
    html +=
        "<tr><th scope=\"row\">" + HtmlText(line.needs) + "</th><td>" + page_words::Word(line.outcome) + "</td><td>";
    html += line.reason == WordOf(Reason::kNone) ? "" : page_words::Word(line.reason);
    html += "</td><td>" + (line.holds_through ? page_words::Day(*line.holds_through) : std::string()) + "</td><td>" +
            NumbersOf(line, receipt) + "</td></tr>\n";
  }
  html += "</tbody></table>\n";
}

void AppendOverrides(const std::vector<EvidenceOverride>& overrides, const Terms& terms, std::string& html) {
  if (overrides.empty()) return;
  html += "<table>\n<caption>Overrides: decisions to go on regardless. They change nothing of the outcome.</caption>\n";
  Heads({"Decided by", "Reason", "In their words", "From", "Until"}, html);
  for (const EvidenceOverride& one : overrides) {
    const std::string named = one.named_person.empty() ? "erased" : HtmlText(one.named_person);
    html += "<tr><th scope=\"row\">" + named + "</th><td>" + Listed("override_reason", one.reason, terms) +
            "</td><td>" + HtmlText(one.words) + "</td><td>" + Moment(one.from) + "</td><td>" + Moment(one.until) +
            "</td></tr>\n";
  }
  html += "</tbody></table>\n";
}

void AppendTerms(const CheckedItem& item, const Terms& terms, std::string& html) {
  const ReceiptContent& receipt = *item.receipt;
  html += "<dl>\n";
  Term("Decided", Moment(receipt.decided_at), html);
  if (!receipt.purpose.empty()) Term("For", Listed("relying_purpose", receipt.purpose, terms), html);
  if (!receipt.agreement.empty()) Term("Agreement", Agreement(receipt.agreement, terms), html);
  if (receipt.profile) {
    Term("Role profile",
         HtmlText(*receipt.profile) + " version " + std::to_string(receipt.profile_version) + ", digest " +
             HtmlText(receipt.profile_digest),
         html);
    Term("Work",
         page_words::Word(receipt.engagement) + " at " + HtmlText(receipt.place) + ", " + Moment(*receipt.starts_at) +
             " to " + Moment(*receipt.ends_at),
         html);
  }
  Term("Known at that time",
       "registry " + std::to_string(receipt.registry_sequence) + ", snapshot " + HtmlText(receipt.snapshot_id), html);
  Term("Place in the chain", std::to_string(item.link.sequence), html);
  html += "</dl>\n";
}

void AppendDecision(const CheckedItem& item, const Taxonomies& taxonomies, std::string& html) {
  const ReceiptContent& receipt = *item.receipt;
  const Terms& terms = taxonomies.On(CivilDay::InLondon(receipt.decided_at));
  html += "<h3>" + (receipt.profile ? "Role " + HtmlText(*receipt.profile) : std::string("Records verified, no role")) +
          ": " + page_words::Word(receipt.outcome) + "</h3>\n";
  AppendTerms(item, terms, html);
  AppendOverrides(item.overrides, terms, html);
  if (receipt.profile) AppendLines(receipt, html);
  for (const ScheduleItem part : AllScheduleItems()) AppendScheduleItem(receipt, part, terms, html);
}

void AppendSummary(const EvidenceHead& head, std::size_t shown, std::string& html) {
  html += "<header>\n<h1>Evidence of checks relied on</h1>\n<dl>\n";
  Term("Relied on by", HtmlText(head.organisation.text()), html);
  Term("About", head.subject ? "one person" : "everybody it relied on something about", html);
  Term("Exported", Moment(head.at), html);
  Term("Receipts",
       std::to_string(head.count) +
           " in the file, of which the newest for each person and role are shown: " + std::to_string(shown),
       html);
  Term("Overrides", std::to_string(head.overrides), html);
  html +=
      "</dl>\n<p>In the order of Schedule 3 of the Health and Social Care Act 2008 (Regulated Activities) "
      "Regulations 2014. This page is made from a signed file and proves nothing without it.</p>\n</header>\n";
}

}  // namespace

std::string EvidencePage(const EvidenceHead& head, const std::vector<CheckedItem>& items, const Taxonomies& taxonomies,
                         std::size_t items_max) {
  const std::vector<CheckedItem> chosen = Chosen(items, items_max);
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Evidence of checks relied on by ";
  html += HtmlText(head.organisation.text()) + "</title>\n<style>";
  html += kStyle;
  html += "</style>\n</head>\n<body>\n";
  AppendSummary(head, chosen.size(), html);
  html += "<main>\n";
  const std::string* person = nullptr;
  for (const CheckedItem& item : chosen) {
    if (person == nullptr || *person != item.receipt->subject) {
      if (person != nullptr) html += "</section>\n";
      html += "<section class=\"person\">\n<h2>" + PersonName(item) + "</h2>\n";
    }
    person = &item.receipt->subject;
    AppendDecision(item, taxonomies, html);
  }
  if (person != nullptr) html += "</section>\n";
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace passport
