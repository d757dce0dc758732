// Lines of an export of evidence: as the header, and as items under a header that holds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credential/evidence/evidence_file.h"
#include "tests/fuzz/receipt_signers.h"

namespace {

using namespace passport;

constexpr Instant kNow{1795300000};

struct File : ReceiptSigners {
  std::string header;
  File() {
    const EvidenceHead head{
        .organisation = OrganisationId::Parse("ons:E06000032").value(), .count = 3, .overrides = 0, .at = kNow};
    header = EvidenceFileHeader(SignEvidenceHead(head, "receipt-1", receipt_key).value(), Registry(kNow));
    header.pop_back();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  EvidenceCheck as_header(file.pinned);
  if (as_header.Begin(text).ok()) std::abort();  // nobody signed it
  EvidenceCheck check(file.pinned);
  if (!check.Begin(file.header).ok()) std::abort();
  for (int lines = 0; lines < 4 && !text.empty(); ++lines) {
    const std::size_t end = text.find('\n');
    const auto item = check.Next(text.substr(0, end));
    if (!item.ok()) return 0;
    if (item->receipt) std::abort();  // nobody signed it
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (check.End().ok()) std::abort();  // the head names another last link
  return 0;
}
