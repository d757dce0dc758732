#include "bench/audit_trail.h"

#include <cstdio>
#include <cstdlib>

#include "bench/world.h"
#include "credential/evidence/audit_file.h"

namespace passport::bench {
namespace {

template <class T>
T NeedOfTrail(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "bench: %s\n", result.fault().detail.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

std::string WithoutLineEnd(std::string line) {
  line.pop_back();
  return line;
}

}  // namespace

AuditRow NextAuditRow(const AuditRow& last, std::size_t number) {
  AuditRow row{.sequence = last.sequence + 1,
               .entry = {.at = kNow,
                         .actor = "ods:X0A",
                         .action = "credential.issued",
                         .object = "gX0XKgKhviEAq4jJuAI0ocKlceTROK_Ik_ggMbARQUI",
                         .request = "issue-" + std::to_string(number),
                         .outcome = "done",
                         .system = "hr"},
               .previous = last.hash,
               .actor_sequence = last.actor_sequence + 1,
               .actor_previous = last.hash};
  row.hash = AuditHash(row);
  return row;
}

AuditTrail MakeAuditTrail() {
  AuditTrail trail;
  AuditRow last;
  for (std::size_t i = 0; i < kAuditRows; ++i) {
    last = NextAuditRow(last, i);
    trail.rows.push_back(last);
    trail.lines.push_back(WithoutLineEnd(AuditFileRow(last)));
  }
  PrivateKey registry_key = NeedOfTrail(PrivateKey::Generate());
  PrivateKey receipt_key = NeedOfTrail(PrivateKey::Generate());
  trail.pinned.Add("registry", registry_key.public_key());
  RegistryContent content;
  content.sequence = 1;
  content.issued_at = kNow;
  content.next_update = kNow + Seconds{86400};
  content.receipt_keys.push_back({.kid = "receipt",
                                  .key = receipt_key.public_key(),
                                  .certificate = {},
                                  .valid_from = {},
                                  .valid_until = std::nullopt,
                                  .compromised_since = std::nullopt});
  const std::string registry = NeedOfTrail(SignRegistry(content, "registry", registry_key));
  const AuditHead head{.count = kAuditRows, .last = last.hash, .at = kNow};
  trail.header = WithoutLineEnd(AuditFileHeader(NeedOfTrail(SignAuditHead(head, "receipt", receipt_key)), registry));
  return trail;
}

}  // namespace passport::bench
