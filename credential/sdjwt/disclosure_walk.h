// The walk through a payload that Disclose makes, also for those who want to know what hangs where.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/sdjwt/disclose.h"
#include "credential/sdjwt/sd_jwt.h"

namespace passport {

// Where one disclosure was found.
struct FoundDisclosure {
  std::string path;                   // JSON pointer
  std::optional<std::size_t> parent;  // position of the disclosure it hangs in
  std::string_view salt;              // lives in the tree
};

// As Disclose(). `found`, unless null, becomes one entry for each disclosure, in their order.
Result<DisclosureReport> WalkDisclosures(json::Value& payload, std::span<const std::string_view> disclosures,
                                         json::Tree& tree, const SdJwtLimits& limits,
                                         std::vector<FoundDisclosure>* found);

}  // namespace passport
