#include "passport-service/acts/invitation.h"

#include <algorithm>
#include <array>

#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"

namespace passport {
namespace {

constexpr std::string_view kInvited = "invitation";
constexpr std::string_view kCodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
constexpr std::size_t kCodeLength = 8;
constexpr std::size_t kPrunedAtOnce = 10;

std::string RandomInvitationId(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

std::string RandomCode(Random& random) {
  std::array<std::uint8_t, kCodeLength> bytes{};
  random.Fill(bytes);
  std::string code;
  for (const std::uint8_t byte : bytes) code += kCodeLetters[byte % kCodeLetters.size()];  // 32 divides 256
  return code;
}

// As people type it.
std::string Straightened(std::string_view code) {
  std::string straight;
  for (char c : code) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    straight += c;
  }
  return straight;
}

Result<Digest> InvitationCodeDigest(const PersonVault& vault, std::string_view id, std::string_view code) {
  return vault.IndexDigest("invitation code", std::string(id) + " " + std::string(code));
}

std::string TextOfInvitation(const InvitationTerms& terms, const std::string& code) {
  json::Tree tree;
  json::Value& object = tree.Object();
  object.Append("employee_number", tree.String(terms.employee_number));
  object.Append("code", tree.String(code));
  object.Append("identity", tree.String(TextOf(terms.identity)));
  return json::Write(object);
}

void AppendAll(Changes more, Changes& changes) {
  for (Change& change : more) changes.push_back(std::move(change));
}

}  // namespace

Changes EndInvitation(InvitationRow row, InvitationState state) {
  const DataOwner held = owner::Invitation(row.organisation, row.id);
  ++row.revision;
  row.state = state;
  row.sealed.clear();
  return {ReplaceInvitation{std::move(row)}, DropDataKey{held}};
}

Changes DropInvitationRow(const InvitationRow& row) {
  return {DropInvitation{row.id}, DropDataKey{owner::Invitation(row.organisation, row.id)}};
}

Result<FreshInvitation> MakeInvitation(Store& store, PersonVault& vault, Random& random, const InvitationTerms& terms,
                                       Instant now) {
  FreshInvitation made{
      .invitation = {.id = RandomInvitationId(random), .code = RandomCode(random), .expires_at = now + terms.length},
      .changes = {}};
  const Invitation& invitation = made.invitation;
  TRY_ASSIGN(const std::vector<InvitationRow> before, store.InvitationsFor(terms.organisation, terms.number));
  for (const InvitationRow& row : before) {
    if (row.state != InvitationState::kOpen) continue;
    AppendAll(EndInvitation(row, InvitationState::kDead), made.changes);
    made.ended.push_back(owner::Invitation(row.organisation, row.id));
  }
  // As many go as come, and more.
  TRY_ASSIGN(const std::vector<InvitationRow> expired, store.ExpiredInvitations(now, kPrunedAtOnce));
  for (const InvitationRow& row : expired) {
    const bool among = std::any_of(before.begin(), before.end(), [&](const auto& each) { return each.id == row.id; });
    if (among) continue;
    AppendAll(DropInvitationRow(row), made.changes);
    made.ended.push_back(owner::Invitation(row.organisation, row.id));
  }
  InvitationRow row{.id = invitation.id,
                    .organisation = terms.organisation,
                    .code = {},
                    .number = terms.number,
                    .sealed = {},
                    .at = now,
                    .expires_at = invitation.expires_at,
                    .replaces = terms.replaces,
                    .rebinding = terms.rebinding};
  TRY_ASSIGN(row.code, InvitationCodeDigest(vault, invitation.id, invitation.code));
  TRY_ASSIGN(PersonVault::Fresh fresh, vault.SealFresh(owner::Invitation(terms.organisation, invitation.id), kInvited,
                                                       TextOfInvitation(terms, invitation.code)));
  row.sealed = std::move(fresh.sealed);
  made.changes.emplace_back(std::move(fresh.key));
  made.changes.emplace_back(AddInvitation{std::move(row)});
  return made;
}

Result<std::optional<InvitationContent>> OpenInvitation(PersonVault& vault, const InvitationRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text,
             vault.Open(owner::Invitation(row.organisation, row.id), kInvited, row.sealed));
  if (!text) return std::optional<InvitationContent>();
  json::Tree tree;
  const Result<json::Value*> read = tree.Parse(*text, json::kTokenLimits);
  const auto member = [&](std::string_view name) {
    const json::Value* const value = read.ok() ? (*read)->Find(name) : nullptr;
    return value == nullptr ? std::optional<std::string_view>() : value->text();
  };
  const auto number = member("employee_number");
  const auto code = member("code");
  const auto identity = member("identity");
  if (!number || !code || !identity) return Fault{Reason::kStoreUnavailable, "", "a stored invitation is damaged"};
  TRY_ASSIGN(IdentityCheck check, ReadIdentityCheck(*identity));
  return std::optional(InvitationContent{
      .employee_number = std::string(*number), .code = std::string(*code), .identity = std::move(check)});
}

Result<bool> IsCodeOf(const PersonVault& vault, const InvitationRow& row, std::string_view code) {
  TRY_ASSIGN(const Digest digest, InvitationCodeDigest(vault, row.id, Straightened(code)));
  return digest == row.code;
}

}  // namespace passport
