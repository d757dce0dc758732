#include "passport-service/ports/rows.h"

#include <string_view>

namespace passport {
namespace {

void AppendNumber(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xffU);
}

void AppendText(std::string_view text, std::string& out) {
  AppendNumber(text.size(), out);
  out += text;
}

}  // namespace

Digest AuditHash(const Digest& previous, std::uint64_t sequence, const AuditEntry& entry) {
  std::string bytes(previous.begin(), previous.end());
  AppendNumber(sequence, bytes);
  AppendNumber(static_cast<std::uint64_t>(entry.at.seconds), bytes);
  AppendText(entry.actor, bytes);
  AppendText(entry.action, bytes);
  AppendText(entry.object, bytes);
  AppendText(entry.request, bytes);
  AppendText(entry.outcome, bytes);
  return Sha256(bytes);
}

}  // namespace passport
