// The JSON of a taxonomy, and what is asked of it once it was read.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/taxonomy/terms.h"

namespace {

void Ask(const passport::Terms& terms) {
  for (const std::string_view word : terms.WordsOf(passport::kSubjectList)) {
    const passport::Subject* subject = terms.FindSubject(word);
    if (subject == nullptr || !terms.Knows(passport::kSubjectList, word)) std::abort();
    for (const int level : subject->levels) {
      const auto covers = terms.CoversOf(word, level);
      if (covers.empty() || covers.front().subject != word || covers.front().level_min != level) std::abort();
      for (const passport::Cover& cover : covers) {
        if (cover.level_min > cover.level_max) std::abort();
        if (terms.FindSubject(cover.subject) == nullptr) std::abort();
      }
      if (!terms.Covers(word, level, word, level)) std::abort();
      if (const auto months = terms.RefreshMonths(word, level); months && *months < 0) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto taxonomy = passport::Taxonomy::Parse(text);
  if (!taxonomy.ok()) return 0;
  if (taxonomy->text() != text || taxonomy->version() < 1) std::abort();
  std::vector<passport::Taxonomy> versions;
  versions.push_back(std::move(taxonomy).value());
  // What is sound alone is sound as the only file, or too much.
  const auto all = passport::Taxonomies::Make(std::move(versions));
  if (!all.ok() && all.fault().reason != passport::Reason::kLimit) std::abort();
  if (!all.ok()) return 0;
  for (const char* const day : {"1900-01-01", "2026-11-22", "2199-12-31"}) {
    Ask(all->On(*passport::CivilDay::Parse(day)));
  }
  return 0;
}
