// What passport-demo is asked on its command line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct DemoOptions {
  std::optional<std::string> json;  // where the facts go
  bool serve = false;               // leave the world running at the end
  bool keep = false;                // leave the folder at the end
  bool help = false;
};

// What --help says.
extern const std::string_view kDemoHelp;

// `words` are what follows the name of the program. Fails with kFieldInvalid.
Result<DemoOptions> ReadDemoOptions(std::span<const std::string_view> words);

}  // namespace passport
