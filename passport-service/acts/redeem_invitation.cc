#include "passport-service/acts/redeem_invitation.h"

#include <array>
#include <charconv>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

constexpr int kRedeemTriesMax = 8;
// Of a write: a row it builds on has moved on.
bool HasMovedOn(const Result<void>& kept) {
  if (kept.ok()) return false;
  const Reason reason = kept.fault().reason;
  return reason == Reason::kStateConflict || reason == Reason::kAlreadyExists || reason == Reason::kNotFound;
}

Fault NoOpenInvitation() { return {Reason::kNotFound, "", "no invitation that is open has this code"}; }

std::string RandomId(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

std::string TextOfDigestOf(const Digest& digest) { return {digest.begin(), digest.end()}; }

std::string RedeemedContext(const RequestKey& key) { return "redeemed " + key.by.text() + " " + key.id.text(); }

std::string WhoRedeems(const HolderCaller& by) {
  return by.key ? "key " + by.key->thumbprint : "person " + by.person->text();
}

// People choose their request ids, and know nothing of those of the employer among whose answers theirs are kept.
// Keyed, because a code can be guessed.
Result<RequestKey> KeyOfRedemption(const PersonVault& vault, const RedeemOrder& order, const OrganisationId& by) {
  const Digest name = RequestDigest({"redeem", order.invitation, WhoRedeems(order.by), order.request.text()});
  const Digest asked = RequestDigest({order.code, order.held_as ? std::string(WordOf(*order.held_as)) : ""});
  TRY_ASSIGN(const Digest id, vault.IndexDigest("redemption", TextOfDigestOf(name)));
  TRY_ASSIGN(const Digest digest, vault.IndexDigest("request to redeem", TextOfDigestOf(asked)));
  TRY_ASSIGN(RequestId request, RequestId::Parse(EncodeBase64Url(id)));
  return RequestKey{.by = by, .id = std::move(request), .digest = digest};
}

// Of a passport that its code opens: the service keeps it, and still does in the write.
Result<ExpectPassport> ExpectKept(Store& store, const PersonId& person) {
  TRY_ASSIGN(const std::optional<PersonRow> row, store.FindPerson(person));
  TRY_ASSIGN(const HeldAs held_as, HeldNow(store, person));
  if (row && held_as == HeldAs::kKept) return ExpectPassport{person, row->passport_code_hash};
  return Fault{Reason::kHolderUnknown, "", "a good key or code must come with the call"};
}

Result<void> CheckHeldAs(const RedeemOrder& order) {
  if (!order.by.key) return {};
  const bool own = order.held_as && *order.held_as != HeldAs::kKept;
  if (!own) return Fault{Reason::kFieldInvalid, "", "held_as is not FILE or WALLET"};
  if (order.by.person && *order.held_as != order.by.held_as)
    return Fault{Reason::kFieldInvalid, "", "held_as is not where this key is"};
  return {};
}

}  // namespace

// One redemption on its way.
struct RedeemInvitation::Try {
  const RedeemOrder& order;
  const InvitationRow& invitation;
  RequestKey key;
  Instant now;
};

Result<std::string> SealRedeemed(PersonVault& vault, const RequestKey& key, const Digest& number,
                                 const Redeemed& redeemed) {
  std::string answer = redeemed.person.text() + " " + std::to_string(redeemed.signed_again);
  if (!redeemed.passport_code) return answer;
  TRY_ASSIGN(const std::string sealed,
             vault.Seal(owner::Employee(key.by, number), RedeemedContext(key), *redeemed.passport_code));
  return answer + " " + sealed;
}

Result<Redeemed> RedeemInvitation::Again(const Try& attempt, const std::string& answer) {
  const Fault damaged{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
  const std::size_t first = answer.find(' ');
  if (first == std::string::npos) return damaged;
  const std::size_t second = std::min(answer.find(' ', first + 1), answer.size());
  TRY_ASSIGN(PersonId person, PersonId::Parse(answer.substr(0, first)));
  Redeemed redeemed{.person = std::move(person), .organisation = attempt.key.by};
  const char* const end = answer.data() + second;
  if (std::from_chars(answer.data() + first + 1, end, redeemed.signed_again).ptr != end) return damaged;
  if (second < answer.size()) {
    TRY_ASSIGN(redeemed.passport_code, vault_.Open(owner::Employee(attempt.key.by, attempt.invitation.number),
                                                   RedeemedContext(attempt.key), answer.substr(second + 1)));
    if (!redeemed.passport_code) return NoOpenInvitation();
  }
  TRY(ApplyNow(store_, {AuditedOfPeople(attempt.now, attempt.order.by,
                                        {.what = "request.repeated",
                                         .object = redeemed.person.text(),
                                         .request = attempt.order.request.text()})}));
  return redeemed;
}

// Which of many wrong codes at once comes last is all the same: each is counted, or refused for another reason.
Result<void> RedeemInvitation::CountWrong(const Try& attempt, bool& collided) {
  InvitationRow row = attempt.invitation;
  ++row.wrong_tries;
  const bool dead = row.wrong_tries >= kInvitationTriesMax;
  const DataOwner held = owner::Invitation(row.organisation, row.id);
  const std::string id = row.id;
  Changes changes;
  if (dead) {
    changes = EndInvitation(std::move(row), InvitationState::kDead);
  } else {
    ++row.revision;
    changes = {ReplaceInvitation{std::move(row)}};
  }
  changes.emplace_back(AuditedOfPeople(attempt.now, attempt.order.by,
                                       {.what = dead ? "invitation.dead" : "invitation.wrong_code",
                                        .object = id,
                                        .request = attempt.order.request.text(),
                                        .outcome = WordOf(Reason::kNotFound)}));
  Result<void> kept = ApplyNow(store_, changes);
  collided = HasMovedOn(kept);
  if (dead && kept.ok()) vault_.Forget(std::span(&held, 1));
  return kept;
}

// Looked up again at each try: the key may have been bound by another redemption meanwhile.
Result<std::optional<PersonId>> RedeemInvitation::WhoIs(const HolderCaller& by) {
  if (by.person || !by.key) return by.person;
  TRY_ASSIGN(const std::optional<HolderKeyRow> row, store_.FindHolderKey(by.key->thumbprint));
  if (!row) return std::optional<PersonId>();
  if (row->until) return Fault{Reason::kStateConflict, "", "this key was given up before; make another one"};
  return std::optional(row->person);
}

Result<Redeemed> RedeemInvitation::Enrol(const Try& attempt, const InvitationContent& content,
                                         std::optional<PersonId> person, bool& collided) {
  const InvitationRow& invitation = attempt.invitation;
  const OrganisationId& employer = invitation.organisation;
  TRY_ASSIGN(const std::optional<EmploymentRow> taken, store_.FindEmployment(employer, invitation.number));
  collided = taken.has_value();  // perhaps by this very invitation: looked at anew
  if (taken) return Fault{Reason::kAlreadyExists, "", "the employee number was taken meanwhile; ask for another"};
  Changes changes;
  std::optional<std::string> code;
  if (!person) {
    TRY_ASSIGN(person, PersonId::Parse(RandomId(random_)));
    code = RandomId(random_);
    const ProvenKey& key = *attempt.order.by.key;
    TRY_ASSIGN(PersonVault::Fresh fresh, SealHolder(vault_, *person, {.jwk = WriteJwk(key.point), .sealed = {}}));
    changes = {std::move(fresh.key), AddPerson{{*person, Sha256(*code), attempt.now, std::move(fresh.sealed)}},
               AddHolderKey{{.thumbprint = key.thumbprint,
                             .person = *person,
                             .held_as = *attempt.order.held_as,
                             .from = attempt.now,
                             .until = {},
                             .end_reason = {}}}};
  } else if (!attempt.order.by.key) {
    TRY_ASSIGN(ExpectPassport kept, ExpectKept(store_, *person));
    changes.emplace_back(std::move(kept));
  }
  const Redeemed redeemed{.person = *person, .organisation = employer, .passport_code = std::move(code)};
  const DataOwner employee = owner::Employee(employer, invitation.number);
  TRY(vault_.Ensure(std::array{employee, owner::Person(employer, *person)}));
  TRY_ASSIGN(AddEmployment employment, EmploymentOf(vault_, employer, content.employee_number, *person));
  TRY_ASSIGN(AddIdentityCheck check,
             KeepIdentityCheck(vault_, {.organisation = employer, .number = invitation.number, .id = invitation.id},
                               content.identity, attempt.now));
  TRY_ASSIGN(std::string answer, SealRedeemed(vault_, attempt.key, invitation.number, redeemed));
  changes.emplace_back(ExpectDataKey{owner::Holder(*person)});
  changes.emplace_back(ExpectDataKey{employee});
  changes.emplace_back(std::move(employment));
  changes.emplace_back(std::move(check));
  for (Change& change : EndInvitation(invitation, InvitationState::kRedeemed)) changes.push_back(std::move(change));
  changes.emplace_back(AuditedOfPeople(attempt.now, attempt.order.by,
                                       {.what = "person.enrolled",
                                        .object = person->text(),
                                        .why = "invited",
                                        .request = attempt.order.request.text()}));
  changes.emplace_back(AppendEvent{{attempt.now, "person.enrolled", person->text()}});
  changes.emplace_back(RememberAnswer{{employer, attempt.key.id, attempt.key.digest, std::move(answer), attempt.now}});
  const Result<void> kept = ApplyOnce(store_, changes, attempt.key);
  collided = HasMovedOn(kept);
  if (!kept.ok()) return kept.fault();
  return redeemed;
}

Result<Redeemed> RedeemInvitation::Judge(const Try& attempt, bool& collided) {
  const InvitationRow& row = attempt.invitation;
  if (row.state != InvitationState::kOpen || row.expires_at <= attempt.now) return NoOpenInvitation();
  TRY_ASSIGN(const bool right, IsCodeOf(vault_, row, attempt.order.code));
  if (!right) {
    TRY(CountWrong(attempt, collided));
    return NoOpenInvitation();
  }
  TRY_ASSIGN(const std::optional<OrganisationRow> employer, store_.FindOrganisation(row.organisation));
  if (!employer || !TakesPart(*employer, attempt.now)) return NoOpenInvitation();
  TRY_ASSIGN(const std::optional<InvitationContent> content, OpenInvitation(vault_, row));
  if (!content) return NoOpenInvitation();
  TRY(CheckHeldAs(attempt.order));
  TRY_ASSIGN(const std::optional<PersonId> person, WhoIs(attempt.order.by));
  if (!row.replaces) return Enrol(attempt, *content, person, collided);
  if (person) return Fault{Reason::kStateConflict, "", "after a loss the invitation is redeemed with a new key"};
  if (!after_loss_) return NoOpenInvitation();
  Result<Redeemed> redeemed = after_loss_({attempt.order, row, *content, attempt.key, attempt.now});
  collided = !redeemed.ok() && redeemed.fault().reason == Reason::kStateConflict;
  return redeemed;
}

Result<Redeemed> RedeemInvitation::Once(const RedeemOrder& order, Instant now, bool& collided) {
  TRY_ASSIGN(const std::optional<InvitationRow> row, store_.FindInvitation(order.invitation));
  if (!row) return NoOpenInvitation();
  TRY_ASSIGN(RequestKey key, KeyOfRedemption(vault_, order, row->organisation));
  const Try attempt{.order = order, .invitation = *row, .key = std::move(key), .now = now};
  TRY_ASSIGN(const std::optional<std::string> answer, FindAnswer(store_, attempt.key));
  if (answer) return Again(attempt, *answer);
  Result<Redeemed> redeemed = Judge(attempt, collided);
  const DataOwner held = owner::Invitation(row->organisation, row->id);
  if (redeemed.ok()) vault_.Forget(std::span(&held, 1));
  return redeemed;
}

Result<Redeemed> RedeemInvitation::operator()(const RedeemOrder& order) {
  const Instant now = clock_.Now();
  if (!order.by.key && !order.by.person) return NoOpenInvitation();
  for (int tries = 1;; ++tries) {
    bool collided = false;
    Result<Redeemed> redeemed = Once(order, now, collided);
    if (!collided || tries == kRedeemTriesMax) return redeemed;
  }
}

}  // namespace passport
