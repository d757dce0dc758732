// How long what is kept: data, not code (rules/retention, docs/formats/retention.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

enum class Kept : std::uint8_t {
  kCredential,  // the text of a credential, after it was revoked, replaced or ran out
  kPerson,      // all an employer has of one of its people, after the last credential it signed ended
  kSubject,     // receipts and overrides about one holder, after the last one
  kImport,      // the rows of a file, after it was begun
};
std::string_view WordOf(Kept kept);

struct RetentionRule {
  std::string id;
  Kept what = Kept::kCredential;
  std::vector<std::string> kinds;  // of credentials; none: every kind that no other rule names
  std::int64_t keep_days = 0;
  std::string why;
  std::string source;
};

class RetentionRules {
 public:
  static constexpr std::size_t kBytesMax = 256 * 1024;
  // Fails with kMalformed or kLimit for the JSON, kFieldInvalid naming rule and member: anything unknown or missing, a
  // period that is no whole number of days from 1 to 36525, a kind that is no kind or stands in two rules, two rules
  // for the same thing. Nothing is kept for ever by oversight: each of the four things needs a rule for all of it.
  static Result<RetentionRules> Parse(std::string_view text);

  const std::string& id() const { return id_; }
  int version() const { return version_; }
  const std::vector<RetentionRule>& rules() const { return rules_; }
  // The rule for a credential of that kind, and for the other things.
  const RetentionRule& ForCredential(std::string_view kind) const;
  const RetentionRule& For(Kept what) const;

 private:
  RetentionRules() = default;
  std::string id_;
  int version_ = 0;
  std::vector<RetentionRule> rules_;
};

// Until when what ended then is kept.
Instant KeptUntil(const RetentionRule& rule, Instant ended);
// True when what ended then has been kept long enough.
bool IsOver(const RetentionRule& rule, Instant ended, Instant now);

}  // namespace passport
