#include "credential/evidence/reliance_link.h"

#include <string_view>

namespace passport {
namespace {

void AppendNumber(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xffU);
}

void AppendField(std::string_view bytes, std::string& out) {
  AppendNumber(bytes.size(), out);
  out += bytes;
}

void AppendField(std::uint64_t number, std::string& out) {
  AppendNumber(8, out);
  AppendNumber(number, out);
}

void AppendField(const Digest& digest, std::string& out) {
  AppendNumber(digest.size(), out);
  out.append(digest.begin(), digest.end());
}

}  // namespace

Digest LinkHash(const OrganisationId& organisation, const RelianceLink& link) {
  std::string bytes;
  AppendField(organisation.text(), bytes);
  AppendField(link.sequence, bytes);
  AppendField(link.previous, bytes);
  AppendField(link.subject_sequence, bytes);
  AppendField(link.subject_previous, bytes);
  AppendField(static_cast<std::uint64_t>(link.at.seconds), bytes);
  AppendField(link.subject, bytes);
  AppendField(link.receipt_digest, bytes);
  return Sha256(bytes);
}

}  // namespace passport
