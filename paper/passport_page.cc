#include "paper/passport_page.h"

#include <algorithm>

#include "credential/evidence/html_text.h"
#include "credential/vocabulary/instant_text.h"
#include "paper/qr_code.h"

namespace passport {
namespace {

constexpr std::string_view kPassportPageStyle =
    "@page{size:A4 portrait;margin:12mm 11mm}"
    "body{font:8pt/1.25 Arial,sans-serif;color:#000;background:#fff;max-width:188mm;margin:0 auto;padding:4mm}"
    "h1{font-size:15pt;margin:0 0 1mm}h2{font-size:11pt;margin:3mm 0 1mm}p{margin:0 0 1.5mm}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}"
    "thead th:nth-child(1){width:16%}thead th:nth-child(3){width:15%}thead "
    "th:nth-child(4){width:8%}section{clear:both}caption{text-align:left;font-weight:bold;padding:1mm 0}"
    "th,td{border:.5pt solid #555;padding:.6mm 1.2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "thead th{background:#eee}thead{display:table-header-group}tr{break-inside:avoid}"
    "aside{float:right;width:46mm;margin:0 0 2mm "
    "4mm;font-size:7.5pt;overflow-wrap:anywhere}svg.qr{width:46mm;height:46mm;display:block}"
    "@media print{body{max-width:none;padding:0}}";

void AppendCode(const PassportPage& page, const QrCode& code, std::string& html) {
  const bool badge = !page.badge.empty();
  html += "<aside aria-label=\"Code\">\n" +
          code.Svg(badge ? "The signed badge of this person, as text for passport-verify"
                         : "The name of the key that this passport is bound to") +
          "\n<p>";
  html += badge ? "The code is a signed badge: passport-verify badge checks it."
                : "The code is the name of the key of this passport: " + HtmlText(page.holder) + ".";
  html += "</p>\n</aside>\n";
}

void AppendHowToCheck(const PassportPage& page, std::string& html) {
  html +=
      "<h2>How to check it</h2>\n<p>This page is for reading. Paper can be altered, so rely on none of it before one "
      "of "
      "these:</p>\n<ol>\n"
      "<li>Ask for the passport itself: send the person a request, and decide on what they present. The service, or "
      "passport-verify presentation with the published files of the region, says whether it holds today. A "
      "presentation "
      "of this person is bound to the key ";
  html += HtmlText(page.holder) + ".</li>\n";
  if (!page.badge.empty())
    html +=
        "<li>For who they are and where they work: read the code and hand its text to passport-verify badge; compare "
        "the person with the photo.</li>\n";
  html += "</ol>\n";
}

void AppendRecordRow(const PageRecord& record, std::string& html) {
  html += "<tr><th scope=\"row\">" + HtmlText(record.kind) + "</th><td>";
  for (std::size_t i = 0; i < record.facts.size(); ++i) {
    if (i > 0) html += "; ";
    html += HtmlText(record.facts[i].first) + ": " + HtmlText(record.facts[i].second);
  }
  html += "</td><td>" + HtmlText(record.issuer) + "</td><td>" + HtmlText(record.state) + "</td></tr>\n";
}

}  // namespace

Result<std::string> PassportPageHtml(const PassportPage& page) {
  TRY_ASSIGN(const QrCode code, QrCode::Of(page.badge.empty() ? page.holder : page.badge));
  const std::string title = page.name.empty() ? "Staff passport" : "Staff passport of " + page.name;
  std::string html = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><title>" + HtmlText(title) +
                     "</title><style>" + std::string(kPassportPageStyle) + "</style></head>\n<body>\n<main>\n";
  AppendCode(page, code, html);
  html += "<h1>" + HtmlText(title) + "</h1>\n<p>Made on " + UtcText(page.made_at) + ". Held " + HtmlText(page.held) +
          ".</p>\n";
  AppendHowToCheck(page, html);
  html +=
      "<section>\n<h2>Records</h2>\n<table>\n<caption>What is in the passport</caption>\n<thead><tr><th "
      "scope=\"col\">Record</th>"
      "<th scope=\"col\">Facts</th><th scope=\"col\">Issued by</th><th "
      "scope=\"col\">State</th></tr></thead>\n<tbody>\n";
  const std::size_t shown = std::min(page.records.size(), kPageRecordsMax);
  for (std::size_t i = 0; i < shown; ++i) AppendRecordRow(page.records[i], html);
  if (page.records.empty()) html += "<tr><td colspan=\"4\">Nothing yet.</td></tr>\n";
  html += "</tbody></table>\n";
  if (shown < page.records.size())
    html += "<p>" + std::to_string(page.records.size() - shown) +
            " more records are in the machine-readable file of the same export.</p>\n";
  return html + "</section>\n</main>\n</body>\n</html>\n";
}

}  // namespace passport
