#include "credential/passport/carried_record.h"

#include "credential/sdjwt/disclose.h"

namespace passport {

Result<Record> RecordOf(const CarriedCredential& credential) {
  if (credential.token.empty()) return Fault{Reason::kNotFound, "", "the credential is not carried any more"};
  const RecordKind* const kind = FindRecordKind(credential.kind);
  if (kind == nullptr) return Fault{Reason::kRecordKind, "", "no such kind of record"};
  TRY_ASSIGN(const SdJwtText text, SplitSdJwt(credential.token, kSdJwtLimits));
  const std::size_t first = text.issuer_jwt.find('.');
  const std::size_t second = text.issuer_jwt.rfind('.');
  if (first == std::string_view::npos || first == second) return Fault{Reason::kMalformed, "", "not a credential"};
  json::Tree tree;
  TRY_ASSIGN(json::Value* const claims,
             tree.ParseBase64Url(text.issuer_jwt.substr(first + 1, second - first - 1), kSdJwtLimits.payload));
  TRY(Disclose(*claims, text.disclosures, tree, kSdJwtLimits));
  return Record::FromClaims(*kind, *claims);
}

}  // namespace passport
