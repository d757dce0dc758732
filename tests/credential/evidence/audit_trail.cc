#include "tests/credential/evidence/audit_trail.h"

#include <array>
#include <map>

namespace passport {
namespace {

std::string Said(const Fault& fault) { return std::string(WordOf(fault.reason)) + ": " + fault.detail; }

std::string WithoutLineEnd(std::string line) {
  line.pop_back();
  return line;
}

}  // namespace

AuditTrail& AuditTrail::Add(AuditEntry entry) {
  rows_.push_back({.sequence = 0, .entry = std::move(entry), .actor_sequence = 1});
  Rechain(rows_.size() - 1);
  return *this;
}

AuditTrail& AuditTrail::AddOlder(AuditEntry entry) {
  rows_.push_back({.sequence = 0, .entry = std::move(entry)});
  Rechain(rows_.size() - 1);
  return *this;
}

void AuditTrail::Rechain(std::size_t index) {
  for (std::size_t i = index; i < rows_.size(); ++i) {
    AuditRow& row = rows_[i];
    row.sequence = i + 1;
    row.previous = i == 0 ? Digest{} : rows_[i - 1].hash;
    if (row.actor_sequence != 0) {
      row.actor_sequence = 1;
      row.actor_previous = Digest{};
      for (std::size_t before = i; before-- > 0;) {
        const AuditRow& last = rows_[before];
        if (last.actor_sequence == 0 || last.entry.actor != row.entry.actor) continue;
        row.actor_sequence = last.actor_sequence + 1;
        row.actor_previous = last.hash;
        break;
      }
    }
    row.hash = AuditHash(row);
  }
}

AuditHead AuditTrail::Head(std::string_view actor) const {
  AuditHead head{.at = kNow + kDay};
  if (!actor.empty()) head.actor = std::string(actor);
  for (const AuditRow& row : rows_) {
    if (!actor.empty() && (row.entry.actor != actor || row.actor_sequence == 0)) continue;
    ++head.count;
    head.last = row.hash;
  }
  return head;
}

std::vector<std::string> AuditTrail::LinesUnder(const AuditHead& head, std::string_view actor) const {
  EvidenceWorld& world = EvidenceWorld::Get();
  const std::string token = SignAuditHead(head, "receipt-1", world.receipt_key).value();
  std::vector<std::string> lines = {WithoutLineEnd(AuditFileHeader(token, world.RegistryToken()))};
  for (const AuditRow& row : rows_) {
    if (actor.empty() || (row.entry.actor == actor && row.actor_sequence != 0))
      lines.push_back(WithoutLineEnd(AuditFileRow(row)));
  }
  return lines;
}

std::vector<std::string> AuditTrail::Lines(std::string_view actor) const { return LinesUnder(Head(actor), actor); }

TrailDay AuditTrail::Day(std::string name, Instant at) const {
  AuditHead head = Head();
  head.at = at;
  for (const AuditRow& row : rows_) {
    if (row.actor_sequence != 0) head.actors[row.entry.actor] = row.hash;
  }
  return {std::move(name), SignAuditHead(head, "receipt-1", EvidenceWorld::Get().receipt_key).value()};
}

AuditTrail BusyTrail(std::size_t count) {
  constexpr std::array<const char*, 4> kActors = {"ods:RC9", "ons:E06000032", "service", "ods:QHG"};
  constexpr std::array<const char*, 4> kActions = {"credential.issued", "presentation.checked", "call.refused",
                                                   "credential.read"};
  AuditTrail trail;
  for (std::size_t i = 0; i < count; ++i) {
    AuditEntry entry{.at = kNow + Seconds{static_cast<std::int64_t>(i)},
                     .actor = kActors[i * 7 / 3 % 4],
                     .action = kActions[i % 4],
                     .object = i % 3 == 0 ? "" : "object-" + std::to_string(i),
                     .request = i % 2 == 0 ? "request-" + std::to_string(i) : "",
                     .outcome = i % 4 == 2 ? "not_permitted" : "done"};
    if (i < 2) {
      trail.AddOlder(std::move(entry));
      continue;
    }
    entry.system = i % 5 == 0 ? "" : "hr";
    entry.why = i % 4 == 1 ? "community_shift" : "";
    trail.Add(std::move(entry));
  }
  return trail;
}

std::string CheckTrail(const std::vector<std::string>& lines, const std::vector<TrailDay>& days) {
  AuditCheck check(TrustWorld::Get().pinned);
  if (lines.empty()) return "empty";
  const auto head = check.Begin(lines.front());
  if (!head.ok()) return Said(head.fault());
  for (const TrailDay& day : days) {
    const auto remembered = check.Remember(day.token, day.name);
    if (!remembered.ok()) return Said(remembered.fault());
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto row = check.Next(lines[i]);
    if (!row.ok()) return Said(row.fault());
  }
  const auto end = check.End();
  return end.ok() ? "ok" : Said(end.fault());
}

}  // namespace passport
