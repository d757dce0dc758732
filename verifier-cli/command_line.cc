#include "verifier-cli/command_line.h"

#include <algorithm>
#include <string>

#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

Fault Unclear(std::string_view flag, std::string_view what) {
  return {Reason::kFieldInvalid, "", std::string(flag) + " " + std::string(what)};
}

}  // namespace

Result<CommandLine> CommandLine::Parse(std::span<const std::string_view> words, std::span<const Flag> flags) {
  CommandLine line;
  bool only_operands = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at];
    if (only_operands || word == "-" || !word.starts_with('-')) {
      line.operands_.push_back(word);
      continue;
    }
    if (word == "--") {
      only_operands = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const auto flag = std::find_if(flags.begin(), flags.end(), [&](const Flag& known) { return known.name == name; });
    if (flag == flags.end()) return Unclear(name, "is not a flag of this command");
    if (line.Has(name)) return Unclear(name, "is given twice");
    std::string_view value;
    if (equals != std::string_view::npos) {
      if (!flag->takes_value) return Unclear(name, "takes no value");
      value = word.substr(equals + 1);
    } else if (flag->takes_value) {
      if (++at == words.size()) return Unclear(name, "needs a value");
      value = words[at];
    }
    line.values_.emplace(flag->name, value);
  }
  return line;
}

std::optional<std::string_view> CommandLine::Value(std::string_view flag) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::nullopt : std::optional(found->second);
}

Result<Seconds> CommandLine::SecondsOr(std::string_view flag, Seconds otherwise) const {
  const std::optional<std::string_view> text = Value(flag);
  if (!text) return otherwise;
  constexpr std::size_t kDigitsMax = 9;
  const Result<Instant> number = ParseInstant(*text);
  if (!number.ok() || text->size() > kDigitsMax) return Unclear(flag, "is not a number of seconds");
  return Seconds{number->seconds};
}

}  // namespace passport
