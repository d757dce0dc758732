// Lines of an export of the audit trail: as the header, as the head of a day, and as rows under a header that holds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credential/evidence/audit_file.h"
#include "tests/fuzz/receipt_signers.h"

namespace {

using namespace passport;

constexpr Instant kNow{1795300000};

struct File : ReceiptSigners {
  std::string header;
  File() {
    const AuditHead head{.count = 3, .last = Sha256("no row has this"), .at = kNow};
    header = AuditFileHeader(SignAuditHead(head, "receipt-1", receipt_key).value(), Registry(kNow));
    header.pop_back();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  AuditCheck as_header(file.pinned);
  if (as_header.Begin(text).ok()) std::abort();  // nobody signed it
  AuditCheck check(file.pinned);
  if (!check.Begin(file.header).ok()) std::abort();
  if (check.Remember(text, "day").ok()) std::abort();  // nobody signed it
  for (int lines = 0; lines < 4 && !text.empty(); ++lines) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const auto row = check.Next(line);
    if (!row.ok()) return 0;
    if (AuditHash(*row) != row->hash) std::abort();
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (check.End().ok()) std::abort();  // the head names another last row
  return 0;
}
