#include "passport-service/acts/retention_rules.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "credential/record/record_kind.h"
#include "credential/taxonomy/entry_reader.h"

namespace passport {
namespace {

constexpr json::Limits kLimits{
    .bytes = RetentionRules::kBytesMax, .depth = 6, .nodes = 5000, .string_bytes = 4096, .members = 50};
constexpr std::array<Kept, 4> kAll = {Kept::kCredential, Kept::kPerson, Kept::kSubject, Kept::kImport};
constexpr int kDaysMax = 36'525;
constexpr int kVersionMax = 1'000'000;

Fault Wrong(std::string_view what) { return {Reason::kFieldInvalid, "", "retention rules: " + std::string(what)}; }

Result<RetentionRule> ReadRule(const json::Value& value, std::size_t at) {
  EntryReader in(value, "rule " + std::to_string(at + 1));
  TRY(in.Only({"id", "what", "kinds", "keep_days", "why", "source"}));
  RetentionRule rule;
  TRY_ASSIGN(rule.id, in.Code("id"));
  TRY_ASSIGN(const std::string what, in.Word("what"));
  const auto* const kept = std::find_if(kAll.begin(), kAll.end(), [&](Kept each) { return WordOf(each) == what; });
  if (kept == kAll.end()) return in.Wrong("what is not credential, person, subject or import");
  rule.what = *kept;
  if ((rule.what == Kept::kCredential) != in.Has("kinds"))
    return in.Wrong("kinds stand with credentials, and only there");
  if (in.Has("kinds")) {
    TRY_ASSIGN(const json::Value* const kinds, in.List("kinds"));
    for (const json::Value& kind : *kinds) {
      const auto word = kind.text();
      if (!word || FindRecordKind(*word) == nullptr) return in.Wrong("kinds holds what is no kind of record");
      rule.kinds.emplace_back(*word);
    }
  }
  TRY_ASSIGN(const int days, in.Whole("keep_days", 1, kDaysMax));
  rule.keep_days = days;
  TRY_ASSIGN(rule.why, in.Text("why"));
  TRY_ASSIGN(rule.source, in.Text("source"));
  return rule;
}

// Every thing has one rule for all of it, and no kind has two.
Result<void> CheckWhole(const std::vector<RetentionRule>& rules) {
  std::set<std::string> ids;
  std::set<std::string> kinds;
  for (const RetentionRule& rule : rules) {
    if (!ids.insert(rule.id).second) return Wrong("two rules have the same id");
    for (const std::string& kind : rule.kinds) {
      if (!kinds.insert(kind).second) return Wrong("a kind stands in two rules");
    }
  }
  for (const Kept what : kAll) {
    const auto whole = std::count_if(
        rules.begin(), rules.end(), [&](const RetentionRule& rule) { return rule.what == what && rule.kinds.empty(); });
    if (whole != 1) return Wrong(std::string(WordOf(what)) + " has not exactly one rule for all of it");
  }
  return {};
}

}  // namespace

std::string_view WordOf(Kept kept) {
  switch (kept) {
    case Kept::kCredential:
      return "credential";
    case Kept::kPerson:
      return "person";
    case Kept::kSubject:
      return "subject";
    case Kept::kImport:
      return "import";
  }
  return "";
}

Result<RetentionRules> RetentionRules::Parse(std::string_view text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.Parse(text, kLimits));
  EntryReader in(*value, "retention rules");
  TRY(in.Only({"id", "version", "title", "note", "effective_from", "rules"}));
  RetentionRules read;
  TRY_ASSIGN(read.id_, in.Code("id"));
  TRY_ASSIGN(read.version_, in.Whole("version", 1, kVersionMax));
  TRY(in.Text("title"));
  TRY(in.TextIfAny("note"));
  TRY(in.Day("effective_from"));
  TRY_ASSIGN(const json::Value* const rules, in.List("rules"));
  for (const json::Value& rule : *rules) {
    TRY_ASSIGN(RetentionRule one, ReadRule(rule, read.rules_.size()));
    read.rules_.push_back(std::move(one));
  }
  TRY(CheckWhole(read.rules_));
  return read;
}

const RetentionRule& RetentionRules::ForCredential(std::string_view kind) const {
  const auto named = std::find_if(rules_.begin(), rules_.end(), [&](const RetentionRule& rule) {
    return std::find(rule.kinds.begin(), rule.kinds.end(), kind) != rule.kinds.end();
  });
  return named == rules_.end() ? For(Kept::kCredential) : *named;
}

const RetentionRule& RetentionRules::For(Kept what) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const RetentionRule& rule) { return rule.what == what && rule.kinds.empty(); });
  assert(found != rules_.end());  // Parse has seen it
  return *found;
}

Instant KeptUntil(const RetentionRule& rule, Instant ended) {
  constexpr std::int64_t kDay = 86'400;
  return ended + Seconds{rule.keep_days * kDay};
}

bool IsOver(const RetentionRule& rule, Instant ended, Instant now) { return KeptUntil(rule, ended) <= now; }

}  // namespace passport
