// The rows of how people hold their passports.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {

std::string Encode(const HolderKeyRow& row) {
  FieldWriter out(RowKind::kHolderKey);
  out.Text(1, row.thumbprint).Text(2, row.person.text()).Number(3, static_cast<std::uint64_t>(row.held_as));
  out.Time(4, row.from);
  if (row.until) out.Time(5, *row.until).Text(6, row.end_reason);
  return out.Take();
}

template <>
Result<HolderKeyRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kHolderKey);
  std::string thumbprint = in.Copy(1);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(2));
  HolderKeyRow row{.thumbprint = std::move(thumbprint),
                   .person = std::move(person),
                   .held_as = in.Choice(3, HeldAs::kWallet),
                   .from = in.Time(4),
                   .until = {},
                   .end_reason = {}};
  if (in.Has(5)) {
    row.until = in.Time(5);
    row.end_reason = in.Copy(6);
  }
  TRY(in.End());
  return row;
}

}  // namespace passport
