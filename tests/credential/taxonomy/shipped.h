// The taxonomies of rules/, as they are shipped.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "credential/taxonomy/terms.h"

namespace passport {

inline constexpr std::string_view kTaxonomyFolder = "rules/taxonomies";

// Whole text of a file of the tree.
std::string TextOfFile(const std::filesystem::path& path);
// The texts of all files, sorted by name.
std::vector<std::string> ShippedTexts();
// All of them together; ends the program when they do not fit.
const Taxonomies& Shipped();

}  // namespace passport
