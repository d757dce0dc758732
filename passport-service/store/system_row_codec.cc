// The rows of those who may call.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

std::string EncodeNested(const SystemCertificate& certificate) {
  FieldWriter out;
  out.Text(1, certificate.spki).Time(2, certificate.from);
  if (certificate.until) out.Time(3, *certificate.until);
  if (certificate.revoked_at) out.Time(4, *certificate.revoked_at);
  return out.Take();
}

Result<SystemCertificate> DecodeCertificate(std::string_view bytes) {
  FieldReader in(bytes);
  SystemCertificate certificate{.spki = in.Hash(1), .from = in.Time(2)};
  if (in.Has(3)) certificate.until = in.Time(3);
  if (in.Has(4)) certificate.revoked_at = in.Time(4);
  TRY(in.End());
  return certificate;
}

}  // namespace

std::string Encode(const SystemRow& row) {
  FieldWriter out(RowKind::kSystem);
  out.Text(1, row.organisation.text()).Text(2, row.name).Number(3, row.roles.bits());
  for (const SystemCertificate& certificate : row.certificates) out.Text(4, EncodeNested(certificate));
  return out.Number(5, static_cast<std::uint64_t>(row.state)).Time(6, row.at).Number(7, row.revision).Take();
}

template <>
Result<SystemRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kSystem);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  SystemRow row{.organisation = std::move(organisation), .name = in.Copy(2), .roles = {}, .certificates = {}, .at = {}};
  const std::optional<Roles> roles = Roles::OfBits(in.Number(3));
  if (roles) row.roles = *roles;
  if (!roles) in.Fail(3);
  while (in.Has(4)) {
    TRY_ASSIGN(SystemCertificate certificate, DecodeCertificate(in.Text(4)));
    row.certificates.push_back(std::move(certificate));
  }
  row.state = in.Choice(5, SystemState::kRevoked);
  row.at = in.Time(6);
  row.revision = in.Number(7);
  TRY(in.End());
  return row;
}

}  // namespace passport
