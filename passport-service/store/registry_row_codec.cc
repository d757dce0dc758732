// The rows the registry is made of.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

// The keys that an organisation of schema 2 names: kid, JWK, valid from.
Result<void> SkipKeys(std::uint8_t field, FieldReader& in) {
  while (in.Has(field)) {
    FieldReader nested(in.Text(field));
    nested.Text(1);
    nested.Text(2);
    nested.Time(3);
    TRY(nested.End());
  }
  return {};
}

std::string EncodeNested(const AllowedKind& kind) {
  FieldWriter out;
  out.Text(1, kind.word).Time(2, kind.from);
  if (kind.until) out.Time(3, *kind.until);
  return out.Take();
}

Result<AllowedKind> DecodeKind(std::string_view bytes) {
  FieldReader in(bytes);
  AllowedKind kind{.word = in.Copy(1), .from = in.Time(2), .until = {}};
  if (in.Has(3)) kind.until = in.Time(3);
  TRY(in.End());
  return kind;
}

std::string EncodeNested(const StateChange& entry) {
  return FieldWriter()
      .Number(1, static_cast<std::uint64_t>(entry.state))
      .Time(2, entry.since)
      .Text(3, entry.reason)
      .Take();
}

Result<StateChange> DecodeState(std::string_view bytes) {
  FieldReader in(bytes);
  StateChange entry{.state = in.Choice(1, EntryState::kCompromised), .since = in.Time(2), .reason = in.Copy(3)};
  TRY(in.End());
  return entry;
}

std::string EncodeNested(const Succession& entry) {
  return FieldWriter()
      .Number(1, static_cast<std::uint64_t>(entry.kind))
      .Text(2, entry.successor.text())
      .Time(3, entry.at)
      .Take();
}

Result<Succession> DecodeSuccession(std::string_view bytes) {
  FieldReader in(bytes);
  const SuccessionKind kind = in.Choice(1, SuccessionKind::kSplit);
  TRY_ASSIGN(auto successor, in.Parsed<OrganisationId>(2));
  Succession entry{.kind = kind, .successor = std::move(successor), .at = in.Time(3)};
  TRY(in.End());
  return entry;
}

// A kind that may be issued as long as the organisation takes part needs no window.
bool HasWindow(const AllowedKind& kind, Instant valid_from) { return kind.until || kind.from != valid_from; }

Result<void> ReadKinds(FieldReader& in, OrganisationRow& row) {
  while (in.Has(14)) {
    TRY_ASSIGN(AllowedKind kind, DecodeKind(in.Text(14)));
    if (!HasWindow(kind, row.valid_from)) in.Fail(14);
    row.kinds.push_back(std::move(kind));
  }
  return {};
}

std::string EncodeNested(const ProposedSystem& system) {
  FieldWriter out;
  out.Text(1, system.name).Number(2, system.roles.bits());
  for (const Digest& certificate : system.certificates) out.Text(3, certificate);
  return out.Take();
}

Result<ProposedSystem> DecodeSystem(std::string_view bytes) {
  FieldReader in(bytes);
  ProposedSystem system{.name = in.Copy(1), .roles = {}, .certificates = {}};
  const std::optional<Roles> roles = Roles::OfBits(in.Number(2));
  if (!roles) in.Fail(2);
  system.roles = roles.value_or(Roles());
  while (in.Has(3)) system.certificates.push_back(in.Hash(3));
  TRY(in.End());
  return system;
}

// The fields of each kind of step stand behind the organisation and the number of the kind.
struct StepWriter {
  FieldWriter& out;

  void operator()(const Enrolment& change) const {
    out.Number(2, 0).Text(3, change.legal_name).Text(4, change.type);
    for (const AllowedKind& kind : change.kinds) out.Text(5, EncodeNested(kind));
    out.Number(6, change.two_person ? 1 : 0).Number(7, change.registrar ? 1 : 0);
    for (const ProposedSystem& system : change.systems) out.Text(8, EncodeNested(system));
  }
  void operator()(const Amendment& change) const {
    out.Number(2, 1);
    if (change.legal_name) out.Text(3, *change.legal_name);
    if (change.type) out.Text(4, *change.type);
    for (const AllowedKind& kind : change.kinds) out.Text(5, EncodeNested(kind));
    if (change.two_person) out.Number(6, *change.two_person ? 1 : 0);
    if (change.registrars_needed) out.Number(7, *change.registrars_needed);
    for (const KindEnd& end : change.ends) out.Text(8, FieldWriter().Text(1, end.word).Time(2, end.at).Take());
  }
  void operator()(const StateChange& change) const { out.Number(2, 2).Text(3, EncodeNested(change)); }
  void operator()(const Succession& change) const { out.Number(2, 3).Text(3, EncodeNested(change)); }
  void operator()(const RegistrarReplacement& change) const { out.Number(2, 4).Text(3, change.successor.text()); }
};

std::string EncodeNested(const RegistryStep& step) {
  FieldWriter out;
  out.Text(1, step.organisation.text());
  std::visit(StepWriter{out}, step.change);
  return out.Take();
}

Result<Enrolment> ReadEnrolment(FieldReader& in) {
  Enrolment change{.legal_name = in.Copy(3), .type = in.Copy(4), .kinds = {}, .systems = {}};
  while (in.Has(5)) {
    TRY_ASSIGN(AllowedKind kind, DecodeKind(in.Text(5)));
    change.kinds.push_back(std::move(kind));
  }
  change.two_person = in.Number(6, 1) == 1;
  change.registrar = in.Number(7, 1) == 1;
  while (in.Has(8)) {
    TRY_ASSIGN(ProposedSystem system, DecodeSystem(in.Text(8)));
    change.systems.push_back(std::move(system));
  }
  return change;
}

Result<Amendment> ReadAmendment(FieldReader& in) {
  Amendment change;
  if (in.Has(3)) change.legal_name = in.Copy(3);
  if (in.Has(4)) change.type = in.Copy(4);
  while (in.Has(5)) {
    TRY_ASSIGN(AllowedKind kind, DecodeKind(in.Text(5)));
    change.kinds.push_back(std::move(kind));
  }
  if (in.Has(6)) change.two_person = in.Number(6, 1) == 1;
  if (in.Has(7)) change.registrars_needed = in.U32(7);
  while (in.Has(8)) {
    FieldReader end(in.Text(8));
    change.ends.push_back({.word = end.Copy(1), .at = end.Time(2)});
    TRY(end.End());
  }
  return change;
}

Result<RegistryStepKind> ReadChange(FieldReader& in) {
  switch (in.Number(2, 4)) {
    case 0: {
      TRY_ASSIGN(Enrolment change, ReadEnrolment(in));
      return RegistryStepKind(std::move(change));
    }
    case 1: {
      TRY_ASSIGN(Amendment change, ReadAmendment(in));
      return RegistryStepKind(std::move(change));
    }
    case 2: {
      TRY_ASSIGN(StateChange change, DecodeState(in.Text(3)));
      return RegistryStepKind(std::move(change));
    }
    case 3: {
      TRY_ASSIGN(Succession change, DecodeSuccession(in.Text(3)));
      return RegistryStepKind(std::move(change));
    }
    default: {
      TRY_ASSIGN(OrganisationId successor, in.Parsed<OrganisationId>(3));
      return RegistryStepKind(RegistrarReplacement{std::move(successor)});
    }
  }
}

Result<RegistryStep> DecodeStep(std::string_view bytes) {
  FieldReader in(bytes);
  TRY_ASSIGN(OrganisationId organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(RegistryStepKind change, ReadChange(in));
  TRY(in.End());
  return RegistryStep{std::move(organisation), std::move(change)};
}

std::string EncodeNested(const ProposalSignature& signature) {
  return FieldWriter().Text(1, signature.organisation.text()).Text(2, signature.system).Time(3, signature.at).Take();
}

Result<ProposalSignature> DecodeSignature(std::string_view bytes) {
  FieldReader in(bytes);
  TRY_ASSIGN(OrganisationId organisation, in.Parsed<OrganisationId>(1));
  ProposalSignature signature{.organisation = std::move(organisation), .system = in.Copy(2), .at = in.Time(3)};
  TRY(in.End());
  return signature;
}

}  // namespace

std::string Encode(const OrganisationRow& row) {
  FieldWriter out(RowKind::kOrganisation);
  out.Text(1, row.id.text()).Text(2, row.legal_name).Text(3, row.type).Text(4, row.issuer);
  out.Text(5, row.status_uri_prefix);
  for (const AllowedKind& kind : row.kinds) {
    if (!HasWindow(kind, row.valid_from)) out.Text(6, kind.word);
  }
  out.Number(7, row.registrar ? 1 : 0).Time(8, row.valid_from);
  if (row.valid_until) out.Time(9, *row.valid_until);
  out.Number(12, row.revision);
  if (row.two_person) out.Number(13, 1);
  for (const AllowedKind& kind : row.kinds) {
    if (HasWindow(kind, row.valid_from)) out.Text(14, EncodeNested(kind));
  }
  for (const StateChange& entry : row.history) out.Text(15, EncodeNested(entry));
  for (const Succession& entry : row.successions) out.Text(16, EncodeNested(entry));
  if (row.registrars_needed != 1) out.Number(17, row.registrars_needed);
  return out.Take();
}

template <>
Result<OrganisationRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kOrganisation);
  TRY_ASSIGN(auto id, in.Parsed<OrganisationId>(1));
  OrganisationRow row{.id = std::move(id),
                      .legal_name = in.Copy(2),
                      .type = in.Copy(3),
                      .issuer = in.Copy(4),
                      .status_uri_prefix = in.Copy(5),
                      .kinds = {},
                      .valid_from = {},
                      .valid_until = {}};
  while (in.Has(6)) row.kinds.push_back({.word = in.Copy(6), .from = {}, .until = {}});
  row.registrar = in.Number(7, 1) == 1;
  row.valid_from = in.Time(8);
  for (AllowedKind& kind : row.kinds) kind.from = row.valid_from;
  if (in.Has(9)) row.valid_until = in.Time(9);
  TRY(SkipKeys(10, in));
  TRY(SkipKeys(11, in));
  row.revision = in.Number(12);
  row.two_person = in.Has(13);
  if (row.two_person && in.Number(13, 1) != 1) in.Fail(13);
  TRY(ReadKinds(in, row));
  while (in.Has(15)) {
    TRY_ASSIGN(StateChange entry, DecodeState(in.Text(15)));
    row.history.push_back(std::move(entry));
  }
  while (in.Has(16)) {
    TRY_ASSIGN(Succession entry, DecodeSuccession(in.Text(16)));
    row.successions.push_back(std::move(entry));
  }
  if (in.Has(17)) {
    row.registrars_needed = in.U32(17);
    if (row.registrars_needed < 2) in.Fail(17);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const CertificateRow& row) {
  return FieldWriter(RowKind::kCertificate)
      .Text(1, row.kid)
      .Text(2, row.certificate)
      .Text(3, row.authority)
      .Time(4, row.at)
      .Take();
}

template <>
Result<CertificateRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kCertificate);
  CertificateRow row{.kid = in.Copy(1), .certificate = in.Copy(2), .authority = in.Copy(3), .at = in.Time(4)};
  TRY(in.End());
  return row;
}

std::string Encode(const ProposalRow& row) {
  FieldWriter out(RowKind::kProposal);
  out.Number(1, row.number).Text(2, row.by.text()).Text(3, row.by_system).Time(4, row.at).Text(5, row.reason);
  for (const RegistryStep& step : row.steps) out.Text(6, EncodeNested(step));
  out.Number(7, static_cast<std::uint64_t>(row.state));
  for (const ProposalSignature& signature : row.signatures) out.Text(8, EncodeNested(signature));
  if (row.rejected) out.Text(9, EncodeNested(*row.rejected));
  return out.Number(10, row.revision).Take();
}

template <>
Result<ProposalRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kProposal);
  const std::uint64_t number = in.Number(1);
  TRY_ASSIGN(OrganisationId by, in.Parsed<OrganisationId>(2));
  ProposalRow row{.number = number,
                  .by = std::move(by),
                  .by_system = in.Copy(3),
                  .at = in.Time(4),
                  .reason = in.Copy(5),
                  .steps = {},
                  .signatures = {},
                  .rejected = {}};
  while (in.Has(6)) {
    TRY_ASSIGN(RegistryStep step, DecodeStep(in.Text(6)));
    row.steps.push_back(std::move(step));
  }
  row.state = in.Choice(7, ProposalState::kRejected);
  while (in.Has(8)) {
    TRY_ASSIGN(ProposalSignature signature, DecodeSignature(in.Text(8)));
    row.signatures.push_back(std::move(signature));
  }
  if (in.Has(9)) {
    TRY_ASSIGN(row.rejected, DecodeSignature(in.Text(9)));
  }
  row.revision = in.Number(10);
  TRY(in.End());
  return row;
}

}  // namespace passport
