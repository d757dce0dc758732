// Words after the name of a command: flags, their values, and operands.
//
// A flag that takes a value takes the next word whatever it is, because a nonce may begin with "-". "--flag=value" says
// the same. "-" alone is an operand (standard input), and after "--" everything is.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct Flag {
  std::string_view name;  // "--nonce"
  bool takes_value;
};

class CommandLine {
 public:
  // The words must outlive the result. Fails with kFieldInvalid: an unknown flag, one given twice, a value missing or
  // too many.
  static Result<CommandLine> Parse(std::span<const std::string_view> words, std::span<const Flag> flags);

  bool Has(std::string_view flag) const { return values_.contains(flag); }
  // Nothing when the flag was not given.
  std::optional<std::string_view> Value(std::string_view flag) const;
  // A number of seconds of at most nine digits, `otherwise` when the flag was not given. Fails with kFieldInvalid.
  Result<Seconds> SecondsOr(std::string_view flag, Seconds otherwise) const;
  const std::vector<std::string_view>& operands() const { return operands_; }

 private:
  std::map<std::string_view, std::string_view> values_;
  std::vector<std::string_view> operands_;
};

}  // namespace passport
