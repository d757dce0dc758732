#include "tests/credential/taxonomy/shipped.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {

std::string TextOfFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> ShippedTexts() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(kTaxonomyFolder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) texts.push_back(TextOfFile(path));
  return texts;
}

const Taxonomies& Shipped() {
  static const Taxonomies all = [] {
    Result<Taxonomies> made = MadeOf(ShippedTexts());
    if (!made.ok()) {
      std::fprintf(stderr, "rules/taxonomies: %s\n", Verdict(made).c_str());
      std::abort();
    }
    return std::move(made).value();
  }();
  return all;
}

}  // namespace passport
