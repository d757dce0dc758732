// What passport-verify says about an export of the audit trail (docs/formats/audit.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "credential/evidence/audit_file.h"

namespace passport {

struct AuditReport {
  std::optional<Fault> refused;
  std::optional<AuditHead> head;  // once it was verified
  std::uint64_t rows = 0;         // that hold
  std::uint64_t days = 0;         // heads of days that were kept and that the trail goes through
  std::uint64_t later = 0;        // heads of days that say nothing of it: they came after, or do not name the actor
  std::map<std::string, std::uint64_t> actions;

  void Count(const AuditRow& row);
};

// One line of JSON.
std::string JsonOf(const AuditReport& report);
std::string TextFor(const AuditReport& report);

}  // namespace passport
