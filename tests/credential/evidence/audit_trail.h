// A trail as a service keeps it, its exports, the heads of its days, and what somebody may do to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/evidence/audit_file.h"
#include "tests/credential/evidence/evidence_world.h"

namespace passport {

// A day of a trail: the head that was published at its end.
struct TrailDay {
  std::string name;
  std::string token;
};

class AuditTrail {
 public:
  // Gives the row its places and hashes, as a store does.
  AuditTrail& Add(AuditEntry entry);
  // As a store of schema 1 or 2 wrote it.
  AuditTrail& AddOlder(AuditEntry entry);
  // Everything from the row at `index` on is made to follow again: what somebody does who can write the store.
  void Rechain(std::size_t index);
  std::vector<AuditRow>& rows() { return rows_; }
  const std::vector<AuditRow>& rows() const { return rows_; }

  // Of everybody, or of one actor. Lines without their ends.
  std::vector<std::string> Lines(std::string_view actor = "") const;
  std::vector<std::string> LinesUnder(const AuditHead& head, std::string_view actor = "") const;
  AuditHead Head(std::string_view actor = "") const;
  TrailDay Day(std::string name, Instant at) const;

 private:
  std::vector<AuditRow> rows_;
};

// Rows of three organisations and the service, `count` of them, the first two as an older store wrote them.
AuditTrail BusyTrail(std::size_t count);

// "ok", or the word of the reason and the detail of the first thing that does not hold.
std::string CheckTrail(const std::vector<std::string>& lines, const std::vector<TrailDay>& days = {});

}  // namespace passport
