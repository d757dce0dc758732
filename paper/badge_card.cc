#include "paper/badge_card.h"

#include "credential/evidence/html_text.h"
#include "paper/qr_code.h"

namespace passport {
namespace {

constexpr std::string_view kCardStyle =
    "@page{size:A4 portrait;margin:20mm}"
    "body{font:9pt/1.3 Arial,sans-serif;color:#000;background:#fff}"
    "section{box-sizing:border-box;width:85.6mm;height:54mm;border:.5pt dashed #555;padding:3mm;margin:0 0 6mm;"
    "overflow:hidden;break-inside:avoid;position:relative}"
    "h1{font-size:13pt;margin:0 0 1mm}h2{font-size:9pt;margin:0 0 1mm}p{margin:0 0 1mm}"
    ".photo{float:right;width:22mm;height:28mm;border:.5pt solid #555;margin-left:2mm;text-align:center;color:#555}"
    ".employer{position:absolute;bottom:3mm;left:3mm;font-weight:bold}"
    "svg.qr{float:left;width:48mm;height:48mm;margin-right:2mm}.how{font-size:7.5pt}";

}  // namespace

Result<std::string> BadgeCardHtml(const BadgeCard& card) {
  TRY_ASSIGN(const QrCode code, QrCode::Of(card.badge));
  std::string html = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><title>Badge of " +
                     HtmlText(card.name) + "</title><style>" + std::string(kCardStyle) +
                     "</style></head>\n<body>\n<main>\n";
  html += "<section aria-label=\"Front of the badge\">\n<div class=\"photo\">";
  html += card.has_photo ? "photo of the digest" : "photo";
  html += "</div>\n<h1>" + HtmlText(card.name) + "</h1>\n<p>" + HtmlText(card.role) + "</p>\n<p>valid through " +
          HtmlText(card.valid_through) + "</p>\n<p class=\"employer\">" + HtmlText(card.employer) +
          "</p>\n</section>\n";
  html +=
      "<section aria-label=\"Back of the badge\">\n" + code.Svg("The signed badge, as text for passport-verify") +
      "\n<h2>How to check it</h2>\n<p class=\"how\">Read the code and hand its text to passport-verify badge, with the "
      "published files of the region. No network is needed. Compare name, role, day and photo with the front and with "
      "the person. A card without a code that holds proves nothing.</p>\n</section>\n";
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace passport
