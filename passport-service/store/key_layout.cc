#include "passport-service/store/key_layout.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

void AppendEscaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    out += c;
    if (c == '\0') out += '\xff';
  }
}

// The same key may belong to several people.
bool ManyMayHave(MatchKind kind) { return kind == MatchKind::kNameAndBirthDate || kind == MatchKind::kBirthDate; }

}  // namespace

KeyBuilder&& KeyBuilder::Text(std::string_view text) && {
  AppendEscaped(text, key_);
  key_ += '\0';
  key_ += '\x01';
  return std::move(*this);
}

KeyBuilder&& KeyBuilder::TextPrefix(std::string_view text) && {
  AppendEscaped(text, key_);
  return std::move(*this);
}

KeyBuilder&& KeyBuilder::U32(std::uint32_t number) && {
  Big(number, 4);
  return std::move(*this);
}

KeyBuilder&& KeyBuilder::U64(std::uint64_t number) && {
  Big(number, 8);
  return std::move(*this);
}

KeyBuilder&& KeyBuilder::Bytes(const Digest& digest) && {
  key_.append(digest.begin(), digest.end());
  return std::move(*this);
}

void KeyBuilder::Big(std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) key_ += static_cast<char>(number >> shift & 0xffU);
}

std::optional<std::string> KeyReader::Text() {
  std::string text;
  for (std::size_t at = 0; at + 1 < rest_.size(); ++at) {
    if (rest_[at] != '\0') {
      text += rest_[at];
    } else if (rest_[at + 1] == '\xff') {
      text += '\0';
      ++at;
    } else if (rest_[at + 1] == '\x01') {
      rest_.remove_prefix(at + 2);
      return text;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> KeyReader::U32() {
  const auto number = Big(4);
  if (!number) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<std::uint64_t> KeyReader::U64() { return Big(8); }

std::optional<std::uint64_t> KeyReader::Big(std::size_t bytes) {
  if (rest_.size() < bytes) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : rest_.substr(0, bytes)) number = number << 8 | static_cast<std::uint8_t>(c);
  rest_.remove_prefix(bytes);
  return number;
}

namespace key {

std::string Organisation(const OrganisationId& id) { return KeyBuilder().Text(id.text()).Take(); }
std::string Certificate(std::string_view kid) { return KeyBuilder().Text(kid).Take(); }
std::string SystemPrefix(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string System(const OrganisationId& organisation, std::string_view name) {
  return KeyBuilder().Text(organisation.text()).Text(name).Take();
}
std::string Person(const PersonId& id) { return KeyBuilder().Text(id.text()).Take(); }
std::string PersonCode(const Digest& passport_code_hash) { return KeyBuilder().Bytes(passport_code_hash).Take(); }
std::string HolderKey(std::string_view thumbprint) { return KeyBuilder().Text(thumbprint).Take(); }
std::string HolderKeyOfPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string HolderKeyOf(const HolderKeyRow& row) { return HolderKeyOfPrefix(row.person) + HolderKey(row.thumbprint); }
std::string HolderKeyGood(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string Invitation(std::string_view id) { return KeyBuilder().Text(id).Take(); }
std::string InvitationForPrefix(const OrganisationId& organisation, const Digest& number) {
  return KeyBuilder().Text(organisation.text()).Bytes(number).Take();
}
std::string InvitationFor(const InvitationRow& row) {
  return InvitationForPrefix(row.organisation, row.number) + Invitation(row.id);
}
std::string InvitationExpiry(const InvitationRow& row) { return ChallengeExpiry(row.expires_at, row.id); }
std::string IdentityCheckPrefix(const OrganisationId& organisation, const Digest& number) {
  return KeyBuilder().Text(organisation.text()).Bytes(number).Take();
}
std::string IdentityCheck(const IdentityCheckRow& row) {
  return IdentityCheckPrefix(row.organisation, row.number) + ChallengeExpiry(row.at, row.id);
}
std::string Rebinding(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string RebindingCode(const Digest& old_code) { return KeyBuilder().Bytes(old_code).Take(); }
std::string Unlock(const Digest& code) { return KeyBuilder().Bytes(code).Take(); }
std::string UnlockOfPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string UnlockOf(const UnlockRow& row) { return UnlockOfPrefix(row.person) + Unlock(row.code); }
std::string UnlockExpiry(const UnlockRow& row) {
  return KeyBuilder().U64(static_cast<std::uint64_t>(std::max<std::int64_t>(row.expires_at.seconds, 0))).Take() +
         Unlock(row.code);
}
std::string DisputePrefix(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string Dispute(const OrganisationId& organisation, std::string_view id) {
  return DisputePrefix(organisation) + KeyBuilder().Text(id).Take();
}
std::string DisputeByPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string DisputeBy(const DisputeRow& row) { return DisputeByPrefix(row.person) + Dispute(row.organisation, row.id); }
std::string Share(const ShareId& id) { return KeyBuilder().Text(id.text()).Take(); }
std::string ShareOf(const ShareRow& row) { return KeyBuilder().Text(row.receiver.text()).Text(row.id.text()).Take(); }
std::string ShareHeldPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string ShareHeld(const PersonId& person, const ShareId& id) { return ShareHeldPrefix(person) + Share(id); }
std::string ShareWithPrefix(const CredentialId& credential) { return KeyBuilder().Text(credential.text()).Take(); }
std::string ShareWith(const CredentialId& credential, const ShareId& id) {
  return ShareWithPrefix(credential) + Share(id);
}
std::string ShareAboutPrefix(const OrganisationId& receiver, std::string_view subject) {
  return KeyBuilder().Text(receiver.text()).Text(subject).Take();
}
std::string ShareAbout(const ShareRow& row) { return ShareAboutPrefix(row.receiver, row.subject) + Share(row.id); }
std::string ShareDue(Instant due, const ShareId& id) {
  return KeyBuilder().U64(static_cast<std::uint64_t>(std::max<std::int64_t>(due.seconds, 0))).Take() + Share(id);
}
std::string ShareLook(const ShareId& share, std::uint64_t sequence) {
  return Share(share) + KeyBuilder().U64(sequence).Take();
}
std::string ShareNotice(const OrganisationId& receiver, std::uint64_t sequence) {
  return KeyBuilder().Text(receiver.text()).U64(sequence).Take();
}
std::string Cursor(std::string_view name) { return KeyBuilder().Text(name).Take(); }
std::string KeeperKey(std::string_view keeper) { return KeyBuilder().Text(keeper).Take(); }
std::string DataKey(const DataOwner& owner) { return KeyBuilder().Text(owner.keeper).Text(owner.subject).Take(); }
std::string EmployeePrefix(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string Employee(const OrganisationId& organisation, const Digest& number) {
  return EmployeePrefix(organisation) + KeyBuilder().Bytes(number).Take();
}
std::string EmployeeOfPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string EmployeeOfPrefix(const OrganisationId& organisation, const PersonId& person) {
  return KeyBuilder().Text(person.text()).Text(organisation.text()).Take();
}
std::string EmployeeOf(const EmploymentRow& row) {
  return EmployeeOfPrefix(row.organisation, row.person) + KeyBuilder().Bytes(row.number).Take();
}
std::string StatusListPrefix(const OrganisationId& organisation) {
  return KeyBuilder().Text(organisation.text()).Take();
}
std::string StatusList(const OrganisationId& organisation, std::uint32_t number) {
  return KeyBuilder().Text(organisation.text()).U32(number).Take();
}
std::string StatusPrefix(const OrganisationId& organisation, std::uint32_t list) {
  return StatusList(organisation, list);
}
std::string OfSlot(const Slot& slot) {
  return KeyBuilder().Text(slot.organisation.text()).U32(slot.list).U32(slot.index).Take();
}
std::string Request(const OrganisationId& organisation, const RequestId& request) {
  return KeyBuilder().Text(organisation.text()).Text(request.text()).Take();
}
std::string CredentialPrefix(const OrganisationId& organisation) {
  return KeyBuilder().Text(organisation.text()).Take();
}
std::string Credential(const OrganisationId& organisation, const CredentialId& id) {
  return KeyBuilder().Text(organisation.text()).Text(id.text()).Take();
}
std::string HoldingPrefix(const PersonId& person) { return KeyBuilder().Text(person.text()).Take(); }
std::string Holding(const CredentialRow& row) {
  return KeyBuilder().Text(row.person.text()).Text(row.organisation.text()).Text(row.id.text()).Take();
}
std::string Challenge(std::string_view nonce) { return KeyBuilder().Text(nonce).Take(); }
std::string ChallengeExpiry(Instant expires_at, std::string_view nonce) {
  // Times before 1970 would sort last; they count as 1970, when they had expired as well.
  const std::int64_t seconds = expires_at.seconds < 0 ? 0 : expires_at.seconds;
  return KeyBuilder().U64(static_cast<std::uint64_t>(seconds)).Text(nonce).Take();
}
std::string DocumentPrefix(std::string_view name_prefix) { return KeyBuilder().TextPrefix(name_prefix).Take(); }
std::string Document(std::string_view name, std::uint64_t version) {
  return KeyBuilder().Text(name).U64(version).Take();
}
std::string DocumentNewest(std::string_view name) { return KeyBuilder().Text(name).Take(); }
std::string Sequence(std::uint64_t sequence) { return KeyBuilder().U64(sequence).Take(); }
std::string AuditOfPrefix(std::string_view actor) { return KeyBuilder().Text(actor).Take(); }

std::string AuditOf(std::string_view actor, std::uint64_t actor_sequence) {
  return KeyBuilder().Text(actor).U64(actor_sequence).Take();
}

std::string AuditLast(std::string_view actor) { return KeyBuilder().Text(actor).Take(); }

std::string StandingRecordPrefix(const OrganisationId& organisation, const PersonId& person) {
  return KeyBuilder().Text(organisation.text()).Text(person.text()).Take();
}
std::string StandingRecord(const OrganisationId& organisation, const PersonId& person, std::string_view kind,
                           const Digest& identity) {
  return KeyBuilder().Text(organisation.text()).Text(person.text()).Text(kind).Bytes(identity).Take();
}
std::string MatchKeyPrefix(const OrganisationId& organisation, MatchKind kind, const Digest& key) {
  return KeyBuilder().Text(organisation.text()).U32(static_cast<std::uint32_t>(kind)).Bytes(key).Take();
}
std::string MatchKey(const MatchKeyRow& row) {
  std::string prefix = MatchKeyPrefix(row.organisation, row.kind, row.key);
  return ManyMayHave(row.kind) ? prefix + KeyBuilder().Text(row.person.text()).Take() : prefix;
}
std::string MatchOfPrefix(const OrganisationId& organisation, const PersonId& person) {
  return KeyBuilder().Text(organisation.text()).Text(person.text()).Take();
}
std::string MatchOfPrefix(const OrganisationId& organisation, const PersonId& person, MatchKind kind) {
  return MatchOfPrefix(organisation, person) + KeyBuilder().U32(static_cast<std::uint32_t>(kind)).Take();
}
std::string MatchOf(const MatchKeyRow& row) {
  std::string prefix = MatchOfPrefix(row.organisation, row.person, row.kind);
  return row.kind == MatchKind::kBirthDate ? prefix : prefix + KeyBuilder().Bytes(row.key).Take();
}
std::string ImportPrefix(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string Import(const OrganisationId& organisation, const RequestId& import) {
  return KeyBuilder().Text(organisation.text()).Text(import.text()).Take();
}
std::string DraftPrefix(const OrganisationId& organisation, const RequestId& import) {
  return Import(organisation, import);
}
std::string Draft(const OrganisationId& organisation, const RequestId& import, std::uint64_t line, std::uint32_t part) {
  return KeyBuilder().Text(organisation.text()).Text(import.text()).U64(line).U32(part).Take();
}
std::string ImportSeries(const OrganisationId& organisation, std::string_view source) {
  return KeyBuilder().Text(organisation.text()).Text(source).Take();
}
std::string ReliancePrefix(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string Reliance(const OrganisationId& organisation, std::uint64_t sequence) {
  return KeyBuilder().Text(organisation.text()).U64(sequence).Take();
}
std::string RelianceOnPrefix(const OrganisationId& organisation, std::string_view subject) {
  return KeyBuilder().Text(organisation.text()).Text(subject).Take();
}
std::string RelianceOn(const OrganisationId& organisation, std::string_view subject, std::uint64_t subject_sequence) {
  return KeyBuilder().Text(organisation.text()).Text(subject).U64(subject_sequence).Take();
}
std::string RelianceLast(const OrganisationId& organisation) { return KeyBuilder().Text(organisation.text()).Take(); }
std::string RelianceLastOn(const OrganisationId& organisation, std::string_view subject) {
  return KeyBuilder().Text(organisation.text()).Text(subject).Take();
}
std::string Override(const OrganisationId& organisation, const RequestId& id) {
  return KeyBuilder().Text(organisation.text()).Text(id.text()).Take();
}
std::string OverrideOnPrefix(const OrganisationId& organisation) {
  return KeyBuilder().Text(organisation.text()).Take();
}
std::string OverrideOnPrefix(const OrganisationId& organisation, std::uint64_t reliance) {
  return KeyBuilder().Text(organisation.text()).U64(reliance).Take();
}
std::string OverrideOn(const OverrideRow& row) {
  return KeyBuilder().Text(row.organisation.text()).U64(row.reliance).Text(row.id.text()).Take();
}
std::string OverrideForPrefix(const OrganisationId& organisation, std::string_view subject) {
  return KeyBuilder().Text(organisation.text()).Text(subject).Take();
}
std::string OverrideFor(const OverrideRow& row) {
  return KeyBuilder().Text(row.organisation.text()).Text(row.subject).U64(row.reliance).Text(row.id.text()).Take();
}

}  // namespace key
}  // namespace passport
