// Members of JSON lines, their text made plain: what comes from elsewhere steers no terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/vocabulary/reason.h"

namespace passport {

// A member of text. `name` is a literal; the text is made plain.
void AppendText(json::Tree& tree, json::Value& object, std::string_view name, std::string_view text);
void AppendTexts(json::Tree& tree, json::Value& object, std::string_view name, const std::vector<std::string>& texts);
void AppendNumber(json::Tree& tree, json::Value& object, std::string_view name, std::uint64_t number);
// Reason, what happened, detail, who and remedy.
json::Value& ReasonObject(json::Tree& tree, Reason reason, std::string_view detail);

}  // namespace passport
