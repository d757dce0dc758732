#include "paper/export_page.h"

#include <algorithm>

#include "credential/encoding/json.h"
#include "credential/evidence/html_text.h"
#include "credential/evidence/page_words.h"
#include "credential/record/record_kind.h"
#include "credential/taxonomy/terms.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

constexpr json::Limits kExportLineLimits{
    .bytes = kExportLineBytesMax, .depth = 6, .nodes = 20'000, .string_bytes = kExportLineBytesMax, .members = 200};
constexpr std::int64_t kExportPageVersion = 1;

// How the text of a member reads.
enum class Reading : std::uint8_t {
  kText,    // as it is
  kWord,    // a word of ours: "not_met" is "not met"
  kKind,    // the label of a kind of record
  kMoment,  // "22 November 2026, 08:26 UTC"
  kDay,     // "22 November 2026"
  kLabel,   // the sentence of the column's member, when it is true
  kAsked,   // a list of kinds with facts
  kFacts,   // the facts of the line's `kind`
};

struct Shown {
  std::string_view member;
  std::string_view before;  // said before the value; of kLabel all that is said
  Reading reading = Reading::kText;
};
constexpr std::size_t kShownMax = 7;
struct Column {
  std::string_view heading;
  std::array<Shown, kShownMax> shown;
};
constexpr std::size_t kColumnsMax = 5;
struct SectionShape {
  std::string_view line;  // the kind of line; empty: any other
  std::string_view title;
  std::string_view nothing;  // said where there is none
  std::array<Column, kColumnsMax> columns;
};

constexpr Shown kErasedShown{"erased", "erased: nothing of it can be read any more", Reading::kLabel};
constexpr Column kByWhom{"Organisation", {{{"organisation_name", ""}, {"organisation", ""}}}};
constexpr Column kReceiver{"Who", {{{"receiver_name", ""}, {"receiver", ""}}}};

constexpr SectionShape kShapes[] = {
    {"holder_key",
     "Keys of the passport",
     "No key but the one of the beginning.",
     {{{"Key", {{{"thumbprint", ""}}}},
       {"Held", {{{"held_as", "", Reading::kWord}}}},
       {"From", {{{"from", "", Reading::kMoment}}}},
       {"Until", {{{"until", "", Reading::kMoment}, {"end_reason", "", Reading::kWord}}}}}}},
    {"employment",
     "Where you work or have worked",
     "Nobody has you among their people.",
     {{kByWhom,
       {"Employee number", {{{"employee_number", ""}, kErasedShown}}},
       {"Left", {{{"left_at", "", Reading::kMoment}, {"leaving_reason", "", Reading::kWord}}}}}}},
    {"identity_check",
     "Who made sure who you are",
     "Nobody has recorded a check.",
     {{kByWhom,
       {"How", {{{"method", "", Reading::kWord}, kErasedShown}}},
       {"By whom and when", {{{"checked_by", ""}, {"checked_on", "", Reading::kDay}}}},
       {"Recorded", {{{"recorded_at", "", Reading::kMoment}}}}}}},
    {"invitation",
     "Invitations to a passport",
     "Nobody has invited you.",
     {{kByWhom,
       {"State", {{{"state", "", Reading::kWord}}}},
       {"Invited", {{{"invited_at", "", Reading::kMoment}}}},
       {"Good until", {{{"expires_at", "", Reading::kMoment}}}}}}},
    {"credential",
     "Records",
     "Nothing was issued for you.",
     {{{"Record", {{{"kind", "", Reading::kKind}, {"credential_id", "reference "}}}},
       {"Facts", {{{"facts", "", Reading::kFacts}, kErasedShown}}},
       {"Issued by", {{{"issuer_name", ""}, {"issuer", ""}}}},
       {"State",
        {{{"state", "", Reading::kWord},
          {"state_reason", "because: ", Reading::kWord},
          {"state_at", "since ", Reading::kMoment},
          {"accepted", "you have said that it is right", Reading::kLabel}}}},
       {"Issued and ends", {{{"issued_at", "", Reading::kMoment}, {"expires_at", "ends ", Reading::kMoment}}}}}}},
    {"dispute",
     "What you have said is wrong, and how it ended",
     "You have disputed nothing.",
     {{{"Record", {{{"kind", "", Reading::kKind}, {"credential_id", "reference "}, {"dispute_id", "dispute "}}}},
       {"Issued by", {{{"issuer_name", ""}, {"issuer", ""}}}},
       {"Your words", {{{"words", ""}, {"raised_at", "on ", Reading::kMoment}, kErasedShown}}},
       {"State", {{{"state", "", Reading::kWord}, {"settled_at", "on ", Reading::kMoment}}}},
       {"Their answer", {{{"answer", ""}}}}}}},
    {"share",
     "What you were asked for and have given",
     "Nobody has asked you for anything.",
     {{kReceiver,
       {"For",
        {{{"purpose", "", Reading::kWord},
          {"profile", "role "},
          {"for_day", "on ", Reading::kDay},
          {"share_id", "share "}}}},
       {"State",
        {{{"state", "", Reading::kWord},
          {"keep_through", "kept through ", Reading::kDay},
          {"answer_only", "the answer alone, none of the records", Reading::kLabel},
          {"ended_by", "ended by ", Reading::kWord}}}},
       {"What was asked", {{{"asked", "", Reading::kAsked}}}},
       {"When and with what",
        {{{"asked_at", "asked ", Reading::kMoment},
          {"given_at", "given ", Reading::kMoment},
          {"ended_at", "ended ", Reading::kMoment},
          {"given_with", "with key "},
          {"credentials", "records "}}}}}}},
    {"look",
     "Who has looked",
     "Nobody has looked.",
     {{kReceiver,
       {"When", {{{"at", "", Reading::kMoment}}}},
       {"For", {{{"purpose", "", Reading::kWord}, {"profile", "role "}, {"share_id", "share "}}}},
       {"Outcome", {{{"outcome", "", Reading::kWord}, {"reasons", "because: ", Reading::kWord}, kErasedShown}}},
       {"What they saw", {{{"records", "", Reading::kAsked}}}}}}},
    {"override",
     "Where somebody went on regardless",
     "Nobody has.",
     {{kReceiver,
       {"Role and reason", {{{"profile", "role "}, {"reason", "", Reading::kWord}}}},
       {"From and until", {{{"from", "from ", Reading::kMoment}, {"until", "until ", Reading::kMoment}}}},
       {"Decided by", {{{"decided_by", ""}, kErasedShown}}},
       {"Their words", {{{"words", ""}}}}}}},
    {"rebinding",
     "Whether the passport is going to another key",
     "It is not.",
     {{{"State", {{{"state", "", Reading::kWord}, {"reason", "", Reading::kWord}}}},
       {"When", {{{"at", "", Reading::kMoment}, {"undo_until", "can be taken back until ", Reading::kMoment}}}},
       {"Keys", {{{"old_key", "from "}, {"new_key", "to "}}}},
       {"Records",
        {{{"signed_again", "signed again: "},
          {"left_behind", "could not be: "},
          {"end_shares", "what was given ends too", Reading::kLabel}}}}}}},
    {"", "Other things", "", {{{"What", {{{"line", "", Reading::kWord}}}}}}},
};

constexpr std::string_view kExportPageStyle =
    "@page{size:A4 landscape;margin:14mm 12mm}"
    "body{font:9.5pt/1.4 Arial,sans-serif;color:#000;background:#fff;max-width:270mm;margin:0 auto;padding:4mm}"
    "h1{font-size:16pt;margin:0 0 2mm}h2{font-size:12.5pt;margin:5mm 0 1mm;break-after:avoid}p{margin:0 0 2mm}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;padding:1mm 0;break-after:avoid}"
    "th,td{border:.5pt solid #555;padding:.8mm 1.4mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "thead th{background:#eee}thead{display:table-header-group}tr{break-inside:avoid}"
    "dl{margin:0 0 2mm}dt{font-weight:bold}dd{margin:0 0 1mm 4mm}"
    "@media print{body{max-width:none;padding:0}}";

std::string PlainValue(const json::Value& value) {
  if (value.text()) return HtmlText(*value.text());
  if (value.boolean()) return *value.boolean() ? "yes" : "no";
  if (value.integer()) return std::to_string(*value.integer());
  return HtmlText(json::Write(value));
}

std::string KindOnPage(std::string_view word) {
  if (word == "badge") return "Badge";
  const RecordKind* const kind = FindRecordKind(word);
  return kind == nullptr ? page_words::Word(word) : HtmlText(kind->label);
}

// A word, a day and a text are told apart by the kind's own rules; no taxonomy is at hand.
std::string FactOnPage(std::string_view kind, const json::Value& fact) {
  static const Taxonomies kNoTaxonomies;
  const std::string value = fact.text() ? std::string(*fact.text()) : json::Write(fact);
  return page_words::Label(kind, fact.name()) + ": " +
         page_words::Value(kind, {std::string(fact.name()), value}, kNoTaxonomies.On(CivilDay::InLondon({})));
}

std::string AskedOnPage(const json::Value& records) {
  std::string html;
  for (const json::Value& record : records) {
    const json::Value* const kind = record.Find("kind");
    const std::string_view word = kind == nullptr ? "" : kind->text().value_or("");
    if (!html.empty()) html += "<br>";
    html += KindOnPage(word);
    const json::Value* const facts = record.Find("facts");
    if (facts == nullptr) continue;
    std::string_view mark = ": ";
    for (const json::Value& fact : *facts) {
      html += std::string(mark) + page_words::Label(word, fact.text().value_or(""));
      mark = ", ";
    }
  }
  return html;
}

std::string WordOnPage(const json::Value& value) {
  if (!value.is_array()) return value.text() ? page_words::Word(*value.text()) : PlainValue(value);
  std::string html;
  for (const json::Value& each : value) html += (html.empty() ? "" : ", ") + page_words::Word(each.text().value_or(""));
  return html;
}

std::string ListOnPage(const json::Value& value) {
  std::string html;
  for (const json::Value& each : value) html += (html.empty() ? "" : ", ") + PlainValue(each);
  return html;
}

std::string FactsOnPage(std::string_view kind, const json::Value& facts) {
  std::string html;
  for (const json::Value& fact : facts) html += (html.empty() ? "" : "<br>") + FactOnPage(kind, fact);
  return html;
}

// What a member says, or nothing: an empty list, a flag that is not set. What is not of the form it should be is shown
// as it came.
std::string Read(const Shown& shown, std::string_view kind, const json::Value& value) {
  if (shown.reading == Reading::kLabel) return value.boolean() == true ? std::string(shown.before) : std::string();
  std::string html;
  if (shown.reading == Reading::kMoment && value.text()) {
    const Result<Instant> at = ParseInstant(*value.text());
    html = at.ok() ? page_words::Moment(*at) : PlainValue(value);
  } else if (shown.reading == Reading::kDay && value.text()) {
    const Result<CivilDay> day = CivilDay::Parse(*value.text());
    html = day.ok() ? page_words::Day(*day) : PlainValue(value);
  } else if (shown.reading == Reading::kKind && value.text()) {
    html = KindOnPage(*value.text());
  } else if (shown.reading == Reading::kAsked && value.is_array()) {
    html = AskedOnPage(value);
  } else if (shown.reading == Reading::kFacts && value.is_object()) {
    html = FactsOnPage(kind, value);
  } else if (shown.reading == Reading::kWord) {
    html = WordOnPage(value);
  } else {
    html = value.is_array() ? ListOnPage(value) : PlainValue(value);
  }
  return html.empty() ? html : std::string(shown.before) + html;
}

// Members that only say what the line is, or that are for machines.
bool IsNotForReading(std::string_view member) { return member == "line" || member == "token"; }

bool IsShown(const SectionShape& shape, std::string_view member) {
  return std::any_of(shape.columns.begin(), shape.columns.end(), [&](const Column& column) {
    return std::any_of(column.shown.begin(), column.shown.end(),
                       [&](const Shown& shown) { return shown.member == member; });
  });
}

// A member of a later day of the same version is shown too, under its own name.
std::string Unforeseen(const SectionShape& shape, const json::Value& line) {
  std::string html;
  for (const json::Value& member : line) {
    if (IsNotForReading(member.name()) || IsShown(shape, member.name())) continue;
    html +=
        "<br>" + page_words::Word(member.name()) + ": " + (member.is_array() ? ListOnPage(member) : PlainValue(member));
  }
  return html;
}

std::string CellOf(const Column& column, std::string_view kind, const json::Value& line) {
  std::string html;
  for (const Shown& shown : column.shown) {
    const json::Value* const value = shown.member.empty() ? nullptr : line.Find(shown.member);
    const std::string text = value == nullptr ? std::string() : Read(shown, kind, *value);
    if (!text.empty()) html += (html.empty() ? "" : "<br>") + text;
  }
  return html;
}

std::string RowOf(const SectionShape& shape, const json::Value& line) {
  const json::Value* const kind = line.Find("kind");
  const std::string_view word = kind == nullptr ? "" : kind->text().value_or("");
  std::string html = "<tr>";
  bool first = true;
  for (const Column& column : shape.columns) {
    if (column.heading.empty()) break;
    html += first ? "<th scope=\"row\">" + CellOf(column, word, line) + Unforeseen(shape, line) + "</th>"
                  : "<td>" + CellOf(column, word, line) + "</td>";
    first = false;
  }
  return html + "</tr>\n";
}

std::string AboutOf(const json::Value& header) {
  constexpr Shown kAbout[] = {{"as_of", "As of", Reading::kMoment},
                              {"enrolled_at", "Since", Reading::kMoment},
                              {"held_as", "Held", Reading::kWord},
                              {"person_id", "Your number in the service"}};
  std::string html = "<dl>\n";
  for (Shown shown : kAbout) {
    const json::Value* const value = header.Find(shown.member);
    if (value == nullptr) continue;
    const std::string_view label = shown.before;
    shown.before = "";
    html += "<dt>" + std::string(label) + "</dt><dd>" + Read(shown, "", *value) + "</dd>\n";
  }
  return html + "</dl>\n";
}

std::string_view TextMember(const json::Value& object, std::string_view name) {
  const json::Value* const value = object.Find(name);
  return value == nullptr ? "" : value->text().value_or("");
}

Fault NotAnExport(std::string_view what) { return {Reason::kMalformed, "", "the export " + std::string(what)}; }

}  // namespace

Result<void> ExportPage::Take(std::string_view line) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(line, kExportLineLimits));
  const std::string_view what = TextMember(*root, "line");
  if (!root->is_object() || what.empty()) return NotAnExport("has a line that does not say what it is");
  if (begun_ == (what == "header") || ended_) return NotAnExport("does not begin with one header and end with one end");
  if (what == "header") {
    const json::Value* const version = root->Find("version");
    if (TextMember(*root, "format") != "staff_passport_export") return NotAnExport("is of another format");
    if (version == nullptr || version->integer() != kExportPageVersion)
      return Fault{Reason::kSchemaNewer, "", "the export is of another version"};
    about_ = AboutOf(*root);
    begun_ = true;
  } else if (what == "end") {
    const json::Value* const lines = root->Find("lines");
    if (lines == nullptr || lines->integer() != static_cast<std::int64_t>(lines_))
      return NotAnExport("counts other lines than it has");
    ended_ = true;
  } else {
    const auto* const shape = std::find_if(std::begin(kShapes), std::prev(std::end(kShapes)),
                                           [&](const SectionShape& each) { return each.line == what; });
    Section& section = sections_.at(static_cast<std::size_t>(shape - std::begin(kShapes)));
    section.rows += RowOf(*shape, *root);
    ++section.count;
  }
  ++lines_;
  return {};
}

Result<std::string> ExportPage::Html() const {
  static_assert(std::size(kShapes) == kSections);
  if (!ended_) return NotAnExport("is not whole");
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Everything the service has about you</title>\n"
      "<style>" +
      std::string(kExportPageStyle) +
      "</style>\n</head>\n<body>\n<main>\n<h1>Everything the service has about you</h1>\n" + about_ +
      "<p>This page says what the machine-readable file of the same export says, without the signed texts. What is "
      "wrong can be disputed: passport-wallet dispute. Who has something of yours can be stopped: passport-wallet "
      "end-share.</p>\n";
  for (std::size_t i = 0; i < kSections; ++i) {
    const SectionShape& shape = kShapes[i];
    const Section& section = sections_.at(i);
    if (section.count == 0 && shape.nothing.empty()) continue;
    html += "<h2>" + std::string(shape.title) + "</h2>\n";
    if (section.count == 0) {
      html += "<p>" + std::string(shape.nothing) + "</p>\n";
      continue;
    }
    html += "<table>\n<caption>" + std::string(shape.title) + ": " + std::to_string(section.count) +
            "</caption>\n<thead><tr>";
    for (const Column& column : shape.columns) {
      if (!column.heading.empty()) html += "<th scope=\"col\">" + std::string(column.heading) + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n" + section.rows + "</tbody></table>\n";
  }
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace passport
