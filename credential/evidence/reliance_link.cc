#include "credential/evidence/reliance_link.h"

#include "credential/evidence/hashed_fields.h"

namespace passport {

Digest LinkHash(const OrganisationId& organisation, const RelianceLink& link) {
  return HashedFields()
      .Add(organisation.text())
      .Add(link.sequence)
      .Add(link.previous)
      .Add(link.subject_sequence)
      .Add(link.subject_previous)
      .Add(link.at)
      .Add(link.subject)
      .Add(link.receipt_digest)
      .Hash();
}

}  // namespace passport
