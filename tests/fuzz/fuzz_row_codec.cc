// Whatever bytes lie in a table: a row is refused or is exactly its own encoding, and a key never reads past its end.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

template <class Row>
void Try(std::string_view bytes) {
  const auto row = Decode<Row>(bytes);
  if (row.ok() && Encode(*row) != bytes) std::abort();
}

// One of schema 2 names keys, which are not written again.
void TryOrganisation(std::string_view bytes) {
  const auto row = Decode<OrganisationRow>(bytes);
  if (row.ok()) Try<OrganisationRow>(Encode(*row));
}

void TryAll(std::string_view bytes) {
  TryOrganisation(bytes);
  Try<PersonRow>(bytes);
  Try<EmploymentRow>(bytes);
  Try<KeeperKeyRow>(bytes);
  Try<DataKeyRow>(bytes);
  Try<StatusListRow>(bytes);
  Try<IntentRow>(bytes);
  Try<CredentialRow>(bytes);
  Try<AnswerRow>(bytes);
  Try<ChallengeRow>(bytes);
  Try<DocumentRow>(bytes);
  Try<AuditRow>(bytes);
  Try<AuditLast>(bytes);
  Try<EventRow>(bytes);
  Try<StandingRecordRow>(bytes);
  Try<MatchKeyRow>(bytes);
  Try<ImportRow>(bytes);
  Try<DraftRow>(bytes);
  Try<ImportSeriesRow>(bytes);
  Try<RelianceRow>(bytes);
  Try<RelianceLink>(bytes);
  Try<OverrideRow>(bytes);
  Try<ProposalRow>(bytes);
  Try<CertificateRow>(bytes);
  Try<HolderKeyRow>(bytes);
  Try<IdentityCheckRow>(bytes);
  Try<InvitationRow>(bytes);
  Try<RebindingRow>(bytes);
  Try<DisputeRow>(bytes);
  Try<UnlockRow>(bytes);
  Try<ShareRow>(bytes);
  Try<ShareNoticeRow>(bytes);
  Try<ShareLookRow>(bytes);
  KeyReader key(bytes);
  while (key.Text()) {
  }
  if (key.U64()) key.U32();
}

}  // namespace
}  // namespace passport

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  passport::TryAll(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
