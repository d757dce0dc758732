#include "credential/taxonomy/taxonomy_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "credential/taxonomy/number_mask.h"

namespace passport {
namespace {

constexpr json::Limits kTaxonomyJson{
    .bytes = kTaxonomyBytesMax, .depth = 8, .nodes = 200'000, .string_bytes = 1000, .members = 32};
constexpr std::size_t kPartsMax = 40;
constexpr std::size_t kIdBytesMax = 64;
constexpr int kVersionMax = 1'000'000;

std::string At(std::string_view section, std::size_t index) {
  return ", " + std::string(section) + "[" + std::to_string(index) + "]";
}

Result<Equivalence::End> ReadEnd(const EntryReader& entry) {
  TRY(entry.Only({"subject", "level"}));
  Equivalence::End end;
  TRY_ASSIGN(end.subject, entry.Word("subject"));
  TRY_ASSIGN(end.level, entry.Whole("level", 0, kSubjectLevelTop));
  return end;
}

Result<std::vector<int>> ReadLevels(const EntryReader& entry) {
  TRY_ASSIGN(const json::Value* const list, entry.List("levels"));
  if (list->size() == 0 || list->size() > kSubjectLevelsMax) return entry.Wrong("levels holds not 1 to 10 levels");
  std::vector<int> levels;
  for (const json::Value& each : *list) {
    const auto level = each.integer();
    if (!level || *level < 0 || *level > kSubjectLevelTop) return entry.Wrong("levels holds no level of 0 to 99");
    if (!levels.empty() && *level <= levels.back()) return entry.Wrong("levels are not ascending");
    levels.push_back(static_cast<int>(*level));
  }
  return levels;
}

Result<NumberMask> ReadMask(const EntryReader& entry) {
  TRY(entry.Only({"mask", "more_digits"}));
  NumberMask mask{.mask = {}, .more_digits = 0};
  TRY_ASSIGN(mask.mask, entry.Text("mask"));
  if (!IsMask(mask.mask)) return entry.Wrong("mask is not 1 to 20 of A-Z, 0-9 and . - / with a 9 or an A");
  if (entry.Has("more_digits")) {
    TRY_ASSIGN(mask.more_digits, entry.Whole("more_digits", 0, kMaskMoreDigitsMax));
  }
  return mask;
}

Result<std::vector<KindAsked>> ReadKindsAsked(const EntryReader& entry) {
  std::vector<KindAsked> kinds;
  TRY_ASSIGN(const json::Value* const list, entry.List("kinds"));
  for (const json::Value& each : *list) {
    const EntryReader one(each, At("kinds", kinds.size()));
    TRY(one.Only({"kind", "facts"}));
    KindAsked asked;
    TRY_ASSIGN(asked.kind, one.Word("kind"));
    const RecordKind* const kind = FindRecordKind(asked.kind);
    if (kind == nullptr) return entry.Wrong("kinds names what is no kind of record");
    for (const KindAsked& before : kinds) {
      if (before.kind == asked.kind) return entry.Wrong("kinds names a kind twice");
    }
    TRY_ASSIGN(asked.facts, one.Words("facts"));
    for (const std::string& fact : asked.facts) {
      const bool known = std::any_of(kind->fields.begin(), kind->fields.end(),
                                     [&](const FieldRule& rule) { return rule.name == fact; });
      if (!known) return entry.Wrong("kinds names a fact that the kind has not");
    }
    kinds.push_back(std::move(asked));
  }
  return kinds;
}

bool IsFileId(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<std::vector<std::string>> ReadProfilesAsked(const EntryReader& entry) {
  std::vector<std::string> profiles;
  TRY_ASSIGN(const json::Value* const list, entry.List("profiles"));
  for (const json::Value& each : *list) {
    if (!each.is_string() || !IsFileId(*each.text())) return entry.Wrong("profiles names what is no id of a profile");
    profiles.emplace_back(*each.text());
  }
  return profiles;
}

Result<PurposeTerms> ReadPurpose(const EntryReader& entry) {
  PurposeTerms terms;
  if (entry.Has("kept_days_max")) {
    TRY_ASSIGN(terms.kept_days_max, entry.Whole("kept_days_max", 0, kKeptDaysMax));
  }
  if (entry.Has("profiles")) {
    TRY_ASSIGN(terms.profiles, ReadProfilesAsked(entry));
  }
  if (entry.Has("kinds")) {
    TRY_ASSIGN(terms.kinds, ReadKindsAsked(entry));
  }
  return terms;
}

}  // namespace

Result<Taxonomy> TaxonomyReader::Read(std::string_view text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kTaxonomyJson));
  const EntryReader file(*root, "");
  TRY(file.Only(
      {"id", "version", "title", "note", "effective_from", "words", "subjects", "equivalences", "regulators"}));
  TRY_ASSIGN(const CivilDay effective_from, file.Day("effective_from"));
  Taxonomy taxonomy(effective_from);
  TRY_ASSIGN(taxonomy.id_, file.Text("id"));
  if (!IsFileId(taxonomy.id_)) return file.Wrong("id is not 1 to 64 of a-z, 0-9, '-'");
  TRY_ASSIGN(taxonomy.version_, file.Whole("version", 1, kVersionMax));
  TRY_ASSIGN(taxonomy.title_, file.Text("title"));
  TRY(file.TextIfAny("note"));
  TRY(TaxonomyReader(taxonomy).ReadSections(*root, file));
  taxonomy.text_ = text;
  return taxonomy;
}

Result<void> TaxonomyReader::ReadSections(const json::Value& root, const EntryReader& file) {
  const auto each = [&](std::string_view section, auto read) -> Result<void> {
    if (!file.Has(section)) return {};
    TRY_ASSIGN(const json::Value* const list, file.List(section));
    std::size_t index = 0;
    for (const json::Value& entry : *list) TRY(read(EntryReader(entry, At(section, index++))));
    return {};
  };
  const auto over = [&](std::string_view section, std::size_t most) {
    const json::Value* list = root.Find(section);
    return list != nullptr && list->size() > most;
  };
  if (over("subjects", kTaxonomySubjectsMax)) return Fault{Reason::kLimit, "", "taxonomy has more than 500 subjects"};
  if (over("equivalences", kTaxonomyEquivalencesMax)) {
    return Fault{Reason::kLimit, "", "taxonomy has more than 500 equivalences"};
  }
  TRY(each("words", [&](const EntryReader& entry) { return ReadWord(entry); }));
  TRY(each("subjects", [&](const EntryReader& entry) { return ReadSubject(entry); }));
  TRY(each("equivalences", [&](const EntryReader& entry) { return ReadEquivalence(entry); }));
  TRY(each("regulators", [&](const EntryReader& entry) { return ReadRegulator(entry); }));
  const bool empty = into_.words_.empty() && into_.subjects_.empty() && into_.regulators_.empty();
  if (empty) return file.Wrong("has no words, subjects or regulators");
  return {};
}

Result<void> TaxonomyReader::ReadWord(EntryReader entry) {
  TRY(entry.Only({"list", "word", "label", "note", "from", "until", "kept_days_max", "profiles", "kinds"}));
  ListedWord word{.list = {}, .word = {}, .label = {}, .note = {}, .window = AllDays()};
  TRY_ASSIGN(word.list, entry.Word("list"));
  TRY_ASSIGN(word.word, entry.Word("word"));
  entry.Name(", word " + word.word + " of " + word.list);
  if (word.list == kSubjectList || word.list == kRegulatorList) return entry.Wrong("stands in its own section");
  TRY_ASSIGN(word.label, entry.Text("label"));
  TRY_ASSIGN(word.note, entry.TextIfAny("note"));
  TRY_ASSIGN(word.window, entry.Days());
  if (entry.Has("kept_days_max") || entry.Has("profiles") || entry.Has("kinds")) {
    if (word.list != kPurposeList) return entry.Wrong("is no purpose and says what may be asked for it");
    TRY_ASSIGN(word.asks, ReadPurpose(entry));
  }
  into_.words_.push_back(std::move(word));
  return {};
}

Result<void> TaxonomyReader::ReadSubject(EntryReader entry) {
  TRY(entry.Only({"word", "label", "framework", "levels", "higher_covers_lower", "parts", "note", "from", "until",
                  "awarded", "refresh"}));
  Subject subject{.word = {},
                  .label = {},
                  .framework = {},
                  .levels = {},
                  .higher_covers_lower = false,
                  .parts = {},
                  .note = {},
                  .window = AllDays(),
                  .awarded = std::nullopt};
  TRY_ASSIGN(subject.word, entry.Word("word"));
  entry.Name(", subject " + subject.word);
  TRY_ASSIGN(subject.label, entry.Text("label"));
  TRY_ASSIGN(subject.framework, entry.Word("framework"));
  TRY_ASSIGN(subject.levels, ReadLevels(entry));
  TRY_ASSIGN(subject.higher_covers_lower, entry.Flag("higher_covers_lower"));
  TRY_ASSIGN(subject.parts, entry.Words("parts"));
  if (subject.parts.size() == 1 || subject.parts.size() > kPartsMax)
    return entry.Wrong("parts holds not 2 to 40 parts");
  TRY_ASSIGN(subject.note, entry.TextIfAny("note"));
  TRY_ASSIGN(subject.window, entry.Days());
  if (entry.Has("awarded")) {
    const EntryReader awarded = entry.Inside("awarded");
    TRY(awarded.Only({"from", "until"}));
    if (!awarded.Has("from") && !awarded.Has("until")) return awarded.Wrong("has no from and no until");
    TRY_ASSIGN(subject.awarded, awarded.Days());
  }
  std::vector<RefreshPeriod>& periods = into_.refresh_[subject.word];
  if (entry.Has("refresh")) {
    TRY_ASSIGN(const json::Value* const list, entry.List("refresh"));
    for (const json::Value& each : *list) {
      TRY_ASSIGN(RefreshPeriod period, ReadRefresh(EntryReader(each, ", refresh of subject " + subject.word), subject));
      periods.push_back(std::move(period));
    }
  }
  into_.subjects_.push_back(std::move(subject));
  return {};
}

Result<RefreshPeriod> TaxonomyReader::ReadRefresh(const EntryReader& entry, const Subject& subject) {
  TRY(entry.Only({"level", "months", "source", "note", "from", "until"}));
  RefreshPeriod period{.level = 0, .months = 0, .source = {}, .note = {}, .window = AllDays()};
  TRY_ASSIGN(period.level, entry.Whole("level", 0, kSubjectLevelTop));
  if (!std::binary_search(subject.levels.begin(), subject.levels.end(), period.level)) {
    return entry.Wrong("level is none of the subject's");
  }
  TRY_ASSIGN(period.months, entry.Whole("months", 0, kRefreshMonthsMax));
  TRY_ASSIGN(period.source, entry.Text("source"));
  TRY_ASSIGN(period.note, entry.TextIfAny("note"));
  TRY_ASSIGN(period.window, entry.Days());
  return period;
}

Result<void> TaxonomyReader::ReadEquivalence(EntryReader entry) {
  TRY(entry.Only({"has", "counts_as", "source", "note", "from", "until"}));
  Equivalence equivalence{.has = {}, .counts_as = {}, .source = {}, .note = {}, .window = AllDays()};
  for (const auto& [name, end] : {std::pair{std::string_view("has"), &equivalence.has},
                                  std::pair{std::string_view("counts_as"), &equivalence.counts_as}}) {
    if (!entry.Has(name)) return entry.Wrong(std::string(name) + " is missing");
    TRY_ASSIGN(*end, ReadEnd(entry.Inside(name)));
  }
  entry.Name(", equivalence of " + equivalence.has.subject + " with " + equivalence.counts_as.subject);
  TRY_ASSIGN(equivalence.source, entry.Text("source"));
  TRY_ASSIGN(equivalence.note, entry.TextIfAny("note"));
  TRY_ASSIGN(equivalence.window, entry.Days());
  into_.equivalences_.push_back(std::move(equivalence));
  return {};
}

Result<void> TaxonomyReader::ReadRegulator(EntryReader entry) {
  TRY(entry.Only({"word", "label", "numbers", "parts", "statuses", "note", "from", "until"}));
  Regulator regulator{
      .word = {}, .label = {}, .numbers = {}, .parts = {}, .statuses = {}, .note = {}, .window = AllDays()};
  TRY_ASSIGN(regulator.word, entry.Code("word"));
  entry.Name(", regulator " + regulator.word);
  TRY_ASSIGN(regulator.label, entry.Text("label"));
  TRY_ASSIGN(const json::Value* const numbers, entry.List("numbers"));
  for (const json::Value& each : *numbers) {
    TRY_ASSIGN(NumberMask mask, ReadMask(EntryReader(each, ", numbers of regulator " + regulator.word)));
    regulator.numbers.push_back(std::move(mask));
  }
  TRY_ASSIGN(regulator.parts, entry.Words("parts"));
  TRY_ASSIGN(regulator.statuses, entry.Words("statuses"));
  TRY_ASSIGN(regulator.note, entry.TextIfAny("note"));
  TRY_ASSIGN(regulator.window, entry.Days());
  into_.regulators_.push_back(std::move(regulator));
  return {};
}

}  // namespace passport
