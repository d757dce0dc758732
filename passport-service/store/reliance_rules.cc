// What the changes expect that say what somebody relied on.
#include "passport-service/store/lay.h"

namespace passport {

Result<Reason> Lay(Draft& draft, const AppendReliance& change) {
  const RelianceEntry& entry = change.entry;
  const std::string last_key = key::RelianceLast(entry.organisation);
  const std::string last_on_key = key::RelianceLastOn(entry.organisation, entry.subject);
  TRY_ASSIGN(const auto last, Find<RelianceLink>(draft, Table::kRelianceLast, last_key));
  TRY_ASSIGN(const auto last_on, Find<RelianceLink>(draft, Table::kRelianceLast, last_on_key));
  RelianceLink link{.sequence = last ? last->sequence + 1 : 1,
                    .previous = last ? last->hash : Digest{},
                    .subject_sequence = last_on ? last_on->subject_sequence + 1 : 1,
                    .subject_previous = last_on ? last_on->hash : Digest{},
                    .at = entry.at,
                    .subject = entry.subject,
                    .receipt_digest = entry.receipt_digest};
  link.hash = LinkHash(entry.organisation, link);
  draft.Put(Table::kReliance, key::Reliance(entry.organisation, link.sequence), Encode(RelianceRow{entry, link}));
  draft.Put(Table::kRelianceOn, key::RelianceOn(entry.organisation, entry.subject, link.subject_sequence),
            KeyBuilder().U64(link.sequence).Take());
  draft.Put(Table::kRelianceLast, last_key, Encode(link));
  draft.Put(Table::kRelianceLast, last_on_key, Encode(link));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddOverride& change) {
  const OverrideRow& row = change.row;
  HOLDS(Insert(draft, Table::kOverride, key::Override(row.organisation, row.id), Encode(row)));
  TRY_ASSIGN(const bool stands, draft.Has(Table::kReliance, key::Reliance(row.organisation, row.reliance)));
  if (!stands) return Reason::kNotFound;
  draft.Put(Table::kOverrideOn, key::OverrideOn(row), "");
  return Reason::kNone;
}

}  // namespace passport
