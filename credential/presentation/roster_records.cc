#include "credential/presentation/roster_records.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

void TakeOnce(std::vector<PresentedRecord>& records, const PresentedRecord& record) {
  const auto same = std::find_if(records.begin(), records.end(),
                                 [&](const PresentedRecord& each) { return each.credential == record.credential; });
  if (same == records.end()) {
    records.push_back(record);
  } else if (same->record.facts().size() < record.record.facts().size()) {
    *same = record;
  }
}

}  // namespace

Result<RosterRecords> JoinForRoster(const OrganisationId& employer, const std::vector<HeldRecords>& own,
                                    const std::vector<VerifiedPresentation>& shared) {
  std::vector<const VerifiedRecords*> parts;
  for (const HeldRecords& each : own) {
    for (const PresentedRecord& record : each.records()) {
      if (record.issuer != employer)
        return Fault{Reason::kIssuer, "", "only what the employer issued itself counts without the holder's proof"};
    }
    parts.push_back(&each);
  }
  for (const VerifiedPresentation& each : shared) parts.push_back(&each);
  RosterRecords joined;
  for (const VerifiedRecords* const part : parts) {
    if (part->snapshot_id() != parts.front()->snapshot_id())
      return Fault{Reason::kConfig, "", "records that were verified against more than one snapshot"};
    for (const PresentedRecord& record : part->records()) {
      if (!joined.records_.empty() && joined.records_.front().holder != record.holder)
        return Fault{Reason::kHolderMismatch, "", "records of more than one holder"};
      TakeOnce(joined.records_, record);
    }
  }
  if (joined.records_.empty()) return Fault{Reason::kRecordMissing, "", "there is no record"};
  const VerifiedRecords& oldest = **std::min_element(
      parts.begin(), parts.end(),
      [](const VerifiedRecords* a, const VerifiedRecords* b) { return a->verified_at() < b->verified_at(); });
  joined.holder_ = joined.records_.front().holder;
  joined.snapshot_id_ = oldest.snapshot_id();
  joined.registry_sequence_ = oldest.registry_sequence();
  joined.verified_at_ = oldest.verified_at();
  for (const VerifiedRecords* const part : parts) {
    if (part->registry_standing() != Reason::kNone) joined.registry_standing_ = part->registry_standing();
  }
  return joined;
}

}  // namespace passport
