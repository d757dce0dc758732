#include "credential/evidence/audit_row.h"

#include <string_view>

#include "credential/evidence/hashed_fields.h"

namespace passport {
namespace {

// Keeps a row from being read as one of the older form, or as anything else that is hashed.
constexpr std::string_view kForm = "staff passport audit row 2";

void AppendDecimal(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xffU);
}

void AppendText(std::string_view text, std::string& out) {
  AppendDecimal(text.size(), out);
  out += text;
}

// Rows of schema 1 and 2: previous, sequence and time without a length.
Digest HashOfOlderRow(const AuditRow& row) {
  std::string bytes(row.previous.begin(), row.previous.end());
  AppendDecimal(row.sequence, bytes);
  AppendDecimal(static_cast<std::uint64_t>(row.entry.at.seconds), bytes);
  for (const auto* text :
       {&row.entry.actor, &row.entry.action, &row.entry.object, &row.entry.request, &row.entry.outcome}) {
    AppendText(*text, bytes);
  }
  return Sha256(bytes);
}

}  // namespace

Digest AuditHash(const AuditRow& row) {
  if (row.actor_sequence == 0) return HashOfOlderRow(row);
  const AuditEntry& entry = row.entry;
  return HashedFields()
      .Add(kForm)
      .Add(row.previous)
      .Add(row.sequence)
      .Add(row.actor_previous)
      .Add(row.actor_sequence)
      .Add(entry.at)
      .Add(entry.actor)
      .Add(entry.system)
      .Add(entry.action)
      .Add(entry.object)
      .Add(entry.why)
      .Add(entry.request)
      .Add(entry.outcome)
      .Hash();
}

}  // namespace passport
