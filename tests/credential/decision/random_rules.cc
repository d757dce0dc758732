#include "tests/credential/decision/random_rules.h"

#include <cstdlib>

namespace passport {
namespace {

const std::vector<std::string>& RuleGrades() {
  static const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
  return grades;
}

std::string QuotedList(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ",\"" : "\"") + word + "\"";
  return text + "]";
}

}  // namespace

std::string Dice::Day() {
  static const std::vector<std::string> near = {"2024-02-29", "2024-11-20", "2024-11-21", "2024-11-22", "2025-02-28",
                                                "2025-11-20", "2025-11-21", "2025-11-30", "2026-02-28", "2026-10-22",
                                                "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23",
                                                "2026-12-20", "2026-12-21", "2027-03-28", "2027-11-21"};
  return Of(near);
}

RandomCourses MakeCourses(Dice& dice) {
  reference::ClerkCourses clerk;
  std::string subjects;
  for (int i = 0; i < 4; ++i) {
    const std::string word = "c" + std::to_string(i);
    const bool higher = !dice.OneIn(3);
    std::string levels;
    std::string refresh;
    for (int level = 1; level <= 1 + dice.Below(3) || level == 1; ++level) {
      clerk.levels[word].insert(level);
      levels += (level == 1 ? "" : ",") + std::to_string(level);
      if (dice.OneIn(5)) continue;
      const int months = dice.OneIn(5) ? 0 : 1 + dice.Below(30);
      clerk.refresh[{word, level}] = months;
      refresh += (refresh.empty() ? "" : ",") + (R"({"level":)" + std::to_string(level)) + R"(,"months":)" +
                 std::to_string(months) + R"(,"source":"chance"})";
    }
    if (higher) clerk.higher_covers_lower.insert(word);
    if (i >= 2)
      clerk.parts[word] = i == 2 ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"a", "b", "c"};
    subjects += (subjects.empty() ? "" : ",") + (R"({"word":")" + word) + R"(","label":"Course","framework":"cstf",)" +
                R"("levels":[)" + levels + R"(],"higher_covers_lower":)" + (higher ? "true" : "false") +
                (i >= 2 ? R"(,"parts":)" + QuotedList(clerk.parts[word]) : "") +
                (refresh.empty() ? "" : R"(,"refresh":[)" + refresh + "]") + "}";
  }
  std::string equivalences;
  for (int i = 1; i < 4; ++i) {
    if (dice.OneIn(2)) continue;
    // Downwards only: never in a circle.
    const std::string has = "c" + std::to_string(i);
    const std::string as = "c" + std::to_string(dice.Below(i));
    const int level = 1 + dice.Below(static_cast<int>(clerk.levels[has].size()));
    const int as_level = 1 + dice.Below(static_cast<int>(clerk.levels[as].size()));
    clerk.counts_as.push_back({{has, level}, {as, as_level}});
    equivalences += (equivalences.empty() ? "" : ",") + (R"({"has":{"subject":")" + has) + R"(","level":)" +
                    std::to_string(level) + R"(},"counts_as":{"subject":")" + as + R"(","level":)" +
                    std::to_string(as_level) + R"(},"source":"chance"})";
  }
  const std::string text =
      R"({"id":"training","version":1,"title":"By chance","effective_from":"2020-01-01","subjects":[)" + subjects +
      "]" + (equivalences.empty() ? "" : R"(,"equivalences":[)" + equivalences + "]") + "}";
  Result<Taxonomy> taxonomy = Taxonomy::Parse(text);
  if (!taxonomy.ok()) {
    std::fprintf(stderr, "random rules: %s\n%s\n", taxonomy.fault().detail.c_str(), text.c_str());
    std::abort();
  }
  std::vector<Taxonomy> versions;
  versions.push_back(std::move(taxonomy).value());
  Result<Taxonomies> taxonomies = Taxonomies::Make(std::move(versions));
  if (!taxonomies.ok()) std::abort();
  return {std::move(clerk), std::move(taxonomies).value()};
}

Shown RandomShown(Dice& dice) {
  Shown shown{.kind = "mandatory_training"};
  shown.changes = {{"achieved_on", dice.Day()}, {"assurance", dice.Of(RuleGrades())}};
  const auto also = [&](std::string field, std::string value) {
    shown.changes.emplace_back(std::move(field), std::move(value));
  };
  switch (dice.Below(8)) {
    case 0:
      shown.kind = "employment";
      also("starts_on", dice.OneIn(4) ? "2026-11-22" : "2024-01-01");
      also("ends_on", dice.OneIn(2) ? "" : dice.OneIn(2) ? "2026-11-22" : "2026-12-20");
      break;
    case 1:
      shown.kind = "professional_registration";
      also("register_checked_on", dice.Day());
      also("restrictions", dice.OneIn(3) ? "true" : "false");
      also("expires_on", dice.OneIn(3) ? "" : dice.Day());
      break;
    case 2:
      shown.kind = "licence_to_attend";
      also("place", dice.OneIn(2) ? "ods:RC9" : "ons:E06000032");
      also("ends_on", dice.OneIn(2) ? "2026-11-22" : "2027-08-31");
      break;
    case 3:
      shown.kind = "criminal_record_check";
      break;
    default:
      also("subject", "c" + std::to_string(dice.Below(4)));
      also("level", std::to_string(dice.OneIn(9) ? 0 : 1 + dice.Below(3)));
      if (dice.OneIn(2)) also("expires_on", dice.Day());
      if (dice.OneIn(2)) also("part", dice.Of<std::string>({"a", "b", "c"}));
      break;
  }
  if (dice.OneIn(5)) shown.status = static_cast<std::uint8_t>(1 + dice.Below(3));
  if (dice.OneIn(6))
    shown.keep_back = {
        shown.changes[static_cast<std::size_t>(dice.Below(static_cast<int>(shown.changes.size())))].first};
  shown.by = dice.OneIn(3) ? By::kCouncil : By::kTrust;
  if (dice.OneIn(6)) shown.expires_at = Utc(dice.OneIn(2) ? "2026-11-24 12:00" : "2026-12-15 00:00");
  return shown;
}

Duty RandomDuty(Dice& dice) {
  static const std::vector<std::pair<std::string, std::string>> shifts = {
      {"2026-11-21 00:00", "2026-11-22 00:00"}, {"2026-11-21 20:00", "2026-11-22 08:00"},
      {"2026-11-21 08:00", "2026-11-21 16:00"}, {"2026-11-24 11:00", "2026-11-24 13:00"},
      {"2027-03-27 22:00", "2027-03-28 23:00"}, {"2026-02-28 00:00", "2026-03-01 00:00"},
      {"2026-10-24 23:00", "2026-10-26 00:00"}, {"2026-11-21 08:00", "2026-11-26 08:00"}};
  const auto& [starts_at, ends_at] = dice.Of(shifts);
  return DutyOf({.receiver = dice.OneIn(2) ? Council() : Trust(),
                 .place = dice.OneIn(2) ? Council() : Trust(),
                 .engagement = dice.OneIn(2) ? Engagement::kPlacement : Engagement::kEmployment,
                 .starts_at = Utc(starts_at),
                 .ends_at = Utc(ends_at)});
}

reference::ClerkDuty ForTheClerk(const Duty& duty) {
  return {.receiver = duty.receiver().text(),
          .place = duty.place().text(),
          .engagement = std::string(WordOf(duty.engagement())),
          .starts_at = duty.starts_at().seconds,
          .ends_at = duty.ends_at().seconds};
}

std::vector<reference::ClerkRecord> ForTheClerk(const VerifiedRecords& presented) {
  std::vector<reference::ClerkRecord> records;
  for (const PresentedRecord& each : presented.records()) {
    reference::ClerkRecord record{.id = each.credential.text(),
                                  .kind = std::string(each.record.kind().word),
                                  .facts = {},
                                  .issuer = each.issuer.text(),
                                  .issuer_type = each.issuer_type,
                                  .expires_at = each.expires_at->seconds,
                                  .trouble = ""};
    for (const Fact& fact : each.record.facts()) record.facts[std::string(fact.rule->name)] = fact.value;
    if (each.standing != Standing::kGood) record.trouble = WordOf(each.standing_reason);
    if (each.standing == Standing::kGood && presented.registry_standing() != Reason::kNone)
      record.trouble = WordOf(presented.registry_standing());
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace passport
